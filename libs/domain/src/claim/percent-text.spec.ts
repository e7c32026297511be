import { describe, expect, it } from 'vitest';
import { decimal, rational } from '../money/rational.js';
import { percentText } from './percent-text.js';

describe('a rate in writing', () => {
  it('has two places at least and as many as it needs', () => {
    expect([rational(21n, 2n), decimal('12.15'), decimal('0'), decimal('0.05'), decimal('4.125')].map(percentText)).toEqual([
      '10.50',
      '12.15',
      '0.00',
      '0.05',
      '4.125',
    ]);
    expect([decimal('-0.05'), decimal('-12.5')].map(percentText)).toEqual(['-0.05', '-12.50']);
  });

  it('is refused beyond twelve places, and when it never ends', () => {
    expect(percentText(rational(1n, 10n ** 12n))).toBe('0.000000000001');
    expect(() => percentText(rational(1n, 10n ** 13n))).toThrow(new RangeError('Not a rate with at most 12 decimals: 1/10000000000000'));
    expect(() => percentText(rational(1n, 3n))).toThrow(new RangeError('Not a rate with at most 12 decimals: 1/3'));
  });
});
