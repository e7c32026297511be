import { addDays, type Day, dayIn, type Instant, laterDay } from '../calendar/day.js';
import type { FirstReminder } from '../claim/claim-facts.js';
import { isRefusal } from '../refusal.js';
import { decide } from './decide.js';
import { type DatedStage, drawPlan, type PlanInput } from './draw-plan.js';
import { evolve } from './evolve.js';
import { nextWake } from './next-wake.js';
import { approvalUntil, callExpiresOn, disputeDueOn } from './pause.js';
import type { RecoveryFact } from './recovery-fact.js';
import type { RecoveryState } from './recovery-state.js';
import { openingFrom } from './sending-slot.js';
import type { Wake, WakeKind } from './snapshot.js';
import { FIRST_REMINDER_STAGE, FORMAL_NOTICE_STAGE, TOO_LATE } from './stage-names.js';

export interface SimulateInput extends PlanInput {
  /** What becomes of calls: made the day they are asked for (default), or left until they expire. */
  readonly calls?: 'attempted' | 'notMade';
}

/** One line of the diary of what will happen if the debtor does nothing. */
export interface DiaryLine {
  readonly on: Day;
  readonly at: Instant;
  readonly kind: WakeKind | 'served';
  readonly stage?: string;
  readonly round?: number;
  /** What was supposed: `callAttempted`, `approved`, `served`, `promiseBroken`… */
  readonly assumed: string;
}

const STEPS_MAX = 400;
const POST_DAYS_ASSUMED = 3;

/**
 * What happens next, to the end, if nobody pays: the real `nextWake` is followed wake by wake, letters arrive after three days,
 * approvals are given, a promise is not kept, a dispute stays open. Stops at `horizonDays`, at the hand-over, or after 400 steps.
 */
export function simulate(input: SimulateInput, horizonDays: number): DiaryLine[] {
  const horizonOn = addDays(input.today, horizonDays);
  const diary: DiaryLine[] = [];
  let { state, now, today } = input;
  for (let step = 0; step < STEPS_MAX && !state.closed; step++) {
    const plan = drawPlan({ ...input, state, now, today });
    const wake = nextWake({ ...input, state, plan, now, today });
    const served = arrival(input, state, today);
    const isServed = served !== undefined && served <= wake.at;
    const at = isServed ? served : wake.at;
    now = at > now ? at : now;
    today = laterDay(today, dayIn(now, input.zone));
    if (today > horizonOn) break;
    const { assumed, facts } = isServed ? arrived(state) : (leftOut(plan, wake) ?? supposed(input, state, wake, today));
    diary.push({ on: today, at: now, ...(isServed ? { kind: 'served' as const, stage: FORMAL_NOTICE_STAGE } : line(wake)), assumed });
    const before = state;
    for (const fact of facts) state = apply(state, fact, today);
    if (state === before) break;
  }
  return diary;
}

function line(wake: Wake): Pick<DiaryLine, 'kind' | 'stage' | 'round'> {
  return { kind: wake.kind, ...(wake.stage ? { stage: wake.stage } : {}), ...(wake.round ? { round: wake.round } : {}) };
}

/** Facts are judged as real ones are; one that would be refused changes nothing and ends the diary. */
function apply(state: RecoveryState, fact: RecoveryFact, today: Day): RecoveryState {
  const decision = decide(state, fact, today);
  return isRefusal(decision) ? state : decision.events.reduce((next, event) => evolve(next, event, today), state);
}

/** When the notice now in the post will be proven served. */
function arrival(input: SimulateInput, state: RecoveryState, today: Day): Instant | undefined {
  const { notice } = state;
  if (!notice || notice.servedOn || notice.returnedOn) return undefined;
  const rule = { calendar: input.calendar, zone: input.zone, window: input.policy.limits.window };
  return openingFrom(laterDay(addDays(notice.sentOn, POST_DAYS_ASSUMED), today), rule);
}

type Supposed = { readonly assumed: string; readonly facts: readonly RecoveryFact[] };

function arrived(state: RecoveryState): Supposed {
  const messageId = state.notice?.messageId ?? '';
  return { assumed: 'served', facts: [{ type: 'deliveryReported', messageId, kind: 'served', channel: 'registeredPost' }] };
}

