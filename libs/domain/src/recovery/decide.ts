import type { Day } from '../calendar/day.js';
import { assertNever, type Refusal, refuse } from '../refusal.js';
import { heldUntil } from './held-messages.js';
import type { RecoveryFact, RecoveryFactType } from './recovery-fact.js';
import type { RecoveryState } from './recovery-state.js';

/** What a fact leads to: the facts to record, in order, or the reason it is refused. */
export type Decision = { readonly events: readonly RecoveryFact[] } | Refusal;

/**
 * Facts a closed case still takes. Money and proofs that arrive late are true whatever the state; `stageDone` because a letter may
 * have left in the seconds before the money came, and must never leave again if the money goes back.
 */
const ACCEPTED_WHEN_CLOSED: ReadonlySet<RecoveryFactType> = new Set([
  'paymentAllocated',
  'paymentReversed',
  'balanceCorrected',
  'deliveryReported',
  'stageDone',
  // What was waited for is decided although the case is closed: it may come back, and nothing would lift it then.
  'blockerLifted',
  'caseReopened',
]);

/**
 * Judges one fact against the state of its case. Pure: the same arguments give the same answer.
 * A payment that brings the open principal to the tolerance answers `[paymentAllocated, promiseEnded kept?, settled]`.
 */
export function decide(state: RecoveryState, fact: RecoveryFact, today: Day): Decision {
  if (state.closed && !ACCEPTED_WHEN_CLOSED.has(fact.type)) return refuse('caseClosed', { facts: { kind: state.closed.kind } });
  switch (fact.type) {
    case 'caseOpened':
    case 'blockerRaised':
    case 'blockerLifted':
    case 'deliveryReported':
    case 'dueDateCorrected':
    case 'reviewed':
      return { events: [fact] };
    case 'paymentAllocated':
    case 'paymentReversed':
    case 'balanceCorrected':
    case 'policyChanged':
    case 'settled':
      return decideMoney(state, fact);
    case 'promiseMade':
    case 'promiseEnded':
      return decidePromise(state, fact, today);
    case 'disputeOpened':
    case 'disputeEscalated':
    case 'disputeResolved':
      return decideDispute(state, fact);
    case 'holdPlaced':
    case 'holdReleased':
      return decideHold(state, fact, today);
    case 'insolvencyOpened':
      return state.insolvency ? refuse('insolvencyKnown') : { events: [fact, ...promiseWithdrawn(state)] };
    case 'callTaskOpened':
    case 'callReported':
      return decideCall(state, fact);
    case 'approvalDecided':
    case 'approvalExpired':
      return decideApproval(state, fact, today);
    case 'stagePrepared':
    case 'approvalRequested':
    case 'stageDone':
    case 'stageSkipped':
    case 'stageHandedToPerson':
    case 'stagePostponed':
      return decideStage(state, fact);
    case 'messageHeld':
    case 'messageReleased':
    case 'messageEdited':
      return decideComing(state, fact, today);
    case 'caseClosed':
      return fact.reason.trim() === '' ? refuse('reasonMissing', { field: '/reason' }) : { events: [fact] };
    case 'caseReopened':
      if (!state.closed) return refuse('caseNotClosed');
      return state.openPrincipalMinor > state.toleranceMinor ? { events: [fact] } : refuse('nothingOpen');
    default:
      return assertNever(fact);
  }
}

type Of<T extends RecoveryFactType> = Extract<RecoveryFact, { type: T }>;

