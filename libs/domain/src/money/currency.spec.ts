import { describe, expect, it } from 'vitest';
import { type Currency, currency, decimalsOf, EUR, isCurrency } from './currency.js';

/** From the country lists of ISO 4217, by hand: what a business of France or Belgium invoices in, and the odd ones. */
const DECIMALS: Readonly<Record<string, number>> = {
  ...{ AED: 2, AUD: 2, BRL: 2, CAD: 2, CHF: 2, CNY: 2, CZK: 2, DKK: 2, EUR: 2, GBP: 2, HUF: 2, INR: 2, MAD: 2, MXN: 2, NOK: 2, PLN: 2 },
  ...{ RON: 2, SEK: 2, TRY: 2, USD: 2, ZAR: 2, ZWG: 2, BIF: 0, JPY: 0, KRW: 0, XAF: 0, XOF: 0, XPF: 0, BHD: 3, KWD: 3, LYD: 3, TND: 3 },
};

describe('currencies', () => {
  it('have the decimals of ISO 4217', () => {
    for (const [code, decimals] of Object.entries(DECIMALS)) expect([code, decimalsOf(currency(code))]).toEqual([code, decimals]);
    expect(EUR).toBe('EUR');
  });

  it.each(['XAU', 'XXX', 'XTS', 'eur', 'EURO', 'EU', '', ' EUR', 'AED AFN', 'BIF CLP'])('«%s» has no known minor units', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => currency(code)).toThrow(new RangeError(`Currency without known minor units: ${code}`));
    expect(() => decimalsOf(code as Currency)).toThrow(new RangeError(`Unknown currency ${code}`));
  });
});
