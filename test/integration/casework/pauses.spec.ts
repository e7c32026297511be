import {
  closeCase,
  makePromise,
  openDispute,
  openInsolvency,
  placeHold,
  releaseHold,
  reportCall,
  reversePayment,
  resolveDispute,
  withdrawPromise,
} from '#casework';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { registered, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

/** Monday 2 March, 4 860.00 due since 26 February, the call of the day open. */
async function called(): Promise<void> {
  ({ creditorId, caseId } = await registered(town, `pause-${++serial}`));
  await town.run(creditorId, '2026-03-02');
}

/** Monday 9 March: the formal mail is due. */
async function atFormalMail(): Promise<void> {
  await called();
  await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
}

const row = () => town.caseRow(creditorId, caseId);
const promise = (dueOn: string, amountMinor = 486_000n) =>
  town.shared(creditorId, (tx) =>
    makePromise(tx, town.deps, creditorId, caseId, { amountMinor, dueOn: day(dueOn), channel: 'phone', madeBy: 'M. Lenoir' }, PERSON),
  );
const dispute = () => town.shared(creditorId, (tx) => openDispute(tx, town.deps, creditorId, caseId, { reason: 'quality' }, PERSON));
const mails = async () => (await town.mailsOf(creditorId)).length;
const wake = async () => {
  const { wakeKind, wakeStage, wakeAt } = await row();
  return [wakeKind, wakeStage, wakeAt?.slice(0, 10)];
};

describe('a promise', () => {
  it('I15: made on the phone pauses the ladder, is confirmed in writing, kept by the payment and thanked for', async () => {
    await called();
    await promise('2026-03-12');
    const [call] = await town.read((tx) => tx.calls.all({ creditorId, state: 'open' }));
    await town.shared(creditorId, (tx) =>
      reportCall(tx, town.deps, creditorId, call?.callId ?? '', { outcome: 'reached', contactName: 'M. Lenoir' }, PERSON),
    );
    await town.run(creditorId, '2026-03-11');
    expect(await mails()).toBe(1);
    const raw = JSON.parse(town.local.rawMail((await town.mailsOf(creditorId))[0]?.id ?? '').toString('utf8')) as {
      content: { value: string }[];
    };
    expect(raw.content[0]?.value).toMatch(/12\s+mars/);
    expect([await row()].map((r) => [r.state, r.wakeKind])).toEqual([['promised', 'promiseEnds']]);
    await town.pay(creditorId, 486_000n, '2026-03-11', { invoiceNumber: 'F-2026-001' });
    expect([(await row()).closedKind, (await town.read((tx) => tx.promises.all({ creditorId }))).map((p) => p.state)]).toEqual([
      'settled',
      ['kept'],
    ]);
  });

  it('broken: a call is owed the same day, the next harder rung follows after the gap; a second promise needs more than a word', async () => {
    await atFormalMail();
    await promise('2026-03-19');
    const diary = await town.run(creditorId, '2026-03-24');
    expect(diary.filter((line) => line.includes('promiseEnds') || line.includes('promiseBrokenCall'))).toEqual([
      '2026-03-24 promiseEnds → reminding',
      '2026-03-24 call:promiseBrokenCall → reminding',
    ]);
    expect(await town.tasks(creditorId, 'promiseBroken')).toHaveLength(1);
    await expect(promise('2026-04-01')).rejects.toThrow('promiseNeedsManager');
    await town.run(creditorId, '2026-03-27', { calls: 'attempted' });
    expect((await town.verdictLines(creditorId, caseId)).slice(-2)).toEqual([
      'promiseBrokenCall DONE call.attempted',
      'formalMail SENT allChecksPassed',
    ]);
  });

  it('broken while the call at which it was made was never reported: the call of that day is its own', async () => {
    await called();
    await promise('2026-03-05');
    await town.run(creditorId, '2026-03-10');
    expect(await wake()).toEqual(['callExpires', 'promiseBrokenCall', '2026-03-12']);
    const lines = await town.verdictLines(creditorId, caseId);
    expect(lines.at(-1)).toBe('promiseBrokenCall DONE joinedOpenCall');
    await town.run(creditorId, '2026-03-20', { calls: 'reached' });
    const outcomes = await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId }));
    expect(outcomes.map((o) => o.stage)).toContain('promiseBrokenCall');
    expect(outcomes.filter((o) => o.stage === 'promiseBrokenCall')).toHaveLength(1);
    expect((await town.verdictLines(creditorId, caseId)).some((line) => line.endsWith('SENT allChecksPassed'))).toBe(true);
  });

  it.each([
    ['95 %', 95_000n, 'kept'],
    ['a cent less', 94_999n, 'broken'],
  ])('A41: %s of what was promised by the end of the grace', async (_share, receivedMinor, verdict) => {
    await atFormalMail();
    await promise('2026-03-13', 100_000n);
    await town.pay(creditorId, receivedMinor, '2026-03-12', { invoiceNumber: 'F-2026-001' });
    await town.run(creditorId, '2026-03-20', { calls: 'attempted' });
    expect((await town.read((tx) => tx.promises.all({ creditorId }))).map((p) => p.state)).toEqual([verdict]);
  });

  it('kept when what was promised came in, though less than the whole', async () => {
    await atFormalMail();
    await promise('2026-03-13', 100_000n);
    await town.pay(creditorId, 100_000n, '2026-03-12', { invoiceNumber: 'F-2026-001' });
    await town.run(creditorId, '2026-03-18');
    expect((await town.read((tx) => tx.promises.all({ creditorId }))).map((p) => p.state)).toEqual(['kept']);
    expect(await town.tasks(creditorId, 'promiseBroken')).toEqual([]);
  });

  it('A40: kept by a debit that is refunded later: broken after all, a call is owed, and a second one needs more than a word', async () => {
    await called();
    await promise('2026-03-12');
    await town.pay(creditorId, 486_000n, '2026-03-12', { invoiceNumber: 'F-2026-001' }, 'debit-1');
    await town.moveTo(creditorId, '2026-03-20T08:00:00.000Z');
    const reversal = { provider: 'rest', providerRef: 'debit-1', on: day('2026-03-20') };
    await town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, reversal, PERSON));
    expect((await town.read((tx) => tx.promises.all({ creditorId }))).map((p) => p.state)).toEqual(['broken']);
    expect([(await row()).closedKind, (await row()).dueOn, (await wake())[1]]).toEqual([null, '2026-02-26', 'promiseBrokenCall']);
    await expect(promise('2026-03-27')).rejects.toThrow('promiseNeedsManager');
  });

  it('is refused too late, with the latest day; and where one runs, above the balance or after the limit', async () => {
    await called();
    await expect(promise('2026-04-30')).rejects.toMatchObject({
      refusal: { refusal: 'promiseTooLate', facts: { latestOn: '2026-03-17' } },
    });
    await expect(promise('2026-03-10', 500_000n)).rejects.toThrow('promiseAboveBalance');
    await promise('2026-03-10', 486_000n);
    await expect(promise('2026-03-11')).rejects.toThrow('promiseRunning');
    await town.shared(creditorId, (tx) => withdrawPromise(tx, town.deps, creditorId, caseId, PERSON));
    await promise('2026-03-10');
    await town.shared(creditorId, (tx) => withdrawPromise(tx, town.deps, creditorId, caseId, PERSON));
    await expect(promise('2026-03-10')).rejects.toMatchObject({ refusal: { refusal: 'promiseTooMany', facts: { maxCount: 2 } } });
    await town.run(creditorId, '2026-03-03');
  });
});

