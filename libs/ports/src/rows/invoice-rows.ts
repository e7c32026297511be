import type { Day, GoverningLaw, Instant } from '#domain';
import type { KeptTerms } from './party-rows.js';

/** An invoice or credit note: (creditor, kind of document, number, year of issue). External ids are aliases. */
export interface InvoiceRow {
  creditorId: string;
  invoiceId: string;
  documentKind: 'invoice' | 'creditNote';
  number: string;
  issueYear: number;
  debtorId: string;
  issuedOn: Day;
  currency: string;
  grossMinor: bigint;
  prepaidMinor: bigint;
  payableMinor: bigint;
  openMinor: bigint | null;
  openAsOf: Day | null;
  /** The governing law; where `lawKnown` is false only the creditor's own, and nothing may be computed, written or sent by it. */
  law: GoverningLaw;
  lawKnown: boolean;
  /** Why: a code of the conflict-of-laws answer, or `decidedByPerson`. */
  lawReason: string;
  lawNote: string | null;
  lawDecidedBy: string | null;
  /** Terms of this contract, where they differ from the creditor's for the kind of debtor. */
  contractTerms: KeptTerms | null;
  iban: string | null;
  paymentReference: string | null;
  orderReference: string | null;
  /** What was sold, one line; the free first reminder to a Belgian consumer says it. */
  description: string | null;
  precedingNumbers: string[];
  termsText: string | null;
  /** Structured reference that this product prints to pay this invoice. */
  reference: string | null;
  /** Canonical form of `reference` (digits, or RF… without spaces): what a payment quotes. */
  referenceKey: string | null;
  policyId: string | null;
  policyVersion: number | null;
  /** SHA-256 of the canonical facts: the same invoice in two formats has one. */
  factsSha256: string;
  /** Sealed original and invoice PDF, where we have them. */
  originalObjectId: string | null;
  pdfObjectId: string | null;
  /** Credit notes: `allocated`, `parked`, or null for invoices. */
  creditState: 'allocated' | 'parked' | null;
  status: 'open' | 'withdrawn';
  version: number;
  createdAt: Instant;
}

export interface InvoiceAliasRow {
  creditorId: string;
  externalId: string;
  invoiceId: string;
}

export interface InvoiceTermRow {
  creditorId: string;
  invoiceId: string;
  term: number;
  dueOn: Day;
  amountMinor: bigint;
  dueSource: 'document' | 'creditorDefaultTerm' | 'correction';
}

export interface ImportFileRow {
  creditorId: string;
  importId: string;
  fileName: string;
  format: string;
  sha256: string;
  objectId: string;
  state: 'previewed' | 'committing' | 'committed' | 'refused';
  /** Control totals: rows, accepted, refused, duplicates, sums per currency as decimal strings. */
  totals: Record<string, unknown>;
  problem: Record<string, unknown> | null;
  rows: number;
  nextRow: number;
  createdBy: string;
  createdAt: Instant;
  committedAt: Instant | null;
}

export interface ImportRowRow {
  creditorId: string;
  importId: string;
  row: number;
  state: 'accepted' | 'refused' | 'committed' | 'unchanged' | 'conflict' | 'failed';
  record: Record<string, unknown> | null;
  findings: Record<string, unknown>[];
  result: Record<string, unknown> | null;
}

export interface SealingKeyRow {
  creditorId: string;
  keyId: string;
  subject: 'debtor' | 'file';
  subjectId: string;
  wrappedKey: Uint8Array | null;
  createdAt: Instant;
  destroyedAt: Instant | null;
}

export interface SealedObjectRow {
  creditorId: string;
  objectId: string;
  keyId: string;
  mediaType: string;
  fileName: string | null;
  sha256: string;
  size: number;
  nonce: Uint8Array;
  ciphertext: Uint8Array;
  createdAt: Instant;
}
