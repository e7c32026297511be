import { compareRational, day, decimal, isRefusal, rational } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadStatutes } from './load-statutes.js';
import { amountByScale, checkScale } from './scale.js';
import { scaleOn, valueOn } from './value-on.js';

const statutes = loadStatutes();
const found = scaleOn(statutes, 'be.consumer.indemnityScale', day('2026-03-02'));
if (isRefusal(found)) throw new Error(found.refusal);
const tiers = found.value;

describe('a scale of sums', () => {
  it('is given with its article, and only by the question for scales', () => {
    expect(found.source).toMatchObject({ article: 'CDE XIX.4', checkedOn: '2026-11-22' });
    expect(() => valueOn(statutes, 'be.consumer.indemnityScale', day('2026-03-02'))).toThrow('ask scaleOn');
    expect(() => scaleOn(statutes, 'be.consumer.freeDays', day('2026-03-02'))).toThrow('ask valueOn');
    expect(scaleOn(statutes, 'be.consumer.indemnityScale', day('2023-08-31'))).toMatchObject({ refusal: 'statuteUnknown' });
  });

  it('T8: takes the percentage of the slice only, never of the whole amount, and stops at the cap', () => {
    expect(amountByScale(tiers, decimal('215'))).toSatisfy((sum) => compareRational(sum as never, decimal('36.50')) === 0);
    expect(amountByScale(tiers, decimal('39199.99'))).toSatisfy((sum) => compareRational(sum as never, decimal('2000')) < 0);
    expect(amountByScale(tiers, decimal('39200.01'))).toEqual(decimal('2000'));
  });

  it('never falls when the amount grows', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 6_000_000n), fc.bigInt(0n, 100_000n), (cents, more) => {
        const less = amountByScale(tiers, rational(cents, 100n));
        return compareRational(less, amountByScale(tiers, rational(cents + more, 100n))) <= 0;
      }),
    );
  });

  it.each([
    ['amounts that no step covers', [{ upTo: '150', base: '20' }], 'step 1: amounts above 150 have no step'],
    ['a step behind an endless one', [{ base: '20' }, { base: '30' }], 'step 1: covers every amount, the steps after it are never reached'],
    [
      'steps out of order',
      [{ upTo: '500', base: '20' }, { upTo: '150', base: '30' }, { base: '40' }],
      'step 2: ends at 150, not after 500',
    ],
    [
      'a slice that leaves a hole',
      [
        { upTo: '150', base: '20' },
        { base: '30', plusPercent: '10', above: '151' },
      ],
      'step 2: counts from 151, the step before it ends at 150',
    ],
    ['a percentage of nothing', [{ base: '30', plusPercent: '10' }], 'step 1: plusPercent and above go together'],
    ['a sum that falls', [{ upTo: '150', base: '20' }, { base: '19' }], 'step 2: gives less than the step before it'],
  ])('%s is refused', (_, steps, finding) => {
    expect(checkScale(steps)).toContain(finding);
  });

  it('the shipped one has nothing wrong', () => {
    expect(checkScale(tiers)).toEqual([]);
    expect(() => amountByScale([{ upTo: '1', base: '1' }], decimal('2'))).toThrow('No step');
  });
});
