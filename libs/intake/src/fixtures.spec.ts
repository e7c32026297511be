import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { isRefusedBy } from './finding.js';
import { controlTotals, type InvoiceFile, readInvoiceFile } from './invoice-file.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/', import.meta.url));
const today = day('2026-03-02');
const read = (path: string): Promise<InvoiceFile> => readInvoiceFile(readFileSync(folder + path), path, { today });
const codesOf = (file: InvoiceFile): string[] => [...file.findings, ...file.rows.flatMap((row) => row.findings)].map((one) => one.code);

async function recordOf(path: string) {
  const file = await read(path);
  const record = file.rows[0]?.record;
  if (record === undefined) throw new Error(`${path}: ${JSON.stringify(file.findings)}`);
  return record;
}

describe('documents that are good', () => {
  it('C56: takes the payable amount with prepayment and rounding as the debt', async () => {
    expect(await recordOf('ok/ubl-prepaid-and-rounding.xml')).toMatchObject({
      grossMinor: 120_003n,
      prepaidMinor: 20_000n,
      roundingMinor: -3n,
      payableMinor: 100_000n,
      terms: [{ dueOn: '2026-03-04' }],
      deliveredOn: '2026-01-30',
      buyer: { name: 'Café du Héron & Fils', siren: '000000208', registration: '000000208', otherId: 'C-77' },
    });
    expect(codesOf(await read('ok/ubl-prepaid-and-rounding.xml'))).toEqual([]);
  });

  it('says that nothing is payable when everything was prepaid', async () => {
    expect(codesOf(await read('ok/ubl-prepaid-in-full.xml'))).toEqual(['nothingPayable']);
  });

  it('makes credit notes of 381 in either root and of negative invoices', async () => {
    for (const path of [
      'ok/ubl-credit-note-with-billing-reference.xml',
      'ok/ubl-credit-note-381-in-an-invoice-root.xml',
      'ok/ubl-negative-invoice.xml',
      'ok/cii-credit-note-381.xml',
    ]) {
      expect(await recordOf(path), path).toMatchObject({ documentKind: 'creditNote', payableMinor: 18_000n, grossMinor: 18_000n });
    }
    expect((await recordOf('ok/ubl-credit-note-with-billing-reference.xml')).precedingNumbers).toEqual(['F-2026-001']);
    expect(codesOf(await read('ok/ubl-credit-note-381-in-an-invoice-root.xml'))).toEqual(['creditNoteUnattached']);
    expect(codesOf(await read('ok/ubl-negative-invoice.xml'))).toEqual(['negativeInvoice']);
  });

  it('reads several due dates as terms in order of their day', async () => {
    for (const path of ['ok/ubl-three-instalments.xml', 'ok/cii-partial-payments.xml']) {
      expect((await recordOf(path)).terms, path).toEqual([
        { dueOn: '2026-03-04', amountMinor: 60_000n },
        { dueOn: '2026-04-04', amountMinor: 40_000n },
        { dueOn: '2026-05-04', amountMinor: 20_000n },
      ]);
      expect(codesOf(await read(path)), path).toEqual([]);
    }
  });

  it('asks a person for the amounts of terms that have none', async () => {
    const file = await read('ok/ubl-due-dates-in-payment-means.xml');
    expect(file.rows[0]?.record?.terms).toEqual([{ dueOn: '2026-03-04' }, { dueOn: '2026-04-04' }]);
    expect(file.rows[0]?.findings).toMatchObject([{ severity: 'task', code: 'termsWithoutAmounts' }]);
  });

  it('has no term where the document has no due date, and says so', async () => {
    expect((await recordOf('ok/ubl-no-due-date.xml')).terms).toEqual([]);
    expect((await recordOf('ok/ubl-no-due-date.xml')).termsText).toBe('Paiement à 30 jours');
    expect(codesOf(await read('ok/ubl-no-due-date.xml'))).toEqual(['dueDateMissing']);
  });

  it('takes no discount date for a due date', async () => {
    expect((await recordOf('ok/cii-discount-date-is-no-due-date.xml')).terms).toEqual([{ dueOn: '2026-03-04' }]);
  });

  it('does not depend on prefixes, encoding or the way characters are written', async () => {
    expect(await recordOf('ok/ubl-odd-prefixes.xml')).toMatchObject({ number: 'F-2026-007', payableMinor: 120_000n });
    expect((await recordOf('ok/ubl-windows-1252.xml')).buyer.name).toBe('Café du Héron & Fils');
    expect((await recordOf('ok/ubl-character-references-and-cdata.xml')).buyer.name).toContain('Héron & Fils');
    expect((await recordOf('ok/cii-date-format-203.xml')).issuedOn).toBe('2026-02-02');
  });

  it('finds the enterprise number of a Belgian buyer and keeps what was printed', async () => {
    expect((await recordOf('ok/ubl-belgian-buyer-by-endpoint.xml')).buyer).toMatchObject({
      enterpriseNumber: '0000000295',
      registration: '0000.000.295',
      vat: 'BE 0000.000.295',
      endpoint: '0000000295',
      language: 'fr',
    });
  });

  it('reads the invoice attached to a PDF, whatever its profile and name', async () => {
    expect(await recordOf('ok/factur-x-minimum.pdf')).toMatchObject({ number: 'F-2026-014', terms: [], source: { format: 'facturx' } });
    expect(await recordOf('ok/zugferd-1-old-name.pdf')).toMatchObject({
      number: 'F-2026-015',
      payableMinor: 120_000n,
      buyer: { siren: '000000208' },
    });
    expect(await recordOf('ok/factur-x-among-other-attachments.pdf')).toMatchObject({ number: 'F-2026-016' });
  });

  it('reads CSV in French, Dutch and English', async () => {
    const french = await read('ok/csv-french-windows-1252.csv');
    expect(french.rows.map((row) => [row.record?.number, row.record?.documentKind, row.record?.payableMinor])).toEqual([
      ['F-101', 'invoice', 124_000n],
      ['F-102', 'invoice', 200_000n],
      ['AV-103', 'creditNote', 18_000n],
    ]);
    expect(french.rows[1]?.record?.buyer.name).toBe('Garage "Le Cric"; Fils');
    expect(french.findings.map((one) => [one.code, one.field])).toContainEqual(['columnUnknown', 'Remarque']);
    expect((await recordOf('ok/csv-dutch-tabs.csv')).buyer).toMatchObject({ enterpriseNumber: '0000000394', language: 'nl' });
    const english = await read('ok/csv-english-commas-bom-line-breaks.csv');
    expect(english.rows[0]?.record).toMatchObject({
      payableMinor: 124_000n,
      currency: 'GBP',
      buyer: { name: 'Two Lines Ltd', country: 'GB' },
    });
    expect(english.rows[1]?.record).toMatchObject({ payableMinor: 5_000n, currency: 'JPY', source: { line: 5 } });
  });

  it('joins the rows of one invoice that differ only in their term', async () => {
    const file = await read('ok/csv-terms-of-one-invoice.csv');
    expect(file.rows[0]?.record?.terms).toEqual([
      { dueOn: '2026-03-04', amountMinor: 60_000n },
      { dueOn: '2026-04-04', amountMinor: 40_000n },
    ]);
    expect(file.rows[2]).toEqual({ row: 3, joins: 1, findings: [] });
    expect(controlTotals(file.rows)).toMatchObject({ invoices: 2, refusedRows: 0, tasks: 0 });
    expect([...controlTotals(file.rows).payable.values()]).toEqual([{ invoicesMinor: 105_000n, creditNotesMinor: 0n }]);
  });

  it('reads an invoice in JSON', async () => {
    expect(await recordOf('ok/json-invoice.json')).toMatchObject({ number: 'J-1', payableMinor: 125_000n, buyer: { siren: '000000406' } });
  });
});

