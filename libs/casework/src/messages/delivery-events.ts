import type { Instant } from '#domain';
import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { nowFor } from '../moment.js';
import { closeTask } from '../people/tasks.js';
import { found } from '../refused-error.js';
import { askForContact } from './claim-message.js';
import { stageIsDone } from './record-dispatch.js';

export interface DeliveryNews {
  readonly eventId: string;
  readonly messageId: string;
  readonly provider: string;
  readonly kind: 'processed' | 'delivered' | 'bounce' | 'dropped' | 'spamreport' | 'unsubscribe' | 'deferred' | 'open' | 'click' | 'other';
  readonly at: Instant;
  readonly detail?: Record<string, unknown>;
}

const PROVES_SENT = new Set(['processed', 'delivered', 'bounce', 'spamreport', 'unsubscribe', 'deferred']);
const UNUSABLE: Readonly<Record<string, string>> = { bounce: 'bounced', dropped: 'dropped', spamreport: 'spamReport', unsubscribe: 'unsubscribed' };

/** One event of the mail provider about a message of ours, once per event id. It decides an UNKNOWN, and what bounced makes the contact unusable (N20). */
export async function applyDelivery(tx: Tx, deps: CaseworkDeps, creditorId: string, news: DeliveryNews, by: Actor): Promise<'applied' | 'duplicate' | 'notOurs'> {
  const { messageId } = news;
  const message = await tx.messages.one({ creditorId, messageId });
  if (!message) return 'notOurs';
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  // A sandbox creditor's time is its own: provider events are mapped to it on receipt.
  const at = creditor.sandbox ? nowFor(creditor, deps.clock) : news.at;
  const isNew = await tx.deliveryEvents.insertOnce({
    creditorId,
    eventId: `${news.provider}:${news.eventId}`,
    messageId,
    provider: news.provider,
    kind: news.kind,
    at,
    recordedAt: deps.clock.now(),
    detail: news.detail ?? {},
  });
  if (!isNew) return 'duplicate';
  const links = await tx.messageCases.all({ creditorId, messageId });
  const rows = await tx.lockCases(creditorId, links.map((l) => l.caseId));
  if (message.state === 'UNKNOWN' || message.state === 'HUMAN') await decideUnknown(tx, deps, message, rows, news.kind, by);
  const proof = UNUSABLE[news.kind];
  if (proof) await contactFailed(tx, deps, message, rows, proof, at, by);
  return 'applied';
}

/** What the provider's event says about a message nobody could be sure of. */
async function decideUnknown(tx: Tx, deps: CaseworkDeps, message: OutboundMessageRow, rows: CaseRow[], kind: DeliveryNews['kind'], by: Actor): Promise<void> {
  if (PROVES_SENT.has(kind)) return confirmSent(tx, deps, message, rows, by);
  if (kind === 'dropped') return confirmNotSent(tx, deps, message, rows, by);
}

export async function confirmSent(tx: Tx, deps: CaseworkDeps, message: OutboundMessageRow, rows: readonly CaseRow[], by: Actor): Promise<void> {
  const at = deps.clock.now();
  const { creditorId, messageId } = message;
  await tx.messages.update({ creditorId, messageId, state: ['UNKNOWN', 'HUMAN'] }, { state: 'CONFIRMED_SENT', decidedAt: at, acceptedAt: at, updatedAt: at });
  await closeTask(tx, deps, { creditorId, dedupeKey: `messageUnknown:${messageId}` }, by.actor);
  if (message.purpose === 'inform') return;
  for (const row of rows) {
    const lifted = await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker: 'messageUnknown' }], by, { silent: true });
    await stageIsDone(tx, deps, message, lifted.row, false);
  }
}

/** It never left: the rung is owed again, with a new message and a new claim. */
export async function confirmNotSent(tx: Tx, deps: CaseworkDeps, message: OutboundMessageRow, rows: readonly CaseRow[], by: Actor): Promise<void> {
  const at = deps.clock.now();
  const { creditorId, messageId } = message;
  await tx.messages.update({ creditorId, messageId, state: ['UNKNOWN', 'HUMAN'] }, { state: 'CONFIRMED_NOT_SENT', decidedAt: at, updatedAt: at });
  await tx.messageCases.update({ creditorId, messageId }, { live: false });
  await closeTask(tx, deps, { creditorId, dedupeKey: `messageUnknown:${messageId}` }, by.actor);
  if (message.purpose === 'inform') return;
  for (const row of rows) await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker: 'messageUnknown' }], by);
}

async function contactFailed(tx: Tx, deps: CaseworkDeps, message: OutboundMessageRow, rows: readonly CaseRow[], proof: string, at: Instant, by: Actor): Promise<void> {
  const { creditorId, debtorId, messageId } = message;
  await tx.contacts.update({ creditorId, debtorId, channel: 'email', address: message.recipient, usable: true }, { usable: false, proof, proofAt: at });
  const [first] = rows;
  if (first) await askForContact(tx, deps, first);
  if (message.purpose === 'inform' || proof === 'unsubscribed' || proof === 'spamReport') return;
  for (const row of rows) {
    const fresh = found(await tx.cases.one({ creditorId, caseId: row.caseId }), 'case', row.caseId);
    if (fresh.closedKind) continue;
    await applyFacts(tx, deps, fresh, [{ type: 'deliveryReported', messageId, kind: 'bounced', channel: 'email' }], by);
  }
}

/** A person found out whether an uncertain message left (I6, I8). */
export async function decideByPerson(tx: Tx, deps: CaseworkDeps, creditorId: string, messageId: string, verdict: 'sent' | 'notSent', by: Actor): Promise<void> {
  const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
  const links = await tx.messageCases.all({ creditorId, messageId });
  const rows = await tx.lockCases(creditorId, links.map((l) => l.caseId));
  await (verdict === 'sent' ? confirmSent(tx, deps, message, rows, by) : confirmNotSent(tx, deps, message, rows, by));
}

