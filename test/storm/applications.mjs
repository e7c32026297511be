// The product's own processes: the compiled APIs and workers, started again whenever they end, as a supervisor of production does.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HOOK = fileURLToPath(new URL('process-hook.mjs', import.meta.url));
const RESTART_PAUSE_MS = 300;

/** One process of the product. */
export class Application {
  #stopping = false;
  #child;
  #gone = Promise.resolve();
  restarts = 0;
  isFrozen = false;

  /** `entry` below `dist/`; `health` answers 2xx when it is ready; `traps` is the folder of the kind of process. */
  constructor({ name, kind, build, entry, env, health, folder }) {
    Object.assign(this, { name, kind, build, entry, env, health, folder });
    this.skewFile = path.join(folder, `${name}.skew`);
    writeFileSync(this.skewFile, '0');
    mkdirSync(this.traps, { recursive: true });
  }

  get traps() {
    return path.join(this.folder, 'traps', this.kind);
  }

  get pid() {
    return this.#child?.pid;
  }

  get isUp() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  start() {
    const sink = openSync(path.join(this.folder, `${this.name}.log`), 'a');
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TZ: 'UTC',
      ...this.env,
      STORM_TRAPS: this.traps,
      STORM_SKEW: this.skewFile,
      STORM_NAME: this.name,
    };
    const child = spawn(process.execPath, ['--import', HOOK, path.join(this.build, 'dist', this.entry)], {
      cwd: this.build,
      env: { ...env, WORKFLOW_BUNDLE: path.join(this.build, 'dist', 'workflow-bundle.js') },
      detached: true,
      stdio: ['ignore', sink, sink],
    });
    closeSync(sink);
    this.#child = child;
    this.isFrozen = false;
    this.#gone = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    void this.#gone.then(() => this.#again(child));
  }

  #again(child) {
    if (this.#stopping || child !== this.#child) return;
    setTimeout(() => {
      if (this.#stopping) return;
      this.restarts += 1;
      this.start();
    }, RESTART_PAUSE_MS);
  }

  /** `kill -9`; the supervisor starts it again. */
  kill() {
    if (this.isUp) this.#child.kill('SIGKILL');
  }

  freeze() {
    if (!this.isUp) return;
    this.#child.kill('SIGSTOP');
    this.isFrozen = true;
  }

  thaw() {
    if (this.isUp) this.#child.kill('SIGCONT');
    this.isFrozen = false;
  }

  /** Ends it properly and starts it with other settings: a release. */
  async replace(changes) {
    Object.assign(this, changes);
    if (this.isUp) this.#child.kill('SIGTERM');
    await Promise.race([this.#gone, sleep(30_000)]);
  }

  skew(ms) {
    writeFileSync(this.skewFile, String(ms));
  }

  async untilReady(timeoutMs = 90_000) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const answer = await fetch(this.health, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      if (answer?.ok) return;
      if (Date.now() > deadline) throw new Error(`${this.name} did not get ready:\n${this.logTail()}`);
      await sleep(200);
    }
  }

  logTail() {
    const file = path.join(this.folder, `${this.name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8').slice(-3000) : '';
  }

  async stop() {
    this.#stopping = true;
    if (!this.isUp) return;
    this.thaw();
    this.#child.kill('SIGKILL');
    await Promise.race([this.#gone, sleep(5_000)]);
  }
}