/** Too late for its policy: left out at its wake. */
function leftOut(plan: readonly DatedStage[], wake: Wake): Supposed | undefined {
  const due = plan.find(({ stage, round }) => stage === wake.stage && round === wake.round);
  if (due?.lateness?.then !== 'skip' || wake.kind !== due.act) return undefined;
  return { assumed: 'tooLate', facts: [{ type: 'stageSkipped', stage: due.stage, round: due.round, reason: TOO_LATE }] };
}

function supposed(input: SimulateInput, state: RecoveryState, wake: Wake, today: Day): Supposed {
  const { policy, calendar } = input;
  const rung = { stage: wake.stage ?? '', round: wake.round ?? 1 };
  const id = `simulated/${rung.stage}/${rung.round}`;
  switch (wake.kind) {
    case 'call':
      return supposedCall(input, rung, id, today);
    case 'mail':
    case 'formalNotice':
      return {
        assumed: 'sent',
        facts: [{ type: 'stageDone', ...rung, messageId: id, contact: 'message', ...reminded(input, rung.stage, today) }],
      };
    case 'referral':
      return {
        assumed: 'handedOver',
        facts: [
          { type: 'stageDone', ...rung, contact: 'none' },
          { type: 'caseClosed', kind: 'handedOver', reason: 'handedOver' },
        ],
      };
    case 'prepare': {
      const until = approvalUntil(policy, today, calendar);
      return {
        assumed: 'approved',
        facts: [
          { type: 'stagePrepared', ...rung, messageId: id },
          { type: 'approvalRequested', approvalId: id, ...rung, until },
          { type: 'approvalDecided', approvalId: id, verdict: 'approved', until },
        ],
      };
    }
    default:
      return supposedEnd(input, state, wake.kind, today);
  }
}

/** The free first reminder is supposed to leave by mail and to hold what it must. */
function reminded({ constraints }: SimulateInput, stage: string, today: Day): { firstReminder?: FirstReminder } {
  if (stage !== FIRST_REMINDER_STAGE || !constraints?.claimFrom) return {};
  return { firstReminder: { sentOn: today, by: 'electronic', claimFrom: constraints.claimFrom(today, 'electronic'), isComplete: true } };
}

function supposedCall(input: SimulateInput, rung: { stage: string; round: number }, callId: string, today: Day): Supposed {
  const opened: RecoveryFact = { type: 'callTaskOpened', callId, ...rung, expiresOn: callExpiresOn(input.policy, today, input.calendar) };
  if (input.calls === 'notMade') return { assumed: 'callOpened', facts: [opened] };
  const reported: RecoveryFact = { type: 'callReported', callId, outcome: 'attempted', on: today };
  return { assumed: 'callAttempted', facts: [opened, reported, { type: 'stageDone', ...rung, contact: 'call' }] };
}

function supposedEnd(
  input: SimulateInput,
  state: RecoveryState,
  kind: Exclude<WakeKind, 'call' | 'mail' | 'formalNotice' | 'referral' | 'prepare'>,
  today: Day,
): Supposed {
  const { policy, calendar } = input;
  switch (kind) {
    case 'promiseEnds':
      return { assumed: 'promiseBroken', facts: [{ type: 'promiseEnded', promiseId: state.promise?.promiseId ?? '', verdict: 'broken' }] };
    case 'holdEnds':
      return { assumed: 'holdEnded', facts: [{ type: 'holdReleased', holdId: state.hold?.holdId ?? '', by: 'end' }] };
    case 'disputeDue': {
      const disputeId = state.dispute?.disputeId ?? '';
      return {
        assumed: 'disputeEscalated',
        facts: [{ type: 'disputeEscalated', disputeId, dueOn: disputeDueOn(policy, today, calendar) }],
      };
    }
    case 'callExpires': {
      const { callId = '', stage = '', round = 1 } = state.openCall ?? {};
      const reported: RecoveryFact = { type: 'callReported', callId, outcome: 'notMade', on: today };
      return { assumed: 'callNotMade', facts: [reported, { type: 'stageSkipped', stage, round, reason: 'callNotMade' }] };
    }
    case 'approvalExpires':
      return { assumed: 'approvalExpired', facts: [{ type: 'approvalExpired', approvalId: state.approval?.approvalId ?? '' }] };
    case 'review':
      return { assumed: 'reviewed', facts: [{ type: 'reviewed', nextReviewOn: addDays(today, policy.reviewDays) }] };
  }
}
