import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Day, day, daysBetween } from '#domain';
import { describe, expect, it } from 'vitest';
import { readInvoiceFile } from './invoice-file.js';
import { conflictingFacts } from './invoice-facts.js';
import type { InvoiceRecord } from './invoice-record.js';
import { debtorKindOf } from './party/debtor-kind.js';
import { enterpriseNumberOf, normaliseIban, readVat, sirenOf } from './party/identifiers.js';
import { sameParty } from './party/party-identifiers.js';

const folder = fileURLToPath(new URL('../sample-book/', import.meta.url));
const json = <T>(name: string): T => JSON.parse(readFileSync(folder + name, 'utf8')) as T;
const dayZero = day('2026-03-02');
const index = json<{ creditor: 'A' | 'B'; file: string; kind: string; invoices: string[] }[]>('index.json');
const creditors = json<{ code: 'A' | 'B'; vat: string; iban: string; siren?: string; enterpriseNumber?: string }[]>('creditors.json');

async function recordsOf(file: string): Promise<InvoiceRecord[]> {
  const read = await readInvoiceFile(readFileSync(folder + file), file, { today: dayZero });
  const refused = [...read.findings, ...read.rows.flatMap((row) => row.findings)].filter((one) => one.severity !== 'warning');
  expect(refused, file).toEqual([]);
  return read.rows.flatMap((row) => row.record ?? []);
}

/** Number → payable in cents, due days after day 0, kind the product finds, language. */
const EXPECTED: Readonly<Record<string, readonly [bigint, readonly number[], string]>> = {
  A1: [124_000n, [1], 'business'],
  A2: [486_000n, [-4], 'business'],
  A3: [235_000n, [-3], 'business'],
  A4: [792_000n, [2], 'business'],
  A5: [31_240n, [-2], 'business'],
  A6: [64_000n, [0], 'consumer'],
  A7: [0n, [1], 'consumer'],
  A8: [310_000n, [-10], 'publicBody'],
  A9: [98_000n, [], 'unknown'],
  A10: [1_200_000n, [-1], 'business'],
  B11: [840_000n, [-2], 'business'],
  B12: [500_000n, [-5, 25, 56], 'business'],
  B13: [21_500n, [0], 'consumer'],
  B14: [15_001n, [1], 'consumer'],
};

describe('the sample book', () => {
  it('names creditors whose identifiers verify', () => {
    expect(creditors.map(({ code }) => code)).toEqual(['A', 'B']);
    for (const { vat, iban, siren, enterpriseNumber } of creditors) {
      expect(readVat(vat).valid).toBe(true);
      expect(normaliseIban(iban)).toBe(iban);
      expect(siren === undefined ? enterpriseNumberOf(enterpriseNumber ?? '') : sirenOf(siren)).toBeDefined();
    }
  });

  it.each(index)('$file holds what its index says, and nothing that needs a person', async ({ creditor, file, kind, invoices }) => {
    const records = await recordsOf(file);
    expect(records.map((record) => record.number)).toEqual(invoices);
    const us = creditors.find(({ code }) => code === creditor);
    for (const record of records) {
      const expected = EXPECTED[record.number];
      const due = record.terms.map((term) => daysBetween(dayZero, term.dueOn as Day));
      expect([record.payableMinor, due, debtorKindOf(record.buyer).kind], record.number).toEqual(expected);
      expect(record.source.format).toBe(kind);
      expect(record.iban).toBe(us?.iban);
      expect(record.buyer.email).toMatch(/\.example$/);
      if (record.seller !== undefined) expect(sameParty(record.seller, us ?? {})).toBe('same');
    }
  });

  it('tells the same invoice A3 in CII and UBL, and the same debtor in A2 and A5', async () => {
    const [cii] = await recordsOf('a3-cii.xml');
    const [ubl] = await recordsOf('a3-ubl.xml');
    const [a2] = await recordsOf('a2-factur-x.pdf');
    const [a5] = await recordsOf('a5-a6.csv');
    if (!cii || !ubl || !a2 || !a5) throw new Error('missing');
    expect(conflictingFacts(cii, ubl)).toEqual([]);
    expect(a5.buyer.siren).toBe(a2.buyer.siren);
    expect(conflictingFacts(a2, a5)).toEqual(['number', 'issuedOn', 'gross', 'payable', 'terms']);
  });

  it('gives B12 its three terms and a structured reference that verifies', async () => {
    const [b12] = await recordsOf('b12-ubl.xml');
    expect(b12?.terms.map((term) => term.amountMinor)).toEqual([200_000n, 200_000n, 100_000n]);
    expect(b12?.paymentReference).toBe('+++120/0000/01214+++');
  });

  it('leaves A9 without due date, issued 35 days before', async () => {
    const [a9] = await recordsOf('a9-cii.xml');
    expect(a9?.terms).toEqual([]);
    expect(daysBetween(a9?.issuedOn as Day, dayZero)).toBe(35);
  });
});
