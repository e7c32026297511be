import type { DayCount, DebtorKind, GoverningLaw } from '#domain';

/** One drawn claim in plain words; days are Julian day numbers, money is cents. */
export interface ReferenceCase {
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly currency: string;
  readonly face: bigint;
  readonly due: number;
  readonly issued?: number;
  readonly on: number;
  readonly movements: readonly ReferenceMovement[];
  readonly dayCount: DayCount;
  readonly principalFirst: boolean;
  readonly agreement: boolean;
  readonly confirmed: boolean;
  readonly contractRead?: number;
  readonly interestClause?: ReferenceClause;
  readonly indemnityClause?: ReferenceIndemnity;
  readonly procurement?: 'small' | 'general';
  readonly notice?: number;
  readonly reminder?: ReferenceReminder;
  readonly judgment?: number;
  readonly naturalPerson: boolean;
  readonly smallEnterprise: boolean;
  readonly waivesInterest: boolean;
  readonly waivesLumpSum: boolean;
}

export interface ReferenceMovement {
  readonly kind: 'payment' | 'creditNote';
  readonly on: number;
  readonly amount: bigint;
  readonly designation?: 'principal' | 'lumpSum';
}

export type ReferenceClause =
  | { readonly kind: 'rate'; readonly percent: string }
  | { readonly kind: 'multipleOfLegalRate'; readonly multiple: string };

export type ReferenceIndemnity =
  | { readonly kind: 'legalScale' }
  | { readonly kind: 'fixed'; readonly amount: bigint }
  | { readonly kind: 'percent'; readonly percent: string; readonly minimum?: bigint };

export interface ReferenceReminder {
  readonly sent: number;
  readonly by: 'post' | 'electronic';
  readonly claimFrom: number;
  readonly complete: boolean;
}

export interface ReferenceLine {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly days: number;
  readonly base: bigint;
  readonly rate: string;
  readonly interest: bigint;
  readonly running: bigint;
}

export interface ReferenceAnswer {
  readonly lines: readonly ReferenceLine[];
  readonly interestAccrued: bigint;
  readonly interestOpen: bigint;
  readonly lumpSum: bigint;
  readonly lumpSumOpen: bigint;
  readonly booksPrincipal: bigint;
  readonly principal: bigint;
  readonly total: bigint;
  readonly surplus: bigint;
  readonly payments: readonly { readonly on: string; readonly interest: bigint; readonly principal: bigint; readonly lumpSum: bigint }[];
  readonly dailyInterest: bigint | 'unknown';
}

export interface ReferenceRefusal {
  readonly refusal: string;
}
