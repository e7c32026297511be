// PostgreSQL and Temporal of a local installation, or the ones the environment names.
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../postgres.mjs';
import { findTemporalCli, startTemporal } from '../temporal-cli.mjs';
import { acceptsConnections } from './children.mjs';
import { writePrivate } from './secrets.mjs';

const DATABASE = 'relance';

/** Every folder above must let others pass, because PostgreSQL does not run as root but as nobody. */
function openToNobody(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Folder of the PostgreSQL files: inside the data folder; for root below a closed home, in /var/lib, under an id that the data folder
 * keeps, so that a new data folder never meets the rows of an old one.
 */
export function postgresFolder(data) {
  const usual = path.join(data, 'postgres');
  if (process.getuid?.() !== 0 || openToNobody(data)) return usual;
  const idFile = path.join(data, 'installation-id');
  if (!existsSync(idFile)) writePrivate(idFile, randomUUID());
  return path.join('/var/lib', `relance-${readFileSync(idFile, 'utf8').trim()}`, 'postgres');
}

/** Makes the data folder: closed to others, but passable when PostgreSQL runs as nobody below it. */
export function makeDataFolder(data) {
  mkdirSync(path.join(data, 'logs'), { recursive: true });
  chmodSync(data, process.getuid?.() === 0 ? 0o711 : 0o700);
  chmodSync(path.join(data, 'logs'), 0o700);
}

async function createDatabase(server) {
  const { default: pg } = await import('pg');
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await admin.query(`create database ${DATABASE}`);
  } finally {
    await admin.end();
  }
}

/** Starts or finds the database; `watch` starts it again on the same port when it was killed. */
export async function openDatabase({ data, secrets, say, given }) {
  if (given) return { url: given, watch: async () => undefined, stop: () => undefined };
  const folder = postgresFolder(data);
  if (!folder.startsWith(data)) say(`PostgreSQL keeps its files in ${folder}, because ${data} is closed to its account`);
  mkdirSync(path.dirname(folder), { recursive: true });
  const portFile = path.join(data, 'postgres.port');
  const before = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : undefined;
  const start = (port) => startPostgres(folder, { password: secrets.databasePassword, port });
  const server = await start(before);
  writeFileSync(portFile, String(server.port));
  await createDatabase(server);
  const watch = async (signal) => {
    while (!signal.aborted) {
      await sleep(2000, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted || (await acceptsConnections(server.port))) continue;
      say('PostgreSQL ended by itself and is started again');
      await start(server.port).catch((error) => say(error.message));
    }
  };
  return { url: server.url(DATABASE), watch, stop: () => server.stop() };
}

/** Starts Temporal's development server and keeps it alive; returns the variables that lead to it, and `stop`. */
export async function openTemporal({ data, ports, instance, say, env, signal }) {
  if (env.TEMPORAL_ADDRESS || env.TEMPORAL_PROFILE) {
    return { variables: {}, ui: 'that of your own Temporal', stop: async () => undefined };
  }
  const cli = await findTemporalCli({ env, signal });
  const logFile = path.join(data, 'logs', 'temporal.log');
  const state = { stopping: false, server: undefined };
  const start = () =>
    startTemporal({
      cli,
      port: ports.temporal,
      uiPort: ports.temporalUi,
      dbFile: path.join(data, 'temporal.db'),
      logFile,
      onSpawn: (child) => child.pid && instance.note('temporal', child.pid),
    });
  const keepAlive = async () => {
    state.server = await start();
    void state.server.ended.then(async () => {
      if (state.stopping) return;
      say(`Temporal ended by itself and is started again; see ${logFile}`);
      await sleep(1000);
      if (!state.stopping) await keepAlive().catch((error) => say(error.message));
    });
  };
  await keepAlive();
  // A profile file with nothing in its default profile keeps a person's own profiles (cloud keys, certificates) out of the local installation.
  const profile = path.join(data, 'temporal.toml');
  if (!existsSync(profile)) writeFileSync(profile, '[profile.default]\n');
  return {
    variables: { TEMPORAL_ADDRESS: state.server.address, TEMPORAL_NAMESPACE: 'default', TEMPORAL_CONFIG_FILE: profile },
    ui: `http://127.0.0.1:${ports.temporalUi}`,
    stop: async () => {
      state.stopping = true;
      await state.server?.stop();
    },
  };
}