function decideMoney(
  state: RecoveryState,
  fact: Of<'paymentAllocated' | 'paymentReversed' | 'balanceCorrected' | 'policyChanged' | 'settled'>,
): Decision {
  switch (fact.type) {
    case 'paymentAllocated':
      if (fact.amountMinor <= 0n) return refuse('amountNotPositive', { field: '/amount' });
      if (fact.amountMinor > state.openPrincipalMinor) {
        return refuse('allocationTooLarge', { field: '/amount', facts: { openPrincipalMinor: state.openPrincipalMinor.toString() } });
      }
      return { events: [fact, ...settling(state, state.openPrincipalMinor - fact.amountMinor, state.toleranceMinor)] };
    case 'paymentReversed': {
      if (fact.amountMinor <= 0n) return refuse('amountNotPositive', { field: '/amount' });
      const isReopening = state.closed?.kind === 'settled' || state.closed?.kind === 'writtenOff';
      return { events: [fact, ...(isReopening ? reopening(state, state.openPrincipalMinor + fact.amountMinor, 'paymentReversed') : [])] };
    }
    case 'balanceCorrected': {
      if (fact.openPrincipalMinor < 0n) return refuse('balanceNegative', { field: '/openPrincipal' });
      // A write-off is not undone by a correction of its figure: that needs a person's `caseReopened`.
      if (state.closed?.kind === 'settled') return { events: [fact, ...reopening(state, fact.openPrincipalMinor, fact.cause)] };
      return { events: [fact, ...settling(state, fact.openPrincipalMinor, state.toleranceMinor)] };
    }
    case 'policyChanged':
      return { events: [fact, ...settling(state, state.openPrincipalMinor, fact.toleranceMinor)] };
    case 'settled':
      if (state.openPrincipalMinor <= state.toleranceMinor)
        return { events: settling(state, state.openPrincipalMinor, state.toleranceMinor) };
      return refuse('principalOpen', { facts: { openPrincipalMinor: state.openPrincipalMinor.toString() } });
    default:
      return assertNever(fact);
  }
}

/** The end of a case by money. A case handed over, written off or given to a person for insolvency is settled too, so that a recall can follow. */
function settling(state: RecoveryState, openMinor: bigint, toleranceMinor: bigint): readonly RecoveryFact[] {
  if (openMinor > toleranceMinor) return [];
  if (state.closed?.kind === 'settled' || state.closed?.kind === 'withdrawn') return [];
  const kept: RecoveryFact[] = state.promise ? [{ type: 'promiseEnded', promiseId: state.promise.promiseId, verdict: 'kept' }] : [];
  return [...kept, { type: 'settled' }];
}

function reopening(state: RecoveryState, openMinor: bigint, reason: string): readonly RecoveryFact[] {
  return openMinor > state.toleranceMinor ? [{ type: 'caseReopened', reason }] : [];
}

function decidePromise(state: RecoveryState, fact: Of<'promiseMade' | 'promiseEnded'>, today: Day): Decision {
  if (fact.type === 'promiseEnded') {
    const isBrokenAfterAll = fact.verdict === 'broken' && state.keptPromise?.promiseId === fact.promiseId;
    return isBrokenAfterAll || state.promise?.promiseId === fact.promiseId ? { events: [fact] } : refuse('promiseNotRunning');
  }
  if (fact.amountMinor <= 0n) return refuse('amountNotPositive', { field: '/amount' });
  if (fact.amountMinor > state.openPrincipalMinor) {
    return refuse('promiseAboveBalance', { field: '/amount', facts: { openPrincipalMinor: state.openPrincipalMinor.toString() } });
  }
  if (fact.dueOn < today) return refuse('promiseInPast', { field: '/dueOn', facts: { today } });
  const stop = state.insolvency ? 'insolvency' : state.dispute ? 'dispute' : state.hold ? 'hold' : undefined;
  if (stop) return refuse('promiseNotPossible', { facts: { because: stop } });
  if (state.promise) return refuse('promiseRunning', { facts: { dueOn: state.promise.dueOn } });
  return { events: [fact] };
}

/** A dispute stops at once and withdraws a running promise: who contests a debt no longer promises it, and no call is owed for it. */
function decideDispute(state: RecoveryState, fact: Of<'disputeOpened' | 'disputeEscalated' | 'disputeResolved'>): Decision {
  if (fact.type === 'disputeOpened') {
    if (state.dispute) return refuse('disputeRunning', { facts: { disputeId: state.dispute.disputeId } });
    return { events: [fact, ...promiseWithdrawn(state)] };
  }
  return state.dispute?.disputeId === fact.disputeId ? { events: [fact] } : refuse('disputeNotRunning');
}

