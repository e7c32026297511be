import { decodeState, type RecoveryFact } from '#domain';
import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import { type Actor, type CaseworkDeps, workflowActor } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { environmentOf } from '../facts/case-environment.js';
import { closeTask } from '../people/tasks.js';
import { found, refusal } from '../refused-error.js';
import { reminderAccepted } from '../regime/first-reminder.js';

/** Delivery events that only a provider which took the message can send. */
export const PROVES_SENT: ReadonlySet<string> = new Set(['processed', 'delivered', 'bounce', 'spamreport', 'unsubscribe', 'deferred']);

/** The rung is done for this case: outcome row, fact, and news for the workflows that did not ask for it themselves. */
export async function stageIsDone(tx: Tx, deps: CaseworkDeps, message: OutboundMessageRow, row: CaseRow, silent: boolean): Promise<void> {
  const stage = message.stage ?? message.act;
  const round = message.round ?? 1;
  const { creditorId, caseId } = row;
  const isNew = await tx.stageOutcomes.insertOnce({
    creditorId,
    caseId,
    stage,
    round,
    outcome: 'done',
    reason: null,
    messageId: message.messageId,
    decidedAt: deps.clock.now(),
  });
  if (!isNew) return;
  const isReferral = message.channel === 'file';
  const env = await environmentOf(tx, deps, row);
  const facts: RecoveryFact[] = [
    {
      type: 'stageDone',
      stage,
      round,
      messageId: message.messageId,
      contact: isReferral ? 'none' : 'message',
      ...reminderAccepted(deps, message, env),
    },
  ];
  await applyFacts(tx, deps, row, facts, workflowActor(stage), { silent, environment: env });
}

/**
 * UNKNOWN: nobody can say whether it left. The rung waits for the provider's events or a person; a machine never sends it again (I6). An event that came
 * before this was written decides at once: it will not come a second time. A case that closed meanwhile waits for nothing.
 */
export async function markUnknown(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: readonly CaseRow[],
  silentFor: string | undefined,
  words: string,
): Promise<void> {
  const { creditorId, messageId } = message;
  const at = deps.clock.now();
  await tx.messages.update(
    { creditorId, messageId, state: 'CLAIMED' },
    { state: 'UNKNOWN', providerWords: words.slice(0, 500), updatedAt: at },
  );
  await noteCrossing(tx, message, rows);
  const marked: CaseRow[] = [];
  for (const row of rows) {
    if (row.closedKind) {
      marked.push(row);
      continue;
    }
    const applied = await applyFacts(
      tx,
      deps,
      row,
      [{ type: 'blockerRaised', blocker: 'messageUnknown' }],
      workflowActor(message.stage ?? message.act),
      {
        silent: row.caseId === silentFor,
      },
    );
    marked.push(applied.row);
  }
  const events = await tx.deliveryEvents.all({ creditorId, messageId });
  const provider = workflowActor('provider');
  if (events.some((event) => PROVES_SENT.has(event.kind))) return confirmSent(tx, deps, message, marked, provider, silentFor);
  if (events.some((event) => event.kind === 'dropped')) return confirmNotSent(tx, deps, message, marked, provider);
}

/** The provider, or a person, says that it left. Nothing is done twice: a message decided already stays as it is. */
export async function confirmSent(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: readonly CaseRow[],
  by: Actor,
  silentFor?: string,
): Promise<void> {
  const at = deps.clock.now();
  const { creditorId, messageId } = message;
  const changed = await tx.messages.update(
    { creditorId, messageId, state: ['UNKNOWN', 'HUMAN'] },
    { state: 'CONFIRMED_SENT', decidedAt: at, acceptedAt: at, updatedAt: at },
  );
  if (changed === 0) return;
  await closeTask(tx, deps, { creditorId, dedupeKey: `messageUnknown:${messageId}` }, by.actor);
  if (message.purpose === 'inform') return;
  await noteCrossing(tx, message, rows); // money may have come since nobody knew, and before it left
  for (const row of rows) {
    const lifted = await liftUnknown(tx, deps, row, by, true);
    await stageIsDone(tx, deps, message, lifted, row.caseId === silentFor);
  }
}

/** It never left: the rung is owed again, with a new message and a new claim. A letter in the post tray did leave, whatever became of its copy by mail. */
export async function confirmNotSent(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: readonly CaseRow[],
  by: Actor,
): Promise<void> {
  const at = deps.clock.now();
  const { creditorId, messageId } = message;
  const letter = await tx.postItems.one({ creditorId, messageId });
  if (letter && letter.state !== 'cancelled') return confirmSent(tx, deps, message, rows, by);
  const changed = await tx.messages.update(
    { creditorId, messageId, state: ['UNKNOWN', 'HUMAN'] },
    { state: 'CONFIRMED_NOT_SENT', decidedAt: at, updatedAt: at },
  );
  if (changed === 0) return;
  await tx.messageCases.update({ creditorId, messageId }, { live: false });
  await closeTask(tx, deps, { creditorId, dedupeKey: `messageUnknown:${messageId}` }, by.actor);
  if (message.purpose === 'inform') return;
  for (const row of rows) await liftUnknown(tx, deps, row, by, false);
}

async function liftUnknown(tx: Tx, deps: CaseworkDeps, row: CaseRow, by: Actor, silent: boolean): Promise<CaseRow> {
  // Also on a closed case: it may come back, and nobody would lift the blocker then.
  if (row.closedKind && !decodeState(row.recovery).blockers.includes('messageUnknown')) return row;
  return (
    await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker: 'messageUnknown' }], by, {
      silent: silent || row.closedKind !== null,
    })
  ).row;
}

/** I2: money that was recorded after the claim and before the answer crossed the message; staff see it. */
export async function noteCrossing(tx: Tx, message: OutboundMessageRow, rows: readonly CaseRow[]): Promise<void> {
  if (!message.claimedAt || rows.length === 0) return;
  const { creditorId, messageId, claimedAt } = message;
  const allocations = await tx.allocations.all(
    { creditorId, caseId: rows.map((row) => row.caseId), reversedAt: null },
    { by: 'recordedAt', direction: 'desc', limit: 1 },
  );
  if (allocations.some((allocation) => allocation.recordedAt > claimedAt))
    await tx.messages.update({ creditorId, messageId }, { crossedWithPayment: true });
}

/** A person found out whether an uncertain message left (I6, I8). Refused when nothing is uncertain about it. */
export async function decideByPerson(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  messageId: string,
  verdict: 'sent' | 'notSent',
  by: Actor,
): Promise<void> {
  const links = await tx.messageCases.all({ creditorId, messageId });
  const rows = await tx.lockCases(
    creditorId,
    links.map((l) => l.caseId),
  );
  const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
  if (message.state !== 'UNKNOWN' && message.state !== 'HUMAN') throw refusal('messageNotUncertain', { state: message.state });
  await (verdict === 'sent' ? confirmSent(tx, deps, message, rows, by) : confirmNotSent(tx, deps, message, rows, by));
}
