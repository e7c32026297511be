import { addDays, day, EUR, MINOR_MAX } from '#domain';
import { describe, expect, it } from 'vitest';
import { documentTypeOf } from './document-type.js';
import { checkInvoiceRecord } from './invoice-check.js';
import type { InvoiceRecord } from './invoice-record.js';

const today = day('2026-03-02');
const good: InvoiceRecord = {
  documentKind: 'invoice',
  typeCode: '380',
  number: 'F-1',
  issuedOn: day('2026-02-02'),
  terms: [{ dueOn: day('2026-03-04') }],
  currency: EUR,
  grossMinor: 100_000n,
  prepaidMinor: 0n,
  payableMinor: 100_000n,
  buyer: { name: 'Studio Prisme', siren: '000000406' },
  precedingNumbers: [],
  source: { format: 'ubl' },
};
const found = (change: Partial<InvoiceRecord>): string[] =>
  checkInvoiceRecord({ ...good, ...change }, { today }).map((one) => `${one.severity} ${one.code}`);
const D = (text: string) => day(text);

describe('the checks of a record', () => {
  it('find nothing in a good one', () => expect(found({})).toEqual([]));

  it.each<[string, Partial<InvoiceRecord>, string]>([
    ['an empty number', { number: ' ' }, 'refused numberMissing'],
    ['a number that is too long', { number: 'x'.repeat(101) }, 'refused numberTooLong'],
    ['a control character in the number', { number: 'F\n1' }, 'refused numberControlCharacter'],
    ['a NUL byte in the buyer', { buyer: { name: 'a\u0000' } }, 'refused nulByte'],
    ['an amount beyond the limit', { payableMinor: MINOR_MAX + 1n }, 'refused amountTooLarge'],
    ['sums that differ', { prepaidMinor: 1n }, 'warning amountsDoNotAddUp'],
    ['a rounding that explains the sums', { roundingMinor: 1n, payableMinor: 100_001n }, ''],
    ['nothing payable', { payableMinor: 0n, prepaidMinor: 100_000n }, 'warning nothingPayable'],
    ['a due date before the issue', { terms: [{ dueOn: D('2026-02-01') }] }, 'task dueBeforeIssue'],
    ['a due date of another decade', { terms: [{ dueOn: D('2062-03-04') }] }, 'task dueTooFar'],
    ['no due date', { terms: [] }, 'warning dueDateMissing'],
    ['terms without amounts', { terms: [{ dueOn: D('2026-03-04') }, { dueOn: D('2026-04-04') }] }, 'task termsWithoutAmounts'],
    ['terms that do not sum', { terms: [{ dueOn: D('2026-03-04'), amountMinor: 1n }] }, 'task termsDoNotSum'],
    ['an impossible IBAN', { iban: 'FR15 2004 1010 0505 0001 3M02 606' }, 'task ibanInvalid'],
    [
      'an impossible SIRET of an otherwise unknown buyer',
      { buyer: { name: 'x', rejected: [{ kind: 'siret', value: '1' }] } },
      'task siretInvalid',
    ],
    [
      'an impossible VAT number beside a valid SIREN',
      { buyer: { name: 'x', siren: '000000406', rejected: [{ kind: 'vat', value: '1' }] } },
      'warning vatInvalid',
    ],
    ['an impossible e-mail', { buyer: { name: 'x', rejected: [{ kind: 'email', value: '1' }] } }, 'warning emailInvalid'],
    ['an impossible number of the seller', { seller: { name: 'x', rejected: [{ kind: 'siren', value: '1' }] } }, 'warning sirenInvalid'],
    ['a day of issue to come', { issuedOn: addDays(today, 1) }, 'warning issuedInFuture'],
    ['books that say more than the document', { openAmount: { amountMinor: 100_001n, asOf: today } }, 'task openAmountAbovePayable'],
    ['a balance of tomorrow', { openAmount: { amountMinor: 1n, asOf: addDays(today, 1) } }, 'task openAmountInFuture'],
    ['an unknown type', { typeCode: '999' }, 'task documentTypeUnknown'],
    ['no type in a file', { typeCode: undefined }, 'task documentTypeMissing'],
    ['a corrected invoice', { typeCode: '384' }, 'task correctedInvoice'],
    ['a factored invoice', { typeCode: '393' }, 'task factored'],
    ['a pro forma invoice', { typeCode: '325' }, 'task notAClaim'],
    ['a self-billed invoice', { typeCode: '389' }, 'warning selfBilled'],
    ['a deposit invoice', { typeCode: '386' }, ''],
    ['a negative invoice', { documentKind: 'creditNote', negative: true, precedingNumbers: ['F-0'] }, 'warning negativeInvoice'],
    [
      'a negative credit note',
      { documentKind: 'creditNote', typeCode: '381', negative: true, precedingNumbers: ['F-0'] },
      'task creditNoteNegative',
    ],
    ['a credit note that names no invoice', { documentKind: 'creditNote', typeCode: '381' }, 'warning creditNoteUnattached'],
    ['a credit note with an invoice code', { documentKind: 'creditNote', precedingNumbers: ['F-0'] }, 'task documentTypeContradicts'],
  ])('find %s', (_name, change, expected) => {
    expect(found(change)).toEqual(expected === '' ? [] : expect.arrayContaining([expected]));
  });

  it('carry the line of the file', () => {
    const [finding] = checkInvoiceRecord({ ...good, terms: [], source: { format: 'csv', line: 7 } }, { today });
    expect(finding).toMatchObject({ code: 'dueDateMissing', line: 7 });
  });

  it('write amounts the French way', () => {
    const [finding] = checkInvoiceRecord({ ...good, payableMinor: 123_456n }, { today });
    expect(finding?.message).toContain('1\u202f234,56\u00a0€');
  });
});

describe('the document types', () => {
  it('are credit notes for every code of a credit', () => {
    for (const code of ['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '502', '503', '532']) {
      expect(documentTypeOf(code).kind, code).toBe('creditNote');
    }
    for (const code of ['380', '384', '386', '389', '393', '326', '875']) expect(documentTypeOf(code).kind, code).toBe('invoice');
    expect(documentTypeOf('toString')).toEqual({ kind: 'invoice', ask: 'documentTypeUnknown' });
  });
});
