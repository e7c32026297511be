import { type Day, earlierDay, isRefusal, laterDay, type RateOfPeriod, type Refusal, yearOf } from '#domain';
import { HALF_YEAR_STARTS, periodFrom } from './check-sense.js';
import type { Statutes } from './load-statutes.js';
import { valueOn } from './value-on.js';

/**
 * The same rate, on the half-year of `on` only. Interest is rounded line by line, one for each half-year: a rate that holds longer, agreed or yearly,
 * is cut there like any other. Refused: `statuteUnknown` when nobody has recorded on which days half-years begin.
 * Example: the Belgian legal rate of 2026 on 2 March → from 1 January to 30 June 2026.
 */
export function withinHalfYear(statutes: Statutes, on: Day, rate: RateOfPeriod): RateOfPeriod | Refusal {
  const starts = valueOn(statutes, HALF_YEAR_STARTS, on);
  if (isRefusal(starts)) return starts;
  const from = lastStart(on, starts.value);
  const until = periodFrom('halfYear', from, starts.value);
  if (until === undefined) throw new RangeError(`No half-year begins on ${from}`);
  return { ...rate, from: laterDay(rate.from, from), until: earlierDay(rate.until, until) };
}

/** The half-year that a day lies in began here: `2026-03-02` → `2026-01-01`. */
function lastStart(on: Day, starts: string): Day {
  const days = starts.split(' ');
  const sameYear = days.findLast((start) => start <= on.slice(5));
  return (sameYear === undefined ? `${yearOf(on) - 1}-${days.at(-1)}` : `${yearOf(on)}-${sameYear}`) as Day;
}
