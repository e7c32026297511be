import type { Instant } from '#domain';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { record } from '../support/temporal-golden.js';
import { after, news, openCase, settled, soon, wakeAt } from '../support/temporal-story.js';
import { bundleFromSources, ScriptedWorker } from '../support/temporal-worker.js';

const PAST = '2026-03-02T08:00:00.000Z' as Instant;

let worker: ScriptedWorker;

beforeAll(async () => {
  worker = await ScriptedWorker.start(inject('temporalAddress'), await bundleFromSources(), 'retry');
});

afterAll(() => worker.stop());

/** How long the n-th timer of a case was set for, in seconds. */
async function timerSeconds(run: Awaited<ReturnType<ScriptedWorker['open']>>, index: number): Promise<number> {
  const timer = (await run.events('timerStartedEventAttributes'))[index]?.timerStartedEventAttributes;
  return Number(timer?.startToFireTimeout?.seconds ?? -1);
}

// The three stories wait for the same real minute side by side.
describe.concurrent('an act that fails or changes nothing', { timeout: 100_000 }, () => {
  it('is tried again by itself after 1 min, then 2 min, and the case goes on', async () => {
    const start = openCase({ wake: wakeAt('mail', PAST) });
    const run = await worker.open(start, (_call, index) => {
      if (index === 0) throw ApplicationFailure.nonRetryable('the database is away');
      return index === 1 ? start : settled(start);
    });
    await run.until('timerStartedEventAttributes', 1);
    expect(await timerSeconds(run, 0)).toBe(60);
    for (let look = 0; look < 380 && (await run.events('timerStartedEventAttributes')).length < 2; look += 1) {
      await new Promise((done) => setTimeout(done, 200));
    }
    await run.until('timerStartedEventAttributes', 2);
    expect(run.calls).toHaveLength(2);
    expect(await timerSeconds(run, 1)).toBe(120);
    await run.signal('closed', news(settled(start)));
    expect(await run.result()).toMatchObject({ closed: 'settled' });
    await record('tried-again', run);
  });

  it('is tried at once when news come, and the pause ends', async () => {
    const start = openCase({ wake: wakeAt('formalNotice', PAST) });
    const run = await worker.open(start, ({ factSeq }) => (factSeq === 1 ? start : settled({ ...start, factSeq })));
    await run.until('timerStartedEventAttributes', 1);
    const [pause] = await run.events('timerStartedEventAttributes');
    expect(Buffer.from(pause?.userMetadata?.summary?.data ?? []).toString()).toBe('"formalNotice is tried again in 1 min"');
    await run.signal('blockerLifted', news(after(start)));
    expect(await run.result()).toMatchObject({ closed: 'settled', factSeq: 3 });
    expect(run.calls.map(({ factSeq }) => factSeq)).toEqual([1, 2]);
    await record('blocker-lifted', run);
  });

  it('does not spin when it brings back newer facts with the very same wake due', async () => {
    const start = openCase({ wake: wakeAt('mail', PAST) });
    const run = await worker.open(start, ({ factSeq }) => ({ ...start, factSeq: factSeq + 1 }));
    await run.until('timerStartedEventAttributes', 1);
    expect(run.calls).toHaveLength(1);
    await run.signal('closed', news({ ...settled(start), factSeq: 3 }));
    await run.result();
  });

  it('does not listen to old news, and a snapshot of another case counts as no answer', async () => {
    const start = openCase({ wake: wakeAt('call', PAST), factSeq: 5 });
    const run = await worker.open(start, () => ({ ...settled(start), caseId: 'another' }));
    await run.until('timerStartedEventAttributes', 1);
    await run.signal('callReported', news({ ...start, factSeq: 4 }));
    await run.until('workflowTaskCompletedEventAttributes', 3);
    expect(run.calls).toHaveLength(1);
    await run.signal('closed', news(settled(start)));
    expect(await run.result()).toMatchObject({ caseId: start.caseId });
    await record('wrong-answer', run);
  });
});

describe.concurrent('a message that only informs', { timeout: 100_000 }, () => {
  it('waits for the moment it was postponed to, and is then delivered', async () => {
    const until = soon(1500);
    worker.deliver = ({ messageId }, index) =>
      messageId === 'fails' || index > 0 ? { state: 'delivered' } : { state: 'postponed', until };
    const run = await worker.inform('postponed');
    expect(await run.result()).toEqual({ messageId: 'postponed', state: 'delivered' });
    expect(await run.events('timerFiredEventAttributes')).toHaveLength(1);
    await record('message-postponed', run);
  });
});

describe('a message of a sandbox creditor', () => {
  it('waits for the sandbox clock, not for the hour of the server', async () => {
    const until = '2026-03-03T08:00:00.000Z' as Instant;
    worker.deliver = (_input, index) =>
      index > 0 ? { state: 'unknown' } : { state: 'postponed', until, clock: { version: 1, at: '2026-03-02T08:00:00.000Z' as Instant } };
    const run = await worker.inform('sandbox');
    await run.until('timerStartedEventAttributes', 1);
    await run.signal('sandboxClockMoved', { version: 2, at: until });
    expect(await run.result()).toEqual({ messageId: 'sandbox', state: 'unknown' });
    await record('message-sandbox', run);
  });

  it('looks again at once when the clock moved while the activity saw the old one', async () => {
    const until = '2026-03-03T08:00:00.000Z' as Instant;
    const clock = { version: 1, at: '2026-03-02T08:00:00.000Z' as Instant };
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    worker.deliver = async (_input, index) => {
      if (index > 0) return { state: 'delivered' };
      await held;
      return { state: 'postponed', until, clock };
    };
    const run = await worker.inform('sandbox-race');
    await run.until('activityTaskScheduledEventAttributes', 1);
    await run.signal('sandboxClockMoved', { version: 2, at: until });
    release();
    expect(await run.result()).toEqual({ messageId: 'sandbox-race', state: 'delivered' });
    expect(await run.events('timerStartedEventAttributes')).toHaveLength(0);
  });
});
