import { type Day, daysBetween, earlierDay, laterDay } from '../calendar/day.js';
import type { RecoveryFact, RecoveryFactType } from './recovery-fact.js';
import type { Blocker, RecoveryState, StageRecord } from './recovery-state.js';
import { FORMAL_NOTICE_STAGE, PROMISE_BROKEN_CALL_STAGE } from './stage-names.js';

type Of<T extends RecoveryFactType> = Extract<RecoveryFact, { type: T }>;

/** Applies one recorded fact. Total: it never throws and never refuses, so that a stored journal can always be played again. */
export function evolve(state: RecoveryState, event: RecoveryFact, on: Day): RecoveryState {
  switch (event.type) {
    case 'caseOpened':
      return event.blockers.reduce((next, blocker) => withBlocker(next, blocker, on), state);
    case 'paymentAllocated':
      return { ...state, openPrincipalMinor: notBelowZero(state.openPrincipalMinor - event.amountMinor) };
    case 'paymentReversed':
      return { ...state, openPrincipalMinor: state.openPrincipalMinor + event.amountMinor };
    case 'balanceCorrected':
      return { ...state, openPrincipalMinor: notBelowZero(event.openPrincipalMinor) };
    case 'dueDateCorrected':
      return { ...state, dueOn: event.dueOn };
    case 'policyChanged':
      return {
        ...state,
        policy: { id: event.policyId, version: event.version },
        toleranceMinor: event.toleranceMinor,
        thresholdMinor: event.thresholdMinor,
      };
    case 'reviewed':
      return { ...state, nextReviewOn: event.nextReviewOn };
    case 'blockerRaised':
      return withBlocker(event.late ? { ...state, askedLate: event.late } : state, event.blocker, on);
    case 'blockerLifted':
      return withoutBlocker(state, event.blocker);
    case 'settled':
      return close(state, { kind: 'settled', on });
    case 'caseClosed':
      return close(state, { kind: event.kind, on });
    case 'caseReopened':
      return without(state, 'closed', 'nextReviewOn');
    default:
      return evolveStops(state, event, on);
  }
}

type Money = 'caseOpened' | 'paymentAllocated' | 'paymentReversed' | 'balanceCorrected' | 'dueDateCorrected' | 'policyChanged';
type Course = 'reviewed' | 'blockerRaised' | 'blockerLifted' | 'settled' | 'caseClosed' | 'caseReopened';

function evolveStops(state: RecoveryState, event: Exclude<RecoveryFact, { type: Money | Course }>, on: Day): RecoveryState {
  switch (event.type) {
    case 'promiseMade': {
      const { promiseId, amountMinor, dueOn, judgedOn } = event;
      const promise = { promiseId, amountMinor, dueOn, judgedOn, madeOn: on };
      return pausedFrom({ ...without(state, 'keptPromise'), promise, promisesMade: state.promisesMade + 1 }, on);
    }
    case 'promiseEnded':
      return endPromise(state, event, on);
    case 'disputeOpened': {
      const { disputeId, reason, dueOn } = event;
      return pausedFrom({ ...state, dispute: { disputeId, openedOn: on, reason, dueOn } }, on);
    }
    case 'disputeEscalated':
      return state.dispute ? { ...state, dispute: { ...state.dispute, dueOn: event.dueOn } } : state;
    case 'disputeResolved':
      return state.dispute ? resumed(without(state, 'dispute'), on) : state;
    case 'holdPlaced': {
      const { holdId, until, reason } = event;
      return pausedFrom({ ...state, hold: { holdId, placedOn: on, until, reason } }, on);
    }
    case 'holdReleased':
      return state.hold ? resumed(without(state, 'hold'), on) : state;
    case 'insolvencyOpened':
      return { ...without(state, 'openCall'), insolvency: insolvencyOf(event) };
    default:
      return evolveRungs(state, event, on);
  }
}

type Stops =
  | 'promiseMade'
  | 'promiseEnded'
  | 'disputeOpened'
  | 'disputeEscalated'
  | 'disputeResolved'
  | 'holdPlaced'
  | 'holdReleased'
  | 'insolvencyOpened';

