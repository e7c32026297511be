export type { ControlTotals, InvoiceFile, InvoiceFileOptions } from './invoice-file.js';
export { controlTotals, readInvoiceFile } from './invoice-file.js';
export type {
  DocumentKind,
  IdentifierKind,
  InvoiceRecord,
  PartyRecord,
  ReadRow,
  RejectedIdentifier,
  SourceFormat,
  TermRecord,
} from './invoice-record.js';
export type { Finding, Severity } from './finding.js';
export { isRefusedBy } from './finding.js';
export { readUbl } from './ubl-reader.js';
export { readCii } from './cii-reader.js';
export { invoiceAttachedTo, readFacturX } from './facturx-reader.js';
export type { CsvInvoices, InvoiceCsvOptions } from './csv/invoice-csv.js';
export { readInvoiceCsv } from './csv/invoice-csv.js';
export type { CsvPayments, PaymentRecord, ReadPaymentRow } from './csv/payment-csv.js';
export { readPaymentCsv } from './csv/payment-csv.js';
export { checkInvoiceRecord } from './invoice-check.js';
export type { InvoiceInput } from './invoice-input.js';
export { invoiceFromInput, invoiceInput } from './invoice-input.js';
export { inFrench, inputFindings } from './input-findings.js';
export { conflictingFacts } from './invoice-facts.js';
export type { DocumentType } from './document-type.js';
export { documentTypeOf } from './document-type.js';
export {
  enterpriseCheckDigits,
  enterpriseNumberOf,
  frenchVatKey,
  normaliseIban,
  normaliseVat,
  readVat,
  sirenOf,
  siretOf,
} from './party/identifiers.js';
export { belgianReference, belgianReferenceOf, creditorReferenceOf, structuredReferenceOf } from './party/structured-reference.js';
export type { CreditorIdentifiers, PrintedParty } from './party/party-identifiers.js';
export { completeParty, isMailAddress, sameParty } from './party/party-identifiers.js';
export type { DebtorKindGuess } from './party/debtor-kind.js';
export { debtorKindOf } from './party/debtor-kind.js';
export { MAX_FILE_BYTES } from './xml/xml-guard.js';
export { MAX_ROWS } from './csv/csv-text.js';
