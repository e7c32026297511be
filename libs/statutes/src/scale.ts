import { compareRational, decimal, plus, type Rational, rational, times } from '#domain';
import type { ScaleTier } from './statute-schema.js';

/**
 * The sum a scale gives for an amount, exact and unrounded, both in the scale's own unit: the first step whose `upTo` is not below the
 * amount gives `base` + `plusPercent` % of what lies above `above`, never more than `most`. Throws a RangeError when no step covers it.
 */
export function amountByScale(tiers: readonly ScaleTier[], amount: Rational): Rational {
  const tier = tiers.find(({ upTo }) => upTo === undefined || compareRational(amount, decimal(upTo)) <= 0);
  if (!tier) throw new RangeError('No step of the scale covers this amount');
  return sumOf(tier, amount);
}

function sumOf(tier: ScaleTier, amount: Rational): Rational {
  const above = plus(amount, times(decimal(tier.above ?? '0'), rational(-1n)));
  const sum = plus(decimal(tier.base), times(above, times(decimal(tier.plusPercent ?? '0'), rational(1n, 100n))));
  return tier.most !== undefined && compareRational(sum, decimal(tier.most)) > 0 ? decimal(tier.most) : sum;
}

/** What is wrong with a scale: steps out of order, an amount that no step covers, a sum that falls when the amount grows. */
export function checkScale(tiers: readonly ScaleTier[]): string[] {
  const findings: string[] = [];
  tiers.forEach((tier, index) => {
    const step = `step ${index + 1}`;
    const before = tiers[index - 1];
    const isLast = index === tiers.length - 1;
    if (isLast && tier.upTo !== undefined) findings.push(`${step}: amounts above ${tier.upTo} have no step`);
    if (!isLast && tier.upTo === undefined) findings.push(`${step}: covers every amount, the steps after it are never reached`);
    if ((tier.plusPercent === undefined) !== (tier.above === undefined)) findings.push(`${step}: plusPercent and above go together`);
    if (!before?.upTo) return;
    if (tier.upTo !== undefined && compareRational(decimal(tier.upTo), decimal(before.upTo)) <= 0) {
      findings.push(`${step}: ends at ${tier.upTo}, not after ${before.upTo}`);
    }
    if (tier.above !== undefined && compareRational(decimal(tier.above), decimal(before.upTo)) !== 0) {
      findings.push(`${step}: counts from ${tier.above}, the step before it ends at ${before.upTo}`);
    }
    if (compareRational(sumOf(tier, decimal(before.upTo)), sumOf(before, decimal(before.upTo))) < 0) {
      findings.push(`${step}: gives less than the step before it`);
    }
  });
  return findings;
}
