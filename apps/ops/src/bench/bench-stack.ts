import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type CaseworkDeps, openLawBook, openPolicyBook } from '#casework';
import { createDataSource, ReadModels, systemClock, TypeormUnitOfWork, uuidV7Ids } from '#persistence';
import { createSealer } from '#sealing';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { type RunningLocalServers, startLocalServers } from '../../local/start-local-servers.js';
import type { PostgresServer } from '../../postgres.mjs';
import type { TemporalServer } from '../../temporal-cli.mjs';

/** The folder that holds package.json; this file runs from `dist/`. */
export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const DATABASE = 'relance';
const READY_MS = 60_000;

export interface Child {
  readonly name: string;
  readonly process: ChildProcess;
}

/** Everything the measurements run against, in a folder of its own: nothing of an installation is touched. */
export class BenchStack {
  private readonly children: Child[] = [];
  private wipes = 0;

  private constructor(
    private readonly folder: string,
    private readonly postgres: PostgresServer,
    public temporal: TemporalServer,
    readonly local: RunningLocalServers,
    readonly dataSource: DataSource,
    readonly deps: CaseworkDeps,
    private readonly sealingKey: Buffer,
  ) {}

  static async start(say: (line: string) => void): Promise<BenchStack> {
    const folder = mkdtempSync(path.join(tmpdir(), 'relance-bench-'));
    chmodSync(folder, 0o755); // PostgreSQL runs as nobody when this runs as root
    say(`embedded PostgreSQL, durable, in ${folder}`);
    const { startPostgres } = await outside<typeof import('../../postgres.mjs')>('apps/ops/postgres.mjs');
    const postgres = await startPostgres(path.join(folder, 'postgres'));
    await administer(postgres, `create database ${DATABASE}`);
    say('Temporal development server');
    const temporal = await startServer(folder, 'temporal.db', say);
    const local = await startLocalServers({ port: 0, dir: path.join(folder, 'local') });
    const dataSource = createDataSource(postgres.url(DATABASE), { applicationName: 'relance-bench' });
    await dataSource.initialize();
    await dataSource.runMigrations();
    const sealingKey = randomBytes(32);
    const deps: CaseworkDeps = {
      unitOfWork: new TypeormUnitOfWork(dataSource),
      clock: systemClock,
      ids: uuidV7Ids,
      sealer: createSealer({ current: { id: 1, key: sealingKey } }),
      law: openLawBook(),
      policies: openPolicyBook(),
    };
    return new BenchStack(folder, postgres, temporal, local, dataSource, deps, sealingKey);
  }

  /** Stops Temporal and starts it again at the same address, knowing nothing: what a lost cluster looks like to the product. */
  async wipeTemporal(): Promise<void> {
    const { port } = this.temporal;
    await this.temporal.stop();
    this.temporal = await startServer(this.folder, `temporal-${++this.wipes}.db`, () => undefined, port);
  }

  get readModels(): ReadModels {
    return new ReadModels(this.dataSource);
  }

  /** Where files of a measurement may lie; removed with the stack. */
  get scratch(): string {
    return this.folder;
  }

  /** The database, for a process of its own. */
  get databaseUrl(): string {
    return this.postgres.url(DATABASE);
  }

  /** A bare connection to the same database: what the baselines use. */
  async client(): Promise<pg.Client> {
    const client = new pg.Client(this.postgres.url(DATABASE));
    await client.connect();
    return client;
  }

  /** Bare connections to the same database. The caller ends the pool. */
  pool(size: number): pg.Pool {
    return new pg.Pool({ connectionString: this.postgres.url(DATABASE), max: size });
  }

