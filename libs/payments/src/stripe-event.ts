import { z } from 'zod';
import { type Day, dayIn, instantFromEpochMs, type Money, parseStructuredReference } from '#domain';
import type { PaymentEventReading, PaymentHints, PaymentNotice } from '#ports';
import { parseJson } from './parse-json.js';
import { stripeMoney } from './stripe-money.js';

const id = z.string().min(1).max(255);
// Fields that name another object hold its id, or the object itself when the endpoint expands it.
const link = z.union([id, z.object({ id }).transform((object) => object.id), z.null()]).optional();
const metadata = z.record(z.string(), z.unknown()).nullish();
const amount = z.number().int();
const currency = z.string().length(3);

const envelope = z.object({
  id,
  type: z.string().min(1).max(255),
  created: z.number().int().positive().max(7_000_000_000),
  livemode: z.boolean(),
  account: z.string().max(255).optional(),
  data: z.object({ object: z.unknown(), previous_attributes: z.unknown().optional() }),
});
type Envelope = z.output<typeof envelope>;

const charge = z.object({
  id,
  amount,
  amount_refunded: amount.optional(),
  captured: z.boolean(),
  paid: z.boolean(),
  currency,
  payment_intent: link,
  metadata,
  description: z.string().max(5_000).nullish(),
  billing_details: z.object({ name: z.string().max(500).nullish() }).nullish(),
  amount_captured: amount.optional(),
});
const paymentIntent = z.object({ id, amount_received: amount, currency, metadata, description: z.string().max(5_000).nullish() });
const session = z.object({
  id,
  payment_status: z.string(),
  amount_total: amount.nullish(),
  currency: currency.nullish(),
  payment_intent: link,
  metadata,
  client_reference_id: z.string().max(500).nullish(),
});
const dispute = z.object({ id, amount, currency, status: z.string(), charge: link, payment_intent: link, metadata });
const previousRefunds = z.object({ amount_refunded: amount.optional() }).optional();

export interface StripeReadingOptions {
  /** Our name for the Stripe account of this endpoint; an event of a connected account adds its id. */
  readonly account: string;
  readonly rawBody: Uint8Array;
  /** Zone in which the day of payment is read; Europe/Paris by default. */
  readonly zone?: string;
}

/**
 * Reads an authentic Stripe event. All events of one payment carry one `providerPaymentId` (the payment intent's id, else the charge's), so
 * that `charge.succeeded`, `payment_intent.succeeded` and `checkout.session.completed` count once. Unknown types are ignored, authentic
 * bodies of another shape quarantined; nothing is thrown.
 */
export function readStripeEvent(options: StripeReadingOptions): PaymentEventReading {
  const parsed = envelope.safeParse(parseJson(options.rawBody));
  if (!parsed.success) return { kind: 'quarantined', reason: 'The body is not a Stripe event' };
  const event = parsed.data;
  const read = Object.hasOwn(READERS, event.type) ? READERS[event.type] : undefined;
  if (!read) return { kind: 'ignored', type: event.type };
  const fact = read(event);
  if (fact === 'ignored') return { kind: 'ignored', type: event.type };
  if (typeof fact === 'string') return { kind: 'quarantined', reason: `${event.type}: ${fact}` };
  const notice: PaymentNotice = {
    provider: 'stripe',
    account: event.account ? `${options.account}/${event.account}` : options.account,
    eventId: event.id,
    ...fact,
    paidOn: dayOf(event, options.zone ?? 'Europe/Paris'),
    livemode: event.livemode,
  };
  return { kind: 'notice', notice };
}

type Fact = Pick<PaymentNotice, 'kind' | 'providerPaymentId' | 'money' | 'hints' | 'reverses' | 'payer'>;
type Reader = (event: Envelope) => Fact | string;

const READERS: Readonly<Record<string, Reader>> = {
  'charge.succeeded': readCharge,
  'charge.captured': readCharge,
  'payment_intent.succeeded': readPaymentIntent,
  'checkout.session.completed': readSession,
  'checkout.session.async_payment_succeeded': readSession,
  'charge.refunded': readRefund,
  'charge.dispute.created': readDispute,
  'charge.dispute.closed': readDisputeEnd,
};

