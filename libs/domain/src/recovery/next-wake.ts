import type { BusinessCalendar } from '../calendar/business-calendar.js';
import { addDays, type Day, earlierDay, type Instant, laterDay } from '../calendar/day.js';
import type { DunningPolicy } from '../policy/dunning-policy.js';
import type { DatedStage } from './draw-plan.js';
import { jitterSecondsFor } from './jitter.js';
import { holdEndsOn, isPaused } from './pause.js';
import type { RecoveryState } from './recovery-state.js';
import { openingFrom, type SlotRule, slotFrom, windowSeconds } from './sending-slot.js';
import type { Wake, WakeKind } from './snapshot.js';

export interface NextWakeInput {
  readonly state: RecoveryState;
  readonly plan: readonly DatedStage[];
  readonly policy: DunningPolicy;
  readonly calendar: BusinessCalendar;
  readonly zone: string;
  readonly now: Instant;
  readonly today: Day;
}

/** No case rests longer than this without being looked at, whatever its policy says. */
const REVIEW_DAYS_MAX = 30;

/** Wakes that fall on one instant are taken in this order: what ends comes before what chases. */
const ORDER: readonly WakeKind[] = [
  'promiseEnds',
  'holdEnds',
  'disputeDue',
  'callExpires',
  'approvalExpires',
  'prepare',
  'call',
  'mail',
  'formalNotice',
  'referral',
  'review',
];

/**
 * The next moment at which an open case must be looked at; there always is one. It may lie before `now` when it is overdue,
 * and is then acted on at once. Throws for a closed case: nobody waits for one.
 */
export function nextWake(input: NextWakeInput): Wake {
  if (input.state.closed) throw new Error(`A closed case has no wake: ${input.state.caseId}`);
  const candidates = [...endings(input), ...rungs(input)];
  if (candidates.length === 0 || isStopped(input.state)) candidates.push(review(input));
  return candidates.reduce((best, wake) => (isEarlier(wake, best) ? wake : best));
}

function isEarlier(a: Wake, b: Wake): boolean {
  return a.at === b.at ? ORDER.indexOf(a.kind) < ORDER.indexOf(b.kind) : a.at < b.at;
}

/** True when nothing may be sent until a person or an event lifts it. */
function isStopped(state: RecoveryState): boolean {
  return state.blockers.length > 0 || state.insolvency !== undefined;
}

/** Everything that ends by itself, when the sending window opens on its day. */
function endings(input: NextWakeInput): Wake[] {
  const { state, calendar } = input;
  const rule = { calendar, zone: input.zone, window: input.policy.limits.window };
  const wakes: Wake[] = [];
  if (state.promise) wakes.push({ kind: 'promiseEnds', at: openingFrom(state.promise.judgedOn, rule) });
  if (state.hold) wakes.push({ kind: 'holdEnds', at: openingFrom(holdEndsOn(state.hold.until, calendar), rule) });
  if (state.dispute) wakes.push({ kind: 'disputeDue', at: openingFrom(state.dispute.dueOn, rule) });
  // While a pause runs nobody is asked to call; when it ends the call is owed again.
  if (state.openCall && !isPaused(state)) {
    const { stage, round, expiresOn } = state.openCall;
    wakes.push({ kind: 'callExpires', at: openingFrom(expiresOn, rule), stage, round });
  }
  if (state.approval && state.approval.state !== 'refused') {
    const { stage, round, until } = state.approval;
    wakes.push({ kind: 'approvalExpires', at: openingFrom(addDays(until, 1), rule), stage, round });
  }
  return wakes;
}

/** The next rung, and the preparation of the next one that needs an approval. */
function rungs(input: NextWakeInput): Wake[] {
  const { state, plan } = input;
  if (isStopped(state) || isPaused(state)) return [];
  const wakes: Wake[] = [];
  const next = plan[0];
  if (next && !state.openCall && !next.waitsFor && (!next.needsApproval || approvalOf(state, next) === 'approved')) {
    wakes.push({ kind: next.act, at: next.at, stage: next.stage, round: next.round });
  }
  const guarded = plan.find((stage) => stage.needsApproval);
  if (guarded?.prepareAt && !guarded.waitsFor && approvalOf(state, guarded) === undefined) {
    wakes.push({
      kind: 'prepare',
      at: laterOf(guarded.prepareAt, postponedUntil(state, guarded)),
      stage: guarded.stage,
      round: guarded.round,
    });
  }
  return wakes;
}

function approvalOf(state: RecoveryState, stage: DatedStage): 'pending' | 'approved' | 'refused' | undefined {
  return state.approval?.stage === stage.stage && state.approval.round === stage.round ? state.approval.state : undefined;
}

function postponedUntil(state: RecoveryState, stage: DatedStage): Instant | undefined {
  return state.postponed?.stage === stage.stage && state.postponed.round === stage.round ? state.postponed.until : undefined;
}

function laterOf(at: Instant, other: Instant | undefined): Instant {
  return other !== undefined && other > at ? other : at;
}

/**
 * A person looks at the case: on the day agreed at the last review, else `reviewDays` after the
 * blocker came up or the last rung was decided, so that facts arriving meanwhile never push it away. Spread by debtor as rungs are.
 */
function review(input: NextWakeInput): Wake {
  const { state, policy, today } = input;
  const days = Math.min(policy.reviewDays, REVIEW_DAYS_MAX);
  const restedOn = state.nextReviewOn ?? addDays(restingSince(state), days);
  // Before the last day to declare a claim a person is reminded on the days that the law's own clock gives.
  const warningOn = state.insolvency?.warnOn?.find((warnOn) => warnOn > today);
  const agreedOn = warningOn ? earlierDay(restedOn, warningOn) : restedOn;
  const on = laterDay(today, earlierDay(agreedOn, addDays(today, REVIEW_DAYS_MAX)));
  const window = policy.limits.window;
  const jitterSeconds = jitterSecondsFor(state.debtorId, windowSeconds(window));
  const rule: SlotRule = { calendar: input.calendar, zone: input.zone, window, jitterSeconds };
  return { kind: 'review', at: slotFrom(on, input.now, rule).at };
}

function restingSince(state: RecoveryState): Day {
  return state.blockedSince ?? state.stages.map((record) => record.on).reduce(laterDay, state.openedOn);
}
