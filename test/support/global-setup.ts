import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createDataSource } from '../../libs/persistence/src/index.js';
import { type PostgresServer, startPostgres } from '../../apps/ops/postgres.mjs';
import type { TemporalServer } from '../../apps/ops/temporal-cli.mjs';
import { TEMPLATE_DATABASE } from './fresh-database.js';
import { startTestTemporal } from './temporal-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Administrative connection string of the run's PostgreSQL; give it to `freshDatabase`. */
    pgBase: string;
    /** host:port of the run's Temporal server. */
    temporalAddress: string;
  }
}

interface Servers {
  users: number;
  readonly dir: string;
  postgres?: Promise<PostgresServer>;
  temporal?: Promise<TemporalServer>;
}

// Every vitest project loads this file on its own: what they share hangs on the process.
const shared = globalThis as typeof globalThis & { relanceTestServers?: Servers };

async function migratedPostgres(dir: string): Promise<PostgresServer> {
  const server = await startPostgres(path.join(dir, 'postgres'), { fast: true });
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  await admin.query(`create database ${TEMPLATE_DATABASE}`);
  await admin.end();
  const dataSource = createDataSource(server.url(TEMPLATE_DATABASE));
  await dataSource.initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  return server;
}

function servers(): Servers {
  if (!shared.relanceTestServers) {
    const dir = mkdtempSync(path.join(tmpdir(), 'relance-test-'));
    chmodSync(dir, 0o755); // PostgreSQL runs as nobody when the tests run as root
    shared.relanceTestServers = { users: 0, dir };
  }
  return shared.relanceTestServers;
}

async function stopAll(run: Servers): Promise<void> {
  delete shared.relanceTestServers;
  const [postgres, temporal] = await Promise.allSettled([run.postgres, run.temporal]);
  if (temporal.status === 'fulfilled') await temporal.value?.stop();
  if (postgres.status === 'fulfilled') postgres.value?.stop();
  rmSync(run.dir, { recursive: true, force: true });
}

/** An interrupted run reaches no teardown: whatever still runs then is ended with the process, before its folder is cleared. */
function endWithProcess(run: Servers, postgres?: PostgresServer, temporal?: TemporalServer): void {
  process.prependOnceListener('exit', () => {
    if (shared.relanceTestServers !== run) return;
    temporal?.child.kill('SIGKILL');
    postgres?.stop();
  });
}

/** One PostgreSQL with a migrated template and one Temporal server per run, started only by the projects that need them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = servers();
  run.users += 1;
  if (project.name !== 'workflow') run.postgres ??= migratedPostgres(run.dir);
  if (project.name !== 'integration') run.temporal ??= startTestTemporal(path.join(run.dir, 'temporal.log'));
  try {
    const [postgres, temporal] = await Promise.all([run.postgres, run.temporal]);
    if (postgres) project.provide('pgBase', postgres.url('postgres'));
    if (temporal) project.provide('temporalAddress', temporal.address);
    endWithProcess(run, postgres, temporal);
  } catch (error) {
    await stopAll(run);
    throw error;
  }
  return async () => {
    run.users -= 1;
    if (run.users === 0) await stopAll(run);
  };
}
