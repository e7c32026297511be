import { collectionEffectiveness, countbackDso, isRefusal, type Rational, type Refusal, roundedText } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRational, rational } from '../money/rational.js';

function text(figure: Rational | Refusal): string {
  if (isRefusal(figure)) throw new Error(figure.refusal);
  return roundedText(figure, 1);
}

const months = [
  { salesMinor: 80_000_00n, days: 31 },
  { salesMinor: 60_000_00n, days: 28 },
  { salesMinor: 50_000_00n, days: 31 },
];

describe('days of sales outstanding', () => {
  it('A45: 150 000 against 80 000, 60 000 and 50 000 are 65.2 days, exactly', () => {
    const dso = countbackDso(150_000_00n, months);
    expect(text(dso)).toBe('65.2');
    expect(!isRefusal(dso) && compareRational(dso, rational(652n, 10n))).toBe(0);
  });

  it('nothing open is nothing, whole months are their days, and months that do not reach are refused', () => {
    expect(text(countbackDso(0n, months))).toBe('0.0');
    expect(text(countbackDso(140_000_00n, months))).toBe('59.0');
    expect(text(countbackDso(190_000_00n, months))).toBe('90.0');
    expect(countbackDso(190_000_01n, months)).toMatchObject({ refusal: 'monthsMissing', facts: { uncoveredMinor: '1' } });
    expect(countbackDso(-1n, months)).toMatchObject({ refusal: 'amountNegative' });
    expect(
      text(
        countbackDso(10_00n, [
          { salesMinor: 0n, days: 30 },
          { salesMinor: 20_00n, days: 30 },
        ]),
      ),
    ).toBe('45.0');
  });

  it('more receivables never mean fewer days', () => {
    const amount = fc.bigInt({ min: 0n, max: 190_000_00n });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const [low, high] = [countbackDso(less, months), countbackDso(more, months)];
        expect(!isRefusal(low) && !isRefusal(high) && compareRational(low, high) <= 0).toBe(true);
      }),
    );
  });
});

describe('collection effectiveness', () => {
  const month = { beginningMinor: 100_000_00n, creditSalesMinor: 50_000_00n, endTotalMinor: 70_000_00n, endCurrentMinor: 40_000_00n };

  it('A45: 80 000 collected of 110 000 are 72.7 %', () => {
    expect(text(collectionEffectiveness(month))).toBe('72.7');
  });

  it('refuses a month in which nothing was due, and negative amounts', () => {
    expect(collectionEffectiveness({ ...month, endCurrentMinor: 150_000_00n })).toMatchObject({ refusal: 'nothingToCollect' });
    expect(collectionEffectiveness({ ...month, beginningMinor: -1n })).toMatchObject({ refusal: 'amountNegative' });
  });
});

describe('figures for people', () => {
  it('are rounded once, halves up', () => {
    expect(roundedText(rational(1n, 8n), 2)).toBe('0.13');
    expect(roundedText(rational(-1n, 8n), 2)).toBe('-0.13');
    expect(roundedText(rational(5n, 2n), 0)).toBe('3');
    expect(roundedText(rational(1n, 100n), 1)).toBe('0.0');
  });
});
