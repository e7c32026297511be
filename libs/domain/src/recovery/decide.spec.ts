import { describe, expect, it } from 'vitest';
import { day } from '../calendar/day.js';
import { isRefusal } from '../refusal.js';
import { checkHold, checkPromise } from './check-command.js';
import { decide } from './decide.js';
import type { RecoveryFact } from './recovery-fact.js';
import type { RecoveryState } from './recovery-state.js';
import { shownState } from './shown-state.js';
import { aState, called, happen, LADDER, mailed } from './test-ladder.js';

const today = day('2026-03-09');
const promise: RecoveryFact = {
  type: 'promiseMade',
  promiseId: 'p',
  amountMinor: 486000n,
  dueOn: day('2026-03-19'),
  judgedOn: day('2026-03-24'),
};
const dispute: RecoveryFact = { type: 'disputeOpened', disputeId: 'd', reason: 'quality', dueOn: day('2026-03-23') };
const hold: RecoveryFact = { type: 'holdPlaced', holdId: 'h', until: day('2026-03-31'), reason: 'asked' };

function pay(amountMinor: bigint, paymentId = 'm'): RecoveryFact {
  return { type: 'paymentAllocated', paymentId, amountMinor, paidOn: today };
}

function verdict(state: RecoveryState, fact: RecoveryFact): string | string[] {
  const decision = decide(state, fact, today);
  return isRefusal(decision) ? decision.refusal : decision.events.map((event) => event.type);
}

describe('money', () => {
  it('a part payment lowers the balance and changes nothing else', () => {
    const state = happen(aState(), today, pay(100000n));
    expect(state).toEqual({ ...aState(), openPrincipalMinor: 386000n });
  });

  it('the principal down to the tolerance settles, and keeps a running promise', () => {
    expect(verdict(aState(), pay(485900n))).toEqual(['paymentAllocated', 'settled']);
    expect(verdict(aState(), pay(485899n))).toEqual(['paymentAllocated']);
    expect(verdict(happen(aState(), today, promise), pay(486000n))).toEqual(['paymentAllocated', 'promiseEnded', 'settled']);
  });

  it('more than what is open, zero or less is refused', () => {
    expect(verdict(aState(), pay(486001n))).toBe('allocationTooLarge');
    expect(verdict(aState(), pay(0n))).toBe('amountNotPositive');
  });

  it('I13: a reversal reopens a settled case at the rung after the last one done', () => {
    const reminded = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));
    const settled = happen(reminded, today, pay(486000n));
    expect(shownState(settled)).toBe('settled');
    const reversal: RecoveryFact = { type: 'paymentReversed', paymentId: 'm', amountMinor: 486000n, reversedOn: today };
    expect(verdict(settled, reversal)).toEqual(['paymentReversed', 'caseReopened']);
    const back = happen(settled, today, reversal);
    expect(back).toEqual(reminded);
    expect(verdict(back, mailed('courtesyCall'))).toBe('stageDecided');
  });

  it('a reversal reopens a write-off, a corrected figure does not, a file handed over stays with the agency', () => {
    const reversal: RecoveryFact = { type: 'paymentReversed', paymentId: 'm', amountMinor: 1000n, reversedOn: today };
    const writtenOff = happen(aState(), today, { type: 'caseClosed', kind: 'writtenOff', reason: 'lost' });
    expect(verdict(writtenOff, reversal)).toEqual(['paymentReversed', 'caseReopened']);
    expect(verdict(writtenOff, { type: 'balanceCorrected', openPrincipalMinor: 900000n, cause: 'correction' })).toEqual([
      'balanceCorrected',
    ]);
    const handedOver = happen(aState(), today, { type: 'caseClosed', kind: 'handedOver', reason: 'agency' });
    expect(verdict(handedOver, reversal)).toEqual(['paymentReversed']);
    expect(verdict(handedOver, pay(486000n))).toEqual(['paymentAllocated', 'settled']);
  });

  it('a credit note for the whole settles, its withdrawal reopens', () => {
    const settled = happen(aState(), today, { type: 'balanceCorrected', openPrincipalMinor: 0n, cause: 'creditNote' });
    expect(shownState(settled)).toBe('settled');
    const back = happen(settled, today, { type: 'balanceCorrected', openPrincipalMinor: 486000n, cause: 'creditNoteWithdrawn' });
    expect(shownState(back)).toBe('scheduled');
  });

  it('commands on a closed case are refused, and so is a reopening with nothing open', () => {
    const settled = happen(aState(), today, pay(486000n));
    for (const command of [promise, dispute, hold]) expect(verdict(settled, command)).toBe('caseClosed');
    expect(verdict(settled, { type: 'caseReopened', reason: 'asked' })).toBe('nothingOpen');
  });

  it('I5: a letter accepted while the money came in is still recorded', () => {
    const settled = happen(aState(), today, pay(486000n));
    expect(verdict(settled, mailed('courtesyMail'))).toEqual(['stageDone']);
  });
});

