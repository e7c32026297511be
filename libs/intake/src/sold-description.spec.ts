import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVOICE_COLUMNS, PAYMENT_COLUMNS } from './csv/csv-columns.js';
import { readInvoiceCsv } from './csv/invoice-csv.js';
import { readCii } from './cii-reader.js';
import { conflictingFacts } from './invoice-facts.js';
import type { InvoiceInput } from './invoice-input.js';
import { invoiceFromInput, invoiceInput } from './invoice-input.js';
import type { InvoiceRecord } from './invoice-record.js';
import { LONGEST_DESCRIPTION, soldDescription } from './sold-description.js';
import { readUbl } from './ubl-reader.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function ubl(names: readonly string[], root: 'Invoice' | 'CreditNote' = 'Invoice'): Uint8Array {
  const lines = names.map((name) => `<c:${root}Line><b:ID>1</b:ID><c:Item><b:Name>${name}</b:Name></c:Item></c:${root}Line>`).join('');
  const common = 'urn:oasis:names:specification:ubl:schema:xsd';
  return bytes(
    `<?xml version="1.0"?><${root} xmlns="${common}:${root}-2" xmlns:c="${common}:CommonAggregateComponents-2" xmlns:b="${common}:CommonBasicComponents-2">
<b:ID>F-1</b:ID><b:IssueDate>2026-02-02</b:IssueDate><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
<c:AccountingCustomerParty><c:Party><c:PartyName><b:Name>Lieve Zonderland</b:Name></c:PartyName></c:Party></c:AccountingCustomerParty>
<c:LegalMonetaryTotal><b:TaxInclusiveAmount currencyID="EUR">215.00</b:TaxInclusiveAmount><b:PayableAmount currencyID="EUR">215.00</b:PayableAmount></c:LegalMonetaryTotal>
${lines}</${root}>`,
  );
}

function cii(names: readonly string[]): Uint8Array {
  const base = 'urn:un:unece:uncefact:data:standard';
  const lines = names
    .map(
      (name) =>
        `<r:IncludedSupplyChainTradeLineItem><r:SpecifiedTradeProduct><r:Name>${name}</r:Name></r:SpecifiedTradeProduct></r:IncludedSupplyChainTradeLineItem>`,
    )
    .join('');
  return bytes(
    `<?xml version="1.0"?><s:CrossIndustryInvoice xmlns:s="${base}:CrossIndustryInvoice:100" xmlns:r="${base}:ReusableAggregateBusinessInformationEntity:100" xmlns:u="${base}:UnqualifiedDataType:100">
<s:ExchangedDocument><r:ID>F-1</r:ID><r:TypeCode>380</r:TypeCode><r:IssueDateTime><u:DateTimeString format="102">20260202</u:DateTimeString></r:IssueDateTime></s:ExchangedDocument>
<s:SupplyChainTradeTransaction>${lines}<r:ApplicableHeaderTradeAgreement><r:BuyerTradeParty><r:Name>Lieve Zonderland</r:Name></r:BuyerTradeParty></r:ApplicableHeaderTradeAgreement>
<r:ApplicableHeaderTradeSettlement><r:InvoiceCurrencyCode>EUR</r:InvoiceCurrencyCode><r:SpecifiedTradeSettlementHeaderMonetarySummation><r:GrandTotalAmount>215.00</r:GrandTotalAmount><r:DuePayableAmount>215.00</r:DuePayableAmount></r:SpecifiedTradeSettlementHeaderMonetarySummation></r:ApplicableHeaderTradeSettlement></s:SupplyChainTradeTransaction></s:CrossIndustryInvoice>`,
  );
}

function csv(header: string, ...rows: readonly string[]): InvoiceRecord[] {
  const { rows: read, findings } = readInvoiceCsv(bytes([`Numéro;Date;Échéance;Devise;Montant TTC;Client;${header}`, ...rows].join('\n')));
  const codes = [...findings, ...read.flatMap((row) => row.findings)].filter(({ severity }) => severity === 'refused');
  expect(codes).toEqual([]);
  return read.flatMap(({ record }) => record ?? []);
}

const record = (read: { record?: InvoiceRecord; findings: unknown }): InvoiceRecord => {
  if (read.record === undefined) throw new Error(JSON.stringify(read.findings));
  return read.record;
};

