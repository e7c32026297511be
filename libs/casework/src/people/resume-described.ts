import { decodeState } from '#domain';
import type { CaseRow, InvoiceRow, TaskRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';

/** What a letter lacked when the invoice does not say what was sold. */
export const DESCRIPTION_FIELD = 'firstReminder.description';

/** Tasks that stand for the same hold as a letter that could not be written. */
const HOLDING = ['letterImpossible', 'lateStage', 'review'];

/** The invoice says now what was sold: the tasks that asked for it are done, and each case that waited for nothing else owes its letter again. */
export async function resumeDescribed(tx: Tx, deps: CaseworkDeps, invoice: InvoiceRow, by: Actor): Promise<void> {
  const { creditorId, invoiceId } = invoice;
  if (invoice.description === null) return;
  const cases = await tx.cases.all({ creditorId, invoiceId, closedKind: null });
  if (cases.length === 0) return;
  const caseIds = cases.map(({ caseId }) => caseId);
  const tasks = await tx.tasks.all({ creditorId, caseId: caseIds, state: 'open', kind: HOLDING });
  if (!tasks.some(asksForDescription)) return;
  for (const row of await tx.lockCases(creditorId, caseIds)) {
    const own = tasks.filter(({ caseId }) => caseId === row.caseId);
    if (own.some(asksForDescription)) await resume(tx, deps, row, own, by);
  }
}

function asksForDescription({ kind, detail }: TaskRow): boolean {
  return kind === 'letterImpossible' && detail['field'] === DESCRIPTION_FIELD;
}

/** A review of nothing but this very hold is no other thing to mend. */
function isReviewOfHold({ kind, detail }: TaskRow): boolean {
  const blockers = detail['blockers'];
  return kind === 'review' && Array.isArray(blockers) && blockers.length > 0 && blockers.every((blocker) => blocker === 'handedToPerson');
}

async function resume(tx: Tx, deps: CaseworkDeps, row: CaseRow, own: readonly TaskRow[], by: Actor): Promise<void> {
  const { creditorId } = row;
  const done = own.filter(asksForDescription).map(({ taskId }) => taskId);
  await tx.tasks.update({ creditorId, taskId: done, state: 'open' }, { state: 'done', closedBy: by.actor, closedAt: deps.clock.now() });
  const waitsForMore = own.some((task) => !asksForDescription(task) && !isReviewOfHold(task));
  if (waitsForMore || !decodeState(row.recovery).blockers.includes('handedToPerson')) return;
  await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker: 'handedToPerson' }], by);
}
