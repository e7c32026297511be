import { addBusinessDays, type BusinessCalendar } from '../calendar/business-calendar.js';
import { addDays, type Day, laterDay } from '../calendar/day.js';
import type { AnchoredDelay } from '../policy/dunning-policy.js';
import { isNoticeReturned, owedRound } from './owed-round.js';
import { shiftSince } from './pause.js';
import type { Pause, RecoveryState } from './recovery-state.js';
import { FORMAL_NOTICE_STAGE } from './stage-names.js';

/** Days a registered letter is taken to travel while no proof says better; only ever an estimate in a plan, never a deadline. */
const POST_DAYS_ESTIMATE = 3;

export interface AnchorContext {
  readonly state: RecoveryState;
  readonly calendar: BusinessCalendar;
  readonly today: Day;
  readonly pauses: readonly Pause[];
  /** Days of rungs planned earlier in the same drawing, by anchor. */
  readonly anchors: ReadonlyMap<string, Day>;
}

/** Anchors that are only expected: the day on which a call still open will have expired. */
export function estimatedAnchors(state: RecoveryState, openCallOn: Day | undefined): Map<string, Day> {
  return new Map(state.openCall && openCallOn ? [[`${state.openCall.stage}.done`, openCallOn]] : []);
}

/**
 * The day a delay leads to: anchor + the pauses after it + the offset. `isUnproven` when it counts from the service of a notice
 * that has left but is not proven served: a bound (`notBefore`) on it waits for the proof.
 */
export function anchoredDay(delay: AnchoredDelay, context: AnchorContext): { on: Day; isUnproven: boolean } {
  const anchor = resolve(delay.anchor, context);
  const from = addDays(anchor.on, shiftSince(anchor.on, context.pauses));
  const on = delay.businessDays ? addBusinessDays(from, delay.offsetDays, context.calendar) : addDays(from, delay.offsetDays);
  return { on, isUnproven: anchor.isUnproven };
}

function resolve(anchor: string, context: AnchorContext): { on: Day; isUnproven: boolean } {
  const { state } = context;
  if (anchor === 'dueOn') return known(state.dueOn);
  if (anchor === 'lastContact') return known(context.anchors.get(anchor) ?? state.lastContactOn ?? state.dueOn);
  if (anchor === 'notice.sent') return known(noticeSentOn(context));
  if (anchor === 'notice.served') return noticeServed(context);
  const stage = anchor.slice(0, -'.done'.length);
  return known(context.anchors.get(anchor) ?? state.stages.findLast((record) => record.stage === stage)?.on ?? state.dueOn);
}

function noticeSentOn(context: AnchorContext): Day {
  const planned = context.anchors.get('notice.sent');
  if (planned) return planned;
  const record = context.state.stages.findLast((known) => known.stage === FORMAL_NOTICE_STAGE);
  return context.state.notice?.sentOn ?? record?.on ?? context.state.dueOn;
}

/** A notice skipped, or sent before the case was made, has no proof to wait for: its own record is the day that counts. */
function noticeServed(context: AnchorContext): { on: Day; isUnproven: boolean } {
  const { notice } = context.state;
  const isOwed = owedRound(context.state, FORMAL_NOTICE_STAGE) !== undefined;
  if (!isOwed && !notice) return known(noticeSentOn(context));
  if (!isOwed && notice?.servedOn && !isNoticeReturned(context.state)) return known(notice.servedOn);
  const expectedOn = addDays(noticeSentOn(context), POST_DAYS_ESTIMATE);
  // Not proven yet although the post had its time: tomorrow at the earliest.
  return { on: isOwed ? expectedOn : laterDay(expectedOn, addDays(context.today, 1)), isUnproven: true };
}

function known(on: Day): { on: Day; isUnproven: boolean } {
  return { on, isUnproven: false };
}
