import { createHash } from 'node:crypto';
import type { PaymentEventReading, WebhookEndpointRow } from '#ports';
import type { Arrival } from './inbox.service.js';
import { noticeToJson } from './payment-event.js';

/** The id Stripe gave, or the hash of what cannot be read: the same bytes are the same event. */
export function stripeEventId(rawBody: Uint8Array): string {
  const id = /"id"\s*:\s*"(evt_[A-Za-z0-9_]{1,100})"/.exec(Buffer.from(rawBody.subarray(0, 10_000)).toString('utf8'))?.[1];
  return id ?? `sha256:${createHash('sha256').update(rawBody).digest('hex')}`;
}

/** A payment event of an endpoint as the inbox takes it, whether a webhook brought it or it was asked for. */
export function arrivalOf(
  endpoint: WebhookEndpointRow,
  provider: string,
  eventId: string,
  reading: PaymentEventReading,
  raw: Uint8Array,
): Arrival {
  const base = { creditorId: endpoint.creditorId, provider, account: endpoint.endpointId, eventId, raw };
  if (reading.kind === 'notice') return { ...base, kind: `payment.${reading.notice.kind}`, notice: noticeToJson(reading.notice) };
  if (reading.kind === 'ignored') return { ...base, kind: reading.type.slice(0, 100), notice: {}, aside: 'ignored' };
  return { ...base, kind: 'unreadable', notice: {}, aside: 'quarantined', because: reading.reason };
}
