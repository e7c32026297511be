import type { JournalRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { canonicalHash } from '../canonical-hash.js';
import { CHAIN_START, journalRow, recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { found } from '../refused-error.js';

/** One stream per creditor tells which raising began and which ended; each case has one for its own numbers, apart from its facts. */
const RAISINGS = 'epochs';
type Needs = Pick<CaseworkDeps, 'clock' | 'ids'>;
const streamOf = (caseId: string): string => `epoch:${caseId}`;

export interface EpochRaising {
  /** Names the raising in every journal row, so that one which was cut short is continued and not begun anew. */
  readonly raisingId: string;
  /** A raising that began earlier and never ended. */
  readonly isResumed: boolean;
}

/** The raising of a creditor that began and never ended; undefined when all that began have ended. */
export async function openRaising(tx: Pick<Tx, 'journal'>, creditorId: string): Promise<string | undefined> {
  const [last] = await tx.journal.all({ creditorId, streamId: RAISINGS }, { by: 'seq', direction: 'desc', limit: 1 });
  return last?.kind === 'epochRaisingBegun' ? String(last.cause['raisingId']) : undefined;
}

/** Begins a raising for a creditor's open cases, or continues the one that was cut short. */
export async function beginRaising(tx: Tx, deps: Needs, creditorId: string, by: Actor): Promise<EpochRaising> {
  const open = await openRaising(tx, creditorId);
  if (open) return { raisingId: open, isResumed: true };
  const raisingId = deps.ids.next();
  await noteRaising(tx, deps, creditorId, { kind: 'epochRaisingBegun', raisingId }, by);
  return { raisingId, isResumed: false };
}

export async function endRaising(
  tx: Tx,
  deps: Needs,
  creditorId: string,
  { raisingId, cases }: { raisingId: string; cases: number },
  by: Actor,
): Promise<void> {
  await noteRaising(tx, deps, creditorId, { kind: 'epochRaisingEnded', raisingId, cases }, by);
}

/**
 * Raises the epoch of some open cases by one, each once per raising, with a journal row each: workflows then take the rows' numbers even where theirs are
 * higher, as after a restore. The rows stand in a stream of their own, because the epoch is no fact about the debt: the chain of the case's facts
 * stays as it is. Returns how many were raised now; closed cases and those that this raising has done are left.
 */
export async function raiseEpochs(
  tx: Tx,
  deps: Needs,
  creditorId: string,
  { caseIds, raisingId }: { caseIds: readonly string[]; raisingId: string },
  by: Actor,
): Promise<number> {
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const rows = (await tx.lockCases(creditorId, caseIds)).filter((row) => row.closedKind === null);
  const before = new Map<string, JournalRow>();
  for (const entry of await tx.journal.all({ creditorId, streamId: rows.map(({ caseId }) => streamOf(caseId)) }, { by: 'seq' }))
    before.set(entry.streamId, entry);
  const owed = rows.filter(({ caseId }) => before.get(streamOf(caseId))?.cause['raisingId'] !== raisingId);
  if (owed.length === 0) return 0;
  const recordedAt = deps.clock.now();
  const entries = owed.map(({ caseId, epoch }) => {
    const last = before.get(streamOf(caseId));
    const change = { streamId: streamOf(caseId), kind: 'epochRaised', cause: { caseId, raisingId, epoch: epoch + 1 } };
    const hashes = { beforeHash: canonicalHash({ epoch }), afterHash: canonicalHash({ epoch: epoch + 1 }) };
    const chain = { seq: (last?.seq ?? 0) + 1, previousHash: last?.hash ?? CHAIN_START };
    return journalRow({ creditorId, ...change, ...hashes, ...chain, recordedAt, effectiveOn: todayFor(creditor, deps.clock) }, by);
  });
  await tx.journal.insert(entries);
  // Cases of one creditor mostly share a number: one statement for each there is.
  for (const epoch of new Set(owed.map((row) => row.epoch))) {
    const ids = owed.filter((row) => row.epoch === epoch).map(({ caseId }) => caseId);
    await tx.cases.update({ creditorId, caseId: ids }, { epoch: epoch + 1 });
  }
  return owed.length;
}

async function noteRaising(
  tx: Tx,
  deps: Needs,
  creditorId: string,
  { kind, raisingId, cases }: { kind: string; raisingId: string; cases?: number },
  by: Actor,
): Promise<void> {
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const cause = { raisingId, ...(cases === undefined ? {} : { cases }) };
  const effectiveOn = todayFor(creditor, deps.clock);
  await recordChange(
    tx,
    { creditorId, streamId: RAISINGS, kind, recordedAt: deps.clock.now(), effectiveOn, cause, before: null, after: cause },
    by,
  );
}
