import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currency, EUR } from './currency.js';
import { add, decimalString, eur, isAbove, MINOR_MAX, money, parseMoney, subtract, sum, toWire, zero } from './money.js';

const JPY = currency('JPY');
const CHF = currency('CHF');
const TND = currency('TND');

describe('amounts in writing', () => {
  it('are read to the minor unit of their currency', () => {
    expect(parseMoney('1250.00', 'EUR')).toEqual({ minor: 125_000n, currency: 'EUR' });
    expect(parseMoney('1250', 'EUR')).toEqual({ minor: 125_000n, currency: 'EUR' });
    expect(parseMoney('0.5', 'EUR')).toEqual({ minor: 50n, currency: 'EUR' });
    expect(parseMoney('-0.01', 'EUR')).toEqual({ minor: -1n, currency: 'EUR' });
    expect(parseMoney('12', 'JPY')).toEqual({ minor: 12n, currency: 'JPY' });
    expect(parseMoney('1.234', 'TND')).toEqual({ minor: 1234n, currency: 'TND' });
  });

  it('take more decimals than the currency has only when they are zeros', () => {
    expect(parseMoney('12.3400', 'EUR')).toEqual({ minor: 1234n, currency: 'EUR' });
    expect(parseMoney('12.000', 'JPY')).toEqual({ minor: 12n, currency: 'JPY' });
    expect(parseMoney('12.345', 'EUR')).toEqual({ problem: 'tooManyDecimals' });
    expect(parseMoney('12.3401', 'EUR')).toEqual({ problem: 'tooManyDecimals' });
    expect(parseMoney('12.5', 'JPY')).toEqual({ problem: 'tooManyDecimals' });
  });

  it.each([
    '',
    '12,34',
    '1 250',
    '1e3',
    '.5',
    '5.',
    '+5',
    '--5',
    'x5',
    '5x',
    ' 5',
    '5 ',
    '0x10',
    `1${'0'.repeat(30)}`,
    `0.${'0'.repeat(31)}`,
  ])('are refused when they are no plain decimal: «%s»', (text) => {
    expect(parseMoney(text, 'EUR')).toEqual({ problem: 'notAnAmount' });
  });

  it('are refused above 10^15 minor units and in a currency without any', () => {
    expect(parseMoney('10000000000000.00', 'EUR')).toEqual({ minor: MINOR_MAX, currency: 'EUR' });
    expect(MINOR_MAX).toBe(10n ** 15n);
    expect(parseMoney('10000000000000.01', 'EUR')).toEqual({ problem: 'tooLarge' });
    expect(parseMoney('-10000000000000.01', 'EUR')).toEqual({ problem: 'tooLarge' });
    expect(parseMoney('1.00', 'XAU')).toEqual({ problem: 'unknownCurrency' });
    expect(parseMoney('nothing', 'eur')).toEqual({ problem: 'unknownCurrency' });
  });

  it('F5: come back from their decimal string, in every currency', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -MINOR_MAX, max: MINOR_MAX }), fc.constantFrom(EUR, JPY, TND), (minor, code) => {
        expect(parseMoney(decimalString(money(minor, code)), code)).toEqual({ minor, currency: code });
      }),
    );
  });

  it('are written with all decimals of their currency', () => {
    expect([0n, 5n, 99n, 100n, 125_000n, -5n, -12_345n].map((minor) => decimalString(money(minor, EUR)))).toEqual([
      '0.00',
      '0.05',
      '0.99',
      '1.00',
      '1250.00',
      '-0.05',
      '-123.45',
    ]);
    expect([decimalString(money(5n, JPY)), decimalString(money(-5n, JPY)), decimalString(money(5n, TND))]).toEqual(['5', '-5', '0.005']);
    expect(toWire(money(-12_345n, CHF))).toEqual({ amount: '-123.45', currency: 'CHF' });
  });

  it('of euros in code throw with what was wrong', () => {
    expect(eur('12.34')).toEqual({ minor: 1234n, currency: 'EUR' });
    expect(() => eur('12.345')).toThrow(new RangeError('tooManyDecimals: 12.345'));
  });
});

describe('sums', () => {
  it('add, subtract and compare amounts of one currency', () => {
    expect(add(eur('1.10'), eur('2.20'))).toEqual(eur('3.30'));
    expect(subtract(eur('1.10'), eur('2.20'))).toEqual(eur('-1.10'));
    expect([isAbove(eur('2'), eur('1')), isAbove(eur('1'), eur('1')), isAbove(eur('1'), eur('2'))]).toEqual([true, false, false]);
    expect(sum([eur('1'), eur('2'), eur('3.5')])).toEqual(eur('6.50'));
    expect(sum([])).toEqual({ minor: 0n, currency: 'EUR' });
    expect(sum([money(3n, JPY)], JPY)).toEqual({ minor: 3n, currency: 'JPY' });
    expect(zero('CHF')).toEqual({ minor: 0n, currency: 'CHF' });
  });

  it('never mix currencies', () => {
    const differ = new TypeError('Currencies differ: EUR and CHF');
    for (const mix of [add, subtract, isAbove]) expect(() => mix(eur('1'), money(1n, CHF))).toThrow(differ);
    expect(() => sum([money(1n, CHF)])).toThrow(differ);
    expect(() => zero('XXX')).toThrow(RangeError);
  });
});
