import { afterLetterState, type Day, parseDay } from '#domain';
import type { CaseRow, OutboundMessageRow, PostItemRow, Tx } from '#ports';
import { type Actor, type CaseworkDeps, workflowActor } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { environmentOf } from '../facts/case-environment.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { askForContact } from '../people/ask-for-contact.js';
import { closeTask, raiseTask } from '../people/tasks.js';
import { found, refusal } from '../refused-error.js';
import { isFirstReminder, reminderSent } from '../regime/first-reminder.js';
import { speaksForNobody, withdrawLetters } from './withdraw-letters.js';

/** Puts a letter into the post tray, once per message: a formal notice to be registered, a reminder as plain post. `cancelled` when its cases have closed since. */
export async function openPostItem(
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  caseId: string,
  channel: PostItemRow['channel'],
  service: PostItemRow['service'] = 'registered',
): Promise<PostItemRow> {
  return deps.unitOfWork.run(message.creditorId, 'shared', async (tx) => {
    const { creditorId, messageId } = message;
    // Whoever pays now waits for this letter to be in the tray, or is here first: then it is not put there any more (I1).
    await tx.lockCases(creditorId, [caseId]);
    const known = await tx.postItems.one({ creditorId, messageId });
    if (known) return known;
    const isOver = await speaksForNobody(tx, creditorId, messageId);
    const at = deps.clock.now();
    const row: PostItemRow = {
      creditorId,
      postItemId: deps.ids.next(),
      messageId,
      caseId,
      channel,
      service,
      state: isOver ? 'cancelled' : 'toPrint',
      trackingNumber: null,
      depositedOn: null,
      presentedOn: null,
      servedOn: null,
      proofObjectId: null,
      updatedBy: null,
      createdAt: at,
      updatedAt: at,
      version: 1,
    };
    await tx.postItems.insert(row);
    if (channel === 'print' && !isOver) {
      await raiseTask(tx, deps, {
        creditorId,
        kind: 'printLetter',
        dedupeKey: `printLetter:${row.postItemId}`,
        title: TO_PRINT[service],
        caseId,
        debtorId: message.debtorId,
        subjectId: row.postItemId,
      });
    }
    return row;
  });
}

const TO_PRINT: Readonly<Record<PostItemRow['service'], string>> = {
  registered: 'Mise en demeure à imprimer et à déposer en recommandé\u202f; noter le numéro de suivi.',
  plain: 'Lettre de relance à imprimer et à poster en courrier ordinaire\u202f; noter le jour du dépôt.',
};

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
    presentedOn: item.presentedOn ?? (report.state === 'presented' ? on : null),
    servedOn: isServed ? (item.servedOn ?? on) : item.servedOn,
    updatedBy: by.actor,
    updatedAt: deps.clock.now(),
    version: item.version + 1,
  };
  await tx.postItems.update({ creditorId, postItemId: item.postItemId }, next);
  // Taken out of the tray and posted all the same: what happened counts.
  if (item.state === 'cancelled')
    await tx.messages.update(
      { creditorId, messageId: item.messageId, state: 'CONFIRMED_NOT_SENT' },
      { state: 'CONFIRMED_SENT', updatedAt: deps.clock.now() },
    );
  // Whoever posted it, it needs no printing any more.
  await closeTask(tx, deps, { creditorId, dedupeKey: `printLetter:${item.postItemId}` }, by.actor);
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
      cause: {
        postItemId: item.postItemId,
        caseId: item.caseId,
        trackingNumber: next.trackingNumber,
        ...(item.service === 'plain' ? { service: item.service } : {}),
      },
      before: { state: item.state },
      after: { state: next.state },
    },
    by,
  );
}