/** File → the first finding expected, its severity and where it points. */
const DEFECTS: readonly (readonly [string, string, string?])[] = [
  ['csv-ambiguous-amounts.csv', 'amountAmbiguous', 'montant'],
  ['csv-bad-row-in-the-middle.csv', 'dayUnreadable', 'date'],
  ['csv-missing-columns.csv', 'columnsMissing', 'date, client, montant ttc'],
  ['csv-row-repeated.csv', 'duplicateRow'],
  ['csv-same-number-other-facts.csv', 'duplicateInvoice'],
  ['csv-unclosed-quote.csv', 'csvQuote'],
  ['empty.xml', 'fileEmpty'],
  ['json-too-many-decimals.json', 'tooManyDecimals', '/gross/amount'],
  ['json-truncated.json', 'jsonMalformed'],
  ['json-unknown-field.json', 'fieldUnknown', '/total'],
  ['pdf-attachment-with-doctype.pdf', 'xmlDoctype'],
  ['pdf-truncated.pdf', 'pdfUnreadable'],
  ['pdf-with-an-order.pdf', 'pdfCarriesOrder'],
  ['pdf-without-attachment.pdf', 'pdfWithoutInvoice'],
  ['picture-named.xml', 'fileTypeUnsupported'],
  ['task-cii-pro-forma.xml', 'notAClaim'],
  ['task-ubl-corrected-invoice.xml', 'correctedInvoice'],
  ['task-ubl-due-before-issue.xml', 'dueBeforeIssue'],
  ['task-ubl-impossible-iban.xml', 'ibanInvalid'],
  ['task-ubl-impossible-siret.xml', 'siretInvalid'],
  ['task-ubl-unknown-type.xml', 'documentTypeUnknown'],
  ['ubl-amount-in-another-currency.xml', 'currencyMismatch', '/Invoice/LegalMonetaryTotal/PayableAmount'],
  ['ubl-currency-without-minor-units.xml', 'currencyUnknown', '/Invoice/DocumentCurrencyCode'],
  ['ubl-day-that-does-not-exist.xml', 'dayUnreadable', '/Invoice/DueDate'],
  ['ubl-huge-amount.xml', 'amountTooLarge', '/Invoice/LegalMonetaryTotal/PayableAmount'],
  ['ubl-too-many-decimals.xml', 'tooManyDecimals', '/Invoice/LegalMonetaryTotal/PayableAmount'],
  ['ubl-without-number.xml', 'numberMissing', '/Invoice/ID'],
  ['ubl-without-payable-amount.xml', 'payableMissing', '/Invoice/LegalMonetaryTotal/PayableAmount'],
  ['ubl-year-9999.xml', 'dayUnreadable', '/Invoice/DueDate'],
  ['warning-ubl-impossible-vat.xml', 'vatInvalid'],
  ['warning-ubl-sums-differ.xml', 'amountsDoNotAddUp'],
  ['workbook-named.csv', 'fileTypeUnsupported'],
  ['xml-crossed-tags.xml', 'xmlMalformed'],
  ['xml-entity-bomb.xml', 'xmlDoctype'],
  ['xml-external-entity.xml', 'xmlDoctype'],
  ['xml-not-utf-8.xml', 'xmlEncoding'],
  ['xml-other-root.xml', 'xmlRootUnknown', '/Order'],
  ['xml-truncated.xml', 'xmlMalformed'],
];

