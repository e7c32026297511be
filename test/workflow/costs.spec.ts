import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { record } from '../support/temporal-golden.js';
import { after, news, openCase, settled, soon, wakeAt } from '../support/temporal-story.js';
import { type ActScript, bundleFromSources, type CaseRun, ScriptedWorker } from '../support/temporal-worker.js';

let worker: ScriptedWorker;

beforeAll(async () => {
  worker = await ScriptedWorker.start(inject('temporalAddress'), await bundleFromSources(), 'costs');
  const warm = await worker.open(openCase({ closed: 'settled', state: 'settled' }));
  await warm.result();
});

afterAll(() => worker.stop());

/** A case at rest on a timer far away, and what it has cost so far. */
async function resting(): Promise<{ run: CaseRun; start: ReturnType<typeof openCase> }> {
  const start = openCase();
  const run = await worker.open(start);
  await run.until('timerStartedEventAttributes', 1);
  return { run, start };
}

describe('what one case costs on a real server', () => {
  it('start and end: 5 events, 3 transitions, 1 action', async () => {
    const run = await worker.open(openCase({ closed: 'settled', state: 'settled', openPrincipal: '0' }));
    await run.result();
    expect(await run.cost()).toEqual({ events: 5, transitions: 3, actions: 1 });
    await record('closed-at-start', run);
  });

  it('paid before the first rung: 12 events, 6 transitions, 4 actions', async () => {
    const { run, start } = await resting();
    await run.signal('paymentReceived', news(settled(start)));
    expect(await run.result()).toMatchObject({ closed: 'settled', factSeq: 2, openPrincipal: '0' });
    expect(await run.cost()).toEqual({ events: 12, transitions: 6, actions: 4 });
    await record('paid-before-first-rung', run);
  });

  it('seven wakes and nobody acts: 89 events, 52 transitions, 22 actions', { timeout: 60_000 }, async () => {
    const rungs = ['call', 'mail', 'mail', 'mail', 'prepare', 'formalNotice', 'referral'] as const;
    const start = openCase({ wake: wakeAt('call', soon(1500), 'rung1') });
    const script: ActScript = ({ factSeq }, index) => {
      const next = rungs[index + 1];
      const done = { ...start, factSeq: factSeq + 1, lastStage: `rung${index + 1}` };
      return next === undefined
        ? { ...done, state: 'handedOver', closed: 'handedOver' }
        : { ...done, state: 'reminding', wake: wakeAt(next, soon(1500), `rung${index + 2}`) };
    };
    const run = await worker.open(start, script);
    expect(await run.result()).toMatchObject({ closed: 'handedOver', factSeq: 8 });
    expect(run.calls.map(({ act }) => act)).toEqual([
      'openCallTask',
      'sendMail',
      'sendMail',
      'sendMail',
      'prepareStage',
      'serveFormalNotice',
      'handOver',
    ]);
    expect(await run.cost()).toEqual({ events: 89, transitions: 52, actions: 22 });
    await record('seven-wakes', run);
  });

  it('one wake acted on: +12 events, +7 transitions, +3 actions', async () => {
    const start = openCase({ wake: wakeAt('mail', soon(1500)) });
    const run = await worker.open(start, () => after(start, { lastStage: 'mail', state: 'settled', closed: 'settled' }));
    await run.result();
    expect(await run.cost()).toEqual({ events: 5 + 12, transitions: 3 + 7, actions: 1 + 3 });
  });

  it('a message that leaves wake and shown state as they were: +4 events, +3 transitions, +1 action', async () => {
    const { run, start } = await resting();
    const before = await run.cost();
    await run.signal('deliveryReported', news(after(start)));
    await run.until('workflowTaskCompletedEventAttributes', 2);
    const now = await run.cost();
    expect(minus(now, before)).toEqual({ events: 4, transitions: 3, actions: 1 });
    expect(await run.events('timerCanceledEventAttributes')).toHaveLength(0);
    await run.signal('closed', news(settled(after(start))));
    await run.result();
    await record('news-that-leave-the-wake', run);
  });

  it('a message that changes what is shown but not the wake: +5 events, +3 transitions, +2 actions', async () => {
    const { run, start } = await resting();
    const before = await run.cost();
    await run.signal('paymentReceived', news(after(start, { openPrincipal: '100' })));
    await run.until('workflowTaskCompletedEventAttributes', 2);
    expect(minus(await run.cost(), before)).toEqual({ events: 5, transitions: 3, actions: 2 });
    await run.signal('closed', news(settled(after(start))));
    await run.result();
    await record('part-payment', run);
  });

  it('a message that moves the wake: +7 events, +3 transitions, +3 actions', async () => {
    const { run, start } = await resting();
    const before = await run.cost();
    const wake = { ...start.wake, at: soon(86_400_000) };
    await run.signal('holdPlaced', news(after(start, { state: 'onHold', wake: { kind: 'holdEnds', at: wake.at } })));
    await run.until('timerStartedEventAttributes', 2);
    expect(minus(await run.cost(), before)).toEqual({ events: 7, transitions: 3, actions: 3 });
    await run.signal('closed', news(settled(after(start))));
    await run.result();
    await record('hold-moves-the-wake', run);
  });

  it('a message that repeats what is known: +4 events, +3 transitions, +1 action, and nothing moves', async () => {
    const { run, start } = await resting();
    const before = await run.cost();
    await run.signal('paymentReceived', news({ ...start, wake: wakeAt('review', soon(1000)) }));
    await run.until('workflowTaskCompletedEventAttributes', 2);
    expect(minus(await run.cost(), before)).toEqual({ events: 4, transitions: 3, actions: 1 });
    await run.signal('closed', news(settled(start)));
    await run.result();
    await record('stale-news', run);
  });

  it('a move of the sandbox clock before the wake: +4 events, +3 transitions, +1 action, and no timer at all', async () => {
    const start = openCase({ clock: { version: 1, at: '2026-03-02T08:00:00.000Z' as never } });
    const run = await worker.open(start);
    await run.until('workflowTaskCompletedEventAttributes', 1);
    const before = await run.cost();
    await run.signal('sandboxClockMoved', { version: 2, at: '2026-03-03T08:00:00.000Z' });
    await run.until('workflowTaskCompletedEventAttributes', 2);
    expect(minus(await run.cost(), before)).toEqual({ events: 4, transitions: 3, actions: 1 });
    expect(await run.events('timerStartedEventAttributes')).toHaveLength(0);
    await run.signal('closed', news(settled(start)));
    await run.result();
  });

  it('a message that only informs: 11 events, 7 transitions, 2 actions', async () => {
    const run = await worker.inform('thanks-1');
    expect(await run.result()).toEqual({ messageId: 'thanks-1', state: 'delivered' });
    expect(await run.cost()).toEqual({ events: 11, transitions: 7, actions: 2 });
    await record('message-delivered', run);
  });
});

function minus(now: Awaited<ReturnType<CaseRun['cost']>>, before: typeof now): typeof now {
  return { events: now.events - before.events, transitions: now.transitions - before.transitions, actions: now.actions - before.actions };
}
