import { day, EUR } from '#domain';
import { describe, expect, it } from 'vitest';
import { conflictingFacts } from './invoice-facts.js';
import type { InvoiceRecord } from './invoice-record.js';

const record: InvoiceRecord = {
  documentKind: 'invoice',
  number: 'F-1',
  issuedOn: day('2026-02-02'),
  terms: [{ dueOn: day('2026-03-04') }],
  currency: EUR,
  grossMinor: 100_000n,
  prepaidMinor: 0n,
  payableMinor: 100_000n,
  buyer: { name: 'Café du Héron', siren: '000000208' },
  precedingNumbers: [],
  source: { format: 'ubl' },
};

describe('two records of one invoice', () => {
  it('agree whatever their format, with what only one of them says', () => {
    const other: InvoiceRecord = {
      ...record,
      terms: [{ dueOn: day('2026-03-04'), amountMinor: 100_000n }],
      orderReference: 'BC-1',
      source: { format: 'csv', line: 3 },
    };
    expect(conflictingFacts(record, other)).toEqual([]);
    expect(conflictingFacts(record, { ...record, buyer: { name: 'CAFE DU HERON' } })).toEqual([]);
  });

  it('conflict by amount, due date or buyer', () => {
    expect(conflictingFacts(record, { ...record, payableMinor: 1n })).toEqual(['payable', 'terms']);
    expect(conflictingFacts(record, { ...record, terms: [] })).toEqual(['terms']);
    expect(conflictingFacts(record, { ...record, buyer: { name: 'Café du Héron', siren: '000000307' } })).toEqual(['buyer']);
    expect(conflictingFacts(record, { ...record, buyer: { name: 'Autre' } })).toEqual(['buyer']);
  });
});
