import type { Day } from '../calendar/day.js';
import type { Currency } from '../money/currency.js';
import type { ConductOfCase, ContractTerms, CreditorStanding } from './claim-facts.js';
import type { ClaimRules } from './claim-rules.js';
import type { DayCount, DebtorKind, GoverningLaw } from './statement.js';

/** What lowers the claim. A payment that was reversed is left out: interest runs as if it had never come. */
export interface ClaimMovement {
  readonly kind: 'payment' | 'creditNote';
  /** For a payment the day the funds were credited to the creditor. */
  readonly on: Day;
  /** Positive, in minor units. */
  readonly amountMinor: bigint;
  readonly reference?: string;
  /**
   * What the debtor said this payment is for. `principal` needs `agreementRecorded` (C. civ. 1343-1: only the creditor may waive the
   * order); `lumpSum` takes the fixed compensation or indemnity, which has no rank of its own, out of its last place.
   */
  readonly designation?: 'principal' | 'lumpSum';
}

/** The facts of one due term. */
export interface PrincipalInput {
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly currency: Currency;
  /** Tax included, in minor units, positive. */
  readonly faceMinor: bigint;
  readonly dueOn: Day;
  readonly issuedOn?: Day;
  readonly movements: readonly ClaimMovement[];
  /** The day of the statement; later movements and later acts are not looked at. */
  readonly on: Day;
}

/** What the creditor gave up. Towards a French public buyer a waiver is void and changes nothing. */
export interface ClaimWaiver {
  readonly interest?: boolean;
  readonly lumpSum?: boolean;
}

export interface ClaimInput extends PrincipalInput {
  /** Dated numbers of the regime of this law and kind. */
  readonly rules: ClaimRules;
  /** True when a person decided the kind of debtor; co-owners are refused without. */
  readonly kindConfirmed?: boolean;
  readonly contract?: ContractTerms;
  readonly conduct?: ConductOfCase;
  readonly creditor?: CreditorStanding;
  readonly waiver?: ClaimWaiver;
  /** `ACT/365F` unless said otherwise. */
  readonly dayCount?: DayCount;
  /** `interestFirst` unless the parties agreed otherwise. */
  readonly imputation?: 'interestFirst' | 'principalFirst';
  /** True when the agreement on principal-first imputation is on record. */
  readonly agreementRecorded?: boolean;
}

/** What had happened by the day of the statement, by day; same-day movements keep the order given. */
export function knownMovements(input: PrincipalInput): ClaimMovement[] {
  return input.movements.filter((m) => m.on <= input.on).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
