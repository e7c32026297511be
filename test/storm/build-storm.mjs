// Puts the whole storm together: servers, proxies, processes, books, people.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { Application } from './applications.mjs';
import { Desk } from './desk.mjs';
import { copyBuild } from './dist-copy.mjs';
import { PATCHES } from './failpoints.mjs';
import { Payer } from './payer.mjs';
import { freePort } from './ports.mjs';
import { Postgres, TemporalServer } from './servers.mjs';
import { TcpProxy } from './tcp-proxy.mjs';

export const ROOT = process.env.STORM_ROOT || fileURLToPath(new URL('../../', import.meta.url));

// Days stay text, whatever the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const open = new Set();
let isEnding = false;

/** Ends whatever storms are under way: on Ctrl-C nothing stays behind. */
export async function closeAll() {
  isEnding = true;
  for (const storm of open) await closeStorm(storm);
}

/** Starts everything and answers the handles. `patches`: a seeded bug, on top of the named points; `hasTwoBuilds`: whether a second build is asked for. */
export async function buildStorm({ dice, patches = [], hasTwoBuilds = true, say }) {
  if (isEnding) throw new Error('The storm was interrupted');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relance-storm-'));
  chmodSync(folder, 0o755);
  const storm = { folder, closers: [] };
  open.add(storm);
  try {
    await raise(storm, { dice, patches, hasTwoBuilds, say });
    return storm;
  } catch (error) {
    await closeStorm(storm);
    throw error;
  }
}

async function raise(storm, { dice, patches, hasTwoBuilds, say }) {
  const { folder } = storm;
  storm.build = copyBuild(ROOT, path.join(folder, 'build-a'), [...PATCHES, ...patches]);
  storm.otherBuild = hasTwoBuilds ? copyBuild(ROOT, path.join(folder, 'build-b'), [...PATCHES, ...patches]) : storm.build;
  say(`builds copied, servers start in ${folder}`);
  const opened = await Promise.all([Postgres.start(ROOT, folder, storm.build), TemporalServer.start(ROOT, path.join(folder, 'temporal'))]);
  [storm.postgres, storm.temporal] = opened;
  storm.closers.push(
    () => storm.postgres.stop(),
    () => storm.temporal.stop(),
  );
  storm.sql = new pg.Pool({ connectionString: storm.postgres.url(), max: 6 });
  // The pool's own connections break with the server; whoever asks next gets a new one.
  storm.sql.on('error', () => undefined);
  storm.sql = patientPool(storm.sql, () => open.has(storm));
  storm.closers.push(() => storm.sql.end());
  await raiseOutside(storm);
  await raiseApplications(storm, dice);
  storm.desk = new Desk(
    storm.apiProxies.map(({ port }) => `http://127.0.0.1:${port}`),
    dice.of('desk'),
  );
  storm.payer = new Payer(storm.desk, dice.of('payer'));
  await storm.desk.makeKeys(storm.sql);
  await Promise.all(storm.applications.map((one) => one.untilReady()));
  say('two APIs and two workers are ready');
}

/** Questions of the harness outlive a killed server: asked again until it is back, or the storm over. */
function patientPool(pool, isOpen) {
  return {
    end: () => pool.end(),
    query: async (text, values) => {
      for (let tries = 0; ; tries++) {
        try {
          return await pool.query(text, values);
        } catch (error) {
          const isGone = !error.code || /^(57P0|08|ECONN|EPIPE|53300)/.test(error.code);
          if (!isGone || tries > 150 || !isOpen()) throw error;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      }
    },
  };
}

/** The mail and post servers with their append-only book, reached by the product and reaching it through proxies. */
async function raiseOutside(storm) {
  const { startLocalServers } = await import(pathToFileURL(path.join(ROOT, 'dist/apps/ops/local/start-local-servers.js')).href);
  const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  storm.postSecret = randomBytes(32);
  storm.eventPublicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  storm.apiPorts = [await freePort(), await freePort()];
  storm.apiProxies = [];
  for (const [at, port] of storm.apiPorts.entries())
    storm.apiProxies.push(await new TcpProxy(`api-${at + 1}`, port).open(await freePort()));
  storm.local = await startLocalServers({
    port: await freePort(),
    dir: path.join(storm.folder, 'outside'),
    apiUrl: `http://127.0.0.1:${storm.apiProxies[0].port}`,
    eventPrivateKey: keys.privateKey,
    postSecret: storm.postSecret,
  });
  storm.closers.push(() => storm.local.close());
  const proxy = async (name, port) => new TcpProxy(name, port).open(await freePort());
  storm.proxies = {
    postgres: await proxy('postgres', storm.postgres.port),
    temporal: await proxy('temporal', storm.temporal.port),
    provider: await proxy('provider', Number(new URL(storm.local.url).port)),
    api1: storm.apiProxies[0],
    api2: storm.apiProxies[1],
  };
  storm.closers.push(...Object.values(storm.proxies).map((each) => () => each.close()));
}

async function raiseApplications(storm) {
  const { proxies, folder, build } = storm;
  const outside = `http://127.0.0.1:${proxies.provider.port}`;
  const env = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATABASE_URL: storm.postgres.url(proxies.postgres.port),
    DATABASE_POOL_SIZE: '8',
    SEALING_KEY: Buffer.alloc(32, 7).toString('base64'),
    TEMPORAL_ADDRESS: `127.0.0.1:${proxies.temporal.port}`,
    TEMPORAL_NAMESPACE: 'default',
    SENDGRID_SANDBOX_URL: outside,
    SENDGRID_EVENT_PUBLIC_KEY: storm.eventPublicKey,
    POST_PROVIDER_URL: outside,
    POST_WEBHOOK_SECRET: `whsec_${storm.postSecret.toString('base64')}`,
  };
  storm.applications = [];
  for (const at of [1, 2]) {
    const port = storm.apiPorts[at - 1];
    const own = { ...env, API_PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
    const health = `http://127.0.0.1:${port}/health/ready`;
    storm.applications.push(
      new Application({ name: `api-${at}`, kind: 'api', build, entry: 'apps/api/src/main.js', env: own, health, folder }),
    );
  }
  for (const at of [1, 2]) {
    const port = await freePort();
    const own = { ...env, WORKER_HEALTH_PORT: String(port) };
    const health = `http://127.0.0.1:${port}/readyz`;
    storm.applications.push(
      new Application({ name: `worker-${at}`, kind: 'worker', build, entry: 'apps/worker/src/main.js', env: own, health, folder }),
    );
  }
  for (const one of storm.applications) one.start();
  storm.closers.push(...storm.applications.map((one) => () => one.stop()));
}

/** Ends what was started, last first, and removes the folder unless `keep`. */
export async function closeStorm(storm, keep = false) {
  open.delete(storm);
  storm.desk?.close();
  storm.payer?.close();
  for (const close of storm.closers.toReversed()) await Promise.resolve(close()).catch(() => undefined);
  if (!keep) rmSync(storm.folder, { recursive: true, force: true });
}