describe('dispute and hold', () => {
  it('I16: a dispute stops at once and withdraws the promise; resolved, the ladder resumes with its days shifted', async () => {
    await atFormalMail();
    await promise('2026-03-20');
    await dispute();
    expect([(await row()).state, (await town.read((tx) => tx.promises.all({ creditorId }))).map((p) => p.state)]).toEqual([
      'disputed',
      ['withdrawn'],
    ]);
    await expect(dispute()).rejects.toThrow('disputeRunning');
    const sent = await mails();
    const diary = await town.run(creditorId, '2026-04-08', { calls: 'attempted' });
    expect([(await mails()) - sent <= 1, diary.filter((line) => line.includes('disputeDue')).length > 0]).toEqual([true, true]);
    expect((await town.tasks(creditorId, 'disputeOverdue')).length).toBeGreaterThan(0);
    await town.shared(creditorId, (tx) => resolveDispute(tx, town.deps, creditorId, caseId, { verdict: 'confirmed' }, PERSON));
    const today = (await town.clock(creditorId)).slice(0, 10);
    expect((await row()).plan.filter((stage) => String(stage.on) < today)).toEqual([]);
    await town.run(creditorId, '2026-04-15', { calls: 'attempted' });
    expect(await town.verdictLines(creditorId, caseId)).toContain('formalMail SENT allChecksPassed');
  });

  it('a hold ends by itself on its day; before it, by a person', async () => {
    await atFormalMail();
    await town.shared(creditorId, (tx) =>
      placeHold(tx, town.deps, creditorId, caseId, { until: day('2026-03-20'), reason: 'asked' }, PERSON),
    );
    expect(await wake()).toEqual(['holdEnds', null, '2026-03-23']);
    await expect(
      town.shared(creditorId, (tx) => placeHold(tx, town.deps, creditorId, caseId, { until: day('2026-09-20'), reason: 'asked' }, PERSON)),
    ).rejects.toThrow('holdTooLong');
    await town.run(creditorId, '2026-03-24', { calls: 'attempted' });
    expect((await town.read((tx) => tx.holds.all({ creditorId }))).map((h) => h.state)).toEqual(['ended']);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalMail SENT allChecksPassed');
    await town.shared(creditorId, (tx) =>
      placeHold(tx, town.deps, creditorId, caseId, { until: day('2026-04-20'), reason: 'asked' }, PERSON),
    );
    await town.shared(creditorId, (tx) => releaseHold(tx, town.deps, creditorId, caseId, PERSON));
    expect((await town.read((tx) => tx.holds.all({ creditorId }, { by: 'until' }))).map((h) => h.state)).toEqual(['ended', 'released']);
  });

  it('a payment settles a case that is held and disputed; back again it is still held and disputed', async () => {
    await atFormalMail();
    await dispute();
    await town.pay(creditorId, 486_000n, '2026-03-10', { invoiceNumber: 'F-2026-001' });
    expect((await row()).closedKind).toBe('settled');
  });
});

