import type { Day, Money } from '#domain';

/** What the payer or the integrator says the money is for. Any may be missing; none is trusted before it matches. */
export interface PaymentHints {
  /** Canonical: twelve digits of a Belgian reference, or an ISO 11649 reference without spaces. */
  readonly structuredReference?: string;
  readonly invoiceNumber?: string;
  readonly invoiceExternalId?: string;
  readonly caseId?: string;
  /** The remittance text as given. */
  readonly text?: string;
}

/**
 * An authentic report that money came in or went back, read from any provider.
 * Inbox key: (provider, account, eventId). Effect key: (provider, account, kind, providerPaymentId), because several events may tell
 * of the same money, some with more hints than others.
 */
export interface PaymentNotice {
  readonly provider: 'standardWebhooks' | 'stripe';
  readonly account: string;
  readonly eventId: string;
  readonly kind: 'received' | 'reversed';
  readonly providerPaymentId: string;
  /** Always positive; `kind` gives the direction. */
  readonly money: Money;
  readonly paidOn: Day;
  readonly hints: PaymentHints;
  /** `reversed`: the provider's id of the payment that goes back. `received`: of the reversal that this undoes (dispute won). */
  readonly reverses?: string;
  readonly payer?: { readonly name?: string; readonly iban?: string };
  readonly livemode: boolean;
}

/** What an authentic body turns out to be. `quarantined` is kept and shown to the operator; answering an error could not help. */
export type PaymentEventReading =
  | { readonly kind: 'notice'; readonly notice: PaymentNotice }
  | { readonly kind: 'ignored'; readonly type: string }
  | { readonly kind: 'quarantined'; readonly reason: string };
