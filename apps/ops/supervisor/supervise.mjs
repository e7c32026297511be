// The supervisor: builds, starts, watches and stops the whole stack. It alone listens to the terminal's signals.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, isBuilt } from '../build.mjs';
import { migrate } from '../migrate.mjs';
import { portIsFree } from '../postgres.mjs';
import { Child, untilHealthy } from './children.mjs';
import { childEnvironment, environmentFile, installationVariables } from './environment.mjs';
import { AlreadyRunning, Instance } from './instance.mjs';
import { busyPortSentence, portHolder } from './options.mjs';
import { say, step, whereEverythingIs } from './screen.mjs';
import { ensureSecrets, writePrivate } from './secrets.mjs';
import { makeDataFolder, openDatabase, openTemporal } from './servers.mjs';

/** How long each process may take to finish its work when asked to stop. The worker drains running acts, mails included. */
const DRAIN_MS = { api: 10_000, worker: 30_000, local: 5_000 };
const APPS = { local: 'dist/apps/ops/local/main.js', worker: 'dist/apps/worker/src/main.js', api: 'dist/apps/api/src/main.js' };

/** A process that was just killed keeps its port for a moment. */
async function soonFree(port, signal) {
  for (let i = 0; i < 15; i++) {
    if (await portIsFree(port)) return true;
    await sleep(100, undefined, { signal });
  }
  return false;
}

class Stack {
  #abort = new AbortController();
  #children = [];
  #servers = [];
  #closing;
  #starting = Promise.resolve();

  constructor(options) {
    this.options = options;
    this.instance = new Instance(options.data);
  }

  get signal() {
    return this.#abort.signal;
  }

  /** Runs the whole start; resolves when everything is healthy, or after a stop that came in the middle. */
  async run() {
    this.#starting = this.#start();
    try {
      await this.#starting;
    } catch (error) {
      if (this.signal.aborted) return;
      console.error(`\n${error instanceof AlreadyRunning ? error.message : (error.message ?? error)}`);
      await this.close(1);
    }
  }

  async #start() {
    const { root, data, ports, empty } = this.options;
    makeDataFolder(data);
    const ended = await this.instance.claim();
    if (ended.length > 0) say(`ended what a killed run had left behind: ${ended.join(', ')}`);
    await this.#checkPorts();
    if (!isBuilt()) await step('Build', () => build({ signal: this.signal }));
    this.signal.throwIfAborted();
    const secrets = ensureSecrets(data);
    const [database, temporal] = await this.#startServers(secrets);
    this.signal.throwIfAborted();
    await step('Database schema', () => migrate(database.url));
    const variables = installationVariables({
      root,
      data,
      ports,
      secrets,
      temporal: temporal.variables,
      env: process.env,
    });
    writePrivate(secrets.databaseUrl, `${database.url}\n`);
    writePrivate(path.join(data, 'env'), environmentFile(variables));
    const env = childEnvironment(process.env, variables);
    await this.#startApps(env);
    void database.watch(this.signal);
    await this.#seedOnce(env, empty);
    this.signal.throwIfAborted();
    console.log(whereEverythingIs({ ports, data, temporalUi: temporal.ui, keyFile: path.join(data, 'api-key') }));
  }

  async #checkPorts() {
    const external = process.env.TEMPORAL_ADDRESS || process.env.TEMPORAL_PROFILE;
    const wanted = Object.entries(this.options.ports).filter(([name]) => !(external && name.startsWith('temporal')));
    const busy = [];
    for (const [name, port] of wanted) {
      if (!(await soonFree(port, this.signal))) busy.push(busyPortSentence(name, port, await portHolder(port)));
    }
    if (busy.length > 0) throw new Error(busy.join('\n'));
  }

  async #startServers(secrets) {
    const { data, ports } = this.options;
    const { env } = process;
    const given = env.DATABASE_URL || (env.DATABASE_URL_FILE && readFileSync(env.DATABASE_URL_FILE, 'utf8').trim());
    const keep = (opening) =>
      opening.then((server) => {
        this.#servers.push(server);
        return server;
      });
    const opened = await Promise.allSettled([
      step('PostgreSQL', () => keep(openDatabase({ data, secrets, say, given }))),
      step('Temporal', () => keep(openTemporal({ data, ports, instance: this.instance, say, env, signal: this.signal }))),
    ]);
    const failed = opened.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return opened.map((outcome) => outcome.value);
  }

  async #startApps(env) {
    const { root, data, ports, workerHeap } = this.options;
    const pages = {
      local: `http://127.0.0.1:${ports.local}/`,
      worker: `http://127.0.0.1:${ports.workerHealth}/readyz`,
      api: `http://127.0.0.1:${ports.api}/health/ready`,
    };
    mkdirSync(env.LOCAL_DATA, { recursive: true, mode: 0o700 });
    const onGiveUp = (why) => {
      console.error(why);
      void this.close(1);
    };
    this.#children = Object.entries(APPS).map(
      ([name, file]) =>
        new Child({
          name,
          args: ['--enable-source-maps', ...(name === 'worker' ? [workerHeap] : []), path.join(root, file)],
          env,
          cwd: root,
          logs: path.join(data, 'logs'),
          instance: this.instance,
          onGiveUp,
          say,
        }),
    );
    for (const child of this.#children) child.start();
    const titles = { local: 'Local mailbox and post tray', worker: 'Worker', api: 'REST API' };
    await Promise.all(
      this.#children.map((child) => step(titles[child.name], () => untilHealthy(child, pages[child.name], { signal: this.signal }))),
    );
  }

  /** On the first start: the API key, and unless `--empty` the sandbox creditors with their invoices. */
  async #seedOnce(env, empty) {
    const done = path.join(this.options.data, 'seeded');
    if (existsSync(done)) return;
    const args = [path.join(this.options.root, 'dist/apps/ops/src/seed.js'), ...(empty ? ['--empty'] : [])];
    const code = await step(empty ? 'API key' : 'Sandbox creditors and API key', () => {
      const child = spawn(process.execPath, args, {
        cwd: this.options.root,
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
        signal: this.signal,
      });
      return new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
    });
    if (code !== 0) throw new Error(`The first start could not be completed (seed ended with status ${code}); run npm start again.`);
    writeFileSync(done, new Date().toISOString());
  }

  /** Apps first, so that what they are doing is finished; then Temporal, then PostgreSQL. The second call while closing only hurries. */
  close(code) {
    if (this.#closing) {
      for (const child of this.#children) child.kill();
      return this.#closing;
    }
    this.#closing = this.#stop(code);
    return this.#closing;
  }

  async #stop(code) {
    this.#abort.abort(new Error('stopping'));
    await this.#starting.catch(() => undefined);
    await Promise.all(this.#children.map((child) => child.stop(DRAIN_MS[child.name])));
    for (const server of this.#servers.toReversed().sort((a, b) => Number('watch' in a) - Number('watch' in b))) {
      try {
        await server.stop();
      } catch (error) {
        say(error.message);
      }
    }
    this.instance.release();
    if (code === 0) say('everything is stopped');
    process.exit(code);
  }
}

/** Starts the stack and returns when it is healthy; the process lives until a signal or a failure ends it. */
export async function supervise(options) {
  const stack = new Stack(options);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      if (!stack.signal.aborted) say('stopping; once more to hurry');
      void stack.close(0);
    });
  }
  await stack.run();
}
