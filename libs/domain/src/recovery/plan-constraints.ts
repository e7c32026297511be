import { addDays, type Day } from '../calendar/day.js';
import { asksForCosts, type PolicyStage } from '../policy/dunning-policy.js';
import { type AnchorContext, anchoredDay } from './anchored-day.js';
import { owedRound } from './owed-round.js';
import type { SlotRule } from './sending-slot.js';
import { FIRST_REMINDER_STAGE } from './stage-names.js';

/** What the law of a regime demands of the dates of a plan, whatever the policy says. Values come from the dated statutes. */
export interface PlanConstraints {
  /**
   * First day on which more than the principal may be asked when the free first reminder leaves on a day, one way or the other
   * (CDE XIX.2). Set for Belgian consumers only. The plan estimates with it; what has left counts by its own day.
   */
  readonly claimFrom?: (reminderOn: Day, by: 'post' | 'electronic') => Day;
  /** Whole days that a served notice leaves before the file is handed over. */
  readonly noticeDays?: number;
  /** From this day on the limitation period is so near that only the court route is left. */
  readonly courtRouteFrom?: Day;
  /** Fewer contacts a week than the policy may allow itself. */
  readonly contactsPerWeek?: number;
  /** Hours in which a person of this kind may be called. */
  readonly callWindows?: readonly SlotRule['window'][];
}

export interface LawfulFloor {
  readonly on?: Day;
  /** The proof without which the rung may not go at all. */
  readonly waitsFor?: 'noticeServed' | 'firstReminderPosted';
}

/** The ladder in the order the law leaves it: the free first reminder never comes after a rung that costs (CDE XIX.2). */
export function lawfulOrder(stages: readonly PolicyStage[], constraints: PlanConstraints | undefined): readonly PolicyStage[] {
  if (!constraints?.claimFrom) return stages;
  const costlyAt = stages.findIndex(asksForCosts);
  const reminder = stages.find((stage, index) => stage.id === FIRST_REMINDER_STAGE && index > costlyAt);
  if (costlyAt < 0 || !reminder) return stages;
  const others = stages.filter((stage) => stage !== reminder);
  return [...others.slice(0, costlyAt), reminder, ...others.slice(costlyAt)];
}

/** The first day that the law leaves to a rung, beside what its policy says; empty where the law says nothing. */
export function lawfulFloor(stage: PolicyStage, constraints: PlanConstraints, context: AnchorContext): LawfulFloor {
  const free = afterFreeDays(stage, constraints, context);
  const notice = afterNotice(stage, constraints, context);
  const on = free.on && notice.on ? (free.on > notice.on ? free.on : notice.on) : (free.on ?? notice.on);
  const waitsFor = free.waitsFor ?? notice.waitsFor;
  return { ...(on ? { on } : {}), ...(waitsFor ? { waitsFor } : {}) };
}

/** CDE XIX.2: no cost, indemnity or interest before the free days of the first reminder are over. */
function afterFreeDays(stage: PolicyStage, { claimFrom }: PlanConstraints, { state, anchors, today }: AnchorContext): LawfulFloor {
  if (!claimFrom || !asksForCosts(stage)) return {};
  // Not owed again by post: a reminder that came back reached nobody, and the one to come counts.
  if (state.firstReminder && state.again?.stage !== FIRST_REMINDER_STAGE) return { on: state.firstReminder.claimFrom };
  const plannedOn = anchors.get(`${FIRST_REMINDER_STAGE}.done`);
  if (plannedOn) return { on: claimFrom(plannedOn, againByPost(state.again) ? 'post' : 'electronic') };
  const record = state.stages.findLast((known) => known.stage === FIRST_REMINDER_STAGE);
  // In the tray, not yet at the post office: its days have not begun.
  if (record?.outcome === 'done') return { on: claimFrom(addDays(today, 1), 'post'), waitsFor: 'firstReminderPosted' };
  return {};
}

function againByPost(again: AnchorContext['state']['again']): boolean {
  return again?.stage === FIRST_REMINDER_STAGE && again.by !== 'email';
}

/** A notice leaves its days whole before anything harder follows. */
function afterNotice(stage: PolicyStage, { noticeDays }: PlanConstraints, context: AnchorContext): LawfulFloor {
  if (noticeDays === undefined || stage.act.type !== 'referral') return {};
  const isThere = context.state.notice !== undefined || context.anchors.has('notice.sent');
  if (!isThere) return {};
  const { on, isUnproven } = anchoredDay({ anchor: 'notice.served', offsetDays: noticeDays + 1 }, context);
  return { on, ...(isUnproven ? { waitsFor: 'noticeServed' as const } : {}) };
}

/** True while a mail that came back is owed again by post. */
export function isOwedAgain(context: Pick<AnchorContext, 'state'>, stage: string): boolean {
  const { again } = context.state;
  return again?.stage === stage && owedRound(context.state, stage) === again.round;
}