describe('what was sold', () => {
  it('is the names of the lines, each once, three at most', () => {
    expect(soldDescription(['Faire-part', ' Enveloppes\n doublées ', 'Faire-part'])).toBe('Faire-part, Enveloppes doublées');
    expect(soldDescription(['Affiches', 'Programmes', 'Billets'])).toBe('Affiches, Programmes, Billets');
    expect(soldDescription(['Affiches', 'Programmes', 'Billets', 'Livraison'])).toBe('Affiches, Programmes, Billets…');
    expect(soldDescription(['', '  '])).toBeUndefined();
    expect(soldDescription([])).toBeUndefined();
  });

  it('is cut between two words, with an ellipsis', () => {
    const text = soldDescription([`${'catalogue de printemps '.repeat(20)}fin`]) ?? '';
    expect(text).toMatch(/^(catalogue de printemps )+(catalogue|catalogue de|catalogue de printemps)…$/);
    expect(text.length).toBeLessThanOrEqual(LONGEST_DESCRIPTION);
    expect(text.length).toBeGreaterThan(LONGEST_DESCRIPTION - 25);
  });

  it('is one line of at most 200 characters whatever is printed, and read again it stays as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 6 }), (names) => {
        const text = soldDescription(names);
        if (text === undefined) return;
        expect(text.length).toBeLessThanOrEqual(LONGEST_DESCRIPTION);
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(text).not.toMatch(/\p{Cs}/u);
        expect(soldDescription([text])).toBe(text);
      }),
    );
  });
});

describe('the readers', () => {
  it('take it from the lines of UBL invoices and credit notes', () => {
    expect(record(readUbl(ubl(['Geboortekaartjes, 150 stuks', 'Enveloppen'])))).toMatchObject({
      description: 'Geboortekaartjes, 150 stuks, Enveloppen',
    });
    expect(record(readUbl(ubl(['Retour &amp; avoir'], 'CreditNote')))).toMatchObject({ description: 'Retour & avoir' });
    expect(record(readUbl(ubl([])))).not.toHaveProperty('description');
  });

  it('take it from the lines of CII, and leave it out for profiles without lines', () => {
    expect(record(readCii(cii(['Faire-part', 'Enveloppes', 'Timbres', 'Port'])))).toMatchObject({
      description: 'Faire-part, Enveloppes, Timbres…',
    });
    expect(record(readCii(cii([])))).not.toHaveProperty('description');
  });

  it.each(['Objet', 'Désignation', 'Description', 'Prestation', 'Omschrijving', 'Betreft', 'Product or service'])(
    'take it from the CSV column “%s”',
    (header) => {
      expect(csv(header, 'F-1;02/02/2026;04/03/2026;EUR;215,00;Lieve Zonderland;  faire-part  150 ')[0]).toMatchObject({
        description: 'faire-part 150',
      });
    },
  );

  it('leave an empty CSV cell out', () => {
    expect(csv('Objet', 'F-1;02/02/2026;04/03/2026;EUR;215,00;Lieve Zonderland;')[0]).not.toHaveProperty('description');
  });

  it('join the words of CSV rows of one invoice instead of calling them contradictory', () => {
    const row = 'F-1;02/02/2026;04/03/2026;EUR;215,00;Lieve Zonderland';
    expect(csv('Objet', `${row};faire-part`, `${row};enveloppes`).map(({ description }) => description)).toEqual([
      'faire-part, enveloppes',
    ]);
  });

  it('know each CSV header for one column only', () => {
    for (const columns of [INVOICE_COLUMNS, PAYMENT_COLUMNS]) {
      const all = Object.values(columns).flat();
      expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
    }
  });
});

describe('the body of a REST invoice', () => {
  const body = (description: string) => ({
    number: 'F-1',
    issuedOn: '2026-02-02',
    gross: { amount: '215.00', currency: 'EUR' },
    debtor: { name: 'Lieve Zonderland' },
    description,
  });

  it('may say it, on one line of at most 200 characters', () => {
    expect(invoiceFromInput(invoiceInput.parse(body(' faire-part,  150 exemplaires')) as InvoiceInput)).toMatchObject({
      description: 'faire-part, 150 exemplaires',
    });
    for (const bad of ['x'.repeat(201), 'deux\nlignes', '   ', '']) {
      expect(invoiceInput.safeParse(body(bad)).error?.issues.map(({ path }) => path[0])).toContain('description');
    }
    expect(invoiceInput.safeParse(body('x'.repeat(200))).success).toBe(true);
  });

  it('A3: with other words, or none, for the same sale it is the same invoice', () => {
    const one = invoiceFromInput(invoiceInput.parse(body('faire-part')) as InvoiceInput);
    const { description: _left, ...without } = one;
    expect(conflictingFacts(one, without)).toEqual([]);
    expect(conflictingFacts(one, { ...one, description: 'cartes' })).toEqual([]);
  });
});
