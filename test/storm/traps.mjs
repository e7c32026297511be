// Traps laid at named points for whoever comes by: files that `process-hook.mjs` takes away.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 5_000;

/** `kill` and `stop` end or freeze the process; `fail <SQLSTATE>` lets its transaction fail there. */
export class Traps {
  #busy = new Set();

  /** `note(words, who)` is told who stepped into what; `isOver()` ends the waiting. */
  constructor({ applications, note, isOver }) {
    Object.assign(this, { applications, note, isOver });
  }

  isBusy(name) {
    return this.#busy.has(name);
  }

  /** Lays traps and waits until somebody steps into the first of them; answers who and where, or nothing when nobody came by. */
  async lay(points, deed, dice) {
    const traps = points.map((point) => {
      const kind = point.who === 'any' ? dice.one(['api', 'worker']) : point.who;
      const folder = this.applications.find((one) => one.kind === kind).traps;
      return { point, folder, file: path.join(folder, point.name) };
    });
    for (const { point, file } of traps) {
      this.#busy.add(point.name);
      writeFileSync(file, deed);
    }
    const deadline = performance.now() + PATIENCE_MS;
    let taken = {};
    while (!taken.pid && performance.now() < deadline && !this.isOver()) {
      await sleep(40);
      taken = this.#steppedInto(traps, deed) ?? {};
    }
    for (const { file } of traps) rmSync(file, { force: true });
    // Somebody may have stepped into a second one before it was taken away.
    for (;;) {
      const more = this.#steppedInto(traps, deed);
      if (!more) break;
      if (taken.pid && deed === 'stop') wake(more.pid);
      else taken = more;
    }
    for (const { point } of traps) this.#busy.delete(point.name);
    return taken;
  }

  #steppedInto(traps, deed) {
    for (const { point, folder } of traps) {
      const name = readdirSync(folder).find((file) => file.startsWith(`${point.name}.`) && file.endsWith('.taken'));
      if (!name) continue;
      rmSync(path.join(folder, name), { force: true });
      const pid = Number(name.split('.').at(-2));
      const word = { kill: 'kill', stop: 'freeze' }[deed] ?? 'database fails';
      this.note(`${word}:${point.name}`, this.applications.find((one) => one.pid === pid)?.name ?? '');
      return { pid, point };
    }
    return undefined;
  }

  disarm(folder) {
    for (const file of readdirSync(folder)) rmSync(path.join(folder, file), { force: true });
  }
}

/** Lets a frozen process go on. */
export function wake(pid) {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It was killed while it was frozen.
  }
}
