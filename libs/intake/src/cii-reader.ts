import { assembleRecord } from './assemble-record.js';
import { isFinding, oneLine, refused } from './finding.js';
import type { ReadRow } from './invoice-record.js';
import type { PrintedParty } from './party/party-identifiers.js';
import type { PrintedDay } from './printed-day.js';
import type { PrintedAmount, PrintedDocument, PrintedTerm } from './printed-document.js';
import { amountAt, countryOf, given, identifiersOf, joined } from './xml/printed-values.js';
import { type GuardedXml, guardXml } from './xml/xml-guard.js';
import { all, attribute, first, ownText, parseXml, text, type XmlNode } from './xml/xml-tree.js';

/** Reads a UN/CEFACT cross industry invoice, of any profile from MINIMUM to EXTENDED, and the older ZUGFeRD 1.0 form of it. */
export function readCii(bytes: Uint8Array, format: 'cii' | 'facturx' = 'cii'): ReadRow {
  const xml = guardXml(bytes);
  if ('severity' in xml) return { row: 1, findings: [xml] };
  if (!isCii(xml)) {
    const message = `La racine «\u202f${oneLine(xml.root).slice(0, 60)}\u202f» n’est pas une facture CII.`;
    return { row: 1, findings: [refused('xmlNotCii', message, { field: `/${xml.root}` })] };
  }
  return readGuardedCii(xml, format);
}

/** True for CrossIndustryInvoice (D16B and later) and CrossIndustryDocument (ZUGFeRD 1.0). */
export function isCii(xml: GuardedXml): boolean {
  if (xml.root === 'CrossIndustryInvoice') return xml.namespace.startsWith('urn:un:unece:uncefact:data:standard:CrossIndustryInvoice');
  return xml.root === 'CrossIndustryDocument' && xml.namespace.startsWith('urn:ferd:CrossIndustryDocument:invoice');
}

/** Reads XML that passed the guard and is CII. */
export function readGuardedCii(xml: GuardedXml, format: 'cii' | 'facturx'): ReadRow {
  const document = parseXml(xml);
  if (isFinding(document)) return { row: 1, findings: [document] };
  return assembleRecord(printedCii(document, format));
}

function oneOf(node: XmlNode | undefined, ...names: string[]): XmlNode | undefined {
  return names.map((name) => first(node, name)).find((found) => found !== undefined);
}

