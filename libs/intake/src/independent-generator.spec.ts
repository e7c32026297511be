import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { readInvoiceFile } from './invoice-file.js';

// The ES module of this generator does not load under Node's resolver; its CommonJS form does.
const { InvoiceService } = createRequire(import.meta.url)('@e-invoice-eu/core') as {
  InvoiceService: new (logger: object) => { generate(invoice: object, options: object): Promise<string | Uint8Array> };
};

const pdf = readFileSync(fileURLToPath(new URL('../../../test/fixtures/not-ok/pdf-without-attachment.pdf', import.meta.url)));
const euro = (name: string, value: string): object => ({ [`cbc:${name}`]: value, [`cbc:${name}@currencyID`]: 'EUR' });
const vatScheme = { 'cac:TaxScheme': { 'cbc:ID': 'VAT' } };
const standardRate = { 'cbc:ID': 'S', 'cbc:Percent': '20', ...vatScheme };

const party = (name: string, siren: string, tax: unknown): object => ({
  'cac:Party': {
    'cbc:EndpointID': `contact@${siren}.example`,
    'cbc:EndpointID@schemeID': 'EM',
    'cac:PartyName': { 'cbc:Name': name },
    'cac:PostalAddress': {
      'cbc:StreetName': '1 rue du Pont',
      'cbc:CityName': 'Lyon',
      'cbc:PostalZone': '69001',
      'cac:Country': { 'cbc:IdentificationCode': 'FR' },
    },
    'cac:PartyTaxScheme': tax,
    'cac:PartyLegalEntity': { 'cbc:RegistrationName': name, 'cbc:CompanyID': siren, 'cbc:CompanyID@schemeID': '0002' },
    'cac:Contact': { 'cbc:Name': 'Compta', 'cbc:Telephone': '+33 4 65 71 00 00', 'cbc:ElectronicMail': `compta@${siren}.example` },
  },
});

const invoice = {
  'ubl:Invoice': {
    'cbc:CustomizationID': 'urn:cen.eu:en16931:2017',
    'cbc:ProfileID': 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    'cbc:ID': 'G-1',
    'cbc:IssueDate': '2026-02-02',
    'cbc:DueDate': '2026-03-04',
    'cbc:InvoiceTypeCode': '380',
    'cbc:DocumentCurrencyCode': 'EUR',
    'cbc:BuyerReference': 'Service achats',
    'cac:OrderReference': { 'cbc:ID': 'PO-1' },
    'cac:AccountingSupplierParty': party('Vendeur SAS', '000000109', [{ 'cbc:CompanyID': 'FR48000000109', ...vatScheme }]),
    'cac:AccountingCustomerParty': party('Acheteur SARL', '000000208', { 'cbc:CompanyID': 'FR54000000208', ...vatScheme }),
    'cac:PaymentMeans': [
      { 'cbc:PaymentMeansCode': '30', 'cbc:PaymentID': 'G-1', 'cac:PayeeFinancialAccount': { 'cbc:ID': 'FR1420041010050500013M02606' } },
    ],
    'cac:PaymentTerms': { 'cbc:Note': 'Paiement à 30 jours' },
    'cac:TaxTotal': [
      {
        ...euro('TaxAmount', '20.00'),
        'cac:TaxSubtotal': [{ ...euro('TaxableAmount', '100.00'), ...euro('TaxAmount', '20.00'), 'cac:TaxCategory': standardRate }],
      },
    ],
    'cac:LegalMonetaryTotal': {
      ...euro('LineExtensionAmount', '100.00'),
      ...euro('TaxExclusiveAmount', '100.00'),
      ...euro('TaxInclusiveAmount', '120.00'),
      ...euro('PrepaidAmount', '20.00'),
      ...euro('PayableAmount', '100.00'),
    },
    'cac:InvoiceLine': [
      {
        'cbc:ID': '1',
        'cbc:InvoicedQuantity': '1',
        'cbc:InvoicedQuantity@unitCode': 'C62',
        ...euro('LineExtensionAmount', '100.00'),
        'cac:Item': { 'cbc:Name': 'Prestation', 'cac:ClassifiedTaxCategory': standardRate },
        'cac:Price': euro('PriceAmount', '100.00'),
      },
    ],
  },
};

describe('documents of an independent generator', () => {
  it.each(['UBL', 'CII', 'Factur-X-EN16931', 'Factur-X-Extended', 'Factur-X-Basic', 'Factur-X-Minimum'])(
    '%s is read with its facts',
    async (format) => {
      const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };
      const attached = format.startsWith('Factur') ? { pdf: { buffer: pdf, filename: 'facture.pdf', mimetype: 'application/pdf' } } : {};
      const made = await new InvoiceService(quiet).generate(structuredClone(invoice), { format, lang: 'fr', ...attached });
      const bytes = typeof made === 'string' ? new TextEncoder().encode(made) : made;
      const { rows, findings } = await readInvoiceFile(bytes, 'facture', { today: day('2026-03-02') });
      expect(findings).toEqual([]);
      const isMinimum = format.endsWith('Minimum');
      expect(rows[0]?.record).toMatchObject({
        documentKind: 'invoice',
        typeCode: '380',
        number: 'G-1',
        issuedOn: '2026-02-02',
        grossMinor: 12_000n,
        payableMinor: 10_000n,
        terms: isMinimum ? [] : [{ dueOn: '2026-03-04' }],
        seller: { name: 'Vendeur SAS', siren: '000000109' },
        buyer: { name: 'Acheteur SARL', ...(isMinimum ? {} : { siren: '000000208' }) },
        ...(isMinimum ? {} : { prepaidMinor: 2_000n, iban: 'FR1420041010050500013M02606', paymentReference: 'G-1' }),
      });
    },
  );
});