function evolveRungs(state: RecoveryState, event: Exclude<RecoveryFact, { type: Money | Course | Stops }>, on: Day): RecoveryState {
  switch (event.type) {
    case 'callTaskOpened': {
      const { callId, stage, round, expiresOn } = event;
      return { ...withoutPostponement(state, stage), openCall: { callId, stage, round, openedOn: on, expiresOn } };
    }
    case 'callReported':
      return {
        ...(state.openCall?.callId === event.callId ? without(state, 'openCall') : state),
        lastCall: { on: event.on, outcome: event.outcome },
      };
    case 'stagePrepared': {
      const { stage, round, messageId } = event;
      // A new revision asks anew: a refusal was for the letter that was refused.
      const asked = state.approval?.state === 'refused' && state.approval.stage === stage ? without(state, 'approval') : state;
      return { ...asked, prepared: { stage, round, messageId } };
    }
    case 'approvalRequested': {
      const { approvalId, stage, round, until } = event;
      return { ...state, approval: { approvalId, stage, round, state: 'pending', until } };
    }
    case 'approvalDecided':
      if (state.approval?.approvalId !== event.approvalId) return state;
      return { ...state, approval: { ...state.approval, state: event.verdict, until: event.until } };
    case 'approvalExpired':
      return state.approval?.approvalId === event.approvalId ? without(state, 'approval', 'prepared') : state;
    case 'stageDone':
      return stageDone(state, event, on);
    case 'stageSkipped':
      return withOutcome(state, { stage: event.stage, round: event.round, outcome: 'skipped', on, reason: event.reason });
    case 'stageHandedToPerson':
      return withOutcome(state, { stage: event.stage, round: event.round, outcome: 'person', on, reason: event.reason });
    case 'stagePostponed': {
      const { stage, round, until, reason } = event;
      return { ...state, postponed: { stage, round, until, reason } };
    }
    case 'deliveryReported':
      return delivered(state, event, on);
    case 'messageHeld': {
      const { stage, round, until, reason } = event;
      return { ...state, held: [...withoutHeld(state, stage, round), { stage, round, until, reason }] };
    }
    case 'messageReleased':
      return letGo(state, event.stage, event.round);
    case 'messageEdited': {
      const { stage, revision } = event;
      return { ...state, edited: [...(state.edited ?? []).filter((known) => known.stage !== stage), { stage, revision }] };
    }
    default:
      // A fact of a later release, met while playing a journal: it changes nothing that this release knows.
      return state;
  }
}

function stageDone(state: RecoveryState, event: Of<'stageDone'>, on: Day): RecoveryState {
  const { stage, round, messageId, contact } = event;
  const next = withOutcome(state, { stage, round, outcome: 'done', on, ...(messageId === undefined ? {} : { messageId }) });
  if (contact === 'none') return next;
  const touched = { ...next, lastContactOn: laterDay(state.lastContactOn ?? on, on) };
  if (contact === 'call') return touched;
  const sent: RecoveryState = {
    ...touched,
    lastMessageOn: laterDay(state.lastMessageOn ?? on, on),
    everSent: true,
    ...(event.firstReminder && messageId ? { firstReminder: { ...event.firstReminder, messageId } } : {}),
  };
  // A proof of service is never undone by a later letter.
  const isNotice = stage === FORMAL_NOTICE_STAGE && messageId !== undefined && state.notice?.servedOn === undefined;
  return isNotice ? { ...sent, notice: { messageId, sentOn: on } } : sent;
}

/** Records the final outcome once; what was waiting for this rung (call, letter, approval, postponement, call owed) goes with it. */
function withOutcome(state: RecoveryState, record: StageRecord): RecoveryState {
  const { stage, round } = record;
  if (state.stages.some((known) => known.stage === stage && known.round === round)) return state;
  const isOwedCall = stage === PROMISE_BROKEN_CALL_STAGE && state.callOwed !== undefined && state.callOwed.round <= round;
  const over: OptionalKey[] = [];
  if (state.openCall?.stage === stage && state.openCall.round === round) over.push('openCall');
  if (state.prepared?.stage === stage && state.prepared.round === round) over.push('prepared');
  if (state.approval?.stage === stage && state.approval.round === round) over.push('approval');
  if (state.postponed?.stage === stage) over.push('postponed');
  if (state.again?.stage === stage && state.again.round <= round) over.push('again');
  if (isOwedCall) over.push('callOwed');
  if (state.askedLate?.stage === stage) over.push('askedLate');
  return { ...letGo(without(state, ...over), stage, round), stages: [...state.stages, record] };
}

function withoutHeld(state: RecoveryState, stage: string, round: number): NonNullable<RecoveryState['held']> {
  return (state.held ?? []).filter((held) => held.stage !== stage || held.round !== round);
}

/** Nothing keeps this message back any more. */
function letGo(state: RecoveryState, stage: string, round: number): RecoveryState {
  if (!state.held) return state;
  const held = withoutHeld(state, stage, round);
  return held.length === 0 ? without(state, 'held') : { ...state, held };
}

/** Only the notice's own reports matter here. Unclaimed and refused letters are reported as served by whoever reads the carrier (law: A32). */
function delivered(state: RecoveryState, event: Of<'deliveryReported'>, reportedOn: Day): RecoveryState {
  const on = event.on ?? reportedOn;
  if (event.kind === 'bounced') return bounced(state, event, reportedOn);
  if (event.kind === 'posted')
    return event.firstReminder ? { ...state, firstReminder: { ...event.firstReminder, messageId: event.messageId } } : state;
  if (state.notice?.messageId !== event.messageId) return state;
  if (event.kind === 'served') return { ...state, notice: { ...state.notice, servedOn: earlierDay(state.notice.servedOn ?? on, on) } };
  if (event.kind === 'returned') return withBlocker({ ...state, notice: { ...state.notice, returnedOn: on } }, 'contactMissing', on);
  return state;
}