function readCharge(event: Envelope): Fact | string {
  const parsed = charge.safeParse(event.data.object);
  if (!parsed.success) return shapeOf(parsed.error);
  const object = parsed.data;
  // An authorisation is a promise of the card, not money.
  if (!object.captured || !object.paid) return 'ignored';
  const name = object.billing_details?.name;
  return received(object.payment_intent ?? object.id, stripeMoney(object.amount_captured ?? object.amount, object.currency), {
    hints: hintsOf(object.metadata, object.description),
    ...(name ? { payer: { name: name.slice(0, 200) } } : {}),
  });
}

function readPaymentIntent(event: Envelope): Fact | string {
  const parsed = paymentIntent.safeParse(event.data.object);
  if (!parsed.success) return shapeOf(parsed.error);
  const object = parsed.data;
  return received(object.id, stripeMoney(object.amount_received, object.currency), { hints: hintsOf(object.metadata, object.description) });
}

function readSession(event: Envelope): Fact | string {
  const parsed = session.safeParse(event.data.object);
  if (!parsed.success) return shapeOf(parsed.error);
  const object = parsed.data;
  if (object.payment_status !== 'paid') return 'ignored';
  const sum = object.currency && object.amount_total ? stripeMoney(object.amount_total, object.currency) : undefined;
  return received(object.payment_intent ?? object.id, sum, { hints: hintsOf(object.metadata, object.client_reference_id) });
}

function readRefund(event: Envelope): Fact | string {
  const parsed = charge.safeParse(event.data.object);
  const before = previousRefunds.safeParse(event.data.previous_attributes);
  if (!parsed.success) return shapeOf(parsed.error);
  if (!before.success) return 'previous_attributes';
  const object = parsed.data;
  // The object holds the running total; what went back this time is the difference, and the total makes its id unique.
  const total = object.amount_refunded ?? 0;
  const sum = stripeMoney(total - (before.data?.amount_refunded ?? 0), object.currency);
  return reversed(`${object.id}/refunded/${total}`, sum, object.payment_intent ?? object.id, object.metadata);
}

function readDispute(event: Envelope): Fact | string {
  const parsed = dispute.safeParse(event.data.object);
  if (!parsed.success) return shapeOf(parsed.error);
  const object = parsed.data;
  // An early inquiry takes no money; only a dispute in earnest does.
  if (object.status.startsWith('warning_')) return 'ignored';
  const payment = object.payment_intent ?? object.charge;
  if (!payment) return 'charge is missing';
  return reversed(object.id, stripeMoney(object.amount, object.currency), payment, object.metadata);
}

function readDisputeEnd(event: Envelope): Fact | string {
  const parsed = dispute.safeParse(event.data.object);
  if (!parsed.success) return shapeOf(parsed.error);
  const object = parsed.data;
  if (object.status !== 'won') return 'ignored';
  const sum = stripeMoney(object.amount, object.currency);
  return received(`${object.id}/won`, sum, { hints: hintsOf(object.metadata, undefined), reverses: object.id });
}

function received(providerPaymentId: string, sum: Money | undefined, rest: Pick<Fact, 'hints' | 'payer' | 'reverses'>): Fact | string {
  return sum ? { kind: 'received', providerPaymentId, money: sum, ...rest } : 'amount or currency cannot be held';
}

function reversed(providerPaymentId: string, sum: Money | undefined, reverses: string, given: z.output<typeof metadata>): Fact | string {
  if (!sum) return 'amount or currency cannot be held';
  return { kind: 'reversed', providerPaymentId, money: sum, reverses, hints: hintsOf(given, undefined) };
}

function hintsOf(given: z.output<typeof metadata>, words: string | null | undefined): PaymentHints {
  const field = (name: string): string | undefined => {
    const value = given?.[name];
    return typeof value === 'string' && value.trim() !== '' && value.length <= 500 ? value.trim() : undefined;
  };
  const reference = parseStructuredReference(field('reference') ?? '');
  const [invoiceNumber, invoiceExternalId, caseId] = [field('invoice_number'), field('invoice_id'), field('case_id')];
  const text = words?.trim().slice(0, 500);
  return {
    ...(reference ? { structuredReference: reference.value } : {}),
    ...(invoiceNumber ? { invoiceNumber } : {}),
    ...(invoiceExternalId ? { invoiceExternalId } : {}),
    ...(caseId ? { caseId } : {}),
    ...(text ? { text } : {}),
  };
}

function dayOf(event: Envelope, zone: string): Day {
  return dayIn(instantFromEpochMs(event.created * 1000), zone);
}

function shapeOf(error: z.ZodError): string {
  return (error.issues[0]?.path.join('.') || 'object').slice(0, 100);
}