function promiseWithdrawn(state: RecoveryState): readonly RecoveryFact[] {
  return state.promise ? [{ type: 'promiseEnded', promiseId: state.promise.promiseId, verdict: 'withdrawn' }] : [];
}

function decideHold(state: RecoveryState, fact: Of<'holdPlaced' | 'holdReleased'>, today: Day): Decision {
  if (fact.type === 'holdReleased') return state.hold?.holdId === fact.holdId ? { events: [fact] } : refuse('holdNotRunning');
  if (state.hold) return refuse('holdRunning', { facts: { until: state.hold.until } });
  if (fact.until <= today) return refuse('holdInPast', { field: '/until', facts: { today } });
  if (fact.reason.trim() === '') return refuse('reasonMissing', { field: '/reason' });
  return { events: [fact] };
}

/** A report ends the open call; the outcome of its rung (done, or skipped because nobody called) is a fact of its own, given with it. */
function decideCall(state: RecoveryState, fact: Of<'callTaskOpened' | 'callReported'>): Decision {
  if (fact.type === 'callReported') return state.openCall?.callId === fact.callId ? { events: [fact] } : refuse('callNotOpen');
  if (state.openCall) return refuse('callOpen', { facts: { callId: state.openCall.callId } });
  return isDecided(state, fact.stage, fact.round) ? refuse('stageDecided', { facts: { stage: fact.stage } }) : { events: [fact] };
}

function decideApproval(state: RecoveryState, fact: Of<'approvalDecided' | 'approvalExpired'>, today: Day): Decision {
  const approval = state.approval;
  if (approval?.approvalId !== fact.approvalId || approval.state === 'refused') return refuse('approvalNotPending');
  if (fact.type === 'approvalExpired') return { events: [fact] };
  if (approval.state !== 'pending') return refuse('approvalNotPending');
  return today > approval.until ? refuse('approvalTooLate', { facts: { until: approval.until } }) : { events: [fact] };
}

/** A rung has one outcome for each round, for ever. One handed to a person also blocks: the next rung waits for that person. */
function decideStage(
  state: RecoveryState,
  fact: Of<'stagePrepared' | 'approvalRequested' | 'stageDone' | 'stageSkipped' | 'stageHandedToPerson' | 'stagePostponed'>,
): Decision {
  if (isDecided(state, fact.stage, fact.round)) return refuse('stageDecided', { facts: { stage: fact.stage, round: fact.round } });
  if (fact.type === 'stageHandedToPerson') return { events: [fact, { type: 'blockerRaised', blocker: 'handedToPerson' }] };
  return { events: [fact] };
}

/** Until a message leaves, people may keep it back, let it go, and write its words; never once its rung is decided. */
function decideComing(state: RecoveryState, fact: Of<'messageHeld' | 'messageReleased' | 'messageEdited'>, today: Day): Decision {
  const { stage, round } = fact;
  if (isDecided(state, stage, round)) return refuse('stageDecided', { facts: { stage, round } });
  switch (fact.type) {
    case 'messageHeld':
      if (fact.until <= today) return refuse('holdInPast', { field: '/until', facts: { today } });
      return fact.reason.trim() === '' ? refuse('reasonMissing', { field: '/reason' }) : { events: [fact] };
    case 'messageReleased':
      return heldUntil(state, stage, round) === undefined ? refuse('messageNotHeld', { facts: { stage } }) : { events: [fact] };
    case 'messageEdited':
      return { events: [fact] };
  }
}

/** True when the rung already has its final outcome for that round. */
export function isDecided(state: RecoveryState, stage: string, round: number): boolean {
  return state.stages.some((record) => record.stage === stage && record.round === round);
}
