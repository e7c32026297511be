import { decodeState, type Instant } from '#domain';
import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { environmentOf } from '../facts/case-environment.js';
import { nowFor } from '../moment.js';
import { askForContact } from '../people/ask-for-contact.js';
import { found } from '../refused-error.js';
import { chooseContact, mayGoByPost } from './choose-contact.js';
import { confirmNotSent, confirmSent, PROVES_SENT } from './decide-message.js';

export interface DeliveryNews {
  readonly eventId: string;
  readonly messageId: string;
  readonly provider: string;
  readonly kind: 'processed' | 'delivered' | 'bounce' | 'dropped' | 'spamreport' | 'unsubscribe' | 'deferred' | 'open' | 'click' | 'other';
  readonly at: Instant;
  readonly detail?: Record<string, unknown>;
}

const UNUSABLE: Readonly<Record<string, string>> = {
  bounce: 'bounced',
  dropped: 'dropped',
  spamreport: 'spamReport',
  unsubscribe: 'unsubscribed',
};

/** One event of the mail provider about a message of ours, once per event id. It decides an UNKNOWN, and what bounced makes the contact unusable (N20). */
export async function applyDelivery(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  news: DeliveryNews,
  by: Actor,
): Promise<'applied' | 'duplicate' | 'notOurs'> {
  const { messageId } = news;
  if ((await tx.messages.count({ creditorId, messageId })) === 0) return 'notOurs';
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
  const rows = await tx.lockCases(
    creditorId,
    links.map((l) => l.caseId),
  );
  const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
  if (message.state === 'UNKNOWN' || message.state === 'HUMAN') await decideUnknown(tx, deps, message, rows, news.kind, by);
  const proof = UNUSABLE[news.kind];
  if (proof && !(await isToldAgain(tx, creditorId, news))) await contactFailed(tx, deps, message, rows, proof, at, by);
  return 'applied';
}

/** What the provider's record tells of a message, beside its webhooks. */
export const FROM_RECORD = { from: 'activity' };

/**
 * The same happening comes twice under two ids, by its webhook and by the provider's record: the n-th of the one is the n-th of the other, and only the
 * first to come counts. A second complaint by webhook is a second complaint.
 */
async function isToldAgain(tx: Tx, creditorId: string, { messageId, kind, detail }: DeliveryNews): Promise<boolean> {
  const told = await tx.deliveryEvents.all({ creditorId, messageId, kind });
  const sameSource = told.filter((event) => event.detail['from'] === detail?.['from']).length;
  return sameSource <= told.length - sameSource;
}

/** What the provider's event says about a message nobody could be sure of. */
async function decideUnknown(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: CaseRow[],
  kind: DeliveryNews['kind'],
  by: Actor,
): Promise<void> {
  if (PROVES_SENT.has(kind)) return confirmSent(tx, deps, message, rows, by);
  if (kind === 'dropped') return confirmNotSent(tx, deps, message, rows, by);
}

/**
 * The rung of a reminder whose mail came back: owed again in the next round, the same day to another address of the debtor, else by post where its policy
 * lets it (N20). Only while it is the last one that was done; a rung climbed since says more than the old letter would. Of a notice the mail is the copy.
 */
async function againElsewhere(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  { messageId, stage, round }: OutboundMessageRow,
): Promise<{ stage: string; round: number; by: 'email' | 'post' } | undefined> {
  const { stages } = decodeState(row.recovery);
  const last = stages.findLast((record) => record.outcome === 'done');
  if (!stage || last?.messageId !== messageId) return undefined;
  const { policy, debtor } = await environmentOf(tx, deps, row);
  const policyStage = policy.stages.find((known) => known.id === stage);
  if (policyStage?.act.type !== 'mail') return undefined;
  const next = { stage, round: (round ?? 1) + 1 };
  // The address that failed is unusable by now.
  if (await chooseContact(tx, row.creditorId, row.debtorId, 'email')) return { ...next, by: 'email' };
  return mayGoByPost(policyStage, debtor) ? { ...next, by: 'post' } : undefined;
}

async function contactFailed(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: readonly CaseRow[],
  proof: string,
  at: Instant,
  by: Actor,
): Promise<void> {
  const { creditorId, debtorId, messageId } = message;
  await tx.contacts.update(
    { creditorId, debtorId, channel: 'email', address: message.recipient, usable: true },
    { usable: false, proof, proofAt: at },
  );
  const [first] = rows;
  if (first) await askForContact(tx, deps, first);
  if (message.purpose === 'inform' || proof === 'unsubscribed' || proof === 'spamReport') return;
  for (const row of rows) {
    const fresh = found(await tx.cases.one({ creditorId, caseId: row.caseId }), 'case', row.caseId);
    if (fresh.closedKind) continue;
    const again = await againElsewhere(tx, deps, fresh, message);
    const bounced = { type: 'deliveryReported' as const, messageId, kind: 'bounced' as const, channel: 'email' as const };
    await applyFacts(tx, deps, fresh, [{ ...bounced, ...(again ? { again } : {}) }], by);
  }
}

/** Events after which a mail is known to have reached nobody. */
const CAME_BACK = ['bounce', 'dropped'];

/**
 * A person found an address: the reminder that reached nobody is owed again to it, the same day (N20). Only where it is still the last one that was done, and
 * nothing stands in its place yet.
 */
export async function writeAgain(tx: Tx, deps: CaseworkDeps, creditorId: string, debtorId: string, by: Actor): Promise<void> {
  for (const row of await tx.lockCasesOfDebtor(creditorId, debtorId)) {
    const { stages, again } = decodeState(row.recovery);
    const messageId = stages.findLast((record) => record.outcome === 'done')?.messageId;
    if (again || !messageId || (await tx.deliveryEvents.count({ creditorId, messageId, kind: CAME_BACK })) === 0) continue;
    const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
    const elsewhere = await againElsewhere(tx, deps, row, message);
    if (elsewhere?.by !== 'email') continue;
    await applyFacts(tx, deps, row, [{ type: 'deliveryReported', messageId, kind: 'bounced', channel: 'email', again: elsewhere }], by);
  }
}