describe('promises', () => {
  it('are refused above the balance, in the past, under a dispute, a hold or insolvency, and while another runs', () => {
    expect(verdict(aState(), { ...promise, amountMinor: 486001n })).toBe('promiseAboveBalance');
    expect(verdict(aState(), { ...promise, dueOn: day('2026-03-08') })).toBe('promiseInPast');
    expect(verdict(happen(aState(), today, dispute), promise)).toBe('promiseNotPossible');
    expect(verdict(happen(aState(), today, hold), promise)).toBe('promiseNotPossible');
    expect(verdict(happen(aState(), today, { type: 'insolvencyOpened', openedOn: today }), promise)).toBe('promiseNotPossible');
    expect(verdict(happen(aState(), today, promise), promise)).toBe('promiseRunning');
  });

  it('A41: beyond the maximum refused with the latest day; the third refused; the second after a broken one needs a manager', () => {
    const terms = { dueOn: day('2026-03-24'), amountMinor: 1000n };
    expect(checkPromise(LADDER, aState(), terms, today)).toBeUndefined();
    expect(checkPromise(LADDER, aState(), { ...terms, dueOn: day('2026-03-25') }, today)).toMatchObject({
      refusal: 'promiseTooLate',
      facts: { latestOn: '2026-03-24' },
    });
    const broken = happen(aState(), today, promise, { type: 'promiseEnded', promiseId: 'p', verdict: 'broken' });
    expect(broken.callOwed).toEqual({ round: 1, on: today });
    expect(checkPromise(LADDER, broken, terms, today)?.refusal).toBe('promiseNeedsManager');
    expect(checkPromise(LADDER, broken, { ...terms, isAuthorised: true }, today)).toBeUndefined();
    expect(checkPromise(LADDER, { ...broken, promisesMade: 2 }, { ...terms, isAuthorised: true }, today)?.refusal).toBe('promiseTooMany');
  });

  it('a dispute withdraws a running promise and goes on pausing', () => {
    const state = happen(aState(), today, promise, dispute);
    expect(state.promise).toBeUndefined();
    expect(state.callOwed).toBeUndefined();
    expect([shownState(state), state.pausedSince]).toEqual(['disputed', today]);
  });
});

describe('disputes, holds, calls, approvals', () => {
  it('a second dispute or hold is refused while one runs; a hold ends after today and within the maximum', () => {
    expect(verdict(happen(aState(), today, dispute), { ...dispute, disputeId: 'e' })).toBe('disputeRunning');
    expect(verdict(happen(aState(), today, hold), { ...hold, holdId: 'i' })).toBe('holdRunning');
    expect(verdict(aState(), { ...hold, until: today })).toBe('holdInPast');
    expect(checkHold(LADDER, aState(), { until: day('2026-06-08') }, today)?.refusal).toBe('holdTooLong');
    expect(checkHold(LADDER, aState(), { until: day('2026-06-07') }, today)).toBeUndefined();
  });

  it('a call reported is over; its rung is owed until its outcome is recorded, which also clears the call a broken promise owed', () => {
    const open: RecoveryFact = { type: 'callTaskOpened', callId: 'c', stage: 'promiseBrokenCall', round: 1, expiresOn: today };
    const reported: RecoveryFact = { type: 'callReported', callId: 'c', outcome: 'reached', on: today };
    let state = happen(aState(), today, promise, { type: 'promiseEnded', promiseId: 'p', verdict: 'broken' }, open);
    expect(verdict(state, { ...open, callId: 'other' })).toBe('callOpen');
    state = happen(state, today, reported);
    expect([state.openCall, state.lastCall, state.callOwed]).toEqual([
      undefined,
      { on: today, outcome: 'reached' },
      { round: 1, on: today },
    ]);
    expect(verdict(state, reported)).toBe('callNotOpen');
    state = happen(state, today, { type: 'stageDone', stage: 'promiseBrokenCall', round: 1, contact: 'call' });
    expect([state.callOwed, state.lastContactOn]).toEqual([undefined, today]);
    expect(verdict(state, open)).toBe('stageDecided');
  });

  it('a call left open when a pause begins may still be reported, and is owed again when the pause ends', () => {
    const open = happen(
      aState(),
      today,
      { type: 'callTaskOpened', callId: 'c', stage: 'courtesyCall', round: 1, expiresOn: today },
      dispute,
    );
    expect(verdict(open, { type: 'callReported', callId: 'c', outcome: 'reached', on: today })).toEqual(['callReported']);
    expect(happen(open, today, { type: 'disputeResolved', disputeId: 'd', verdict: 'confirmed' }).openCall).toBeUndefined();
  });

  it('an approval is decided once, in time; a refused rung stays undecided', () => {
    const asked = happen(aState(), today, {
      type: 'approvalRequested',
      approvalId: 'a',
      stage: 'formalNotice',
      round: 1,
      until: day('2026-03-13'),
    });
    const approve: RecoveryFact = { type: 'approvalDecided', approvalId: 'a', verdict: 'approved', until: day('2026-03-20') };
    expect(decide(asked, approve, day('2026-03-14'))).toMatchObject({ refusal: 'approvalTooLate' });
    const approved = happen(asked, today, approve);
    expect(verdict(approved, approve)).toBe('approvalNotPending');
    expect(happen(approved, today, mailed('formalNotice')).approval).toBeUndefined();
  });

  it('a rung given to a person blocks the case, a closing needs its reason', () => {
    expect(verdict(aState(), { type: 'stageHandedToPerson', stage: 'formalNotice', round: 1, reason: 'unknown' })).toEqual([
      'stageHandedToPerson',
      'blockerRaised',
    ]);
    expect(verdict(aState(), { type: 'caseClosed', kind: 'writtenOff', reason: ' ' })).toBe('reasonMissing');
  });
});
