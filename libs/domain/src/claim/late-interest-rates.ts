import type { Day } from '../calendar/day.js';
import type { Rational } from '../money/rational.js';
import type { Refusal } from '../refusal.js';
import type { DatedValue, GoverningLaw, LegalSource } from './statement.js';

/** What the contract says about late interest; absent when it was checked and found silent. */
export type InterestClause =
  /** A yearly rate in percent, as a plain decimal: `15`. */
  | { readonly kind: 'rate'; readonly percent: string }
  /** A multiple of the legal interest rate, as a plain decimal: `3` for "trois fois le taux légal". */
  | { readonly kind: 'multipleOfLegalRate'; readonly multiple: string };

/** The yearly rate of one period; it is the same on every day from `from` to `until`. */
export interface RateOfPeriod {
  readonly ratePercent: Rational;
  /** Percent a year as a plain decimal with at least two places: `12.15`. */
  readonly printed: string;
  readonly from: Day;
  /** Last day of the period. */
  readonly until: Day;
  /** What makes the rate due. */
  readonly source: LegalSource;
  /** Everything that was read to make it, the reference rate included. */
  readonly sources: readonly LegalSource[];
  /** How the rate was made, in French: `taux BCE 2,15 % au 1er janvier 2026 + 10 points`. */
  readonly derivation: string;
}

/** The rates of one law for business debtors, clause included. `#statutes` implements it over dated values. */
export interface LateInterestRates {
  readonly law: GoverningLaw;
  /** The rate that governs interest accrued on `on`; refused when any value it needs is unknown that day. */
  rateFor(on: Day): RateOfPeriod | Refusal;
  /** The fixed compensation in minor units of EUR for a debt due on `dueOn`; refused as `statuteAbolished` once there is none any more. */
  compensation(dueOn: Day): DatedValue<bigint> | Refusal;
}
