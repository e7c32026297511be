import type { Day } from '../calendar/day.js';
import type { Rational } from '../money/rational.js';
import type { Refusal } from '../refusal.js';

/** Where a legal value comes from; printed beside every line that uses it. */
export interface LegalSource {
  /** For example `C. com. L441-10 II`. */
  readonly article: string;
  readonly title: string;
  readonly url?: string;
  /** Empty when nobody has checked the value at its source yet. */
  readonly checkedOn?: Day;
}

/** A value found for a day, with the key it was found under. */
export interface DatedValue<T> {
  readonly key: string;
  readonly from: Day;
  readonly value: T;
  readonly source: LegalSource;
}

/** How days become years: always 365, or 366 for the days of a leap year. Printed on the statement. */
export type DayCount = 'ACT/365F' | 'ACT/366';

export type GoverningLaw = 'FR' | 'BE';
export type DebtorKind = 'business' | 'consumer' | 'publicBody' | 'coOwners' | 'unknown';

/** One period of interest: `days` × `rate` on `baseMinor`, rounded half-up once. */
export interface InterestLine {
  /** First and last day counted. */
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly days: number;
  readonly baseMinor: bigint;
  /** Percent a year, as a plain decimal: `12.15`. */
  readonly ratePercent: string;
  readonly interestMinor: bigint;
  readonly runningTotalMinor: bigint;
  readonly source: LegalSource;
  /** How the rate was made: `ECB 2.15 % on 2026-01-01 + 10`. */
  readonly derivation: string;
}

export type ClaimEntryKind = 'principal' | 'creditNote' | 'payment' | 'interest' | 'fixedCompensation';

/** One dated movement of the claim, in the order of the ledger. Debits positive, credits negative. */
export interface ClaimEntry {
  readonly kind: ClaimEntryKind;
  readonly on: Day;
  readonly amountMinor: bigint;
  readonly reference?: string;
  readonly article?: string;
  /** For a payment: how it was imputed. */
  readonly imputed?: { readonly interestMinor: bigint; readonly principalMinor: bigint; readonly compensationMinor: bigint };
}

/** What is claimed for one case on one day. `openPrincipal` drives the ladder, `claimTotal` is printed in formal letters. */
export interface StatementOfClaim {
  readonly on: Day;
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly currency: string;
  readonly dueOn: Day;
  readonly faceMinor: bigint;
  readonly openPrincipalMinor: bigint;
  /** Principal left after the legal order of imputation (interest first under C. civ. 1343-1). */
  readonly imputedPrincipalMinor: bigint;
  readonly interestAccruedMinor: bigint;
  readonly interestOpenMinor: bigint;
  readonly compensationMinor: bigint;
  readonly compensationOpenMinor: bigint;
  readonly claimTotalMinor: bigint;
  readonly lines: readonly InterestLine[];
  readonly entries: readonly ClaimEntry[];
  /** Interest of one more day from `dailyFrom` on, rounded half-up. */
  readonly dailyInterestMinor: bigint;
  readonly dailyFrom: Day;
  /** Last day for which `dailyInterestMinor` holds: the end of the half-year. Absent when nothing accrues or the rate is unknown. */
  readonly dailyUntil?: Day;
  /** Present when the rate of `dailyFrom` is unknown; `dailyInterestMinor` is then 0 and must not be printed. */
  readonly dailyRefusal?: Refusal;
  /** Received beyond everything claimed: the debtor's credit. */
  readonly surplusMinor?: bigint;
  readonly dayCount: DayCount;
  readonly sources: readonly LegalSource[];
}

export type { Rational };
