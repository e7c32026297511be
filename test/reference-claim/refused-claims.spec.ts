import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOf } from './compare-claims.js';
import { claimWithFault, FAULTS } from './drawn-faults.js';
import { productAnswer } from './product-answer.js';

const share = shareOf(9);

describe('claims that nobody can answer', () => {
  it(`F5: ${share.numRuns} with one fault each are refused with its code and no sum (seed ${share.seed})`, { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(claimWithFault, ({ c, code }) => {
        expect(productAnswer(c)).toEqual({ refusal: code });
      }),
      share,
    );
  });

  it('every fault is drawn', () => {
    const drawn = new Set(fc.sample(claimWithFault, { seed: 2, numRuns: 2000 }).map((one) => one.code));
    expect([...drawn].sort()).toEqual([...new Set(FAULTS.map((fault) => fault.code))].sort());
  });
});
