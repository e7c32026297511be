import { currency, decimalString, EUR, money } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldHeader, INVOICE_COLUMNS, PAYMENT_COLUMNS } from './csv-columns.js';
import { markOf, provenMark, readAmountCell, readDayCell } from './csv-values.js';

describe('amounts in cells', () => {
  it.each([
    ['1 240,00', 124_000n],
    ['1\u202f240,00 €', 124_000n],
    ['1\u00a0240,5', 124_050n],
    ['1.240,00', 124_000n],
    ['1,240.00', 124_000n],
    ["1'240.00", 124_000n],
    ['€ 12', 1_200n],
    ['-180,00', -18_000n],
    ['180,00-', -18_000n],
    ['\u2212180,00', -18_000n],
    ['1.234.567,89', 123_456_789n],
    ['1.234.567', 123_456_700n],
    [',50', 50n],
    ['1240.', 124_000n],
    ['EUR 12,30', 1_230n],
  ])('reads %s', (text, minor) => expect(readAmountCell(text, EUR, undefined)).toBe(minor));

  it.each([
    ['1,240', 'ambiguous'],
    ['12,345', 'ambiguous'],
    ['1240,005', 'tooManyDecimals'],
    ['12,34,56', 'notAnAmount'],
    ['1.23.456', 'notAnAmount'],
    ['', 'notAnAmount'],
    ['abc', 'notAnAmount'],
    ['=1+1', 'notAnAmount'],
    ['1e5', 'notAnAmount'],
    ['99999999999999999999', 'tooLarge'],
  ])('refuses %s as %s', (text, problem) => expect(readAmountCell(text, EUR, undefined)).toEqual({ problem }));

  it('reads 1,240 by the mark that the file proves', () => {
    expect(readAmountCell('1,240', EUR, markOf(['300.50', '1,240']))).toBe(124_000n);
    expect(readAmountCell('1,240', currency('TND'), markOf(['300,5', '1,240']))).toBe(1_240n);
    expect(markOf(['1,5', '1.5'])).toBeUndefined();
    expect(provenMark('1.240')).toBeUndefined();
  });

  it('reads back every amount it could be printed as', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.constantFrom(' ', '\u202f', '.', '', "'"), (minor, separator) => {
        const [whole = '', cents = ''] = decimalString(money(minor, EUR)).split('.');
        const printed = `${whole.replace(/\B(?=(\d{3})+$)/g, separator)},${cents}`;
        expect(readAmountCell(printed, EUR, ',')).toBe(minor);
      }),
    );
  });
});

describe('days in cells', () => {
  it.each([
    ['2026-03-02', '2026-03-02'],
    ['2026-03-02T00:00:00', '2026-03-02'],
    ['02/03/2026', '2026-03-02'],
    ['2-3-2026', '2026-03-02'],
    ['02.03.2026', '2026-03-02'],
    ['02/03/2026 00:00:00', '2026-03-02'],
    ['29/02/2028', '2028-02-29'],
  ])('reads %s', (text, read) => expect(readDayCell(text)).toBe(read));

  it.each(['29/02/2026', '03/15/2026', '02/03/26', '2026-13-01', '31.12.9999', 'demain', '46083', '02/03-2026', ''])('refuses %s', (text) =>
    expect(readDayCell(text)).toBeUndefined(),
  );
});

describe('column names', () => {
  it.each([
    ['invoices', INVOICE_COLUMNS],
    ['payments', PAYMENT_COLUMNS],
  ])('of %s are folded and belong to one column each', (_name, columns) => {
    const names = Object.values(columns).flat();
    expect(names.filter((name) => foldHeader(name) !== name)).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
