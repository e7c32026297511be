import type { CaseRow, OutboundMessageRow, PostItemRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { nowFor, todayFor } from '../moment.js';
import { closeTask } from '../people/tasks.js';

const SYSTEM: Actor = { actor: 'system', role: 'system' };
/** What was done with the letter itself; a copy by mail has its own life. */
const BY_POST_ONLY: readonly OutboundMessageRow['channel'][] = ['post', 'registeredPost'];

/**
 * I1: a letter that still waits to be printed when its case closes is not printed any more: the item leaves the tray, its task ends, and why nothing was
 * posted is kept. A letter that speaks for other cases too stays while one of them is open; the tray then says what is wrong with it. What a person
 * posted all the same can still be reported.
 */
export async function withdrawLetters(tx: Tx, deps: CaseworkDeps, row: CaseRow): Promise<void> {
  const { creditorId, caseId } = row;
  const links = await tx.messageCases.all({ creditorId, caseId });
  if (links.length === 0) return;
  const waiting = await tx.postItems.all({
    creditorId,
    messageId: [...new Set(links.map((link) => link.messageId))],
    state: 'toPrint',
    channel: 'print',
  });
  for (const item of waiting) if (await speaksForNobody(tx, item.creditorId, item.messageId)) await withdraw(tx, deps, row, item);
}

/** True when every case a message was written for is closed. */
export async function speaksForNobody(tx: Tx, creditorId: string, messageId: string): Promise<boolean> {
  const links = await tx.messageCases.all({ creditorId, messageId });
  const open = await tx.cases.count({ creditorId, caseId: links.map((link) => link.caseId), closedKind: null });
  return links.length > 0 && open === 0;
}

async function withdraw(tx: Tx, deps: CaseworkDeps, row: CaseRow, item: PostItemRow): Promise<void> {
  const { creditorId, messageId, postItemId } = item;
  const at = deps.clock.now();
  const left = { state: 'cancelled' as const, updatedBy: SYSTEM.actor, updatedAt: at, version: item.version + 1 };
  if ((await tx.postItems.update({ creditorId, postItemId, state: 'toPrint' }, left)) === 0) return;
  await closeTask(tx, deps, { creditorId, dedupeKey: `printLetter:${postItemId}` }, SYSTEM.actor, 'cancelled');
  await journalWithdrawn(tx, deps, item);
  const message = await tx.messages.one({ creditorId, messageId });
  if (!message || !BY_POST_ONLY.includes(message.channel)) return;
  // Nothing of it ever left: no later letter may mention it, and the debtor's week is free of it.
  await tx.messages.update(
    { creditorId, messageId, state: ['CLAIMED', 'ACCEPTED'] },
    { state: 'CONFIRMED_NOT_SENT', decidedAt: at, updatedAt: at },
  );
  await tx.messageCases.update({ creditorId, messageId }, { live: false });
  await tellNotPosted(tx, deps, row, message);
}

async function journalWithdrawn(tx: Tx, deps: CaseworkDeps, item: PostItemRow): Promise<void> {
  const { creditorId, postItemId, caseId, messageId, service } = item;
  const creditor = await tx.creditors.one({ creditorId });
  if (!creditor) return;
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `post:${postItemId}`,
      kind: 'post.cancelled',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { postItemId, caseId, messageId, ...(service === 'plain' ? { service } : {}) },
      before: { state: item.state },
      after: { state: 'cancelled' },
    },
    SYSTEM,
  );
}

async function tellNotPosted(tx: Tx, deps: CaseworkDeps, row: CaseRow, message: OutboundMessageRow): Promise<void> {
  const { creditorId, messageId, stage, round, act } = message;
  const creditor = await tx.creditors.one({ creditorId });
  const at = creditor ? nowFor(creditor, deps.clock) : deps.clock.now();
  const links = await tx.messageCases.all({ creditorId, messageId });
  const code = row.closedKind === 'settled' ? 'settled' : 'closed';
  for (const { caseId } of links)
    await recordVerdict(
      tx,
      deps,
      { creditorId, caseId },
      { stage: stage ?? act, round: round ?? 1, verdict: 'NOT_SENT', code, messageId, at, because: { withdrawnFromTray: true } },
    );
}
