import { fileURLToPath } from 'node:url';
import { CASE_SIGNALS, mailQueueOf } from '#contracts';
import type { CaseSnapshot, Instant, WakeKind } from '#domain';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { record } from '../support/temporal-golden.js';
import { after, news, openCase, settled, soon, wakeAt } from '../support/temporal-story.js';
import { bundleFromSources, ScriptedWorker } from '../support/temporal-worker.js';

const MONDAY = '2026-03-02T08:00:00.000Z' as Instant;
const TUESDAY = '2026-03-03T08:00:00.000Z' as Instant;
const FRIDAY = '2026-03-06T08:00:00.000Z' as Instant;
const ACT_OF: Readonly<Record<WakeKind, string>> = {
  call: 'openCallTask',
  mail: 'sendMail',
  formalNotice: 'serveFormalNotice',
  referral: 'handOver',
  prepare: 'prepareStage',
  promiseEnds: 'judgePromise',
  holdEnds: 'endHold',
  disputeDue: 'escalateDispute',
  callExpires: 'expireCall',
  approvalExpires: 'expireApproval',
  review: 'reviewCase',
};

let worker: ScriptedWorker;

beforeAll(async () => {
  worker = await ScriptedWorker.start(inject('temporalAddress'), await bundleFromSources(), 'loop');
});

afterAll(() => worker.stop());

/** A case of a sandbox creditor whose clock stands on Monday morning. */
function sandboxCase(change: Partial<CaseSnapshot> = {}): CaseSnapshot {
  return openCase({ clock: { version: 1, at: MONDAY }, wake: wakeAt('mail', TUESDAY), ...change });
}

/** An act that begins, waits for `release`, and then answers. */
function heldAct(answer: () => CaseSnapshot) {
  let begin = (): void => undefined;
  let release = (): void => undefined;
  const begun = new Promise<void>((done) => {
    begin = done;
  });
  const held = new Promise<void>((done) => {
    release = done;
  });
  const script = async (): Promise<CaseSnapshot> => {
    begin();
    await held;
    return answer();
  };
  return { begun, release, script };
}

