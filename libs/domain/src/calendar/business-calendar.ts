import { addDays, type Day, weekday } from './day.js';

/** Working days of one territory. Built by `#statutes` from dated holiday rules; a day outside the covered years throws, it is never "not a holiday". */
export interface BusinessCalendar {
  /** For example `FR`, `FR-57`, `BE`. */
  readonly territory: string;
  isHoliday(on: Day): boolean;
}

/** How far a search for a business day may go before it is a defect of the calendar. */
const SEARCH_DAYS_MAX = 30;

/** Monday to Friday and no holiday. */
export function isBusinessDay(on: Day, calendar: BusinessCalendar): boolean {
  return weekday(on) <= 5 && !calendar.isHoliday(on);
}

/** `on` itself when it is a business day, else the next one. */
export function rollForward(on: Day, calendar: BusinessCalendar): Day {
  let candidate = on;
  for (let i = 0; i < SEARCH_DAYS_MAX; i++) {
    if (isBusinessDay(candidate, calendar)) return candidate;
    candidate = addDays(candidate, 1);
  }
  throw new RangeError(`No business day within ${SEARCH_DAYS_MAX} days of ${on} in ${calendar.territory}`);
}

/** The `count`-th business day after `on` (before it when negative); with 0, `on` rolled forward. */
export function addBusinessDays(on: Day, count: number, calendar: BusinessCalendar): Day {
  if (count === 0) return rollForward(on, calendar);
  const step = count > 0 ? 1 : -1;
  let candidate = on;
  for (let left = Math.abs(count); left > 0; ) {
    candidate = addDays(candidate, step);
    if (isBusinessDay(candidate, calendar)) left--;
  }
  return candidate;
}
