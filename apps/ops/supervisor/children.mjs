// The processes of the stack: started apart from the terminal, watched, started again when they die, ended within a time limit.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RESTARTS_PER_MINUTE = 5;

/** Last lines of a log file, for a summary on screen. */
export function logTail(file, bytes = 1500) {
  try {
    const { size } = statSync(file);
    const handle = openSync(file, 'r');
    const buffer = Buffer.alloc(Math.min(size, bytes));
    readSync(handle, buffer, 0, buffer.length, Math.max(size - bytes, 0));
    closeSync(handle);
    return buffer.toString('utf8').trim().split('\n').slice(-6).join('\n');
  } catch {
    return '';
  }
}

/** One long-running process. `start()` spawns, `stop()` resolves when it is gone; in between it is kept alive. */
export class Child {
  #restarts = [];
  #stopping = false;
  #process;
  #ended = Promise.resolve();

  constructor({ name, args, env, logs, cwd, instance, onGiveUp, say }) {
    Object.assign(this, { name, args, env, cwd, instance, onGiveUp, say });
    this.log = path.join(logs, `${name}.log`);
    this.settled = false;
  }

  start() {
    const sink = openSync(this.log, 'a');
    const child = spawn(process.execPath, this.args, { cwd: this.cwd, env: this.env, detached: true, stdio: ['ignore', sink, sink] });
    closeSync(sink);
    this.#process = child;
    if (child.pid) this.instance.note(this.name, child.pid);
    this.#ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    child.once('exit', (code, signal) => this.#onExit(code, signal));
    return this;
  }

  /** True once it ended before it was ever healthy: then nothing is started again. */
  get failed() {
    return !this.settled && !this.#stopping && (this.#process.exitCode !== null || this.#process.signalCode !== null);
  }

  async #onExit(code, signal) {
    if (this.#stopping || !this.settled) return;
    const now = Date.now();
    this.#restarts = [...this.#restarts.filter((at) => now - at < 60_000), now];
    this.say(`${this.name} ended by itself (${signal ?? `status ${code}`}); see ${this.log}`);
    if (this.#restarts.length > RESTARTS_PER_MINUTE) return this.onGiveUp(`${this.name} keeps ending:\n${logTail(this.log)}`);
    await sleep(Math.min(1000 * this.#restarts.length, 5000));
    if (!this.#stopping) this.start();
  }

  /** SIGTERM, and SIGKILL when it has not drained within `limitMs`. */
  async stop(limitMs) {
    this.#stopping = true;
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.say(`${this.name} did not stop within ${limitMs / 1000} s and is killed`);
      child.kill('SIGKILL');
    }, limitMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** No more patience: a second Ctrl-C. */
  kill() {
    this.#process?.kill('SIGKILL');
  }
}

async function answersHttp(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** True when something accepts connections on a local port. */
export function acceptsConnections(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Waits until the child's page answers 2xx. Throws with the end of its log when it dies first or takes too long. */
export async function untilHealthy(child, url, { signal, limitMs = 60_000 }) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    signal.throwIfAborted();
    if (await answersHttp(url)) break;
    if (child.failed) throw new Error(`${child.name} ended while starting; the end of ${child.log}:\n${logTail(child.log)}`);
    if (Date.now() > deadline)
      throw new Error(
        `${child.name} did not become healthy within ${limitMs / 1000} s (${url}); the end of ${child.log}:\n${logTail(child.log)}`,
      );
    await sleep(100);
  }
  child.settled = true;
}
