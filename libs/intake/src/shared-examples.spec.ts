import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decimalString, money } from '#domain';
import { describe, expect, it } from 'vitest';
import { readCii } from './cii-reader.js';
import { readUbl } from './ubl-reader.js';

const folder = fileURLToPath(new URL('../../../../shared/data/e-invoices/', import.meta.url));
const present = existsSync(`${folder}expected.tsv`);

/** Rows of the table of expected facts, one per document of the European examples. */
function expectedRows(): Record<string, string>[] {
  if (!present) return [];
  const [header = '', ...lines] = readFileSync(`${folder}expected.tsv`, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line) => Object.fromEntries(names.map((name, index) => [name, line.split('\t')[index] ?? ''])));
}

/** `1000` and `2337.5` of the table with two decimals. */
function amount(text: string | undefined): string {
  const [whole = '0', fraction = ''] = (text || '0').split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

describe('readers on the European example documents', () => {
  it.runIf(present)('covers all twenty documents of the table (skipped where ../shared/data/e-invoices is absent)', () =>
    expect(expectedRows()).toHaveLength(20),
  );

  it.each(expectedRows())('$path gives exactly the facts of the table', (row) => {
    const bytes = readFileSync(folder + row['path']);
    const { record, findings } = row['syntax'] === 'UBL' ? readUbl(bytes) : readCii(bytes);
    expect(findings).toEqual([]);
    if (record === undefined) throw new Error('no record');
    const decimals = (minor: bigint): string => decimalString(money(minor, record.currency));
    expect({
      number: record.number,
      type: record.typeCode,
      issued: record.issuedOn,
      due: record.terms.map((term) => term.dueOn).join(','),
      currency: record.currency,
      gross: decimals(record.grossMinor),
      prepaid: decimals(record.prepaidMinor),
      payable: decimals(record.payableMinor),
      seller: record.seller?.name,
      sellerVat: record.seller?.vat ?? '',
      sellerReg: record.seller?.registration ?? '',
      buyer: record.buyer.name,
      buyerVat: record.buyer.vat ?? '',
      buyerReg: record.buyer.registration ?? '',
      buyerEndpoint: record.buyer.endpoint ?? '',
      iban: record.iban ?? '',
      reference: record.paymentReference ?? '',
      order: record.orderReference ?? '',
      preceding: record.precedingNumbers.join(','),
      terms: record.termsText ?? '',
      kind: record.documentKind,
    }).toEqual({
      number: row['number'],
      type: row['type'],
      issued: row['issued'],
      due: row['due'],
      currency: row['currency'],
      gross: amount(row['gross']),
      prepaid: amount(row['prepaid']),
      payable: amount(row['payable']),
      seller: row['seller'],
      sellerVat: row['seller_vat'],
      sellerReg: row['seller_reg'],
      buyer: row['buyer'],
      buyerVat: row['buyer_vat'],
      buyerReg: row['buyer_reg'],
      buyerEndpoint: row['buyer_endpoint'],
      iban: row['iban'],
      reference: row['payment_ref'],
      order: row['order'],
      preceding: row['preceding'],
      terms: row['terms'],
      kind: row['type'] === '381' ? 'creditNote' : 'invoice',
    });
  });
});
