import type { Day } from '#domain';

/** Money that came in, whatever told us. Amounts positive, in minor units. (provider, providerRef) has one effect. */
export interface PaymentFacts {
  readonly provider: string;
  readonly providerRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Value date: credit on the creditor's account. */
  readonly paidOn: Day;
  readonly hints: {
    readonly caseId?: string;
    readonly invoiceNumber?: string;
    readonly invoiceExternalId?: string;
    readonly structuredReference?: string;
    readonly text?: string;
  };
  readonly payerName?: string;
  readonly payerIban?: string;
}

/** What one case took of a payment: principal, and beyond it interest and indemnity where they took something. Minor units. */
export interface Share {
  readonly caseId: string;
  readonly amountMinor: bigint;
  readonly interestMinor?: bigint;
  readonly indemnityMinor?: bigint;
}

export interface PaymentOutcome {
  readonly paymentId: string;
  readonly result: 'booked' | 'duplicate' | 'parked';
  readonly parkedReason?: string;
  readonly allocations: readonly Share[];
  /** Part that no case took, neither for its principal nor for interest and indemnity: the debtor's credit. */
  readonly creditMinor: bigint;
}
