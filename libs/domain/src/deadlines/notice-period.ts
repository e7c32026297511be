import { type BusinessCalendar, rollForward } from '../calendar/business-calendar.js';
import { addDays, type Day } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay } from './legal-delay.js';

export interface NoticeDeadlineInput {
  /** Receipt of the notice, or its first presentation where it was refused or never collected. */
  readonly receivedOn: Day;
  /** 8 days between professionals, 15 for consumers: a usage of the trade, not a statute. */
  readonly period: LegalDelay;
  /** When given, the creditor's courtesy moves a last day that nobody works to the next working day. */
  readonly courtesyCalendar?: BusinessCalendar;
}

export interface NoticeDeadline extends Deadline {
  /** What the letter may print: `on`, or a later day by courtesy. Never an earlier one. */
  readonly shownOn: Day;
  /** First day on which what the notice announces may be done. */
  readonly nextActFrom: Day;
}

/**
 * The last day a formal notice leaves its debtor (C. civ. 1344), counted from receipt. The notice is no act of procedure, so the law
 * does not move a last day that falls on a weekend or a holiday (CPC 642 does not apply); moving it is courtesy, decided by the policy.
 */
export function noticeDeadline({ receivedOn, period, courtesyCalendar }: NoticeDeadlineInput): NoticeDeadline {
  const on = endOfDelay(receivedOn, period, courtesyCalendar);
  const shownOn = courtesyCalendar ? rollForward(on, courtesyCalendar) : on;
  const courtesy = shownOn === on ? [] : [`reporté par courtoisie au ${frenchDay(shownOn)}, la loi ne l’exige pas`];
  return { on, shownOn, nextActFrom: addDays(shownOn, 1), article: 'C. civ. 1344', how: [delayStep(receivedOn, period, on), ...courtesy] };
}