function printedCii(document: XmlNode, format: 'cii' | 'facturx'): PrintedDocument {
  const header = oneOf(document, 'ExchangedDocument', 'HeaderExchangedDocument');
  const trade = oneOf(document, 'SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction');
  const agreement = oneOf(trade, 'ApplicableHeaderTradeAgreement', 'ApplicableSupplyChainTradeAgreement');
  const delivery = oneOf(trade, 'ApplicableHeaderTradeDelivery', 'ApplicableSupplyChainTradeDelivery');
  const settlement = oneOf(trade, 'ApplicableHeaderTradeSettlement', 'ApplicableSupplyChainTradeSettlement');
  const total = oneOf(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation', 'SpecifiedTradeSettlementMonetarySummation');
  const root = '/CrossIndustryInvoice';
  const settlementPath = `${root}/SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement`;
  const summation = `${settlementPath}/SpecifiedTradeSettlementHeaderMonetarySummation`;
  const amount = (name: string): PrintedAmount | undefined => amountAt(total, name, `${summation}/${name}`);
  const seller = first(agreement, 'SellerTradeParty');
  const buyer = first(agreement, 'BuyerTradeParty');
  return {
    format,
    rootKind: 'invoice',
    ...given('typeCode', text(header, 'TypeCode')),
    ...given('number', text(header, 'ID')),
    ...given('issuedOn', dayAt(header, 'IssueDateTime', `${root}/ExchangedDocument`)),
    ...given('currency', text(settlement, 'InvoiceCurrencyCode')),
    ...given('gross', amount('GrandTotalAmount')),
    ...given('prepaid', amount('TotalPrepaidAmount')),
    ...given('rounding', amount('RoundingAmount')),
    ...given('payable', amount('DuePayableAmount')),
    terms: termsOf(settlement, settlementPath),
    ...given('seller', seller && partyOf(seller)),
    ...given('buyer', buyer && partyOf(buyer)),
    ...given('iban', text(settlement, 'SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID')),
    ...given('paymentReference', text(settlement, 'PaymentReference')),
    ...given(
      'orderReference',
      text(oneOf(agreement, 'BuyerOrderReferencedDocument'), 'IssuerAssignedID') ?? text(agreement, 'BuyerOrderReferencedDocument/ID'),
    ),
    soldNames: all(trade, 'IncludedSupplyChainTradeLineItem/SpecifiedTradeProduct').flatMap((product) => text(product, 'Name') ?? []),
    precedingNumbers: [
      ...all(settlement, 'InvoiceReferencedDocument/IssuerAssignedID'),
      ...all(settlement, 'InvoiceReferencedDocument/ID'),
    ].map(ownText),
    ...given('termsText', joined(all(settlement, 'SpecifiedTradePaymentTerms/Description').map(ownText))),
    ...given(
      'deliveredOn',
      dayAt(first(delivery, 'ActualDeliverySupplyChainEvent'), 'OccurrenceDateTime', `${root}/ActualDeliverySupplyChainEvent`),
    ),
    paths: {
      number: `${root}/ExchangedDocument/ID`,
      issuedOn: `${root}/ExchangedDocument/IssueDateTime`,
      currency: `${settlementPath}/InvoiceCurrencyCode`,
      payable: `${summation}/DuePayableAmount`,
      buyer: `${root}/SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/BuyerTradeParty`,
    },
  };
}

/** Due dates with their partial amounts. The date of a discount condition is a due date only when no other is given. */
function termsOf(settlement: XmlNode | undefined, path: string): PrintedTerm[] {
  const plain: PrintedTerm[] = [];
  const discounted: PrintedTerm[] = [];
  for (const terms of all(settlement, 'SpecifiedTradePaymentTerms')) {
    const here = `${path}/SpecifiedTradePaymentTerms`;
    const due = dayAt(terms, 'DueDateDateTime', here);
    if (due === undefined) continue;
    const amount = amountAt(terms, 'PartialPaymentAmount', `${here}/PartialPaymentAmount`);
    const percent = text(terms, 'PartialPaymentPercent');
    const term = { due, ...given('amount', amount), ...given('percent', percent) };
    const isDiscount = first(terms, 'ApplicableTradePaymentDiscountTerms') !== undefined && amount === undefined && percent === undefined;
    (isDiscount ? discounted : plain).push(term);
  }
  return plain.length > 0 ? plain : discounted;
}

function partyOf(party: XmlNode): PrintedParty {
  const endpoint = first(party, 'URIUniversalCommunication/URIID');
  const endpointText = endpoint === undefined ? undefined : ownText(endpoint) || undefined;
  const scheme = attribute(endpoint, 'schemeID');
  const taxes = all(party, 'SpecifiedTaxRegistration/ID');
  const vat = taxes.find((id) => attribute(id, 'schemeID') === 'VA') ?? taxes.find((id) => attribute(id, 'schemeID') === undefined);
  const address = first(party, 'PostalTradeAddress');
  const contact = first(party, 'DefinedTradeContact');
  const street = [text(address, 'LineOne') ?? '', text(address, 'LineTwo') ?? '', text(address, 'LineThree') ?? ''];
  return {
    name: text(party, 'Name') ?? text(party, 'SpecifiedLegalOrganization/TradingBusinessName') ?? '',
    ...given('vat', vat && (ownText(vat) || undefined)),
    ...given('registration', text(party, 'SpecifiedLegalOrganization/ID')),
    ...given('otherId', text(party, 'GlobalID') ?? text(party, 'ID')),
    ...given('endpoint', endpointText),
    ...given('email', text(contact, 'EmailURIUniversalCommunication/URIID') ?? (scheme === 'EM' ? endpointText : undefined)),
    ...given('phone', text(contact, 'TelephoneUniversalCommunication/CompleteNumber')),
    ...given('street', joined(street, ', ')),
    ...given('postcode', text(address, 'PostcodeCode')),
    ...given('city', text(address, 'CityName')),
    ...given('country', countryOf(text(address, 'CountryID'))),
    identifiers: identifiersOf(all(party, 'SpecifiedLegalOrganization/ID'), [
      ...all(party, 'GlobalID'),
      ...all(party, 'ID'),
      ...all(party, 'URIUniversalCommunication/URIID'),
    ]),
  };
}

/** `DateTimeString`, `DateString`, `DateTime` or `Date` inside the element, with its format code. */
function dayAt(node: XmlNode | undefined, name: string, path: string): PrintedDay | undefined {
  const holder = first(node, name);
  const printed = oneOf(holder, 'DateTimeString', 'DateString', 'DateTime', 'Date') ?? holder;
  const value = printed === undefined ? '' : ownText(printed);
  return value === '' ? undefined : { text: value, path: `${path}/${name}`, ...given('format', attribute(printed, 'format')) };
}
