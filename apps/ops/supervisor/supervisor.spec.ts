import { spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '#config';
import { childEnvironment, installationVariables } from './environment.mjs';
import { AlreadyRunning, identityOf, Instance } from './instance.mjs';
import { busyPortSentence, portHolder, readOptions, UsageError, WORKER_HEAP_MB } from './options.mjs';
import { ensureSecrets } from './secrets.mjs';

const dir = mkdtempSync(path.join(tmpdir(), 'supervisor-'));
afterAll(() => rmSync(dir, { recursive: true }));
const folder = () => mkdtempSync(path.join(dir, 'data-'));

/** A process like one the supervisor starts: apart from the terminal, running until it is told to stop. */
function sleeper() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  return { pid: child.pid ?? 0, ended: new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal))) };
}

describe('the heap of the worker', () => {
  it('is bounded, by what the person says in whole megabytes', () => {
    const heap = (env: Record<string, string>) => readOptions([], env, '/app').workerHeap;
    expect([heap({}), heap({ WORKER_HEAP_MB: '1024' })]).toEqual([`--max-old-space-size=${WORKER_HEAP_MB}`, '--max-old-space-size=1024']);
    for (const wrong of ['0', '64', '1g', '-5', '512.5']) expect(() => heap({ WORKER_HEAP_MB: wrong }), wrong).toThrow(UsageError);
  });
});

describe('options of npm start', () => {
  it('takes flags before the environment before the usual ports', () => {
    const { ports, data, empty } = readOptions(
      ['--api-port', '3999', '--empty', '--local-port=3998'],
      { API_PORT: '1234', TEMPORAL_PORT: '7999' },
      '/app',
    );
    expect(ports).toEqual({ api: 3999, temporal: 7999, temporalUi: 8233, local: 3998, workerHealth: 3001 });
    expect({ data, empty }).toEqual({ data: '/app/.data', empty: true });
    expect(readOptions([], { RELANCE_DATA: '/srv/relance' }, '/app').data).toBe('/srv/relance');
  });

  it('refuses what it does not understand', () => {
    for (const argv of [['--prot', '1'], ['--api-port'], ['--api-port', '0'], ['--api-port', 'x'], ['--api-port', '8233']]) {
      expect(() => readOptions(argv, {}, '/app'), argv.join(' ')).toThrow(UsageError);
    }
  });

  it('names a busy port, its holder and the way out', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as net.AddressInfo;
    const holder = await portHolder(port);
    server.close();
    if (process.platform === 'linux') expect(holder).toContain(`(pid ${process.pid})`);
    expect(busyPortSentence('api', 3000, 'node (pid 7)')).toBe(
      'Port 3000 (REST API) is taken by node (pid 7). Choose another: npm start -- --api-port 3100, or set API_PORT.',
    );
  });
});

describe('the instance file', () => {
  it('lets one supervisor work on a data folder', async () => {
    const data = folder();
    const first = new Instance(data);
    expect(await first.claim()).toEqual([]);
    await expect(new Instance(data).claim()).rejects.toThrow(AlreadyRunning);
    first.release();
    await expect(new Instance(data).claim()).resolves.toEqual([]);
  });

  it('ends what a killed supervisor left behind, the last started first', async () => {
    const data = folder();
    const [one, two] = [sleeper(), sleeper()];
    const children = [
      { name: 'worker', pid: one.pid, identity: identityOf(one.pid) },
      { name: 'api', pid: two.pid, identity: identityOf(two.pid) },
    ];
    writeFileSync(path.join(data, 'instance.json'), JSON.stringify({ pid: 999_999_999, identity: 'long gone', children }));
    expect(await new Instance(data).claim()).toEqual(['api', 'worker']);
    expect(await Promise.all([one.ended, two.ended])).toEqual(['SIGTERM', 'SIGTERM']);
  });

  it('never ends a stranger that got the number of a former child', async () => {
    const data = folder();
    const stranger = sleeper();
    const children = [{ name: 'api', pid: stranger.pid, identity: '1 node dist/apps/api/src/main.js' }];
    // The supervisor's own number may have been given away as well.
    writeFileSync(path.join(data, 'instance.json'), JSON.stringify({ pid: stranger.pid, identity: '1 node apps/ops/start.mjs', children }));
    expect(await new Instance(data).claim()).toEqual([]);
    expect(identityOf(stranger.pid)).toBeDefined();
    process.kill(stranger.pid, 'SIGKILL');
    await stranger.ended;
    expect(identityOf(stranger.pid)).toBeUndefined();
  });
});

describe('secrets of an installation', () => {
  it('are made once, readable by their owner only, and fit each other', () => {
    const data = folder();
    const first = ensureSecrets(data);
    const kept = readFileSync(first.sealingKey, 'utf8');
    expect(ensureSecrets(data)).toEqual(first);
    expect(readFileSync(first.sealingKey, 'utf8')).toBe(kept);
    for (const file of [first.sealingKey, first.eventPrivateKey, first.mailKey, first.postWebhook])
      expect(statSync(file).mode & 0o777).toBe(0o600);
    const publicKey = createPublicKey({
      key: Buffer.from(readFileSync(first.eventPublicKey, 'utf8'), 'base64'),
      format: 'der',
      type: 'spki',
    });
    const text = Buffer.from('1793000000[{"event":"delivered"}]');
    expect(verify('sha256', text, publicKey, sign('sha256', text, createPrivateKey(readFileSync(first.eventPrivateKey))))).toBe(true);
  });

  it('and ports make a configuration that api and worker accept', () => {
    const data = folder();
    const secrets = ensureSecrets(data);
    writeFileSync(secrets.databaseUrl, 'postgres://postgres:x@127.0.0.1:1/relance\n', { mode: 0o600 });
    const ports = { api: 3000, temporal: 7233, temporalUi: 8233, local: 3080, workerHealth: 3001 };
    const variables = installationVariables({ root: '/app', data, ports, secrets: { ...secrets }, temporal: {}, env: {} });
    const config = loadConfig(childEnvironment({ SEALING_KEY: '' }, variables));
    expect(config.SENDGRID_BASE_URL).toBe('http://127.0.0.1:3080');
    expect(config.SENDGRID_SANDBOX_URL).toBe('http://127.0.0.1:3080');
    expect(config.SEALING_KEY).toHaveLength(32);
  });

  it("leave a person's own SendGrid key alone, and sandbox mail at home", () => {
    const secrets = { ...ensureSecrets(folder()) };
    const ports = { api: 3000, temporal: 7233, temporalUi: 8233, local: 3080, workerHealth: 3001 };
    const variables = installationVariables({
      root: '/app',
      data: dir,
      ports,
      secrets,
      temporal: {},
      env: { SENDGRID_API_KEY: 'SG.mine' },
    });
    expect(variables.SENDGRID_API_KEY_FILE).toBeUndefined();
    expect(variables.SENDGRID_BASE_URL).toBeUndefined();
    expect(variables.SENDGRID_SANDBOX_URL).toBe('http://127.0.0.1:3080');
  });
});
