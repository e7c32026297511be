import { decodeState } from '#domain';
import type { Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { type AppliedCase, applyFacts } from '../facts/apply-facts.js';
import { closeTask } from '../people/tasks.js';
import { found, refusal } from '../refused-error.js';

/** A person read the document and found it right: the case may be chased. Its task is done once no term of the invoice waits any more. */
export async function clearDoubts(tx: Tx, deps: CaseworkDeps, creditorId: string, caseId: string, by: Actor): Promise<AppliedCase> {
  const [row] = await tx.lockCases(creditorId, [caseId]);
  const locked = found(row, 'case', caseId);
  if (!decodeState(locked.recovery).blockers.includes('documentDoubt')) throw refusal('noDocumentDoubt');
  const applied = await applyFacts(tx, deps, locked, [{ type: 'blockerLifted', blocker: 'documentDoubt' }], by);
  const terms = await tx.cases.all({ creditorId, invoiceId: locked.invoiceId, closedKind: null });
  const isLast = terms.every((term) => !decodeState(term.recovery).blockers.includes('documentDoubt'));
  if (isLast) await closeTask(tx, deps, { creditorId, dedupeKey: `documentDoubt:${locked.invoiceId}` }, by.actor);
  return applied;
}