  /** Starts the built API and worker as their own processes; answers how to speak to the API. */
  async startApplications(): Promise<{ api: Child; worker: Child; url: string; key: string }> {
    const { freePort } = await outside<typeof import('../../postgres.mjs')>('apps/ops/postgres.mjs');
    const [apiPort, healthPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${apiPort}`;
    const environment = {
      ...process.env,
      NODE_ENV: 'production',
      TZ: 'UTC',
      LOG_LEVEL: 'error',
      DATABASE_URL: this.postgres.url(DATABASE),
      SEALING_KEY: this.sealingKey.toString('base64'),
      API_PORT: String(apiPort),
      PUBLIC_URL: url,
      WORKER_HEALTH_PORT: String(healthPort),
      WORKFLOW_BUNDLE: path.join(ROOT, 'dist', 'workflow-bundle.js'),
      TEMPORAL_ADDRESS: this.temporal.address,
      SENDGRID_SANDBOX_URL: this.local.url,
      POST_PROVIDER_URL: this.local.url,
    };
    const api = this.spawn('api', environment);
    const worker = this.spawn('worker', environment);
    await Promise.all([this.ready(api, `${url}/health/ready`), this.ready(worker, `http://127.0.0.1:${healthPort}/readyz`)]);
    return { api, worker, url, key: await this.apiKey() };
  }

  private spawn(name: string, env: NodeJS.ProcessEnv): Child {
    const log = openSync(path.join(this.folder, `${name}.log`), 'a');
    const child: Child = {
      name,
      process: spawn(process.execPath, [path.join(ROOT, 'dist', 'apps', name, 'src', 'main.js')], {
        cwd: ROOT,
        env,
        stdio: ['ignore', log, log],
      }),
    };
    this.children.push(child);
    return child;
  }

  private async ready(child: Child, url: string): Promise<void> {
    const deadline = Date.now() + READY_MS;
    for (;;) {
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      if (child.process.exitCode !== null || Date.now() > deadline)
        throw new Error(`${child.name} did not start:\n${this.logOf(child.name)}`);
      await sleep(100);
    }
  }

  logOf(name: string): string {
    return readFileSync(path.join(this.folder, `${name}.log`), 'utf8').slice(-3000);
  }

  private async apiKey(): Promise<string> {
    const prefix = randomBytes(4).toString('hex');
    const token = `rk_${prefix}_${randomBytes(32).toString('base64url')}`;
    const { deps } = this;
    const row = {
      keyId: deps.ids.next(),
      creditorId: '*',
      role: 'finance',
      name: 'bench',
      prefix,
      sha256: createHash('sha256').update(token).digest('hex'),
    } as const;
    await deps.unitOfWork.plain((tx) =>
      tx.apiKeys.insert({ ...row, createdAt: deps.clock.now(), expiresAt: null, revokedAt: null, lastUsedAt: null }),
    );
    return token;
  }

  /** Ends the applications, then the servers, and removes the folder. */
  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => end(child.process)));
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.local.close();
    await this.temporal.stop();
    this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function startServer(folder: string, dbFile: string, say: (line: string) => void, port?: number): Promise<TemporalServer> {
  const { findTemporalCli, startTemporal } = await outside<typeof import('../../temporal-cli.mjs')>('apps/ops/temporal-cli.mjs');
  return startTemporal({
    cli: await findTemporalCli({ say }),
    dbFile: path.join(folder, dbFile),
    logFile: path.join(folder, 'temporal.log'),
    fastTimers: true,
    ...(port === undefined ? {} : { port }),
  });
}

/** Plain JavaScript beside the sources, which is not compiled into `dist/`. */
async function outside<T>(file: string): Promise<T> {
  return (await import(pathToFileURL(path.join(ROOT, file)).href)) as T;
}

async function administer(postgres: PostgresServer, statement: string): Promise<void> {
  const client = new pg.Client(postgres.url('postgres'));
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(hard);
}

/** Resident memory of a process in MiB; `undefined` where the system has no /proc. */
export function residentMiB(child: Child): number | undefined {
  try {
    const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.process.pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

/** Ticks of a second in which Linux counts processor time (USER_HZ), the same on every platform Node runs on. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used so far; `undefined` where the system has no /proc. */
export function processorSeconds(child: Child): number | undefined {
  try {
    const fields = readFileSync(`/proc/${child.process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
