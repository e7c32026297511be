import { type Blocker, decodeState, type RecoveryFact } from '#domain';
import type { CaseRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { type AppliedCase, applyFacts } from '../facts/apply-facts.js';
import { found, refusal } from '../refused-error.js';

/** What stands until a person says that its cause is gone. */
const PERSONS: readonly Blocker[] = ['messageRejected', 'handedToPerson', 'referralRefused'];
const TASKS = ['messageRejected', 'letterImpossible', 'lateStage', 'review'];

/**
 * A person corrected what held the ladder: a message the provider refused, a letter that could not be written, an approval that was refused. The rung is owed
 * again, with a new letter and, where it needs one, a new approval. Refused when nothing of the kind holds the case.
 */
export async function resumeLadder(tx: Tx, deps: CaseworkDeps, creditorId: string, caseId: string, by: Actor): Promise<AppliedCase> {
  const [row] = await tx.lockCases(creditorId, [caseId]);
  const locked = found(row, 'case', caseId);
  const facts = resuming(locked, await refusedMessage(tx, locked));
  if (facts.length === 0) throw refusal('nothingToResume', { caseId });
  // What the person did is done, not cancelled: before the facts end whatever else they leave without a cause.
  await tx.tasks.update(
    { creditorId, caseId, state: 'open', kind: TASKS },
    { state: 'done', closedBy: by.actor, closedAt: deps.clock.now() },
  );
  return applyFacts(tx, deps, locked, facts, by);
}

/** The message of a refused request; the next revision asks anew. */
async function refusedMessage(tx: Tx, row: CaseRow): Promise<string | undefined> {
  const { approval } = decodeState(row.recovery);
  if (approval?.state !== 'refused') return undefined;
  return (await tx.approvals.one({ creditorId: row.creditorId, approvalId: approval.approvalId }))?.messageId;
}

function resuming(row: CaseRow, messageId: string | undefined): RecoveryFact[] {
  const { blockers, approval } = decodeState(row.recovery);
  const lifts = PERSONS.filter((blocker) => blockers.includes(blocker)).map((blocker) => ({ type: 'blockerLifted' as const, blocker }));
  if (!messageId || !approval) return lifts;
  return [...lifts, { type: 'stagePrepared', stage: approval.stage, round: approval.round, messageId }];
}
