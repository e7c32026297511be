import type { Day } from '#domain';
import type { CaseRow, JournalRow, TaskRow, Tx } from '#ports';
import { canonicalHash } from '../canonical-hash.js';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { kindsEndedBy, type TaskEnding } from '../people/task-rules.js';
import { CHAIN_START, journalRow } from './journal-entry.js';

/**
 * Ends the open tasks whose cause went away with these endings of a case, and gives the journal row of each, which says why. Asks the database nothing where
 * there is no ending. The case's row must have been written: a task of a whole invoice or debtor ends with the last of their cases.
 */
export async function endTasks(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  endings: readonly TaskEnding[],
  effectiveOn: Day,
  by: Actor,
): Promise<JournalRow[]> {
  const { ofCase, ofInvoice, ofDebtor } = kindsEndedBy(endings);
  if (ofCase.length + ofInvoice.length + ofDebtor.length === 0) return [];
  const { creditorId, caseId, invoiceId, debtorId } = row;
  const closedAt = deps.clock.now();
  const which = {
    ...{ caseId, invoiceId, debtorId },
    kinds: ofCase,
    keysOfInvoice: ofInvoice.map((kind) => `${kind}:${invoiceId}`),
    keysOfDebtor: ofDebtor.map((kind) => `${kind}:${debtorId}`),
  };
  const ended = await tx.endTasks(creditorId, which, { closedBy: 'system', closedAt });
  return ended.map((task) => causeGone(task, { recordedAt: closedAt, effectiveOn, because: endings, endedBy: caseId }, by));
}

/** The only row of its stream: a task ends once. */
function causeGone(
  { creditorId, taskId, kind, caseId, dedupeKey }: TaskRow,
  why: {
    readonly recordedAt: JournalRow['recordedAt'];
    readonly effectiveOn: Day;
    readonly because: readonly TaskEnding[];
    readonly endedBy: string;
  },
  by: Actor,
): JournalRow {
  const { recordedAt, effectiveOn, because, endedBy } = why;
  return journalRow(
    {
      ...{ creditorId, streamId: `task:${taskId}`, seq: 1, kind: 'taskCancelled', recordedAt, effectiveOn },
      cause: { taskId, kind, caseId, dedupeKey, closedBy: 'causeGone', because: [...because], endedBy },
      beforeHash: canonicalHash({ state: 'open' }),
      afterHash: canonicalHash({ state: 'cancelled' }),
      previousHash: CHAIN_START,
    },
    by,
  );
}
