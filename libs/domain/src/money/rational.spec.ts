import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilToFraction, compareRational, decimal, plus, type Rational, rational, roundHalfUp, times } from './rational.js';

const isSame = (a: Rational, b: Rational) => compareRational(a, b) === 0;
const whole = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });
const fractions = fc.tuple(whole, fc.bigInt({ min: 1n, max: 10_000n })).map(([num, den]) => rational(num, den));

describe('exact fractions', () => {
  it('keep their denominator positive and refuse zero', () => {
    expect(rational(3n, -4n)).toEqual({ num: -3n, den: 4n });
    expect(rational(-3n, -4n)).toEqual({ num: 3n, den: 4n });
    expect(rational(3n)).toEqual({ num: 3n, den: 1n });
    expect(() => rational(1n, 0n)).toThrow(new RangeError('Denominator is zero'));
  });

  it('are read from plain decimals only', () => {
    expect(decimal('12.15')).toEqual({ num: 1215n, den: 100n });
    expect(decimal('-0.05')).toEqual({ num: -5n, den: 100n });
    expect(decimal('40')).toEqual({ num: 40n, den: 1n });
    for (const text of ['', '.5', '5.', '1,5', '+1', '1e3', ' 1', '1 ', 'x1', '1x', '--1', '1.2.3']) {
      expect(() => decimal(text)).toThrow(new RangeError(`Not a decimal: ${text}`));
    }
  });

  it('multiply, add and compare exactly', () => {
    expect(isSame(times(decimal('0.1'), decimal('0.2')), decimal('0.02'))).toBe(true);
    expect(isSame(plus(decimal('0.1'), decimal('0.2')), decimal('0.3'))).toBe(true);
    expect([compareRational(rational(1n, 3n), rational(1n, 2n)), compareRational(rational(2n, 4n), rational(1n, 2n))]).toEqual([-1, 0]);
    expect(compareRational(rational(-1n, 3n), rational(-1n, 2n))).toBe(1);
  });

  it('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        expect(isSame(times(a, plus(b, c)), plus(times(a, b), times(a, c)))).toBe(true);
        expect(compareRational(a, b)).toBe(-compareRational(b, a) + 0);
      }),
    );
  });
});

describe('rounding', () => {
  it('goes to the nearest whole, halves away from zero', () => {
    const halves = [rational(5n, 2n), rational(-5n, 2n), rational(1n, 2n), rational(-1n, 2n), rational(0n, 7n)];
    expect(halves.map(roundHalfUp)).toEqual([3n, -3n, 1n, -1n, 0n]);
    expect([rational(249n, 100n), rational(251n, 100n), rational(-249n, 100n), rational(-251n, 100n)].map(roundHalfUp)).toEqual([
      2n,
      3n,
      -2n,
      -3n,
    ]);
  });

  it('F5: is never more than a half away', () => {
    fc.assert(
      fc.property(fractions, (value) => {
        const away = plus(value, rational(-roundHalfUp(value)));
        const magnitude = away.num < 0n ? rational(-away.num, away.den) : away;
        expect(compareRational(magnitude, rational(1n, 2n))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('BE-2: up to the next half leaves a half as it is', () => {
    const halves = (text: string) => ceilToFraction(decimal(text), 2n);
    expect(isSame(halves('10.40'), decimal('10.5'))).toBe(true);
    expect(isSame(halves('10.5'), decimal('10.5'))).toBe(true);
    expect(isSame(halves('11.15'), decimal('11.5'))).toBe(true);
    expect(isSame(halves('8.00'), decimal('8'))).toBe(true);
    expect(isSame(halves('8.01'), decimal('8.5'))).toBe(true);
    expect(isSame(halves('0'), decimal('0'))).toBe(true);
    expect(isSame(halves('-0.40'), decimal('0'))).toBe(true);
    expect(isSame(halves('-0.60'), decimal('-0.5'))).toBe(true);
  });
});
