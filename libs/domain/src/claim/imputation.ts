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

/**
 * Spreads one payment over what is open. `interestFirst` is C. civ. 1343-1; the fixed compensation has no statutory rank and comes last.
 * Example: 400 000 on principal 1 000 000 and interest 14 314 → interest 14 314, principal 385 686.
 */
export function impute(amountMinor: bigint, open: OpenParts, order: 'interestFirst' | 'principalFirst'): Imputation {
  const first = order === 'interestFirst' ? open.interestMinor : open.principalMinor;
  const second = order === 'interestFirst' ? open.principalMinor : open.interestMinor;
  const toFirst = smaller(amountMinor, first);
  const toSecond = smaller(amountMinor - toFirst, second);
  const toCompensation = smaller(amountMinor - toFirst - toSecond, open.compensationMinor);
  return {
    interestMinor: order === 'interestFirst' ? toFirst : toSecond,
    principalMinor: order === 'interestFirst' ? toSecond : toFirst,
    compensationMinor: toCompensation,
    surplusMinor: amountMinor - toFirst - toSecond - toCompensation,
  };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