/** A first reminder that came back reached nobody: nothing can be founded on it. Where a letter can follow, its rung is owed again. */
function bounced(state: RecoveryState, event: Of<'deliveryReported'>, on: Day): RecoveryState {
  const kept = state.firstReminder?.messageId === event.messageId ? without(state, 'firstReminder') : state;
  return event.again ? { ...kept, again: { ...event.again, on } } : kept;
}

function insolvencyOf({ openedOn, procedure, declareBy, warnOn }: Of<'insolvencyOpened'>): NonNullable<RecoveryState['insolvency']> {
  return {
    openedOn,
    ...(procedure ? { procedure } : {}),
    ...(declareBy ? { declareBy } : {}),
    ...(warnOn && warnOn.length > 0 ? { warnOn } : {}),
  };
}

function endPromise(state: RecoveryState, event: Of<'promiseEnded'>, on: Day): RecoveryState {
  if (state.promise?.promiseId !== event.promiseId) return brokenAfterAll(state, event, on);
  const ended = without(state, 'promise');
  if (event.verdict === 'kept') return resumed({ ...ended, keptPromise: { promiseId: event.promiseId } }, on);
  if (event.verdict !== 'broken') return resumed(ended, on);
  const brokenPromises = state.brokenPromises + 1;
  const broken: RecoveryState = { ...ended, brokenPromises, callOwed: { round: brokenPromises, on } };
  const others = [broken.dispute?.openedOn, broken.hold?.placedOn].filter((since) => since !== undefined);
  // A broken promise buys no time: only the part of the pause that a dispute or a hold covers counts.
  if (others.length === 0) return without(broken, 'pausedSince', 'openCall');
  return { ...broken, pausedSince: others.reduce(earlierDay) };
}

/** The money that kept it went back: the promise is broken, and a call is owed for it as for any other. */
function brokenAfterAll(state: RecoveryState, event: Of<'promiseEnded'>, on: Day): RecoveryState {
  if (event.verdict !== 'broken' || state.keptPromise?.promiseId !== event.promiseId) return state;
  const brokenPromises = state.brokenPromises + 1;
  return { ...without(state, 'keptPromise'), brokenPromises, callOwed: { round: brokenPromises, on } };
}

function pausedFrom(state: RecoveryState, on: Day): RecoveryState {
  return state.pausedSince ? state : { ...state, pausedSince: on };
}

/** When the last pause ends, what remains is shifted by its days, and a call left open meanwhile is owed again rather than expired. */
function resumed(state: RecoveryState, on: Day): RecoveryState {
  if (state.promise || state.dispute || state.hold || !state.pausedSince) return state;
  const days = daysBetween(state.pausedSince, on);
  const next = without(state, 'pausedSince', 'openCall');
  if (days <= 0) return next;
  return { ...next, shiftDays: state.shiftDays + days, pauses: [...(state.pauses ?? []), { from: state.pausedSince, to: on }] };
}

/** Closing ends what waits. Stages, notice, dispute and hold stay: a case that comes back goes on where it was. */
function close(state: RecoveryState, closed: NonNullable<RecoveryState['closed']>): RecoveryState {
  const still = [state.dispute?.openedOn, state.hold?.placedOn].filter((from) => from !== undefined);
  const ended = without(state, 'openCall', 'prepared', 'approval', 'postponed', 'promise', 'callOwed', 'pausedSince');
  return still.length === 0 ? { ...ended, closed } : { ...ended, pausedSince: still.reduce(earlierDay), closed };
}

function withBlocker(state: RecoveryState, blocker: Blocker, on: Day): RecoveryState {
  if (state.blockers.includes(blocker)) return state;
  return { ...state, blockers: [...state.blockers, blocker].sort(), blockedSince: earlierDay(state.blockedSince ?? on, on) };
}

function withoutBlocker(state: RecoveryState, blocker: Blocker): RecoveryState {
  const next = { ...without(state, 'postponed'), blockers: state.blockers.filter((known) => known !== blocker) };
  return next.blockers.length === 0 ? without(next, 'blockedSince', 'nextReviewOn') : next;
}

function withoutPostponement(state: RecoveryState, stage: string): RecoveryState {
  return state.postponed?.stage === stage ? without(state, 'postponed') : state;
}

function notBelowZero(minor: bigint): bigint {
  return minor < 0n ? 0n : minor;
}

type OptionalKey = { [K in keyof RecoveryState]-?: undefined extends RecoveryState[K] ? K : never }[keyof RecoveryState];

/** The state without some optional facts; keys are removed, not set to undefined, so that equal states are equal as JSON. */
function without(state: RecoveryState, ...keys: readonly OptionalKey[]): RecoveryState {
  const next = { ...state };
  for (const key of keys) delete (next as { -readonly [K in keyof RecoveryState]: RecoveryState[K] })[key];
  return next;
}
