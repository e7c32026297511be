import fs from 'node:fs';
import type { Day } from '#domain';
import { expect } from 'vitest';
import { compileWorker, WorkerProcess } from '../support/compiled-worker.js';
import { Stack, type StackOptions } from '../support/stack.js';
import { StackClock } from '../support/stack-clock.js';
import { Desk } from './desk.js';

/** How long the provider thinks before it takes the mail: the worker is gone by then. */
const PROVIDER_THINKS_MS = 2_500;
/** A dead worker is noticed when its act's 75 seconds are over. */
const NOTICED_MS = 120_000;

/** `kill -9` of the worker process while the provider holds its mail: the mail leaves once, and the ladder goes on with the next worker. */
export async function playKilledWorker(servers: Pick<StackOptions, 'pgBase' | 'temporalAddress'>): Promise<void> {
  const stack = await Stack.open({ ...servers, worker: false });
  const folder = await compileWorker();
  let worker = await WorkerProcess.start(folder, stack.environment);
  try {
    const creditorId = 'mirandole-killed';
    const desk = await Desk.open(stack, 'A', creditorId);
    await desk.ask('finance', 'POST', '/go-live');
    await desk.import('a2-factur-x.pdf');
    const clock = new StackClock(stack, creditorId, () => reportCalls(desk), NOTICED_MS);
    await clock.runUntil('2026-03-03' as Day, '08:00');
    stack.local.script([{ delayMs: PROVIDER_THINKS_MS }]);
    await desk.ask('controller', 'POST', '/sandbox/clock', { toNextWake: true });
    await expect.poll(() => stack.local.pending(), { timeout: 30_000, interval: 25 }).toBe(1);
    await worker.kill();
    expect(stack.local.mails()).toHaveLength(0);
    worker = await WorkerProcess.start(folder, stack.environment);
    await clock.runUntil('2026-03-09' as Day, '18:00');
    const subjects = stack.local.mails().map(({ subject }) => subject);
    expect({ subjects, count: subjects.length, different: new Set(subjects).size }).toEqual({ subjects, count: 2, different: 2 });
    const messages = await stack.api.backend.plain((tx) => tx.messages.all({ creditorId }, { by: 'createdAt' }));
    expect(messages.map(({ stage }) => stage)).toEqual(['courtesyMail', 'formalMail']);
    expect(messages[0]?.state).toBe('CONFIRMED_SENT');
  } finally {
    await worker.kill();
    await stack.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function reportCalls(desk: Desk): Promise<boolean> {
  const { items } = await desk.ask<{ items: { callId: string }[] }>('auditor', 'GET', '/calls?state=open');
  for (const { callId } of items) await desk.ask('controller', 'POST', `/calls/${callId}/report`, { outcome: 'attempted' });
  return items.length > 0;
}
