// Processor time of everything a storm starts, so that a figure taken on a busy machine says what a quiet one would need.
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Parent and ticks of a process, `reaped` those of children that ended; undefined when it is gone, or where there is no /proc. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, reapedUser, reapedSystem] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), own: user + system, reaped: reapedUser + reapedSystem };
  } catch {
    return undefined;
  }
}

function childrenOf(pid) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statOf(name)?.parent === pid);
}

/** Ticks of a postmaster, its children that ended and those that run. */
function ticksOfServer(pid) {
  const server = statOf(pid);
  if (!server) return 0;
  return server.own + server.reaped + childrenOf(pid).reduce((sum, child) => sum + (statOf(child)?.own ?? 0), 0);
}

/** Adds up processor time by part while processes come and go: looks every second, so that a killed one is counted up to its last second. */
export class CpuBook {
  #ticks = new Map();
  #timer;
  #own;

  /** `parts()` answers `{ name: pid | undefined }`; `postgres` is counted with its children. */
  constructor(parts) {
    this.parts = parts;
    this.#own = statOf(process.pid)?.own ?? 0;
    this.#timer = setInterval(() => this.look(), 1_000);
  }

  look() {
    for (const [name, pid] of Object.entries(this.parts())) {
      if (!pid) continue;
      const ticks = name === 'postgres' ? ticksOfServer(pid) : (statOf(pid)?.own ?? 0);
      if (ticks > 0) this.#ticks.set(`${name}/${pid}`, ticks);
    }
  }

  /** Seconds by part, the harness itself with its local servers and proxies included. */
  close() {
    clearInterval(this.#timer);
    this.look();
    const sums = { harness: (statOf(process.pid)?.own ?? 0) - this.#own };
    for (const [key, ticks] of this.#ticks) {
      const name = key.split(/[-/]/)[0];
      sums[name] = (sums[name] ?? 0) + ticks;
    }
    return Object.fromEntries(Object.entries(sums).map(([name, ticks]) => [name, Math.round(ticks / TICKS_PER_SECOND)]));
  }
}