describe('the end of a case', () => {
  it('insolvency stops everything at once: no call, no promise, no mail; a task to declare the claim', async () => {
    await called();
    await promise('2026-03-12');
    await town.shared(creditorId, (tx) => openInsolvency(tx, town.deps, creditorId, caseId, { openedOn: day('2026-03-02') }, PERSON));
    expect((await town.read((tx) => tx.promises.all({ creditorId }))).map((p) => p.state)).toEqual(['withdrawn']);
    expect((await town.read((tx) => tx.calls.all({ creditorId }))).map((c) => c.state)).toEqual(['cancelled']);
    expect([await town.tasks(creditorId, 'call'), (await town.tasks(creditorId, 'declareClaim')).length]).toEqual([[], 1]);
    const before = await mails();
    await town.run(creditorId, '2026-06-30');
    expect(await mails()).toBeLessThanOrEqual(before + 1);
    expect((await row()).state).toBe('insolvency');
  });

  it.each(['withdrawn', 'writtenOff'] as const)('%s: nothing more leaves, a second close is refused', async (kind) => {
    await called();
    await promise('2026-03-12');
    const close = () => town.shared(creditorId, (tx) => closeCase(tx, town.deps, creditorId, caseId, { kind, reason: 'error' }, FINANCE));
    await close();
    expect([(await row()).closedKind, (await town.read((tx) => tx.promises.all({ creditorId }))).map((p) => p.state)]).toEqual([
      kind,
      ['withdrawn'],
    ]);
    await expect(close()).rejects.toThrow('caseClosed');
    expect(await town.run(creditorId, '2026-06-30')).toEqual([]);
  });
});

describe('calls', () => {
  it('nobody calls: it expires, the mail takes its place', async () => {
    await called();
    await town.run(creditorId, '2026-03-05');
    expect(await town.verdictLines(creditorId, caseId)).toEqual([
      'courtesyCall DONE callTaskOpened',
      'courtesyCall SKIPPED callNotMade',
      'courtesyMail SENT allChecksPassed',
    ]);
    expect(await town.tasks(creditorId, 'call')).toEqual([]);
  });

  it('the first of two cases pays: the call stays open for the other, with its task', async () => {
    await called();
    const second = await town.addInvoice(creditorId, { number: 'F-2026-002' });
    await town.run(creditorId, '2026-03-03');
    await town.pay(creditorId, 486_000n, '2026-03-03', { invoiceNumber: 'F-2026-001' });
    expect(await town.tasks(creditorId, 'call')).toHaveLength(1);
    const [call] = await town.read((tx) => tx.calls.all({ creditorId, state: 'open' }));
    const told = await town.shared(creditorId, (tx) =>
      reportCall(tx, town.deps, creditorId, call?.callId ?? '', { outcome: 'attempted' }, PERSON),
    );
    expect(told).toEqual(second.caseIds);
  });

  it('a case disputed on the phone and resumed later is called again under the rung it owes', async () => {
    await called();
    await dispute();
    await town.run(creditorId, '2026-03-06');
    await town.shared(creditorId, (tx) => resolveDispute(tx, town.deps, creditorId, caseId, { verdict: 'confirmed' }, PERSON));
    await town.run(creditorId, '2026-03-31', { calls: 'reached' });
    expect((await town.verdictLines(creditorId, caseId)).filter((line) => line.startsWith('courtesyCall DONE'))).toHaveLength(2);
    expect(await town.verdictLines(creditorId, caseId)).toContain('courtesyMail SENT allChecksPassed');
  });
});
