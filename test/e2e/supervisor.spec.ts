import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../apps/ops/postgres.mjs';

// The real supervisor, PostgreSQL and Temporal, over three tiny processes in place of api, worker and local servers.
const root = fileURLToPath(new URL('../../', import.meta.url));
const PROCESS = `import http from 'node:http';
const server = http.createServer((request, response) => response.end('ok')).listen(process.env.PORT_NAME, '127.0.0.1');
process.on('SIGTERM', () => { console.log('drained'); server.close(); process.exit(0); });`;
const FILES: Record<string, string> = {
  'dist/apps/ops/local/main.js': PROCESS.replace('PORT_NAME', 'LOCAL_PORT'),
  'dist/apps/worker/src/main.js': PROCESS.replace('PORT_NAME', 'WORKER_HEALTH_PORT'),
  'dist/apps/api/src/main.js': PROCESS.replace('PORT_NAME', 'API_PORT'),
  'dist/apps/ops/src/seed.js': "console.log('seeding');",
  'dist/libs/persistence/src/index.js':
    'export const createDataSource = () => ({ initialize() {}, runMigrations: () => [], destroy() {} });',
};

let tree = '';
let flags: string[] = [];
let ports: Record<string, number> = {};

interface Running {
  child: ChildProcess;
  said(): string;
  ended: Promise<number | string | null>;
}

function start(...more: string[]): Running {
  const child = spawn(process.execPath, ['apps/ops/start.mjs', ...flags, ...more], {
    cwd: tree,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const ended = new Promise<number | string | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  return { child, said: () => words, ended };
}

async function untilSaid(running: Running, sentence: string): Promise<void> {
  for (let i = 0; i < 600 && !running.said().includes(sentence); i++) {
    if (running.child.exitCode !== null) break;
    await sleep(100);
  }
  expect(running.said()).toContain(sentence);
}

function record(): { pid: number; children: { name: string; pid: number }[] } {
  return JSON.parse(readFileSync(path.join(tree, '.data/instance.json'), 'utf8'));
}

beforeAll(async () => {
  tree = mkdtempSync(path.join(tmpdir(), 'start-'));
  chmodSync(tree, 0o755);
  cpSync(path.join(root, 'apps/ops'), path.join(tree, 'apps/ops'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'nest-cli.json', '.swcrc', 'tsconfig.json'])
    cpSync(path.join(root, file), path.join(tree, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  // Neither is installed or built here: both find their stamp.
  writeFileSync(
    path.join(tree, 'apps/ops/ensure-deps.mjs'),
    'export const nodeProblem = () => undefined;\nexport const ensureDependencies = () => undefined;\n',
  );
  const { sourceFingerprint } = await import(/* @vite-ignore */ path.join(tree, 'apps/ops/build.mjs'));
  writeFileSync(path.join(tree, 'dist/.built'), sourceFingerprint());
  ports = {
    api: await freePort(),
    temporal: await freePort(),
    'temporal-ui': await freePort(),
    local: await freePort(),
    'worker-health': await freePort(),
  };
  flags = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)]);
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('npm start', () => {
  it('starts once, says where it runs to the second who asks, and drains on SIGTERM', async () => {
    const first = start();
    await untilSaid(first, 'Relance is running.');
    expect(first.said()).toContain('seeding');
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(`already running here (pid ${first.child.pid})`);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(readFileSync(path.join(tree, '.data/logs/worker.log'), 'utf8')).toContain('drained');
  });

  it('names a busy port and who holds it', async () => {
    const first = start();
    await untilSaid(first, 'Relance is running.');
    expect(first.said()).not.toContain('seeding');
    const other = start('--data', path.join(tree, 'other'));
    expect(await other.ended).toBe(1);
    expect(other.said()).toContain(`Port ${ports.api} (REST API) is taken`);
    expect(other.said()).toContain('Choose another: npm start -- --api-port');
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
  });

  it('recovers by itself after kill -9 of the supervisor alone, and of everything', async () => {
    const first = start();
    await untilSaid(first, 'Relance is running.');
    process.kill(record().pid, 'SIGKILL');
    await first.ended;
    const second = start();
    await untilSaid(second, 'Relance is running.');
    expect(second.said()).toContain('ended what a killed run had left behind: api, worker, local, temporal');
    const postmaster = Number(readFileSync(path.join(tree, '.data/postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    for (const pid of [record().pid, ...record().children.map((child) => child.pid), postmaster]) process.kill(pid, 'SIGKILL');
    await second.ended;
    const third = start();
    await untilSaid(third, 'Relance is running.');
    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);
  });

  it('starts again what dies alone, and stops at once when told so while starting', async () => {
    const first = start();
    await untilSaid(first, 'Relance is running.');
    const api = record().children.find((child) => child.name === 'api')?.pid ?? 0;
    process.kill(api, 'SIGKILL');
    await untilSaid(first, 'api ended by itself');
    const answer = () =>
      fetch(`http://127.0.0.1:${ports.api}/`).then(
        (response) => response.text(),
        () => 'nobody',
      );
    for (let i = 0; i < 100 && (await answer()) !== 'ok'; i++) await sleep(100);
    expect(await answer()).toBe('ok');
    expect(record().children.map((child) => child.pid)).not.toContain(api);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const hasty = start();
    for (let i = 0; i < 200 && !existsSync(path.join(tree, '.data/instance.json')); i++) await sleep(25);
    hasty.child.kill('SIGTERM');
    expect(await hasty.ended).toBe(0);
    expect(hasty.said()).not.toContain('Relance is running.');
  });
});
