import { plus, type Rational, rational } from '../money/rational.js';
import { type Refusal, refuse } from '../refusal.js';

export interface MonthOfSales {
  /** Credit sales of the month, tax included, in minor units. */
  readonly salesMinor: bigint;
  /** Civil days of the month. */
  readonly days: number;
}

/**
 * Days of sales outstanding by counting back, exact: whole months of sales are taken off the receivables from the latest on, each covered month counting
 * its days; what is left counts as a share of the next month. Refused: `amountNegative`, `monthsMissing` when the receivables outlast the months.
 * Example: 150 000 with 80 000 (31 days), 60 000 (28), 50 000 (31) → 31 + 28 + 10/50 × 31 = 65.2.
 */
export function countbackDso(receivablesMinor: bigint, latestFirst: readonly MonthOfSales[]): Rational | Refusal {
  if (receivablesMinor < 0n || latestFirst.some((month) => month.salesMinor < 0n))
    return refuse('amountNegative', { field: '/receivables' });
  let left = receivablesMinor;
  let total = rational(0n);
  for (const { salesMinor, days } of latestFirst) {
    if (left === 0n) return total;
    if (left < salesMinor) return plus(total, rational(left * BigInt(days), salesMinor));
    left -= salesMinor;
    total = plus(total, rational(BigInt(days)));
  }
  return left === 0n ? total : refuse('monthsMissing', { field: '/months', facts: { uncoveredMinor: left.toString() } });
}
