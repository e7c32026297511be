import type { CaseRow, TaskRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { found, refusal } from '../refused-error.js';

/**
 * Finance says what becomes of interest and indemnity once the principal is in: claim them, or waive them. Asked once per settlement; refused when nothing
 * is asked. Neither reopens the case: `pursue` is a decision that a person carries out, a settled case chases nobody.
 */
export async function decideAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  decision: 'pursue' | 'waive',
  by: Actor,
): Promise<CaseRow> {
  const [row] = await tx.lockCases(creditorId, [caseId]);
  const locked = found(row, 'case', caseId);
  const task = await askedOf(tx, locked);
  if (!task) throw refusal('accessoriesNotAsked', { caseId });
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const at = deps.clock.now();
  await tx.tasks.update({ creditorId, taskId: task.taskId, state: 'open' }, { state: 'done', closedBy: by.actor, closedAt: at });
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `accessories:${caseId}`,
      kind: decision === 'waive' ? 'accessoriesWaived' : 'accessoriesPursued',
      recordedAt: at,
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { caseId, restMinor: task.detail.restMinor ?? null, on: task.detail.on ?? null, because: 'decidedByPerson' },
      before: { asked: task.taskId },
      after: { decision },
    },
    by,
  );
  return locked;
}

async function askedOf(tx: Tx, { creditorId, caseId }: CaseRow): Promise<TaskRow | undefined> {
  const [task] = await tx.tasks.all(
    { creditorId, caseId, kind: 'decideAccessories', state: 'open' },
    { by: 'createdAt', direction: 'desc', limit: 1 },
  );
  return task;
}
