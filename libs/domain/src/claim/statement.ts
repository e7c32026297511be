import type { Day } from '../calendar/day.js';
import type { Rational } from '../money/rational.js';
import type { Refusal } from '../refusal.js';
import type { ClaimNote } from './claim-note.js';
import type { RateFormula } from './claim-rules.js';
import type { Regime } from './regime.js';

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
  /** The same as facts, so that the line can be said in every language. */
  readonly formula?: RateFormula;
}

/** What a delay costs once: the fixed recovery compensation, or the indemnity of a Belgian consumer's contract. */
export interface LumpSum {
  readonly kind: 'fixedCompensation' | 'indemnity';
  readonly amountMinor: bigint;
  /** For example `C. com. D441-5` or `CDE XIX.4`. */
  readonly article: string;
  /** How it was found, in French: `30,00 € + 10 % de la part au-delà de 150,00 € (65,00 €)`. */
  readonly derivation: string;
  /** The tier of the scale that applied, for other languages; absent for a fixed amount. */
  readonly tier?: LumpSumTier;
}

/** One tier of a legal scale as it applied. Minor units; percent as a plain decimal. */
export interface LumpSumTier {
  readonly remainingMinor: bigint;
  readonly baseMinor: bigint;
  readonly plusPercent?: string;
  readonly aboveMinor?: bigint;
  /** Set when the ceiling of the scale was reached. */
  readonly mostMinor?: bigint;
}

export type ClaimEntryKind = 'principal' | 'creditNote' | 'payment' | 'interest' | 'fixedCompensation' | 'indemnity';

/** One dated movement of the claim, in the order of the ledger. Debits positive, credits negative. */
export interface ClaimEntry {
  readonly kind: ClaimEntryKind;
  readonly on: Day;
  readonly amountMinor: bigint;
  readonly reference?: string;
  readonly article?: string;
  /** What is claimed after this entry, in the order of the entries; below zero when more was paid than claimed. */
  readonly balanceMinor?: bigint;
  /** For a payment: how it was imputed. */
  readonly imputed?: { readonly interestMinor: bigint; readonly principalMinor: bigint; readonly compensationMinor: bigint };
}

/** What is claimed for one case on one day. `openPrincipal` drives the ladder, `claimTotal` is printed in formal letters. */
export interface StatementOfClaim {
  readonly on: Day;
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly regime: Regime;
  readonly currency: string;
  readonly dueOn: Day;
  readonly faceMinor: bigint;
  readonly openPrincipalMinor: bigint;
  /** Principal left after the legal order of imputation (interest first under C. civ. 1343-1). */
  readonly imputedPrincipalMinor: bigint;
  readonly interestAccruedMinor: bigint;
  readonly interestOpenMinor: bigint;
  /** The lump sum whatever its kind, and what is left of it after payments. */
  readonly compensationMinor: bigint;
  readonly compensationOpenMinor: bigint;
  readonly lumpSum?: LumpSum;
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
  /** First day that bears interest, where interest runs or will run without a further act. */
  readonly interestFrom?: Day;
  /** Last day that bears interest, once an insolvency ended it. */
  readonly interestUntil?: Day;
  /** Last day of the free first reminder of a Belgian consumer. */
  readonly freeUntil?: Day;
  /** Why there is no 40 €, why interest runs from a notice only, which clause is void. */
  readonly notes: readonly ClaimNote[];
  /** The order in which payments were imputed: identifier and version of the rule. */
  readonly imputationRule: string;
  /** Received beyond everything claimed: the debtor's credit. */
  readonly surplusMinor?: bigint;
  readonly dayCount: DayCount;
  readonly sources: readonly LegalSource[];
}

export type { Rational };
