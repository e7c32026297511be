import { day } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inFrench, inputFindings } from './input-findings.js';
import { checkInvoiceRecord } from './invoice-check.js';
import { invoiceFromInput, type InvoiceInput, invoiceInput } from './invoice-input.js';

const good: InvoiceInput = {
  number: 'J-1',
  issuedOn: '2026-02-02',
  dueOn: '2026-03-04',
  gross: { amount: '1250.00', currency: 'EUR' },
  debtor: { name: 'Studio Prisme', siren: '000000406' },
};

/** Pointers and codes of what is wrong with a body. */
function problems(body: unknown): string[] {
  const checked = invoiceInput.safeParse(body, inFrench);
  return checked.success ? [] : inputFindings(checked.error.issues).map((one) => `${one.field} ${one.code}`);
}

describe('the body of an invoice', () => {
  it('is taken when it is right, and becomes a record', () => {
    expect(problems(good)).toEqual([]);
    expect(invoiceFromInput(good)).toEqual({
      documentKind: 'invoice',
      number: 'J-1',
      issuedOn: '2026-02-02',
      terms: [{ dueOn: '2026-03-04' }],
      currency: 'EUR',
      grossMinor: 125_000n,
      prepaidMinor: 0n,
      payableMinor: 125_000n,
      buyer: { name: 'Studio Prisme', siren: '000000406' },
      precedingNumbers: [],
      source: { format: 'json' },
    });
  });

  it.each([
    [{ total: 1 }, '/total fieldUnknown'],
    [{ debtor: { name: 'x', age: 3 } }, '/debtor/age fieldUnknown'],
    [{ gross: { amount: '1250.005', currency: 'EUR' } }, '/gross/amount tooManyDecimals'],
    [{ gross: { amount: '1250,00', currency: 'EUR' } }, '/gross/amount notAnAmount'],
    [{ gross: { amount: '1e3', currency: 'EUR' } }, '/gross/amount notAnAmount'],
    [{ gross: { amount: 1250, currency: 'EUR' } }, '/gross/amount fieldInvalid'],
    [{ gross: { amount: '10000000000000000', currency: 'EUR' } }, '/gross/amount tooLarge'],
    [{ gross: { amount: '1250.00', currency: 'XAU' } }, '/gross/currency unknownCurrency'],
    [{ gross: { amount: '1250.5', currency: 'JPY' } }, '/gross/amount tooManyDecimals'],
    [{ prepaid: { amount: '1.00', currency: 'USD' } }, '/prepaid/currency currencyMismatch'],
    [{ issuedOn: '2026-02-30' }, '/issuedOn fieldInvalid'],
    [{ issuedOn: '02/02/2026' }, '/issuedOn fieldInvalid'],
    [{ dueOn: '9999-12-31' }, '/dueOn fieldInvalid'],
    [{ terms: [{ dueOn: '2026-03-04' }] }, '/dueOn dueOnAndTerms'],
    [{ number: '' }, '/number fieldInvalid'],
    [{ number: 'a\u0000b' }, '/number fieldInvalid'],
    [{ number: 'F\u202e1' }, '/number fieldInvalid'],
    [{ number: 'x'.repeat(101) }, '/number fieldInvalid'],
    [{ debtor: undefined }, '/debtor fieldInvalid'],
    [{ debtor: { name: 'x', country: 'France' } }, '/debtor/country fieldInvalid'],
  ])('with %j is refused at %s', (change, expected) => expect(problems({ ...good, ...change })).toContain(expected));

  it('writes its refusals as French sentences', () => {
    const checked = invoiceInput.safeParse({ ...good, number: 3, total: 1 }, inFrench);
    if (checked.success) throw new Error('taken');
    for (const { message } of inputFindings(checked.error.issues)) expect(message).toMatch(/^Le champ «\u202f\/\w+\u202f» n’est pas .*\.$/);
  });

  it('says what is missing and what was expected in words a person knows', () => {
    const sentences = (body: unknown) => {
      const checked = invoiceInput.safeParse(body, inFrench);
      return checked.success ? [] : inputFindings(checked.error.issues).map(({ message }) => message);
    };
    expect(sentences({ ...good, number: undefined })).toEqual(['Le champ «\u202f/number\u202f» n’est pas acceptable\u202f: il manque.']);
    expect(sentences({ ...good, debtor: 'x' })).toEqual([
      'Le champ «\u202f/debtor\u202f» n’est pas acceptable\u202f: un objet est attendu.',
    ]);
    expect(sentences([])).toEqual(['Le corps de la demande n’est pas acceptable\u202f: un objet est attendu.']);
  });

  it('refuses anything that is not an object', () => {
    for (const body of [null, [], 'x', 3, undefined]) expect(problems(body).length).toBeGreaterThan(0);
  });

  it('converts to a JSON Schema without anything left out', () => {
    const schema = z.toJSONSchema(invoiceInput) as { $defs?: Record<string, object> };
    expect(schema.$defs?.['InvoiceInput']).toMatchObject({
      additionalProperties: false,
      required: ['number', 'issuedOn', 'gross', 'debtor'],
    });
  });

  it('makes a credit note of negative amounts and of credit note codes', () => {
    const negative = invoiceFromInput({ ...good, gross: { amount: '-180.00', currency: 'EUR' } });
    expect(negative).toMatchObject({ documentKind: 'creditNote', payableMinor: 18_000n, negative: true });
    expect(invoiceFromInput({ ...good, typeCode: '381' }).documentKind).toBe('creditNote');
    expect(invoiceFromInput({ ...good, documentKind: 'creditNote' }).documentKind).toBe('creditNote');
  });

  it('always gives a payable amount of gross less prepaid, never negative', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, (gross, prepaid) => {
        const text = (value: number): { amount: string; currency: string } => ({ amount: `${value}.00`, currency: 'EUR' });
        const record = invoiceFromInput({ ...good, gross: text(gross), prepaid: text(prepaid) });
        const size = BigInt(Math.abs(gross - prepaid)) * 100n;
        expect(record.payableMinor).toBe(size);
        expect(checkInvoiceRecord(record, { today: day('2026-03-02') }).map((one) => one.code)).not.toContain('amountsDoNotAddUp');
      }),
    );
  });
});
