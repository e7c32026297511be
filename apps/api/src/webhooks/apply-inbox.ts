import { type Actor, applyDelivery, type CaseworkDeps, type DeliveryNews, found, reportPost } from '#casework';
import type { Instant } from '#domain';
import type { InboxRow, MailEvent, PostReport, Tx } from '#ports';
import { applyPaymentEvent, type InboxVerdict } from './payment-event.js';

/** Applies one inbox row, whatever it came from, in the transaction that holds it. Used on receipt and again by the inbox worker. */
export async function applyInbox(tx: Tx, deps: CaseworkDeps, row: InboxRow): Promise<InboxVerdict> {
  const by: Actor = { actor: `webhook:${row.provider}`, role: 'webhook', requestId: row.eventId.slice(0, 100) };
  switch (row.provider) {
    case 'standardWebhooks':
    case 'stripe':
      return applyPaymentEvent(tx, deps, row, by);
    case 'sendgrid':
      return applyMailEvent(tx, deps, row, by);
    case 'post':
      return applyPostReport(tx, deps, row, by);
    default:
      return { state: 'parked', because: 'providerUnknown' };
  }
}

async function applyMailEvent(tx: Tx, deps: CaseworkDeps, row: InboxRow, by: Actor): Promise<InboxVerdict> {
  const event = row.notice as unknown as Pick<MailEvent, 'mid' | 'kind' | 'bounceType'> & { at: Instant };
  const news: DeliveryNews = {
    eventId: row.eventId,
    messageId: event.mid,
    provider: 'sendgrid',
    // A refusal that may pass later is no proof against the address.
    kind: event.kind === 'bounce' && event.bounceType === 'blocked' ? 'deferred' : event.kind,
    at: event.at,
    detail: event.bounceType ? { bounceType: event.bounceType } : {},
  };
  const outcome = await applyDelivery(tx, deps, row.creditorId, news, by);
  return { state: outcome === 'notOurs' ? 'ignored' : 'applied' };
}

async function applyPostReport(tx: Tx, deps: CaseworkDeps, row: InboxRow, by: Actor): Promise<InboxVerdict> {
  const report = row.notice as unknown as PostReport;
  const { creditorId } = row;
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  if (!(await tx.postItems.one({ creditorId, messageId: report.mid }))) return { state: 'later', because: 'postItemUnknown' };
  // In a sandbox the day is that of its own clock, whatever the provider's calendar says.
  const on = creditor.sandbox ? {} : report.on ? { on: report.on } : {};
  const tracking = report.trackingNumber ? { trackingNumber: report.trackingNumber } : {};
  await reportPost(tx, deps, creditorId, { messageId: report.mid }, { state: report.state, ...on, ...tracking }, by);
  return { state: 'applied' };
}
