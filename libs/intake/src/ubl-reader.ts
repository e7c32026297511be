import { assembleRecord } from './assemble-record.js';
import { type Finding, isFinding, oneLine, refused } from './finding.js';
import type { DocumentKind, ReadRow } from './invoice-record.js';
import type { PrintedParty } from './party/party-identifiers.js';
import type { PrintedDay } from './printed-day.js';
import type { PrintedAmount, PrintedDocument, PrintedTerm } from './printed-document.js';
import { amountAt, countryOf, given, identifiersOf, joined } from './xml/printed-values.js';
import { type GuardedXml, guardXml } from './xml/xml-guard.js';
import { all, attribute, first, ownText, parseXml, text, type XmlNode } from './xml/xml-tree.js';

const NAMESPACE = /^urn:oasis:names:specification:ubl:schema:xsd:(Invoice|CreditNote)-2$/;

/** Reads a UBL 2 invoice or credit note. Never throws on what is in the bytes: a document that cannot be read is a `refused` finding. */
export function readUbl(bytes: Uint8Array): ReadRow {
  const xml = guardXml(bytes);
  if ('severity' in xml) return { row: 1, findings: [xml] };
  if (!isUbl(xml)) return { row: 1, findings: [notUbl(xml)] };
  return readGuardedUbl(xml);
}

/** True for the roots Invoice and CreditNote in the UBL 2 namespaces. */
export function isUbl(xml: GuardedXml): boolean {
  return NAMESPACE.exec(xml.namespace)?.[1] === xml.root;
}

function notUbl(xml: GuardedXml): Finding {
  return refused('xmlNotUbl', `La racine «\u202f${oneLine(xml.root).slice(0, 60)}\u202f» n’est pas une facture ou un avoir UBL.`, {
    field: `/${xml.root}`,
  });
}

/** Reads XML that passed the guard and is UBL. */
export function readGuardedUbl(xml: GuardedXml): ReadRow {
  const document = parseXml(xml);
  if (isFinding(document)) return { row: 1, findings: [document] };
  return assembleRecord(printedUbl(document, xml.root === 'CreditNote' ? 'creditNote' : 'invoice', `/${xml.root}`));
}

function printedUbl(document: XmlNode, rootKind: DocumentKind, root: string): PrintedDocument {
  const total = first(document, 'LegalMonetaryTotal');
  const means = all(document, 'PaymentMeans');
  const amount = (name: string): PrintedAmount | undefined => amountAt(total, name, `${root}/LegalMonetaryTotal/${name}`);
  const supplier = first(document, 'AccountingSupplierParty/Party');
  const customer = first(document, 'AccountingCustomerParty/Party');
  return {
    format: 'ubl',
    rootKind,
    ...given('typeCode', text(document, rootKind === 'creditNote' ? 'CreditNoteTypeCode' : 'InvoiceTypeCode')),
    ...given('number', text(document, 'ID')),
    ...given('issuedOn', dayAt(document, 'IssueDate', root)),
    ...given('currency', text(document, 'DocumentCurrencyCode') ?? attribute(first(total, 'PayableAmount'), 'currencyID')),
    ...given('gross', amount('TaxInclusiveAmount')),
    ...given('prepaid', amount('PrepaidAmount')),
    ...given('rounding', amount('PayableRoundingAmount')),
    ...given('payable', amount('PayableAmount')),
    terms: termsOf(document, root),
    ...given('seller', supplier && partyOf(supplier)),
    ...given('buyer', customer && partyOf(customer)),
    ...given('iban', firstText(means, 'PayeeFinancialAccount/ID')),
    ...given('paymentReference', firstText(means, 'PaymentID')),
    ...given('orderReference', text(document, 'OrderReference/ID')),
    soldNames: [...all(document, 'InvoiceLine/Item'), ...all(document, 'CreditNoteLine/Item')].flatMap((item) => text(item, 'Name') ?? []),
    precedingNumbers: [
      ...all(document, 'BillingReference/InvoiceDocumentReference/ID'),
      ...all(document, 'BillingReference/CreditNoteDocumentReference/ID'),
    ].map(ownText),
    ...given('termsText', joined(all(document, 'PaymentTerms/Note').map(ownText))),
    ...given('deliveredOn', dayAt(document, 'Delivery/ActualDeliveryDate', root)),
    paths: {
      number: `${root}/ID`,
      issuedOn: `${root}/IssueDate`,
      currency: `${root}/DocumentCurrencyCode`,
      payable: `${root}/LegalMonetaryTotal/PayableAmount`,
      buyer: `${root}/AccountingCustomerParty`,
    },
  };
}

