import { addSeconds, type CaseSnapshot } from '#domain';
import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { workflowActor } from '../casework-deps.js';
import { applyFacts, snapshotOfRow } from '../facts/apply-facts.js';
import { environmentOf } from '../facts/case-environment.js';
import { raiseTask } from '../people/tasks.js';
import { found } from '../refused-error.js';
import { markUnknown, noteCrossing, stageIsDone } from './decide-message.js';
import { recordVerdict } from './record-verdict.js';

/** What the provider's answer allows to say; structurally the answer of the mail and post ports. */
export type DispatchAnswer =
  /** `note`: what staff should know about a message that counts as sent all the same. */
  | { readonly kind: 'accepted'; readonly providerMessageId?: string; readonly note?: string }
  | { readonly kind: 'neverLeft'; readonly reason: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'rejected'; readonly status: number; readonly providerWords: string }
  | { readonly kind: 'unknown'; readonly reason: string };

const RETRY_SECONDS_DEFAULT = 300;

/** Records what became of a claimed message and moves every case it spoke for. The claim's token must still be the one we hold. */
export async function recordDispatch(
  deps: CaseworkDeps,
  key: { readonly creditorId: string; readonly messageId: string; readonly token: string; readonly caseId: string },
  answer: DispatchAnswer,
): Promise<CaseSnapshot> {
  const { creditorId, messageId, caseId } = key;
  return deps.unitOfWork.run(creditorId, 'shared', async (tx) => {
    const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
    const links = await tx.messageCases.all({ creditorId, messageId, live: true });
    const rows = await tx.lockCases(
      creditorId,
      links.map((l) => l.caseId),
    );
    if (message.state === 'CLAIMED' && message.claimToken === key.token) await settleAnswer(tx, deps, message, rows, caseId, answer);
    const lead = found(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
    return snapshotOfRow(tx, deps, lead);
  });
}

async function settleAnswer(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: CaseRow[],
  leadId: string,
  answer: DispatchAnswer,
): Promise<void> {
  switch (answer.kind) {
    case 'accepted':
      return accepted(tx, deps, message, rows, leadId, answer);
    case 'neverLeft':
      return neverLeft(tx, deps, message, rows, leadId, answer);
    case 'rejected':
      return rejected(tx, deps, message, rows, leadId, `${answer.status} ${answer.providerWords}`);
    case 'unknown':
      return markUnknown(tx, deps, message, rows, leadId, answer.reason);
  }
}

async function accepted(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: CaseRow[],
  leadId: string,
  { providerMessageId, note }: Extract<DispatchAnswer, { kind: 'accepted' }>,
): Promise<void> {
  const at = deps.clock.now();
  await tx.messages.update(
    { creditorId: message.creditorId, messageId: message.messageId, state: 'CLAIMED' },
    {
      state: 'ACCEPTED',
      acceptedAt: at,
      providerMessageId: providerMessageId ?? null,
      ...(note ? { providerWords: note.slice(0, 500) } : {}),
      updatedAt: at,
    },
  );
  await noteCrossing(tx, message, rows);
  for (const row of rows) await stageIsDone(tx, deps, message, row, row.caseId === leadId);
}

async function neverLeft(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: CaseRow[],
  leadId: string,
  answer: { readonly reason: string; readonly retryAfterSeconds?: number },
): Promise<void> {
  const at = deps.clock.now();
  const { creditorId, messageId } = message;
  const open = rows.filter((row) => !row.closedKind);
  // Everybody paid while it was on its way out: it is never tried again.
  const state = open.length > 0 ? 'PLANNED' : 'ABANDONED';
  await tx.messages.update(
    { creditorId, messageId, state: 'CLAIMED' },
    { state, claimToken: null, claimedAt: null, providerWords: answer.reason.slice(0, 500), updatedAt: at },
  );
  if (open.length === 0) await tx.messageCases.update({ creditorId, messageId }, { live: false });
  for (const row of open) {
    const env = await environmentOf(tx, deps, row);
    const stage = message.stage ?? message.act;
    const round = message.round ?? 1;
    const until = addSeconds(env.now, answer.retryAfterSeconds ?? RETRY_SECONDS_DEFAULT);
    await recordVerdict(tx, deps, row, {
      stage,
      round,
      verdict: 'POSTPONED',
      code: 'providerUnavailable',
      until,
      at: env.now,
      messageId: message.messageId,
      because: { reason: answer.reason.slice(0, 200) },
    });
    await applyFacts(
      tx,
      deps,
      row,
      [{ type: 'stagePostponed', stage, round, until, reason: 'providerUnavailable' }],
      workflowActor(stage),
      { silent: row.caseId === leadId, environment: env },
    );
  }
}

async function rejected(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: CaseRow[],
  leadId: string,
  words: string,
): Promise<void> {
  const at = deps.clock.now();
  await tx.messages.update(
    { creditorId: message.creditorId, messageId: message.messageId, state: 'CLAIMED' },
    { state: 'REJECTED', providerWords: words.slice(0, 500), decidedAt: at, updatedAt: at },
  );
  // A person may put the rung back on its way: that will be another message.
  await tx.messageCases.update({ creditorId: message.creditorId, messageId: message.messageId }, { live: false });
  const open = rows.filter((known) => !known.closedKind);
  // Cases that closed meanwhile owe the rung no more: nobody has anything to put right.
  if (open.length === 0) return;
  await raiseTask(tx, deps, {
    creditorId: message.creditorId,
    kind: 'messageRejected',
    dedupeKey: `messageRejected:${message.messageId}`,
    title: `Le prestataire a refusé le message «\u202f${message.subject}\u202f»\u202f: corriger la cause puis le remettre en route.`,
    debtorId: message.debtorId,
    subjectId: message.messageId,
    ...(open[0] ? { caseId: open[0].caseId } : {}),
    detail: { providerWords: words.slice(0, 500) },
  });
  for (const row of open) {
    await applyFacts(tx, deps, row, [{ type: 'blockerRaised', blocker: 'messageRejected' }], workflowActor(message.stage ?? message.act), {
      silent: row.caseId === leadId,
    });
  }
}
