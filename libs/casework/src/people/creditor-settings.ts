import { decodeState, type Instant, parseInstant } from '#domain';
import type { CreditorRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts, snapshotOfRow } from '../facts/apply-facts.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { found, refusal } from '../refused-error.js';
import { closeTask } from './tasks.js';

/** First instant of every sandbox clock: 2 March 2026, 08:00 in Paris, a spring whose rates are all known. */
export const SANDBOX_START = '2026-03-02T07:00:00.000Z' as Instant;

export async function createCreditor(tx: Tx, deps: CaseworkDeps, row: CreditorRow, by: Actor): Promise<void> {
  if (!(await tx.creditors.insertOnce(row))) throw refusal('creditorExists', { creditorId: row.creditorId }, '/creditorId');
  await journalCreditor(tx, deps, 'creditorCreated', null, row, by);
}

/** Changes settings; `version` guards against a lost update. Going live lifts what waited for it. */
export async function updateCreditor(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  patch: Partial<CreditorRow>,
  version: number,
  by: Actor,
): Promise<CreditorRow> {
  const before = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const after: CreditorRow = { ...before, ...patch, creditorId, version: before.version + 1 };
  if ((await tx.creditors.update({ creditorId, version }, { ...patch, version: after.version })) === 0)
    throw refusal('versionConflict', { version: before.version });
  await journalCreditor(tx, deps, 'creditorChanged', before, after, by);
  if (!before.live && after.live) await liftNotLive(tx, deps, creditorId, by);
  // Somebody read the contract: what it says is kept.
  const isRead = after.contractTerms.consumer && !before.contractTerms.consumer;
  if (isRead) await closeTask(tx, deps, { creditorId, dedupeKey: `readContract:${creditorId}:consumer` }, by.actor);
  return after;
}

async function liftNotLive(tx: Tx, deps: CaseworkDeps, creditorId: string, by: Actor): Promise<void> {
  const open = await tx.cases.all({ creditorId, closedKind: null }, { by: 'caseId', limit: 10_000 });
  const waiting = open.filter((row) => decodeState(row.recovery).blockers.includes('creditorNotLive'));
  for (const row of await tx.lockCases(
    creditorId,
    waiting.map((r) => r.caseId),
  )) {
    await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker: 'creditorNotLive' }], by);
  }
}

/** What is still missing before a creditor may send: each entry is a field and a French sentence. */
export function readinessOf(creditor: CreditorRow): { field: string; sentence: string }[] {
  const wanted: [keyof CreditorRow, string][] = [
    ['legalName', 'Raison sociale'],
    [creditor.law === 'FR' ? 'siren' : 'enterpriseNumber', creditor.law === 'FR' ? 'SIREN' : 'Numéro d’entreprise'],
    ['iban', 'IBAN'],
    ['signatoryName', 'Signataire'],
    ['senderEmail', 'Adresse d’expédition vérifiée'],
    ['replyToEmail', 'Adresse de réponse'],
    ['policyId', 'Politique de relance'],
  ];
  return wanted
    .filter(([field]) => !creditor[field])
    .map(([field, name]) => ({ field, sentence: `${name}\u202f: à compléter avant la mise en service.` }));
}

/**
 * Moves a sandbox clock forward, under the creditor's exclusive lock, and tells only the cases due by then. A real creditor refuses. Never backwards.
 */
export async function moveClock(tx: Tx, deps: CaseworkDeps, creditorId: string, to: Instant, by: Actor): Promise<CreditorRow> {
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  if (!creditor.sandbox || !creditor.clockAt) throw refusal('notASandbox', { creditorId });
  const at = parseInstant(to);
  if (!at || at < creditor.clockAt) throw refusal('clockOnlyForward', { at: creditor.clockAt }, '/at');
  const clockVersion = creditor.clockVersion + 1;
  await tx.creditors.update({ creditorId }, { clockAt: at, clockVersion });
  const moved: CreditorRow = { ...creditor, clockAt: at, clockVersion };
  const open = await tx.cases.all({ creditorId, closedKind: null }, { by: 'wakeAt', limit: 10_000 });
  const recordedAt = deps.clock.now();
  for (const row of open.filter((r) => r.wakeAt !== null && r.wakeAt <= at)) {
    await tx.enqueue({
      creditorId,
      workflowId: row.workflowId,
      kind: 'signal',
      name: 'sandboxClockMoved',
      payload: { caseId: row.caseId, version: clockVersion, at, snapshot: await snapshotOfRow(tx, deps, row), recordedAt },
      createdAt: recordedAt,
    });
  }
  await tellInforms(tx, creditorId, { version: clockVersion, at }, recordedAt);
  await journalCreditor(tx, deps, 'sandboxClockMoved', creditor, moved, by);
  return moved;
}

/** Messages that wait for the sending window wait on the same clock. */
async function tellInforms(tx: Tx, creditorId: string, clock: { version: number; at: Instant }, recordedAt: Instant): Promise<void> {
  const planned = await tx.messages.all({ creditorId, purpose: 'inform', state: 'PLANNED' }, { by: 'createdAt', limit: 1000 });
  for (const { messageId, workflowId } of planned) {
    if (!workflowId) continue;
    await tx.enqueue({
      creditorId,
      workflowId,
      kind: 'signal',
      name: 'sandboxClockMoved',
      payload: { messageId, ...clock, recordedAt },
      createdAt: recordedAt,
    });
  }
}

async function journalCreditor(
  tx: Tx,
  deps: CaseworkDeps,
  kind: string,
  before: CreditorRow | null,
  after: CreditorRow,
  by: Actor,
): Promise<void> {
  await recordChange(
    tx,
    {
      creditorId: after.creditorId,
      streamId: `creditor:${after.creditorId}`,
      kind,
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(after, deps.clock),
      cause: { creditorId: after.creditorId, version: after.version, clockAt: after.clockAt, clockVersion: after.clockVersion },
      before,
      after,
    },
    by,
  );
}