describe('documents with a defect', () => {
  it('has an expectation for every file of the folder', () => {
    expect(DEFECTS.map(([file]) => file).sort()).toEqual(readdirSync(`${folder}not-ok`).sort());
  });

  it.each(DEFECTS.map(([name, code, field]) => ({ name, code, field })))('$name is answered with $code', async ({ name, code, field }) => {
    const file = await read(`not-ok/${name}`);
    const all = [...file.findings, ...file.rows.flatMap((row) => row.findings)].filter((one) => one.code !== 'currencyDefault');
    expect(all[0]).toMatchObject({ code, ...(field === undefined ? {} : { field }) });
    const severity = name.startsWith('task-')
      ? 'task'
      : name.startsWith('warning-') || name === 'csv-row-repeated.csv'
        ? 'warning'
        : 'refused';
    expect(all[0]?.severity).toBe(severity);
    expect(all[0]?.message).toMatch(/^[A-ZÀÉÎL«].*\.$/u);
  });

  it('reads the good rows around a bad one, which it names by its line', async () => {
    for (const name of ['csv-bad-row-in-the-middle.csv', 'csv-unclosed-quote.csv']) {
      const file = await read(`not-ok/${name}`);
      expect(
        file.rows.map((row) => row.record?.number),
        name,
      ).toEqual(['F-1', undefined, 'F-3']);
      expect(
        file.rows[1]?.findings.every((one) => one.line === 3 && one.severity === 'refused'),
        name,
      ).toBe(true);
    }
  });

  it('refuses every row of an invoice that contradicts itself, and keeps the others', async () => {
    const { rows } = await read('not-ok/csv-same-number-other-facts.csv');
    expect(rows.map((row) => isRefusedBy(row.findings))).toEqual([true, true, false]);
    expect(rows.map((row) => row.record?.number)).toEqual([undefined, undefined, 'F-2']);
  });
});
