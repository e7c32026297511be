import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../calendar/day.js';
import { decimal, rational } from '../money/rational.js';
import { explainLine } from './explain-line.js';
import { frenchAmount, frenchDay, frenchPercent } from './french-figures.js';
import { percentText } from './percent-text.js';

describe('French figures', () => {
  it.each([
    [0n, '0,00\u00a0€'],
    [5n, '0,05\u00a0€'],
    [124_000n, '1\u202f240,00\u00a0€'],
    [123_456_789n, '1\u202f234\u202f567,89\u00a0€'],
    [-495_177n, '-4\u202f951,77\u00a0€'],
  ])('%s cents read %s', (minor, text) => {
    expect(frenchAmount(minor, 'EUR')).toBe(text);
  });

  it('reads like the formatter of the platform', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000_000_000n }), (minor) => {
        const text = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(Number(minor) / 100);
        expect(frenchAmount(minor, 'EUR')).toBe(text);
      }),
    );
  });

  it('another currency keeps its code and its decimals', () => {
    expect(frenchAmount(1_200_000n, 'USD')).toBe('12\u202f000,00\u00a0USD');
    expect(frenchAmount(1500n, 'JPY')).toBe('1\u202f500\u00a0JPY');
  });

  it('the first of a month is "1er"', () => {
    expect([frenchDay(day('2026-01-01')), frenchDay(day('2026-08-31')), frenchPercent('12.15')]).toEqual([
      '1er janvier 2026',
      '31 août 2026',
      '12,15\u00a0%',
    ]);
  });

  it('a rate prints with at least two places and without loss', () => {
    expect([
      percentText(decimal('12.15')),
      percentText(rational(21n, 2n)),
      percentText(rational(10n)),
      percentText(decimal('7.125')),
    ]).toEqual(['12.15', '10.50', '10.00', '7.125']);
    expect(() => percentText(rational(1n, 3n))).toThrow(RangeError);
  });

  it('one day is singular', () => {
    const line = {
      firstDay: day('2026-04-01'),
      lastDay: day('2026-04-01'),
      days: 1,
      baseMinor: 1_000_000n,
      ratePercent: '12.15',
      interestMinor: 333n,
      runningTotalMinor: 333n,
      source: { article: 'C. com. L441-10 II', title: 'Code de commerce' },
      derivation: 'essai',
    };
    expect(explainLine(line, 'fr')).toBe(
      '1\u00a0jour × 12,15\u00a0% sur 10\u202f000,00\u00a0€ = 3,33\u00a0€ (C. com. L441-10 II\u202f; essai)',
    );
  });
});