/**
 * Due dates, most precise first: instalments of PaymentTerms (date and amount or percent, the date possibly in the PaymentMeans it names);
 * else the due date of the invoice; else those of PaymentTerms and PaymentMeans. Discount conditions are no due dates.
 */
function termsOf(document: XmlNode, root: string): PrintedTerm[] {
  const means = all(document, 'PaymentMeans');
  const instalments: PrintedTerm[] = [];
  const dated: PrintedTerm[] = [];
  for (const terms of all(document, 'PaymentTerms')) {
    if (text(terms, 'SettlementDiscountPercent') !== undefined || text(terms, 'SettlementDiscountAmount') !== undefined) continue;
    const linked = means.find((one) => text(one, 'ID') !== undefined && text(one, 'ID') === text(terms, 'PaymentMeansID'));
    const path = `${root}/PaymentTerms`;
    const due =
      dayAt(terms, 'InstallmentDueDate', path) ??
      dayAt(terms, 'PaymentDueDate', path) ??
      (linked && dayAt(linked, 'PaymentDueDate', `${root}/PaymentMeans`));
    if (due === undefined) continue;
    const amount = amountAt(terms, 'Amount', `${path}/Amount`);
    const percent = text(terms, 'PaymentPercent');
    const term = { due, ...given('amount', amount), ...given('percent', percent) };
    (amount !== undefined || percent !== undefined ? instalments : dated).push(term);
  }
  if (instalments.length > 0) return [...instalments, ...dated];
  const header = dayAt(document, 'DueDate', root);
  const byMeans = means.flatMap((one) => dayAt(one, 'PaymentDueDate', `${root}/PaymentMeans`) ?? []).map((due) => ({ due }));
  const several = [...dated, ...byMeans];
  const distinct = new Set(several.map((term) => term.due.text));
  if (header !== undefined && distinct.size < 2) return [{ due: header }];
  return several;
}

function partyOf(party: XmlNode): PrintedParty {
  const endpoint = first(party, 'EndpointID');
  const scheme = attribute(endpoint, 'schemeID');
  const endpointText = endpoint === undefined ? undefined : ownText(endpoint) || undefined;
  const language = text(party, 'Language/ID')?.slice(0, 2).toLowerCase();
  const person = joined([text(party, 'Person/FirstName') ?? '', text(party, 'Person/FamilyName') ?? '']);
  const street = [
    text(party, 'PostalAddress/StreetName'),
    text(party, 'PostalAddress/AdditionalStreetName'),
    text(party, 'PostalAddress/AddressLine/Line'),
  ];
  return {
    name: text(party, 'PartyLegalEntity/RegistrationName') ?? text(party, 'PartyName/Name') ?? person ?? '',
    ...given('vat', vatOf(party)),
    ...given('registration', text(party, 'PartyLegalEntity/CompanyID')),
    ...given('otherId', text(party, 'PartyIdentification/ID')),
    ...given('endpoint', endpointText),
    ...given('email', text(party, 'Contact/ElectronicMail') ?? (scheme === 'EM' ? endpointText : undefined)),
    ...given('phone', text(party, 'Contact/Telephone')),
    ...given(
      'street',
      joined(
        street.map((line) => line ?? ''),
        ', ',
      ),
    ),
    ...given('postcode', text(party, 'PostalAddress/PostalZone')),
    ...given('city', text(party, 'PostalAddress/CityName')),
    ...given('country', countryOf(text(party, 'PostalAddress/Country/IdentificationCode'))),
    ...(language === 'fr' || language === 'nl' || language === 'en' ? { language } : {}),
    identifiers: identifiersOf(all(party, 'PartyLegalEntity/CompanyID'), [
      ...all(party, 'PartyIdentification/ID'),
      ...all(party, 'EndpointID'),
    ]),
  };
}

function vatOf(party: XmlNode): string | undefined {
  const schemes = all(party, 'PartyTaxScheme');
  const vat = schemes.find((one) => (text(one, 'TaxScheme/ID') ?? 'VAT').toUpperCase() === 'VAT' && text(one, 'CompanyID') !== undefined);
  return text(vat, 'CompanyID');
}

function dayAt(node: XmlNode, name: string, root: string): PrintedDay | undefined {
  const value = text(node, name);
  return value === undefined ? undefined : { text: value, path: `${root}/${name}` };
}

function firstText(nodes: readonly XmlNode[], path: string): string | undefined {
  return nodes.map((node) => text(node, path)).find((found) => found !== undefined);
}
