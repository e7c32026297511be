import type { Day } from '../calendar/day.js';
import type { Rational } from '../money/rational.js';
import type { Refusal } from '../refusal.js';
import type { ContractTerms, CreditorStanding } from './claim-facts.js';
import type { ClaimNote } from './claim-note.js';
import type { Regime } from './regime.js';
import type { LegalSource, LumpSum } from './statement.js';

/** What the contract says about late interest; absent when it was checked and found silent. */
export type InterestClause =
  /** A yearly rate in percent, as a plain decimal: `15`. */
  | { readonly kind: 'rate'; readonly percent: string }
  /** A multiple of the legal interest rate, as a plain decimal: `3` for "trois fois le taux légal". */
  | { readonly kind: 'multipleOfLegalRate'; readonly multiple: string };

/** How a rate was made, so that it can be said in any language. Percentages are plain decimals. */
export type RateFormula =
  /** The ECB rate of a reference day plus points; `sumPercent` where the sum was then rounded up. */
  | {
      readonly kind: 'referencePlus';
      readonly referencePercent: string;
      readonly referenceOn: Day;
      readonly points: string;
      readonly sumPercent?: string;
      readonly isFrozen?: boolean;
    }
  /** The legal rate of a period: for professional creditors, natural persons (FR), or the only one there is (BE). */
  | { readonly kind: 'legalRate'; readonly percent: string; readonly creditor: 'professional' | 'person' | 'any'; readonly since: Day }
  | { readonly kind: 'clause'; readonly percent: string }
  | { readonly kind: 'clauseMultiple'; readonly multiple: string; readonly legalPercent: string }
  /** The clause (its percentage, or its multiple) lies below the floor. */
  | {
      readonly kind: 'floor';
      readonly clausePercent?: string;
      readonly clauseMultiple?: string;
      readonly multiple: string;
      readonly legalPercent: string;
    };

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
  readonly formula?: RateFormula;
  /** What a reader must know about this rate: a clause that is void, below the floor, or to be looked at. */
  readonly notes?: readonly ClaimNote[];
}

/** The facts of a case that a rate or a lump sum may depend on. */
export interface RuleFacts {
  readonly contract?: ContractTerms;
  readonly creditor?: CreditorStanding;
}

export interface LumpSumFacts extends RuleFacts {
  readonly dueOn: Day;
  /** The first day on which it is claimed, and the principal that remained when that day began. */
  readonly claimedOn: Day;
  readonly remainingMinor: bigint;
  /** The day the free first reminder left, where there was one. */
  readonly remindedOn?: Day;
}

/** A lump sum that is due, or the note that says why none is. */
export type LumpSumAnswer = { readonly due: LumpSum; readonly source: LegalSource } | { readonly note: ClaimNote };

/** The dated numbers of one regime. `#statutes` implements it over its files; every number comes with its source. */
export interface ClaimRules {
  readonly regime: Regime;
  /**
   * The rate that governs interest accrued on `on` for a delay whose interest began on `startedOn` (a public buyer's rate is frozen
   * there). Refused when any value it needs is unknown that day, or when the clause cannot be used.
   */
  rateFor(on: Day, startedOn: Day, facts: RuleFacts): RateOfPeriod | Refusal;
  /** What the delay costs once, beside interest; refused when its value is unknown. */
  lumpSum(facts: LumpSumFacts): LumpSumAnswer | Refusal;
}
