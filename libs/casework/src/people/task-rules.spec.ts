import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Blocker, day, decide, evolve, isRefusal, type RecoveryFact, type RecoveryState } from '#domain';
import { describe, expect, it } from 'vitest';
import { endingsOf, kindsEndedBy, TASK_RULES, type TaskEnding } from './task-rules.js';

const TODAY = day('2026-04-07');

const open: RecoveryState = {
  caseId: 'case-1',
  creditorId: 'acme',
  debtorId: 'debtor-1',
  currency: 'EUR',
  dueOn: day('2026-03-02'),
  openedOn: day('2026-03-02'),
  episode: 1,
  openPrincipalMinor: 100_000n,
  toleranceMinor: 0n,
  thresholdMinor: 0n,
  policy: { id: 'standard', version: 1 },
  stages: [],
  everSent: true,
  promisesMade: 0,
  brokenPromises: 0,
  shiftDays: 0,
  blockers: [],
};

/** What the facts of one transaction end, decided and recorded by the domain itself. */
function after(state: RecoveryState, ...facts: RecoveryFact[]): { state: RecoveryState; endings: TaskEnding[]; kinds: string[] } {
  let next = state;
  const events: RecoveryFact[] = [];
  for (const fact of facts) {
    const decision = decide(next, fact, TODAY);
    if (isRefusal(decision)) throw new Error(decision.refusal);
    for (const event of decision.events) next = evolve(next, event, TODAY);
    events.push(...decision.events);
  }
  const endings = endingsOf(state, next, events);
  const { ofCase, ofInvoice, ofDebtor } = kindsEndedBy(endings);
  return { state: next, endings, kinds: [...ofCase, ...ofInvoice, ...ofDebtor].sort() };
}

const raised = (...blockers: Blocker[]) => after(open, ...blockers.map((blocker) => ({ type: 'blockerRaised' as const, blocker }))).state;
const lift = (blocker: Blocker): RecoveryFact => ({ type: 'blockerLifted', blocker });
const close = (kind: 'withdrawn' | 'writtenOff' | 'insolvency' | 'handedOver'): RecoveryFact => ({
  type: 'caseClosed',
  kind,
  reason: 'decided',
});
const pay = (amountMinor: bigint): RecoveryFact =>
  ({ type: 'paymentAllocated', paymentId: 'p-1', amountMinor, paidOn: TODAY }) as RecoveryFact;

const root = fileURLToPath(new URL('../../../..', import.meta.url));

