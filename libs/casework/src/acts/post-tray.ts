import { type Day, parseDay } from '#domain';
import type { CaseRow, OutboundMessageRow, PostItemRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { askForContact } from '../people/ask-for-contact.js';
import { raiseTask } from '../people/tasks.js';
import { found, refusal } from '../refused-error.js';

/** Puts a formal notice into the registered post tray, once per message. */
export async function openPostItem(
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  caseId: string,
  channel: PostItemRow['channel'],
): Promise<PostItemRow> {
  return deps.unitOfWork.run(message.creditorId, 'shared', async (tx) => {
    const { creditorId, messageId } = message;
    const known = await tx.postItems.one({ creditorId, messageId });
    if (known) return known;
    const at = deps.clock.now();
    const row: PostItemRow = {
      creditorId,
      postItemId: deps.ids.next(),
      messageId,
      caseId,
      channel,
      state: 'toPrint',
      trackingNumber: null,
      depositedOn: null,
      servedOn: null,
      proofObjectId: null,
      updatedBy: null,
      createdAt: at,
      updatedAt: at,
      version: 1,
    };
    await tx.postItems.insert(row);
    if (channel === 'print') {
      await raiseTask(tx, deps, {
        creditorId,
        kind: 'printLetter',
        dedupeKey: `printLetter:${row.postItemId}`,
        title: 'Mise en demeure à imprimer et à déposer en recommandé\u202f; noter le numéro de suivi.',
        caseId,
        debtorId: message.debtorId,
        subjectId: row.postItemId,
      });
    }
    return row;
  });
}

export interface PostReportFacts {
  readonly state: 'deposited' | 'presented' | 'delivered' | 'unclaimed' | 'refused' | 'returnedUnknown';
  readonly on?: Day;
  readonly trackingNumber?: string;
}

const ORDER: readonly PostItemRow['state'][] = [
  'toPrint',
  'sentToProvider',
  'deposited',
  'presented',
  'unclaimed',
  'refused',
  'delivered',
  'returnedUnknown',
];

/**
 * What became of a registered letter. Delivered, refused and unclaimed count as served with their proof (an unclaimed notice is valid, Cass. 1re civ. 20 Jan 2021);
 * returned as unknown stops until a new address. A report older than the state we have changes nothing.
 */
export async function reportPost(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  key: { postItemId: string } | { messageId: string },
  report: PostReportFacts,
  by: Actor,
): Promise<PostItemRow> {
  const item = found(await tx.postItems.one({ creditorId, ...key }), 'postItem', 'postItemId' in key ? key.postItemId : key.messageId);
  const [row] = await tx.lockCases(creditorId, [item.caseId]);
  const locked = found(row, 'case', item.caseId);
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const today = todayFor(creditor, deps.clock);
  const on = report.on ? (parseDay(report.on) ?? today) : today;
  if (report.on && on > today) throw refusal('dayInFuture', { on }, '/on');
  if (ORDER.indexOf(report.state) <= ORDER.indexOf(item.state) && report.state !== item.state) return item;
  const isServed = report.state === 'delivered' || report.state === 'refused' || report.state === 'unclaimed';
  const next: PostItemRow = {
    ...item,
    state: report.state,
    trackingNumber: report.trackingNumber ?? item.trackingNumber,
    depositedOn: item.depositedOn ?? (report.state === 'deposited' ? on : null),
    servedOn: isServed ? (item.servedOn ?? on) : item.servedOn,
    updatedBy: by.actor,
    updatedAt: deps.clock.now(),
    version: item.version + 1,
  };
  await tx.postItems.update({ creditorId, postItemId: item.postItemId }, next);
  await journalReport(tx, deps, item, next, on, by);
  if (!locked.closedKind) await moveCase(tx, deps, locked, item, next, on, by);
  return next;
}

async function journalReport(tx: Tx, deps: CaseworkDeps, item: PostItemRow, next: PostItemRow, on: Day, by: Actor): Promise<void> {
  const { creditorId } = item;
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `post:${item.postItemId}`,
      kind: `post.${next.state}`,
      recordedAt: deps.clock.now(),
      effectiveOn: on,
      cause: { postItemId: item.postItemId, caseId: item.caseId, trackingNumber: next.trackingNumber },
      before: { state: item.state },
      after: { state: next.state },
    },
    by,
  );
}

/** A proof of service, or the letter back: the case hears of each once. */
async function moveCase(tx: Tx, deps: CaseworkDeps, row: CaseRow, item: PostItemRow, next: PostItemRow, on: Day, by: Actor): Promise<void> {
  const isBack = next.state === 'returnedUnknown' && item.state !== 'returnedUnknown';
  const isNowServed = next.servedOn !== null && item.servedOn === null;
  if (!isBack && !isNowServed) return;
  const kind = isBack ? 'returned' : 'served';
  await applyFacts(tx, deps, row, [{ type: 'deliveryReported', messageId: item.messageId, kind, channel: 'registeredPost' }], by, {
    effectiveOn: on,
  });
  if (isBack) await askForContact(tx, deps, row);
}

const NOT_TAKEN = 'Le prestataire de courrier n’a pas pris la mise en demeure\u202f: l’imprimer et la déposer en recommandé.';
const NOT_SURE =
  'Le prestataire de courrier n’a pas répondu\u202f: vérifier chez lui s’il a pris la mise en demeure\u202f; sinon l’imprimer et la déposer en recommandé.';

/** The provider took the letter (or not): its number is kept; a letter it did not take goes to the tray to be printed, with a task. */
export async function recordDeposit(
  deps: CaseworkDeps,
  item: PostItemRow,
  answer: { readonly kind: string; readonly trackingNumber?: string; readonly depositedOn?: Day },
): Promise<void> {
  await deps.unitOfWork.run(item.creditorId, 'shared', async (tx) => {
    const { creditorId, postItemId } = item;
    const at = deps.clock.now();
    if (answer.kind === 'accepted') {
      await tx.postItems.update(
        { creditorId, postItemId, state: 'toPrint' },
        { state: 'sentToProvider', trackingNumber: answer.trackingNumber ?? null, depositedOn: answer.depositedOn ?? null, updatedAt: at },
      );
      return;
    }
    await tx.postItems.update({ creditorId, postItemId, state: 'toPrint' }, { channel: 'print', updatedAt: at });
    await raiseTask(tx, deps, {
      creditorId,
      kind: 'printLetter',
      dedupeKey: `printLetter:${postItemId}`,
      title: answer.kind === 'unknown' ? NOT_SURE : NOT_TAKEN,
      caseId: item.caseId,
      subjectId: postItemId,
    });
  });
}