describe('the loop of a case', () => {
  it('calls for every kind of wake the act of its own name, once, on its own queue and in plain words', async () => {
    const kinds = Object.keys(ACT_OF) as WakeKind[];
    const start = sandboxCase({ clock: { version: 1, at: FRIDAY }, wake: wakeAt('call', TUESDAY, 'stage-call') });
    const run = await worker.open(start, ({ factSeq }, index) => {
      const kind = kinds[index + 1];
      const done = { ...start, factSeq: factSeq + 1 };
      return kind === undefined ? settled(done) : { ...done, wake: wakeAt(kind, TUESDAY, `stage-${kind}`) };
    });
    await run.result();
    expect(run.calls.map(({ act }) => act)).toEqual(kinds.map((kind) => ACT_OF[kind]));
    expect(run.calls[2]).toEqual({
      act: 'serveFormalNotice',
      caseId: start.caseId,
      creditorId: 'dupont',
      epoch: 1,
      factSeq: 3,
      wake: { kind: 'formalNotice', stage: 'stage-formalNotice', round: 1, at: TUESDAY },
    });
    const scheduled = await run.events('activityTaskScheduledEventAttributes');
    const queues = scheduled.map((event) => event.activityTaskScheduledEventAttributes?.taskQueue?.name);
    expect(queues).toEqual(kinds.map((kind) => (['mail', 'formalNotice'].includes(kind) ? mailQueueOf(worker.queue) : worker.queue)));
    const words = scheduled.map((event) => Buffer.from(event.userMetadata?.summary?.data ?? []).toString());
    expect(words.slice(0, 3)).toEqual([
      '"stage-call: open the call task, 2026-03-03"',
      '"stage-mail: send the mail, 2026-03-03"',
      '"stage-formalNotice: serve the formal notice, 2026-03-03"',
    ]);
    expect(words.every((text) => text.length > 5)).toBe(true);
    await record('every-act', run);
  });

  it('says on the timer in plain words what opens when', async () => {
    const start = openCase({ wake: wakeAt('formalNotice', '2096-11-02T08:00:00.000Z' as Instant) });
    const run = await worker.open(start);
    await run.until('timerStartedEventAttributes', 1);
    const [timer] = await run.events('timerStartedEventAttributes');
    expect(Buffer.from(timer?.userMetadata?.summary?.data ?? []).toString()).toBe('"formalNotice opens 2096-11-02"');
    await run.signal('closed', news(settled(start)));
    await run.result();
  });

  it('acts at once, without a timer, on a wake that passed while nothing ran', async () => {
    const start = openCase({ wake: wakeAt('mail', MONDAY) });
    const run = await worker.open(start, () => settled(start));
    await run.result();
    expect(await run.events('timerStartedEventAttributes')).toHaveLength(0);
    await record('late-wake', run);
  });

  it('follows the snapshot that a stale act brings back', async () => {
    const start = openCase({ wake: wakeAt('mail', soon(1500)) });
    const run = await worker.open(start, () => ({ ...start, factSeq: 5, state: 'onHold', wake: wakeAt('holdEnds', soon(86_400_000)) }));
    await run.until('timerStartedEventAttributes', 2);
    expect((await run.describe()).typedSearchAttributes.getAll().find(({ key }) => key.name === 'CaseState')?.value).toBe('onHold');
    await run.signal('holdReleased', news({ ...settled(start), factSeq: 6 }));
    await run.result();
    expect(run.calls).toHaveLength(1);
    await record('stale-wake', run);
  });

  it('lets the act in hand end when the money comes meanwhile, and then closes', async () => {
    const start = openCase({ wake: wakeAt('mail', MONDAY) });
    const act = heldAct(() => after(start, { lastStage: 'mail', wake: wakeAt('review', soon(86_400_000)) }));
    const run = await worker.open(start, act.script);
    await act.begun;
    await run.signal('paymentReceived', news({ ...settled(start), factSeq: 3 }));
    act.release();
    expect(await run.result()).toMatchObject({ closed: 'settled', factSeq: 3 });
    await record('paid-during-the-act', run);
  });

  it('I13: stays open when the money came and went back while an act was in hand', async () => {
    const start = sandboxCase({ wake: wakeAt('mail', MONDAY) });
    const act = heldAct(() => start);
    const run = await worker.open(start, act.script);
    await act.begun;
    await run.signal('paymentReceived', news(settled(start)));
    await run.signal('paymentReversed', news({ ...start, factSeq: 3, state: 'reminding', wake: wakeAt('mail', FRIDAY) }));
    act.release();
    await run.until('upsertWorkflowSearchAttributesEventAttributes', 1);
    expect((await run.describe()).status.name).toBe('RUNNING');
    await run.signal('closed', news({ ...settled(start), factSeq: 4 }));
    expect(await run.result()).toMatchObject({ factSeq: 4 });
    await record('paid-and-reversed', run);
  });

  it('takes every signal of the contract, and one that only a newer release knows', async () => {
    const start = sandboxCase();
    const run = await worker.open(start);
    let latest = start;
    for (const signal of CASE_SIGNALS) {
      latest = after(latest);
      await run.signal(signal, news(latest));
    }
    await run.signal('seizureReported', news(settled(latest)));
    expect(await run.result()).toMatchObject({ factSeq: CASE_SIGNALS.length + 2 });
    await record('every-signal', run);
  });

  it('refuses a snapshot of another case, ignores what is no snapshot, and goes on', async () => {
    const start = sandboxCase();
    const run = await worker.open(start);
    await run.signal('closed', news({ ...settled(start), caseId: 'another', factSeq: 99 }));
    await run.signal('closed', news({ ...settled(start), creditorId: 'another', factSeq: 99 }));
    for (const junk of [undefined, null, 7, {}, { snapshot: { ...settled(start), wake: { kind: 'mail', at: 'soon' } } }])
      await run.signal('closed', junk);
    await run.signal('sandboxClockMoved', { version: 'x' });
    await run.signal('closed', news(settled(start)));
    expect(await run.result()).toMatchObject({ caseId: start.caseId, factSeq: 2 });
    await record('refused-news', run);
  });

  it('adopts the rows after a restore: a higher epoch wins over a higher factSeq', async () => {
    const start = sandboxCase({ factSeq: 40 });
    const run = await worker.open(start);
    await run.signal('balanceCorrected', news({ ...start, epoch: 2, factSeq: 7, state: 'reminding' }));
    await run.signal('closed', news({ ...settled(start), epoch: 1, factSeq: 41 }));
    await run.signal('closed', news({ ...settled(start), epoch: 2, factSeq: 8, state: 'withdrawn', closed: 'withdrawn' }));
    expect(await run.result()).toMatchObject({ closed: 'withdrawn', epoch: 2, factSeq: 8 });
    await record('restored', run);
  });

  it('I19: any order and any repetition of the same signals ends in the same result', async () => {
    const facts = fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 });
    const repeats = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(facts, repeats, async (order, again) => {
        const start = sandboxCase({ factSeq: 0 });
        const last = settled({ ...start, factSeq: 5 });
        const run = await worker.open(start);
        for (const factSeq of [...order, ...again]) {
          const told = factSeq === 6 ? last : { ...start, factSeq, openPrincipal: String(1000 - factSeq) };
          await run.signal('paymentReceived', news(told)).catch((error: Error) => expect(error.name).toBe('WorkflowNotFoundError'));
        }
        expect(await run.result()).toMatchObject({ factSeq: 6, closed: 'settled', openPrincipal: '0' });
      }),
      { numRuns: 12 },
    );
  });

  it('ends as cancelled when an operator cancels it, and as nothing else', async () => {
    const run = await worker.open(openCase());
    await run.until('timerStartedEventAttributes', 1);
    await worker.client.workflow.getHandle(run.workflowId).cancel();
    await expect(run.result()).rejects.toThrow(/cancel/i);
    expect((await run.describe()).status.name).toBe('CANCELLED');
    await record('cancelled', run);
  });
});

