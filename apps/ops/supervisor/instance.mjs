// One supervisor per data folder: a pid file that is believed only when the process behind it is still the same one.
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What tells a process from a later one that got the same number: its command line and the moment it began.
 * undefined when no such process runs (a zombie counts as gone).
 */
export function identityOf(pid) {
  if (process.platform === 'linux') {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return fields[0] === 'Z' ? undefined : `${fields[19]} ${command}`;
    } catch {
      return undefined;
    }
  }
  const listed = spawnSync('ps', ['-o', 'lstart=,command=', '-p', String(pid)], { encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout.trim() || undefined : undefined;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in the meantime, which is what was wanted.
  }
}

async function endLeftover({ pid, identity }) {
  if (!identity || identityOf(pid) !== identity) return false;
  signal(pid, 'SIGTERM');
  for (let i = 0; i < 60 && identityOf(pid) === identity; i++) {
    await sleep(100);
    if (i === 40) signal(pid, 'SIGKILL');
  }
  return true;
}

/** Thrown when another supervisor already works on this data folder. */
export class AlreadyRunning extends Error {}

export class Instance {
  constructor(data) {
    this.file = path.join(data, 'instance.json');
    this.record = { pid: process.pid, identity: identityOf(process.pid), children: [] };
  }

  /** Claims the data folder; ends what a killed supervisor left behind, last started first. Returns the names of what was ended. */
  async claim() {
    const previous = this.#read();
    if (previous?.identity && identityOf(previous.pid) === previous.identity)
      throw new AlreadyRunning(`Relance is already running here (pid ${previous.pid}).`);
    const ended = [];
    for (const child of (previous?.children ?? []).toReversed()) if (await endLeftover(child)) ended.push(child.name);
    rmSync(this.file, { force: true });
    try {
      writeFileSync(this.file, JSON.stringify(this.record), { flag: 'wx', mode: 0o600 });
    } catch (cause) {
      throw new AlreadyRunning('Relance is being started here by another command at this moment.', { cause });
    }
    return ended;
  }

  /** Notes a child, so that the next start can end it if this supervisor is killed. */
  note(name, pid) {
    this.record.children = [...this.record.children.filter((child) => child.name !== name), { name, pid, identity: identityOf(pid) }];
    const part = `${this.file}.part`;
    writeFileSync(part, JSON.stringify(this.record), { mode: 0o600 });
    renameSync(part, this.file);
  }

  release() {
    if (this.#read()?.pid === process.pid) rmSync(this.file, { force: true });
  }

  #read() {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return undefined;
    }
  }
}
