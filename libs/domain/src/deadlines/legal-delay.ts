import { addBusinessDays, type BusinessCalendar, isBusinessDay, rollForward } from '../calendar/business-calendar.js';
import { addDays, addMonths, type Day } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import type { LegalSource } from '../claim/statement.js';

/** A delay read from dated law, with where it comes from. Calculators never know a number of their own. */
export interface LegalDelay {
  readonly count: number;
  readonly unit: 'days' | 'workingDays' | 'months' | 'years';
  readonly source: LegalSource;
}

/** A sum read from dated law, in euro cents. */
export interface LegalAmount {
  readonly amountMinor: bigint;
  readonly source: LegalSource;
}

/** A legal day, the article that makes it, and the steps that lead to it, in French. */
export interface Deadline {
  readonly on: Day;
  readonly article: string;
  readonly how: readonly string[];
}

const DELAY_COUNT_MAX = 3660;
const UNITS: Readonly<Record<LegalDelay['unit'], readonly [one: string, many: string]>> = {
  days: ['jour', 'jours'],
  workingDays: ['jour ouvrable', 'jours ouvrables'],
  months: ['mois', 'mois'],
  years: ['an', 'ans'],
};

/**
 * The last day of a delay; it ends at midnight of that day. The day of the event is not counted (CPC 641); months and years end on the
 * same day number, else on the month's last day. Never rolled: see `proceduralEnd`. Working days need the calendar of the place.
 * Throws a RangeError for a count that is no delay: that is a defect of the data, not of the case.
 */
export function endOfDelay(event: Day, delay: LegalDelay, calendar?: BusinessCalendar): Day {
  const { count, unit } = delay;
  if (!Number.isInteger(count) || count < 1 || count > DELAY_COUNT_MAX) throw new RangeError(`Not a delay: ${count} ${unit}`);
  switch (unit) {
    case 'days':
      return addDays(event, count);
    case 'months':
      return addMonths(event, count);
    case 'years':
      return addMonths(event, 12 * count);
    case 'workingDays':
      if (!calendar) throw new RangeError('Working days are counted in the calendar of a place');
      return addBusinessDays(event, count, calendar);
  }
}

/** `1 mois`, `15 jours`, `3 jours ouvrables`. */
export function delayWords({ count, unit }: Pick<LegalDelay, 'count' | 'unit'>): string {
  return `${count} ${UNITS[unit][count < 2 ? 0 : 1]}`;
}

/** `1 mois à compter du 31 janvier 2026, ce jour non compté\u202f: 28 février 2026`. */
export function delayStep(event: Day, delay: LegalDelay, end: Day): string {
  return `${delayWords(delay)} à compter du ${frenchDay(event)}, ce jour non compté\u202f: ${frenchDay(end)}`;
}

/**
 * The last day of a delay of procedure: like `endOfDelay`, then on to the next working day when it falls on a Saturday, a Sunday or a
 * holiday of the court's place (France: CPC 640 to 642; Belgium: C. jud. 52 to 54). Not for due dates, notices or interest.
 */
export function proceduralEnd(
  event: Day,
  delay: LegalDelay,
  calendar: BusinessCalendar,
): { on: Day; unrolledOn: Day; how: readonly string[] } {
  const unrolledOn = endOfDelay(event, delay, calendar);
  const first = delayStep(event, delay, unrolledOn);
  if (isBusinessDay(unrolledOn, calendar)) return { on: unrolledOn, unrolledOn, how: [first] };
  const on = rollForward(unrolledOn, calendar);
  return { on, unrolledOn, how: [first, `samedi, dimanche ou jour férié, délai reporté au ${frenchDay(on)}`] };
}