describe('with what a task ends', () => {
  it('is said for every kind that the sources raise, and for no other', () => {
    const kinds = ['libs/casework/src', 'apps/api/src'].flatMap((area) =>
      readdirSync(path.join(root, area), { recursive: true })
        .map(String)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
        .flatMap((file) => [
          ...readFileSync(path.join(root, area, file), 'utf8').matchAll(
            /(?<!function )\braiseTask\((?:(?!raiseTask\()[\s\S]){0,300}?\bkind: '(\w+)'/g,
          ),
        ])
        .map(([, kind]) => kind ?? ''),
    );
    expect(Object.keys(TASK_RULES).sort()).toEqual([...new Set(kinds)].sort());
  });

  it('says why where no event ends a kind', () => {
    for (const rule of Object.values(TASK_RULES)) {
      if ('endsWith' in rule) expect(rule.endsWith.length).toBeGreaterThan(0);
      else expect(rule.because).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it('knows no ending with which nothing ends', () => {
    const all: TaskEnding[] = [
      ...(['caseClosed', 'claimGone', 'caseReopened', 'rejectionLifted', 'handedBack'] as const),
      ...(['lateRungDecided', 'unblocked', 'ladderChanged', 'promiseFollowedUp'] as const),
    ];
    for (const ending of all) expect(Object.values(kindsEndedBy([ending])).flat(), ending).not.toEqual([]);
  });

  it('the refused message that is put right takes the review of the same hold along', () => {
    expect(after(raised('messageRejected'), lift('messageRejected')).kinds).toEqual(['messageRejected', 'review']);
  });

  it('a hold that stands on keeps the review, and its own task', () => {
    expect(after(raised('messageRejected', 'handedToPerson'), lift('messageRejected')).kinds).toEqual(['messageRejected']);
    expect(after(raised('messageRejected', 'handedToPerson'), lift('handedToPerson')).kinds).toEqual(['lateStage', 'letterImpossible']);
  });

  it('a refused approval that is asked anew leaves nothing to review', () => {
    const approval = { approvalId: 'a-1', stage: 'formalNotice', round: 1, state: 'refused', until: TODAY } as const;
    const again: RecoveryFact = { type: 'stagePrepared', stage: 'formalNotice', round: 1, messageId: 'm-1' };
    expect(after({ ...open, approval }, again).endings).toEqual(['unblocked']);
  });

  it('a late rung that was struck out asks nobody any more', () => {
    const state: RecoveryState = { ...raised('handedToPerson'), askedLate: { stage: 'firmMail', round: 1 } };
    const gone: RecoveryFact = { type: 'stageSkipped', stage: 'firmMail', round: 1, reason: 'cancelled' };
    expect(after(state, gone).endings).toEqual(['lateRungDecided']);
    expect(after(state, gone).kinds).toEqual(['lateStage']);
  });

  it('closing ends what asks for the case, whoever closed it; what asks for money or declares it only when nothing is claimed', () => {
    const always = kindsEndedBy(['caseClosed']);
    expect(always.ofCase).toEqual(expect.arrayContaining(['answerDispute', 'approveStage', 'lateStage', 'messageRejected', 'review']));
    for (const kind of ['handedOver', 'insolvency'] as const) expect(after(open, close(kind)).endings).toEqual(['caseClosed']);
    for (const fact of [close('withdrawn'), close('writtenOff'), pay(100_000n)]) {
      expect(after(open, fact).endings).toEqual(['caseClosed', 'claimGone']);
      expect(after(open, fact).kinds).toEqual(expect.arrayContaining(['declareClaim', 'limitationNear', 'sendHandOver']));
    }
  });

  it('a file that was prepared for a partner is not sent once the debtor has paid', () => {
    const { state } = after(open, close('handedOver'));
    expect(after(state, pay(100_000n)).kinds).toContain('sendHandOver');
  });

  it('a closed case that gets its answer late ends the task of that answer only', () => {
    const { state } = after(raised('messageRejected'), close('handedOver'));
    expect(after(state, lift('messageRejected')).endings).toEqual(['rejectionLifted']);
  });

  it('money that goes back asks anew about the accessories', () => {
    const { state } = after(open, pay(100_000n));
    const back = { type: 'paymentReversed', paymentId: 'p-1', amountMinor: 100_000n, reversedOn: TODAY } as RecoveryFact;
    expect(after(state, back).kinds).toEqual(['decideAccessories']);
  });

  it('a broken promise is followed up by the call, a new promise or the insolvency', () => {
    const broken: RecoveryState = { ...open, brokenPromises: 1, callOwed: { round: 1, on: TODAY } };
    const call: RecoveryFact = { type: 'stageDone', stage: 'promiseBrokenCall', round: 1, contact: 'call' };
    const promise: RecoveryFact = { type: 'promiseMade', promiseId: 'q-1', amountMinor: 1_000n, dueOn: TODAY, judgedOn: TODAY };
    for (const fact of [call, promise, { type: 'insolvencyOpened', openedOn: TODAY } as const])
      expect(after(broken, fact).kinds).toEqual(['promiseBroken']);
    // Nobody called: the task stands.
    expect(after(broken, { ...call, type: 'stageSkipped', reason: 'callNotMade' } as RecoveryFact).kinds).toEqual([]);
    expect(after(open, promise).endings).toEqual([]);
  });

  it('what happens on an ordinary day ends nothing, and so costs no statement', () => {
    const sent: RecoveryFact = { type: 'stageDone', stage: 'courtesyMail', round: 1, messageId: 'm-1', contact: 'message' };
    for (const fact of [sent, pay(1_000n), lift('parkedMoney'), { type: 'reviewed', nextReviewOn: TODAY } as const])
      expect(after(open, fact).endings).toEqual([]);
  });
});
