import type { Day } from '../calendar/day.js';
import type { Currency } from '../money/currency.js';
import { type Refusal, refuse } from '../refusal.js';
import type { LateInterestRates } from './late-interest-rates.js';
import type { DayCount, DebtorKind, GoverningLaw } from './statement.js';

/** What lowers the claim. A payment that was reversed is left out: interest runs as if it had never come. */
export interface ClaimMovement {
  readonly kind: 'payment' | 'creditNote';
  /** For a payment the day the funds were credited to the creditor. */
  readonly on: Day;
  /** Positive, in minor units. */
  readonly amountMinor: bigint;
  readonly reference?: string;
  /** This payment goes to the principal first; needs `agreementRecorded` (C. civ. 1343-1: the creditor may waive the order). */
  readonly designation?: 'principal';
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
  /** The day of the statement; later movements are not looked at. */
  readonly on: Day;
}

export interface ClaimInput extends PrincipalInput {
  /** Made for the same law and for the clause of this contract. */
  readonly rates: LateInterestRates;
  /** `ACT/365F` unless said otherwise. */
  readonly dayCount?: DayCount;
  /** `interestFirst` unless the parties agreed otherwise. */
  readonly imputation?: 'interestFirst' | 'principalFirst';
  /** True when the agreement on principal-first imputation is on record. */
  readonly agreementRecorded?: boolean;
}

/** Movements one claim may have; beyond it something else is wrong. */
const MOVEMENTS_MAX = 2000;

/** What had happened by the day of the statement, by day; same-day movements keep the order given. */
export function knownMovements(input: PrincipalInput): ClaimMovement[] {
  return input.movements.filter((m) => m.on <= input.on).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Refusals that hold for any statement: `claimAmountInvalid`, `claimMovementInvalid`, `claimTooManyMovements`. */
export function checkPrincipal(input: PrincipalInput): Refusal | undefined {
  if (input.faceMinor <= 0n) return refuse('claimAmountInvalid', { field: '/faceMinor', facts: { faceMinor: input.faceMinor.toString() } });
  if (input.movements.length > MOVEMENTS_MAX) {
    return refuse('claimTooManyMovements', { field: '/movements', facts: { count: input.movements.length, most: MOVEMENTS_MAX } });
  }
  const bad = input.movements.findIndex((movement) => movement.amountMinor <= 0n);
  if (bad === -1) return undefined;
  const amount = input.movements[bad]?.amountMinor.toString() ?? '';
  return refuse('claimMovementInvalid', { field: `/movements/${bad}/amountMinor`, facts: { amountMinor: amount } });
}

/** Refusals of interest: kind of debtor, currency, order of imputation. */
export function checkInterest(input: ClaimInput): Refusal | undefined {
  if (input.rates.law !== input.law) throw new TypeError(`Rates of ${input.rates.law} for a claim under the law of ${input.law}`);
  if (input.kind === 'unknown') return refuse('debtorKindUnknown', { field: '/kind' });
  if (input.kind !== 'business') return refuse('debtorKindNotSupported', { field: '/kind', facts: { kind: input.kind } });
  if (input.currency !== 'EUR') {
    return refuse('currencyNotSupportedForInterest', { field: '/currency', facts: { currency: input.currency } });
  }
  const wantsPrincipalFirst = input.imputation === 'principalFirst' || input.movements.some((m) => m.designation === 'principal');
  // C. civ. 1343-1: interest first unless the creditor agreed otherwise.
  if (wantsPrincipalFirst && input.agreementRecorded !== true) return refuse('imputationAgreementMissing', { field: '/imputation' });
  return undefined;
}
