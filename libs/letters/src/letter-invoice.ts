import type { Day } from '#domain';

/** What went before and must not be passed over in silence. Amounts in minor units, of the invoice's currency where none is given. */
export type InvoiceEvent =
  | { readonly kind: 'creditNote'; readonly number: string; readonly on: Day; readonly amountMinor: bigint }
  /** Money that had come in and went back: a refused direct debit, a chargeback. */
  | { readonly kind: 'paymentReversed'; readonly paidOn: Day; readonly on: Day; readonly amountMinor: bigint }
  /** Money of another currency that the creditor returned. */
  | {
      readonly kind: 'paymentSentBack';
      readonly paidOn: Day;
      readonly on?: Day;
      readonly amountMinor: bigint;
      readonly currency: string;
    }
  /** `maintained`: the creditor keeps to the whole invoice; else a credit note is the answer. */
  | { readonly kind: 'disputeAnswered'; readonly openedOn: Day; readonly maintained: boolean }
  /** `partly`: some of what was promised came. */
  | {
      readonly kind: 'promiseBroken';
      readonly madeOn: Day;
      readonly on: Day;
      readonly amountMinor: bigint;
      readonly partly?: boolean;
    };

export interface LetterInvoice {
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly grossMinor: bigint;
  /** Payments and credit notes already deducted. */
  readonly paidMinor: bigint;
  /** The part of `paidMinor` that credit notes took off: nobody paid it. */
  readonly creditedMinor?: bigint;
  readonly openMinor: bigint;
  readonly currency: string;
  /** Contract, order or delivery note the invoice comes from; else what was sold. */
  readonly orderReference?: string;
  readonly daysOverdue: number;
  /** Which of its terms the letter asks for, where the invoice is payable in several; the amounts are then the term's. */
  readonly term?: { readonly number: number; readonly count: number };
  /** In the order in which it is told. */
  readonly past?: readonly InvoiceEvent[];
}
