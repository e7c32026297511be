import type { DocumentKind, SourceFormat } from './invoice-record.js';
import type { PrintedParty } from './party/party-identifiers.js';
import type { PrintedDay } from './printed-day.js';

/** An amount as printed, with the currency it carries itself and where it stands. */
export interface PrintedAmount {
  readonly text: string;
  readonly currency?: string;
  readonly path: string;
}

export interface PrintedTerm {
  readonly due: PrintedDay;
  readonly amount?: PrintedAmount;
  /** Part of the payable amount in percent. */
  readonly percent?: string;
}

/** What both XML readers take out of a document, before anything is judged. */
export interface PrintedDocument {
  readonly format: SourceFormat;
  readonly rootKind: DocumentKind;
  readonly typeCode?: string;
  readonly number?: string;
  readonly issuedOn?: PrintedDay;
  readonly currency?: string;
  readonly gross?: PrintedAmount;
  readonly prepaid?: PrintedAmount;
  readonly rounding?: PrintedAmount;
  readonly payable?: PrintedAmount;
  readonly terms: readonly PrintedTerm[];
  readonly seller?: PrintedParty;
  readonly buyer?: PrintedParty;
  readonly iban?: string;
  readonly paymentReference?: string;
  readonly orderReference?: string;
  /** Names of what was sold, line by line. */
  readonly soldNames: readonly string[];
  readonly precedingNumbers: readonly string[];
  readonly termsText?: string;
  readonly deliveredOn?: PrintedDay;
  /** Element paths of what has no printed value, for the findings. */
  readonly paths: {
    readonly number: string;
    readonly issuedOn: string;
    readonly currency: string;
    readonly payable: string;
    readonly buyer: string;
  };
}