describe('on the sandbox clock', () => {
  it('waits without a timer and acts when the clock stands at the wake', async () => {
    const start = sandboxCase();
    const run = await worker.open(start, () => after(start, { wake: wakeAt('review', FRIDAY), lastStage: 'mail', state: 'reminding' }));
    await run.until('workflowTaskCompletedEventAttributes', 1);
    await run.signal('sandboxClockMoved', { version: 2, at: '2026-03-03T07:59:59.999Z' });
    await run.until('workflowTaskCompletedEventAttributes', 2);
    expect(run.calls).toHaveLength(0);
    await run.signal('sandboxClockMoved', { version: 3, at: TUESDAY });
    await run.until('activityTaskCompletedEventAttributes', 1);
    await run.signal('closed', news({ ...settled(start), factSeq: 3 }));
    await run.result();
    expect(run.calls.map(({ act }) => act)).toEqual(['sendMail']);
    expect(await run.events('timerStartedEventAttributes')).toHaveLength(0);
    await record('sandbox-clock', run);
  });

  it('merges the clock by its own version, from signals and from snapshots that are themselves old', async () => {
    const start = sandboxCase({ factSeq: 5 });
    const run = await worker.open(start, () => ({ ...settled(start), factSeq: 6 }));
    // Its first task is done: what is told now makes one more at least, however many signals the server puts into one.
    await run.until('workflowTaskCompletedEventAttributes', 1);
    await run.signal('sandboxClockMoved', { version: 3, at: MONDAY });
    await run.signal('sandboxClockMoved', { version: 2, at: FRIDAY });
    await run.until('workflowTaskCompletedEventAttributes', 2);
    expect(run.calls).toHaveLength(0);
    await run.signal('policyChanged', news({ ...start, factSeq: 4, clock: { version: 4, at: FRIDAY } }));
    expect(await run.result()).toMatchObject({ factSeq: 6 });
    await record('sandbox-clock-merged', run);
  });

  it('is refused by the case of a real creditor', async () => {
    const start = openCase();
    const run = await worker.open(start);
    await run.signal('sandboxClockMoved', { version: 9, at: '2199-01-01T00:00:00.000Z' });
    await run.until('timerStartedEventAttributes', 1);
    expect(run.calls).toHaveLength(0);
    await run.signal('closed', news(settled(start)));
    await run.result();
    await record('clock-refused', run);
  });
});

describe('what the Temporal UI shows', () => {
  it('gives each case a static summary, details with the planned rungs, and its search attributes', async () => {
    const start = openCase();
    const run = await worker.open(start);
    const shown = await run.describe();
    expect(await shown.staticSummary()).toBe(`Invoice F-${start.caseId} · due 2026-01-31 · 1240.00 EUR · policy standard@1`);
    expect(await shown.staticDetails()).toContain('| 2099-03-02 | formalMail | formal mail |');
    await run.until('timerStartedEventAttributes', 1);
    await run.signal('disputeOpened', news(after(start, { state: 'disputed', disputed: true, lastStage: 'formalMail' })));
    await run.until('upsertWorkflowSearchAttributesEventAttributes', 1);
    const attributes = Object.fromEntries((await run.describe()).typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    expect(attributes).toMatchObject({
      CaseStage: 'formalMail',
      CaseState: 'disputed',
      CreditorId: 'dupont',
      DebtorRef: 'D-100',
      Currency: 'EUR',
      OpenBalanceMinor: 124000,
      Disputed: true,
      DueOn: new Date('2026-01-31T00:00:00.000Z'),
      NextActionAt: new Date('2099-03-02T08:00:00.000Z'),
    });
    await run.signal('closed', news({ ...settled(start), factSeq: 3 }));
    await run.result();
    const closed = (await run.describe()).typedSearchAttributes.getAll().map(({ key }) => key.name);
    expect(closed).not.toContain('NextActionAt');
    await record('dispute', run);
  });
});

describe('the sandbox of workflows', () => {
  it('does not share module state between two workflows of one worker', async () => {
    const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../support/module-state.workflow.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    });
    const taskQueue = `${worker.queue}-state`;
    const counting = await Worker.create({ connection, taskQueue, workflowBundle });
    const counts = await counting.runUntil(
      Promise.all([1, 2, 3].map((n) => worker.client.workflow.execute('countRuns', { taskQueue, workflowId: `${taskQueue}-${n}` }))),
    );
    await connection.close();
    expect(counts).toEqual([1, 1, 1]);
  });
});
