import { day } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDayAndMonth,
  formatDayInTable,
  formatDays,
  formatIban,
  formatList,
  formatMoney,
  formatPercent,
  numberInWords,
} from './format.js';

describe('amounts', () => {
  it('are written as the reader of each language writes them', () => {
    expect(formatMoney(124_000n, 'EUR', 'fr')).toBe('1\u202f240,00\u00a0€');
    expect(formatMoney(124_000n, 'EUR', 'nl')).toBe('€\u00a01.240,00');
    expect(formatMoney(124_000n, 'EUR', 'en')).toBe('€1,240.00');
  });

  it('keep currency code, missing decimals and sign', () => {
    expect(formatMoney(1_200_000n, 'USD', 'fr')).toBe('12\u202f000,00\u00a0USD');
    expect(formatMoney(1_200_000n, 'JPY', 'en')).toBe('JPY\u00a01,200,000');
    expect(formatMoney(-400_000n, 'EUR', 'fr')).toBe('\u22124\u202f000,00\u00a0€');
    expect(() => formatMoney(1n, 'XAU', 'fr')).toThrow(RangeError);
  });

  it('lose no cent: the digits of any amount read back as the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.constantFrom('fr', 'nl', 'en' as const), (minor, language) => {
        const text = formatMoney(minor, 'EUR', language);
        const digits = BigInt(text.replace(/\D/g, ''));
        expect(text.includes('\u2212') ? -digits : digits).toBe(minor);
      }),
    );
  });
});

describe('days', () => {
  it('carry the French first of the month and stay on one line', () => {
    expect(formatDay(day('2026-03-01'), 'fr')).toBe('1er\u00a0mars\u00a02026');
    expect(formatDayAndMonth(day('2026-02-26'), 'fr')).toBe('26\u00a0février');
    expect(formatDay(day('2026-02-26'), 'nl')).toBe('26\u00a0februari\u00a02026');
    expect(formatDayInTable(day('2026-02-26'), 'fr')).toBe('26/02/2026');
    expect(formatDayInTable(day('2026-02-26'), 'en')).toBe('26\u00a0Feb\u00a02026');
  });

  it('count in the singular up to one', () => {
    expect([0, 1, 2].map((days) => formatDays(days, 'fr'))).toEqual(['0\u00a0jour', '1\u00a0jour', '2\u00a0jours']);
    expect([numberInWords(8, 'fr'), numberInWords(15, 'nl'), numberInWords(21, 'en')]).toEqual(['huit', 'vijftien', '21']);
  });
});

describe('lists, rates, accounts', () => {
  it('join with the word of the language and group by four', () => {
    expect(formatList(['2 mars', '6 mars', '16 mars'], 'fr')).toBe('2 mars, 6 mars et 16 mars');
    expect(formatPercent('12.15', 'fr')).toBe('12,15\u00a0%');
    expect(formatIban('be68 5390 0754 7034')).toBe('BE68\u00a05390\u00a00754\u00a07034');
  });
});