/** A proof of service, or the letter back: the case hears of each once. */
async function moveCase(tx: Tx, deps: CaseworkDeps, row: CaseRow, item: PostItemRow, next: PostItemRow, on: Day, by: Actor): Promise<void> {
  if (item.service === 'plain') return movePlain(tx, deps, row, item, next, on, by);
  const isBack = next.state === 'returnedUnknown' && item.state !== 'returnedUnknown';
  const isNowServed = next.servedOn !== null && item.servedOn === null;
  if (!isBack && !isNowServed) return;
  const kind = isBack ? ('returned' as const) : ('served' as const);
  const servedOn = kind === 'served' ? servedDay(next, on) : on;
  const { today } = await environmentOf(tx, deps, row);
  const fact = { type: 'deliveryReported' as const, messageId: item.messageId, kind, channel: 'registeredPost' as const };
  await applyFacts(tx, deps, row, [{ ...fact, ...(servedOn < today ? { on: servedOn } : {}) }], by, { effectiveOn: on });
  if (isBack) await askForContact(tx, deps, row);
}

/** The day from which a notice has its effects: receipt, or the first presentation of a letter nobody took. */
function servedDay({ state, presentedOn }: PostItemRow, on: Day): Day {
  const days = { ...(presentedOn ? { presentedOn } : {}), deliveredOn: on, endedOn: on };
  return afterLetterState(state === 'delivered' ? 'delivered' : state === 'refused' ? 'refused' : 'unclaimed', days).servedOn ?? on;
}

/** A reminder by plain post: the day it was posted starts the free days of a first reminder; one that came back asks for an address. */
async function movePlain(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  item: PostItemRow,
  next: PostItemRow,
  on: Day,
  by: Actor,
): Promise<void> {
  if (next.state === 'returnedUnknown' && item.state !== 'returnedUnknown') return askForContact(tx, deps, row);
  if (wasPosted(item)) return;
  await tellPosted(tx, deps, row, item, next.depositedOn ?? on, by);
}

function wasPosted({ state, depositedOn }: PostItemRow): boolean {
  return depositedOn !== null || (state !== 'toPrint' && state !== 'sentToProvider');
}

async function tellPosted(tx: Tx, deps: CaseworkDeps, row: CaseRow, { messageId }: PostItemRow, on: Day, by: Actor): Promise<void> {
  const env = await environmentOf(tx, deps, row);
  const message = await tx.messages.one({ creditorId: row.creditorId, messageId });
  const isReminder = message?.stage && isFirstReminder({ id: message.stage }, env);
  const reminder = isReminder ? { firstReminder: reminderSent(deps, on, 'post') } : {};
  const posted = { type: 'deliveryReported' as const, messageId, kind: 'posted' as const, channel: 'post' as const, on };
  await applyFacts(tx, deps, row, [{ ...posted, ...reminder }], by, { environment: env });
}

const NOT_TAKEN = 'Le prestataire de courrier n’a pas pris la mise en demeure\u202f: l’imprimer et la déposer en recommandé.';
const PLAIN_NOT_TAKEN =
  'Le prestataire de courrier n’a pas confirmé avoir pris la lettre de relance\u202f: vérifier chez lui\u202f; sinon l’imprimer et la poster.';
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
      if (item.service !== 'plain' || !answer.depositedOn) return;
      const [row] = await tx.lockCases(creditorId, [item.caseId]);
      if (row && !row.closedKind) await tellPosted(tx, deps, row, item, answer.depositedOn, workflowActor('post'));
      return;
    }
    const [closed] = await tx.lockCases(creditorId, [item.caseId]);
    await tx.postItems.update({ creditorId, postItemId, state: 'toPrint' }, { channel: 'print', updatedAt: at });
    if (closed?.closedKind && (await speaksForNobody(tx, creditorId, item.messageId))) return withdrawLetters(tx, deps, closed);
    await raiseTask(tx, deps, {
      creditorId,
      kind: 'printLetter',
      dedupeKey: `printLetter:${postItemId}`,
      title: item.service === 'plain' ? PLAIN_NOT_TAKEN : answer.kind === 'unknown' ? NOT_SURE : NOT_TAKEN,
      caseId: item.caseId,
      subjectId: postItemId,
    });
  });
}
