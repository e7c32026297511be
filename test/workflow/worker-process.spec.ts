import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recoveryWorkflowId } from '#contracts';
import { loadConfig } from '#config';
import { connectWorkflowDirectory } from '#orchestration';
import { createLogger } from '#telemetry';
import { NestFactory } from '@nestjs/core';
import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { openCase, settled, wakeAt } from '../support/temporal-story.js';
import { bundleFromSources } from '../support/temporal-worker.js';

const folder = mkdtempSync(path.join(tmpdir(), 'relance-worker-'));
const bundle = path.join(folder, 'workflow-bundle.js');
const logger = createLogger({ name: 'worker', level: 'silent' });

beforeAll(async () => {
  writeFileSync(bundle, (await bundleFromSources()).code);
});

afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** The worker application as the process runs it, with one act that settles every case. */
async function boot(temporal: string, onFailure: (error: unknown) => void, workflowBundle = bundle) {
  vi.stubEnv('TEMPORAL_ADDRESS', temporal);
  const port = await freePort();
  const taskQueue = `process-${port}`;
  const config = loadConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    SEALING_KEY: Buffer.alloc(32, 1).toString('base64'),
    WORKER_HEALTH_PORT: String(port),
    TEMPORAL_TASK_QUEUE: taskQueue,
    WORKFLOW_BUNDLE: workflowBundle,
  });
  const start = openCase({ wake: wakeAt('mail', '2026-03-02T08:00:00.000Z' as never) });
  const closed = { acts: false };
  const act = { begun: 0 };
  const sendMail = async () => {
    act.begun += 1;
    await new Promise((done) => setTimeout(done, 800));
    return settled(start);
  };
  const recovery = { sendMail } as never;
  const message = { deliverMessage: async () => ({ state: 'delivered' as const }) };
  const close = async () => {
    closed.acts = true;
  };
  const parts = { config, logger, onFailure, build: async () => ({ recovery, message, close }) };
  const app = await NestFactory.createApplicationContext(WorkerModule.of(parts), { logger: false, abortOnError: false });
  const status = async (page: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${page}`)).status;
  return { app, taskQueue, start, act, closed, status };
}

describe('the worker process', () => {
  it('becomes ready, takes a case through its act on the mail queue, and drains', async () => {
    const address = inject('temporalAddress');
    const { app, taskQueue, start, closed, status } = await boot(address, (error) => {
      throw error;
    });
    await expect.poll(() => status('/readyz'), { timeout: 15_000 }).toBe(200);
    expect([await status('/livez'), await status('/else')]).toEqual([200, 404]);
    const directory = connectWorkflowDirectory({ address, taskQueue });
    const workflowId = recoveryWorkflowId(taskQueue, 'F-1');
    await directory.startRecovery({ workflowId, snapshot: start, caption: { invoiceNumber: 'F-1', policy: 'standard@1' } });
    const client = new Client({ connection: await Connection.connect({ address }) });
    expect(await client.workflow.getHandle(workflowId).result()).toMatchObject({ closed: 'settled' });
    await app.close();
    expect(closed.acts).toBe(true);
    await expect(status('/livez')).rejects.toThrow();
    await directory.close();
    await client.connection.close();
  });

  it('lets the act in hand end before it stops, and records it', async () => {
    const address = inject('temporalAddress');
    const { app, taskQueue, start, act } = await boot(address, (error) => {
      throw error;
    });
    const directory = connectWorkflowDirectory({ address, taskQueue });
    const workflowId = recoveryWorkflowId(taskQueue, 'F-1');
    await directory.startRecovery({ workflowId, snapshot: start, caption: { invoiceNumber: 'F-1', policy: 'standard@1' } });
    await expect.poll(() => act.begun, { timeout: 15_000 }).toBe(1);
    await app.close();
    const client = new Client({ connection: await Connection.connect({ address }) });
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    expect(events?.filter((event) => event.activityTaskCompletedEventAttributes != null)).toHaveLength(1);
    await directory.close();
    await client.connection.close();
  });

  it('lives without Temporal, is not ready, and stops at once when asked', async () => {
    const { app, closed, status } = await boot('127.0.0.1:9', (error) => {
      throw error;
    });
    expect([await status('/livez'), await status('/readyz')]).toEqual([200, 503]);
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(2000);
    expect(closed.acts).toBe(true);
  });

  it('reports a worker that cannot run, and is no longer alive', async () => {
    const failed = vi.fn<(error: unknown) => void>();
    const { app, status } = await boot(inject('temporalAddress'), failed, path.join(folder, 'missing.js'));
    await expect.poll(() => failed.mock.calls.length, { timeout: 10_000 }).toBe(1);
    expect(await status('/livez')).toBe(503);
    await app.close();
  });
});
