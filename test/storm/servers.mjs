// PostgreSQL (durable) and Temporal, each in a folder of its own, each to be killed and brought back on the same port.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { freePort } from './ports.mjs';

const DATABASE = 'relance';

async function fromRoot(root, file) {
  return import(pathToFileURL(path.join(root, file)).href);
}

/** The database server; `kill()` is `kill -9` of the postmaster, and recovery is timed. */
export class Postgres {
  static async start(root, folder, build) {
    const { startPostgres } = await fromRoot(root, 'apps/ops/postgres.mjs');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755); // PostgreSQL runs as nobody when this runs as root
    const made = new Postgres();
    made.folder = path.join(folder, 'postgres');
    made.startServer = startPostgres;
    const template = process.env.STORM_TEMPLATE;
    if (template && spawnSync('cp', ['-a', template, made.folder]).status !== 0) throw new Error(`${template} cannot be copied`);
    made.server = await startPostgres(made.folder, { port: await freePort() });
    if (!template) await made.#create(build);
    return made;
  }

  /**
   * Makes a cluster with its schema that every storm of this process, and of those it starts, copies instead of making its own: `STORM_TEMPLATE` names it. Answers
   * what removes it.
   */
  static async makeTemplate(root) {
    const { startPostgres } = await fromRoot(root, 'apps/ops/postgres.mjs');
    const home = mkdtempSync(path.join(os.tmpdir(), 'relance-storm-template-'));
    chmodSync(home, 0o755); // PostgreSQL runs as nobody when this runs as root
    const made = new Postgres();
    made.folder = path.join(home, 'postgres');
    made.server = await startPostgres(made.folder, { fast: true, port: await freePort() });
    await made.#create(root);
    made.stop();
    process.env.STORM_TEMPLATE = made.folder;
    return () => rmSync(home, { recursive: true, force: true });
  }

  async #create(build) {
    const admin = new pg.Client(this.server.url('postgres'));
    await admin.connect();
    await admin.query(`create database ${DATABASE}`);
    await admin.end();
    await this.migrate(build);
  }

  async migrate(build) {
    const { createDataSource } = await fromRoot(build, 'dist/libs/persistence/src/index.js');
    const dataSource = createDataSource(this.url(), { applicationName: 'storm migrate', poolSize: 1 });
    await dataSource.initialize();
    await dataSource.runMigrations();
    await dataSource.destroy();
  }

  get port() {
    return this.server.port;
  }

  url(port = this.port) {
    return this.server.url(DATABASE).replace(`:${this.server.port}/`, `:${port}/`);
  }

  get pid() {
    try {
      return Number(readFileSync(path.join(this.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      return undefined;
    }
  }

  /** Kills the postmaster and starts the server again on its port; answers the milliseconds until it took connections. */
  async killAndRecover() {
    process.kill(this.pid, 'SIGKILL');
    const began = performance.now();
    const { port } = this;
    for (;;) {
      await sleep(200);
      try {
        this.server = await this.startServer(this.folder, { port });
        if (this.server.port === port) return performance.now() - began;
        this.server.stop();
      } catch (error) {
        if (performance.now() - began > 60_000) throw error;
      }
    }
  }

  stop() {
    this.server.stop();
  }
}

/** Temporal's development server with its database file. `kill` and `start` again keep the file; `wipe` loses it. */
export class TemporalServer {
  static async start(root, folder) {
    const made = new TemporalServer();
    made.ops = await fromRoot(root, 'apps/ops/temporal-cli.mjs');
    made.folder = folder;
    mkdirSync(folder, { recursive: true });
    made.cli = await made.ops.findTemporalCli({});
    made.port = await freePort();
    await made.up();
    return made;
  }

  async up() {
    const { cli, folder, port } = this;
    this.server = await this.ops.startTemporal({
      cli,
      port,
      dbFile: path.join(folder, 'temporal.db'),
      logFile: path.join(folder, 'temporal.log'),
      fastTimers: true,
      timeoutMs: 60_000,
    });
  }

  get isUp() {
    const { exitCode, signalCode } = this.server.child;
    return exitCode === null && signalCode === null;
  }

  async kill(signal) {
    this.server.child.kill(signal);
    await this.server.ended;
  }

  wipe() {
    for (const end of ['', '-shm', '-wal', '-journal']) rmSync(path.join(this.folder, `temporal.db${end}`), { force: true });
  }

  async stop() {
    await this.server.stop();
  }
}
