import type { GoverningLaw } from './statement.js';

/** What is open before a payment is imputed, in minor units. */
export interface OpenParts {
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  readonly compensationMinor: bigint;
}

/** How one payment was spread; the parts and the surplus add up to it. */
export interface Imputation extends OpenParts {
  readonly surplusMinor: bigint;
}

export type ImputationPart = 'principal' | 'interest' | 'lumpSum';

/** An order of imputation. A reform adds a version; statements already printed keep the one they name. */
export interface ImputationRule {
  /** `FR.interestFirst@1`. */
  readonly ref: string;
  readonly order: readonly ImputationPart[];
  readonly article: string;
}

const ARTICLES: Readonly<Record<GoverningLaw, string>> = { FR: 'C. civ. 1343-1', BE: 'C. civ. belge, livre 5' };

/** Interest, then principal; the lump sum has no rank in the law and comes last. Principal first is the creditor's recorded agreement. */
export function imputationRule(law: GoverningLaw, order: 'interestFirst' | 'principalFirst'): ImputationRule {
  const parts: readonly ImputationPart[] =
    order === 'interestFirst' ? ['interest', 'principal', 'lumpSum'] : ['principal', 'interest', 'lumpSum'];
  return { ref: `${law}.${order}@1`, order: parts, article: ARTICLES[law] };
}

/** The order for one payment: what its debtor designated comes first, the rest keeps its rank. */
export function designatedOrder(rule: ImputationRule, designation: 'principal' | 'lumpSum' | undefined): readonly ImputationPart[] {
  return designation === undefined ? rule.order : [designation, ...rule.order.filter((part) => part !== designation)];
}

/**
 * Spreads one payment over what is open.
 * Example: 400 000 on principal 1 000 000 and interest 14 314, interest first → interest 14 314, principal 385 686.
 */
export function impute(amountMinor: bigint, open: OpenParts, order: readonly ImputationPart[]): Imputation {
  const owed: Readonly<Record<ImputationPart, bigint>> = {
    principal: open.principalMinor,
    interest: open.interestMinor,
    lumpSum: open.compensationMinor,
  };
  const taken: Record<ImputationPart, bigint> = { principal: 0n, interest: 0n, lumpSum: 0n };
  let left = amountMinor;
  for (const part of order) {
    taken[part] = left < owed[part] ? left : owed[part];
    left -= taken[part];
  }
  return { principalMinor: taken.principal, interestMinor: taken.interest, compensationMinor: taken.lumpSum, surplusMinor: left };
}
