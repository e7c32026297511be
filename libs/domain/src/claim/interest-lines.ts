import { addDays, type Day, day, daysBetween, earlierDay, yearOf } from '../calendar/day.js';
import { rational, roundHalfUp, times } from '../money/rational.js';
import { isRefusal, type Refusal, refuse } from '../refusal.js';
import type { ClaimNote } from './claim-note.js';
import type { RateOfPeriod } from './claim-rules.js';
import type { DayCount, GoverningLaw, InterestLine, LegalSource } from './statement.js';

/** Periods one statement may cross: sixty years of half-years. */
const PERIODS_MAX = 120;
const TOO_LONG = 'Un état arrêté au plus soixante ans après le premier jour d’intérêts.';

/** Interest of `days` days on a base, in minor units, rounded half-up once. */
export function interestOf(baseMinor: bigint, rate: RateOfPeriod, days: number, daysOfYear: number): bigint {
  // base × rate / 100 × days / year (C. com. L441-10 II; Belgian law of 2 August 2002, art. 5)
  return roundHalfUp(times(rate.ratePercent, rational(baseMinor * BigInt(days), 100n * BigInt(daysOfYear))));
}

export function daysOfYear(on: Day, dayCount: DayCount): number {
  if (dayCount === 'ACT/365F') return 365;
  const year = yearOf(on);
  return daysBetween(day(`${year}-01-01`), day(`${year + 1}-01-01`));
}

/** `rateUnknown` with the first day whose rate is missing and what was missing; a clause that cannot be used keeps its own refusal. */
export function rateUnknown(law: GoverningLaw, firstDay: Day, cause: Refusal): Refusal {
  if (cause.refusal !== 'statuteUnknown' && cause.refusal !== 'statuteAbolished') return cause;
  const supply = 'Le taux de la période, lu à sa source, ou un état arrêté avant ce jour.';
  return refuse('rateUnknown', { facts: { ...cause.facts, law, firstUnknownDay: firstDay, cause: cause.refusal, supply } });
}

/** The lines of one claim as they are drawn: every period of the rates, and every change of the base, starts a new one. */
export class InterestLines {
  readonly lines: InterestLine[] = [];
  readonly sources: LegalSource[] = [];
  readonly notes: ClaimNote[] = [];
  totalMinor = 0n;

  constructor(
    private readonly law: GoverningLaw,
    private readonly rateOn: (on: Day) => RateOfPeriod | Refusal,
    private readonly dayCount: DayCount,
    /** The last day, from the one given on, for which this rate may not be claimed; undefined when it may. */
    private readonly restsUntil: (on: Day, rate: RateOfPeriod) => Day | undefined = () => undefined,
  ) {}

  /** Draws the lines of `from` to `to` (both counted) on one base; returns the refusal of the first day without a rate. */
  accrue(baseMinor: bigint, from: Day, to: Day): Refusal | undefined {
    let cursor = from;
    for (let i = 0; baseMinor > 0n && cursor <= to; i++) {
      if (i === PERIODS_MAX) return refuse('claimTooLong', { facts: { from, to, supply: TOO_LONG } });
      const rate = this.rateOn(cursor);
      if (isRefusal(rate)) return rateUnknown(this.law, cursor, rate);
      const rests = this.restsUntil(cursor, rate);
      const lastDay = earlierDay(to, rests ?? this.endOfLine(cursor, rate));
      if (rests === undefined) this.draw(baseMinor, cursor, lastDay, rate);
      cursor = addDays(lastDay, 1);
    }
    return undefined;
  }

  private endOfLine(cursor: Day, rate: RateOfPeriod): Day {
    if (rate.from > cursor || rate.until < cursor) throw new RangeError(`Rate of ${rate.from} to ${rate.until} given for ${cursor}`);
    return this.dayCount === 'ACT/365F' ? rate.until : earlierDay(rate.until, day(`${yearOf(cursor)}-12-31`));
  }

  private draw(baseMinor: bigint, firstDay: Day, lastDay: Day, rate: RateOfPeriod): void {
    const days = daysBetween(firstDay, lastDay) + 1;
    const interestMinor = interestOf(baseMinor, rate, days, daysOfYear(firstDay, this.dayCount));
    this.totalMinor += interestMinor;
    this.sources.push(rate.source, ...rate.sources);
    this.notes.push(...(rate.notes ?? []));
    this.lines.push({
      firstDay,
      lastDay,
      days,
      baseMinor,
      ratePercent: rate.printed,
      interestMinor,
      runningTotalMinor: this.totalMinor,
      source: rate.source,
      derivation: rate.derivation,
      ...(rate.formula === undefined ? {} : { formula: rate.formula }),
    });
  }
}
