import type { Currency, Day, DebtorKind } from '#domain';
import type { Finding } from './finding.js';

export type DocumentKind = 'invoice' | 'creditNote';
export type SourceFormat = 'ubl' | 'cii' | 'facturx' | 'csv' | 'json';
export type IdentifierKind = 'vat' | 'siren' | 'siret' | 'enterpriseNumber';

/** An identifier or e-mail address that cannot exist: kept so that a person can see it, used for nothing. */
export interface RejectedIdentifier {
  readonly kind: IdentifierKind | 'email';
  readonly value: string;
}

/** Seller or buyer as a document states it. */
export interface PartyRecord {
  readonly name: string;
  /** As printed. */
  readonly vat?: string;
  /** Nine digits, check digit verified. */
  readonly siren?: string;
  /** Fourteen digits, check digit verified. */
  readonly siret?: string;
  /** Belgian enterprise number, ten digits, verified. */
  readonly enterpriseNumber?: string;
  /** Legal registration as printed, whatever its scheme. */
  readonly registration?: string;
  readonly otherId?: string;
  /** Electronic address as printed. */
  readonly endpoint?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly street?: string;
  readonly postcode?: string;
  readonly city?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly language?: 'fr' | 'nl' | 'en';
  readonly kind?: DebtorKind;
  readonly rejected?: readonly RejectedIdentifier[];
}

/** A due date with its part of the payable amount; no amount means the document gives none. */
export interface TermRecord {
  readonly dueOn: Day;
  readonly amountMinor?: bigint;
}

/** The one shape that every reader and the REST `PUT` produce. Amounts in minor units of `currency`, never negative. */
export interface InvoiceRecord {
  readonly documentKind: DocumentKind;
  /** UNTDID 1001 code as printed. */
  readonly typeCode?: string;
  readonly number: string;
  readonly externalId?: string;
  readonly issuedOn: Day;
  /** Empty when the document has no due date. */
  readonly terms: readonly TermRecord[];
  readonly currency: Currency;
  readonly grossMinor: bigint;
  readonly prepaidMinor: bigint;
  /** Signed; absent when the document rounds nothing. */
  readonly roundingMinor?: bigint;
  /** The debt that the document states. */
  readonly payableMinor: bigint;
  /** What the creditor's books say is open, and on which day. */
  readonly openAmount?: { readonly amountMinor: bigint; readonly asOf: Day };
  /** True when the document carried negative amounts, turned into a credit by the sign rule. */
  readonly negative?: boolean;
  readonly seller?: PartyRecord;
  readonly buyer: PartyRecord;
  readonly debtorExternalId?: string;
  /** As printed. */
  readonly iban?: string;
  readonly paymentReference?: string;
  readonly orderReference?: string;
  /** What was sold, one line of at most 200 characters. */
  readonly description?: string;
  readonly precedingNumbers: readonly string[];
  readonly termsText?: string;
  readonly deliveredOn?: Day;
  readonly source: { readonly format: SourceFormat; readonly line?: number };
}

/** One row of a file and what was found. Without `record` the row brings nothing; `joins` names the row whose invoice it completes. */
export interface ReadRow {
  readonly row: number;
  readonly record?: InvoiceRecord;
  readonly joins?: number;
  readonly findings: Finding[];
}
