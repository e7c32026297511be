import { z } from 'zod';
import { type Day, findReferences, parseDay, parseMoney, parseStructuredReference } from '#domain';
import type { PaymentEventReading, PaymentHints, PaymentNotice } from '#ports';
import { parseJson } from './parse-json.js';

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // PostgreSQL keeps no NUL: such an event is put aside like any other that cannot be read, instead of being sent again for ever.
    .refine((given) => !given.includes('\0'), 'holds a NUL character');

/** The `data` of `payment.received` and `payment.reversed`. Unknown fields are passed over: money must not wait for a sender's new field. */
const paymentData = z.object({
  paymentId: text(200),
  amount: z.object({ amount: z.string().max(40), currency: z.string().length(3) }),
  paidOn: z.string().transform((given, context): Day => {
    const parsed = parseDay(given);
    if (parsed) return parsed;
    context.addIssue({ code: 'custom', message: 'is not a day that exists' });
    return z.NEVER;
  }),
  reference: text(500).optional(),
  invoiceNumber: text(100).optional(),
  invoiceExternalId: text(200).optional(),
  caseId: text(100).optional(),
  payerName: text(200).optional(),
  payerIban: text(42).optional(),
  reverses: text(200).optional(),
  livemode: z.boolean().optional(),
});

const envelope = z.object({ type: z.string().max(200), data: z.unknown() });

/**
 * Reads the body of an authentic Standard Webhooks call (`payment.received`, `payment.reversed`; amounts as decimal strings, days as
 * `YYYY-MM-DD`). `eventId` is the signed `webhook-id`. Never throws: what cannot be read is quarantined with the field's name, not its value.
 */
export function readPaymentEvent(call: { account: string; eventId: string; rawBody: Uint8Array }): PaymentEventReading {
  const outer = envelope.safeParse(parseJson(call.rawBody));
  if (!outer.success) return { kind: 'quarantined', reason: 'The body is not an event with type and data' };
  const { type } = outer.data;
  if (type !== 'payment.received' && type !== 'payment.reversed') return { kind: 'ignored', type };
  const parsed = paymentData.safeParse(outer.data.data);
  if (!parsed.success) return { kind: 'quarantined', reason: `Unreadable: ${firstIssue(parsed.error)}` };
  const data = parsed.data;
  const money = parseMoney(data.amount.amount, data.amount.currency);
  if ('problem' in money) return { kind: 'quarantined', reason: `Unreadable: data.amount ${money.problem}` };
  if (money.minor <= 0n) return { kind: 'quarantined', reason: 'Unreadable: data.amount is not positive' };
  if (type === 'payment.reversed' && data.reverses === undefined)
    return { kind: 'quarantined', reason: 'Unreadable: data.reverses is missing' };
  const payer = {
    ...(data.payerName ? { name: data.payerName } : {}),
    ...(data.payerIban ? { iban: data.payerIban.replace(/\s/g, '') } : {}),
  };
  const notice: PaymentNotice = {
    provider: 'standardWebhooks',
    account: call.account,
    eventId: call.eventId,
    kind: type === 'payment.received' ? 'received' : 'reversed',
    providerPaymentId: data.paymentId,
    money,
    paidOn: data.paidOn,
    hints: hintsOf(data),
    ...(data.reverses === undefined ? {} : { reverses: data.reverses }),
    ...(Object.keys(payer).length > 0 ? { payer } : {}),
    livemode: data.livemode ?? true,
  };
  return { kind: 'notice', notice };
}

function hintsOf(data: z.output<typeof paymentData>): PaymentHints {
  const reference = data.reference && (parseStructuredReference(data.reference) ?? onlyReference(data.reference));
  return {
    ...(reference ? { structuredReference: reference.value } : {}),
    ...(data.reference ? { text: data.reference } : {}),
    ...(data.invoiceNumber ? { invoiceNumber: data.invoiceNumber } : {}),
    ...(data.invoiceExternalId ? { invoiceExternalId: data.invoiceExternalId } : {}),
    ...(data.caseId ? { caseId: data.caseId } : {}),
  };
}

// Several references in one text are the matcher's business, which sees the whole text.
function onlyReference(remittance: string): { value: string } | undefined {
  const found = findReferences(remittance);
  return found.length === 1 ? found[0] : undefined;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `data.${issue.path.join('.')} ${issue.message}`.slice(0, 200) : 'data';
}
