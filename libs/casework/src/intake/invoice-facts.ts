import type { Currency, Day, DebtorKind } from '#domain';

/** A buyer as an invoice states it; identifiers already verified by their check digits. */
export interface BuyerFacts {
  readonly name: string;
  readonly vat?: string;
  readonly siren?: string;
  readonly siret?: string;
  readonly enterpriseNumber?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly street?: string;
  readonly postcode?: string;
  readonly city?: string;
  readonly country?: string;
  readonly language?: 'fr' | 'nl' | 'en';
}

/** What casework needs of an invoice or credit note, whatever it came as. Structurally what `#intake` reads. Amounts in minor units. */
export interface InvoiceFacts {
  readonly documentKind: 'invoice' | 'creditNote';
  readonly number: string;
  readonly externalId?: string;
  readonly issuedOn: Day;
  readonly terms: readonly { readonly dueOn: Day; readonly amountMinor?: bigint }[];
  readonly currency: Currency;
  readonly grossMinor: bigint;
  readonly prepaidMinor: bigint;
  readonly payableMinor: bigint;
  readonly openAmount?: { readonly amountMinor: bigint; readonly asOf: Day };
  readonly buyer: BuyerFacts;
  readonly debtorExternalId?: string;
  readonly iban?: string;
  readonly paymentReference?: string;
  readonly orderReference?: string;
  /** What was sold, one line. */
  readonly description?: string;
  readonly precedingNumbers: readonly string[];
  readonly termsText?: string;
}

/** One document on its way in. `doubts` are findings that a person must settle before anything is chased. */
export interface InvoiceIntake {
  readonly facts: InvoiceFacts;
  readonly kind: { readonly kind: DebtorKind; readonly reason: string };
  readonly doubts: readonly { readonly code: string; readonly message: string }[];
  /** The document itself, sealed with the debtor's key. */
  readonly original?: { readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string };
  /** Rungs done before the invoice came here ("first reminder already sent"). */
  readonly earlierStages?: readonly string[];
  readonly policy?: { readonly id: string; readonly version: number };
}

export interface IntakeOutcome {
  readonly result: 'created' | 'unchanged' | 'updated' | 'conflict' | 'nothingDue' | 'creditAllocated' | 'creditParked';
  readonly invoiceId: string;
  readonly caseIds: readonly string[];
  /** French sentences shown with the row. */
  readonly notes: readonly string[];
}
