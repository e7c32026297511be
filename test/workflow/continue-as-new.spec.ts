import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { prepareNamespace } from '#orchestration';
import type { Instant } from '#domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTemporalCli } from '../../apps/ops/temporal-cli.mjs';
import { record } from '../support/temporal-golden.js';
import { news, openCase, settled, wakeAt } from '../support/temporal-story.js';
import { bundleFromSources, ScriptedWorker } from '../support/temporal-worker.js';

const MONDAY = '2026-03-02T08:00:00.000Z' as Instant;

let server: ChildProcess;
let worker: ScriptedWorker;

/** A server of its own that suggests to continue as new after 30 events instead of 4,096. */
beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => probe.once('listening', done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  const limit = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=30'];
  const where = ['--ip', '127.0.0.1', '--port', String(port), '--headless', '--log-level', 'never'];
  server = spawn(await findTemporalCli(), ['server', 'start-dev', ...where, ...limit], { stdio: 'ignore' });
  const address = `127.0.0.1:${port}`;
  await again(() => prepareNamespace({ address, retentionDays: 90 }));
  // A new attribute takes a moment to be known to every part of the server.
  worker = await ScriptedWorker.start(address, await bundleFromSources(), 'afresh');
  const warm = await again(() => worker.open(openCase({ state: 'settled', closed: 'settled' })));
  await warm.result();
});

afterAll(async () => {
  await worker?.stop();
  server?.kill('SIGKILL');
});

/** Tries until it works: for 20 s, ten times a second. */
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let look = 0; ; look += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (look > 200) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

describe('a history near its limit', () => {
  it('begins again from the newest snapshot and clock, loses no news, and acts once', async () => {
    const start = openCase({ clock: { version: 1, at: MONDAY }, wake: wakeAt('mail', '2026-03-20T08:00:00.000Z' as Instant) });
    const run = await worker.open(start, ({ factSeq }) => ({ ...settled(start), factSeq: factSeq + 1 }));
    const first = (await run.describe()).runId;
    for (let count = 1; count <= 12; count += 1) {
      await run.signal('deliveryReported', news({ ...start, factSeq: 1 + count, clock: { version: count, at: MONDAY } }));
      await run.signal('sandboxClockMoved', { version: 100 + count, at: `2026-03-${String(count + 2).padStart(2, '0')}T08:00:00.000Z` });
    }
    await expect.poll(async () => (await run.describe()).runId, { timeout: 10_000 }).not.toBe(first);
    await record('started-afresh', { history: () => run.history(first) });
    await run.signal('sandboxClockMoved', { version: 200, at: '2026-03-20T08:00:00.000Z' });
    expect(await run.result()).toMatchObject({ closed: 'settled', factSeq: 14 });
    expect(run.calls).toHaveLength(1);
    const attributes = (await run.describe()).typedSearchAttributes.getAll().map(({ key }) => key.name);
    expect(attributes).toContain('DebtorRef');
  });
});
