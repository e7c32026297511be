import type { WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { replayRunning } from '../../apps/ops/src/replay-histories.js';
import { openCase, soon, wakeAt } from '../support/temporal-story.js';
import { bundleFromSources, ScriptedWorker } from '../support/temporal-worker.js';

const CASES = 7;
const LATER = '2031-03-03T08:00:00.000Z' as Parameters<typeof wakeAt>[1];

let bundle: WorkflowBundle;
let worker: ScriptedWorker;
let filter = '';

beforeAll(async () => {
  bundle = await bundleFromSources();
  worker = await ScriptedWorker.start(inject('temporalAddress'), bundle, 'gate');
  filter = `TaskQueue = "${worker.queue}"`;
  for (let index = 0; index < CASES; index++) {
    const start = openCase({ caseId: `gate-${index}`, wake: wakeAt('mail', soon(100), 'courtesyMail') });
    const run = await worker.open(start, ({ factSeq }) => ({ ...start, factSeq: factSeq + 1, wake: wakeAt('formalNotice', LATER) }));
    await run.until('activityTaskCompletedEventAttributes', 1);
  }
  for (let look = 0; look < 200 && (await worker.client.workflow.count(filter)).count < CASES; look++) {
    await new Promise((done) => setTimeout(done, 50));
  }
}, 120_000);
afterAll(() => worker?.stop());

/** The gate with some workflow code: what failed, and how many were looked at. */
async function gate(workflowBundle: WorkflowBundle, more: { sample?: number; signal?: AbortSignal; onReplay?: () => void } = {}) {
  const failures: { workflowId: string; message: string }[] = [];
  const outcome = await replayRunning({
    client: worker.client,
    workflowBundle,
    filter,
    onFailure: (failure) => void failures.push(failure),
    ...more,
  });
  return { ...outcome, failures };
}

describe('histories of running workflows, replayed before a release', () => {
  it('I26: all of them replay on the code that runs, and go on running', async () => {
    const outcome = await gate(bundle);
    expect(outcome).toEqual({ running: CASES, replayed: CASES, failed: 0, isWhole: true, failures: [] });
    expect((await worker.client.workflow.count(`${filter} AND ExecutionStatus = "Running"`)).count).toBe(CASES);
  });

  it('I26: code that would have done something else is caught, case by case', async () => {
    const other = { ...bundle, code: bundle.code.replaceAll('sendMail', 'mailSend') };
    expect(other.code).not.toBe(bundle.code);
    const { failed, failures } = await gate(other);
    expect(failed).toBe(CASES);
    expect(failures[0]?.message).toMatch(/[Nn]ondeterminism/);
    expect(new Set(failures.map(({ workflowId }) => workflowId)).size).toBe(CASES);
  });

  it('I26: a sample is spread over them all and tells how many there are', async () => {
    const seen: number[] = [];
    const outcome = await gate(bundle, { sample: 3, onReplay: () => void seen.push(1) });
    expect([outcome.running, outcome.replayed, seen.length]).toEqual([CASES, 3, 3]);
  });

  it('Ctrl-C ends it between two histories', async () => {
    const stopped = new AbortController();
    const outcome = await gate(bundle, { signal: stopped.signal, onReplay: () => stopped.abort() });
    expect(outcome.isWhole).toBe(false);
    expect(outcome.replayed).toBeLessThan(CASES);
  });

  it('nothing runs: nothing to replay', async () => {
    const outcome = await replayRunning({
      client: worker.client,
      workflowBundle: bundle,
      filter: 'TaskQueue = "nowhere"',
      onFailure: () => undefined,
    });
    expect(outcome).toEqual({ running: 0, replayed: 0, failed: 0, isWhole: true });
  });
});
