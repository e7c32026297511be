import { addBusinessDays, type BusinessCalendar, rollForward } from '../calendar/business-calendar.js';
import { addDays, type Day, daysBetween, laterDay } from '../calendar/day.js';
import type { DunningPolicy } from '../policy/dunning-policy.js';
import type { Pause, RecoveryState } from './recovery-state.js';

/** True while a promise, a dispute or a hold keeps the ladder still. */
export function isPaused(state: RecoveryState): boolean {
  return state.promise !== undefined || state.dispute !== undefined || state.hold !== undefined;
}

/** A hold lasts through its last day; it ends when the window opens on the first business day after it. */
export function holdEndsOn(until: Day, calendar: BusinessCalendar): Day {
  return rollForward(addDays(until, 1), calendar);
}

/** The day on which the running pauses are expected to be over, or undefined when nothing pauses. A dispute is taken to end at its deadline. */
export function expectedResumption(state: RecoveryState, calendar: BusinessCalendar): Day | undefined {
  const ends: Day[] = [];
  if (state.promise) ends.push(state.promise.judgedOn);
  if (state.dispute) ends.push(state.dispute.dueOn);
  if (state.hold) ends.push(holdEndsOn(state.hold.until, calendar));
  return ends.length === 0 ? undefined : ends.reduce(laterDay);
}

/** Days by which pauses push away what counts from `anchor`: only the part of each pause that lies after it. */
export function shiftSince(anchor: Day, pauses: readonly Pause[]): number {
  return pauses.reduce((days, { from, to }) => days + Math.max(0, daysBetween(laterDay(from, anchor), to)), 0);
}

/** The day on which a promise is judged: the business day after its grace. Due Thu 19 March, grace 2 → Tue 24 March. */
export function promiseJudgedOn(policy: DunningPolicy, dueOn: Day, calendar: BusinessCalendar): Day {
  return addBusinessDays(dueOn, policy.promise.graceBusinessDays + 1, calendar);
}

/** The day on which a call nobody made expires, when the window opens: opened Mon 2 March for 2 business days → Wed 4 March. */
export function callExpiresOn(policy: DunningPolicy, openedOn: Day, calendar: BusinessCalendar): Day {
  return addBusinessDays(openedOn, policy.call.expiresBusinessDays, calendar);
}

/** Last day on which a request for approval may be decided, or an approval used. */
export function approvalUntil(policy: DunningPolicy, askedOn: Day, calendar: BusinessCalendar): Day {
  return addBusinessDays(askedOn, policy.approval.validBusinessDays, calendar);
}

/** Day by which somebody must have answered a dispute. */
export function disputeDueOn(policy: DunningPolicy, openedOn: Day, calendar: BusinessCalendar): Day {
  return addBusinessDays(openedOn, policy.dispute.dueBusinessDays, calendar);
}
