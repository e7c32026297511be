import { type Rational, rational } from '../money/rational.js';
import { type Refusal, refuse } from '../refusal.js';

/** Amounts of one month in minor units. */
export interface CollectionMonth {
  readonly beginningMinor: bigint;
  readonly creditSalesMinor: bigint;
  readonly endTotalMinor: bigint;
  /** Part of the end total that is not due yet. */
  readonly endCurrentMinor: bigint;
}

/**
 * Collection effectiveness in percent, exact: what was collected over what could be. Refused: `nothingToCollect` when nothing was due,
 * `amountNegative`. Example: (100 000 + 50 000 − 70 000) over (100 000 + 50 000 − 40 000) → 72.7 %.
 */
export function collectionEffectiveness(month: CollectionMonth): Rational | Refusal {
  const { beginningMinor, creditSalesMinor, endTotalMinor, endCurrentMinor } = month;
  if ([beginningMinor, creditSalesMinor, endTotalMinor, endCurrentMinor].some((amount) => amount < 0n)) return refuse('amountNegative');
  const collectable = beginningMinor + creditSalesMinor - endCurrentMinor;
  if (collectable <= 0n) return refuse('nothingToCollect');
  return rational((beginningMinor + creditSalesMinor - endTotalMinor) * 100n, collectable);
}
