import { decodeState, encodeState } from '#domain';
import type { CaseRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { workflowActor } from '../casework-deps.js';
import { todayFor } from '../moment.js';
import { found } from '../refused-error.js';
import { snapshotOfRow } from './apply-facts.js';
import { recordChange } from './journal-entry.js';

/**
 * A case came back and the workflow of its id has ended: the case gets its next episode and a fresh id (`…/2`), and the start is queued under it. By
 * compare-and-set on the id that was found closed, so that two relays make one episode. `stale`: somebody did it already, or the case is closed again.
 */
export async function nextEpisode(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  closedWorkflowId: string,
): Promise<{ readonly result: 'queued'; readonly workflowId: string } | { readonly result: 'stale' }> {
  const [row] = await tx.lockCases(creditorId, [caseId]);
  const locked = found(row, 'case', caseId);
  if (locked.workflowId !== closedWorkflowId || locked.closedKind) return { result: 'stale' };
  const episode = locked.episode + 1;
  const workflowId = `${firstWorkflowId(locked)}/${episode}`;
  const recovery = encodeState({ ...decodeState(locked.recovery), episode });
  await tx.cases.update(
    { creditorId, caseId, workflowId: closedWorkflowId },
    { workflowId, episode, recovery, updatedAt: deps.clock.now() },
  );
  await recordEpisode(tx, deps, locked, episode, workflowId);
  await enqueueStart(tx, deps, { ...locked, workflowId, episode, recovery });
  return { result: 'queued', workflowId };
}

function firstWorkflowId({ workflowId, episode }: CaseRow): string {
  const suffix = `/${episode}`;
  return episode > 1 && workflowId.endsWith(suffix) ? workflowId.slice(0, -suffix.length) : workflowId;
}

async function enqueueStart(tx: Tx, deps: CaseworkDeps, row: CaseRow): Promise<void> {
  const recordedAt = deps.clock.now();
  await tx.enqueue({
    creditorId: row.creditorId,
    workflowId: row.workflowId,
    kind: 'startRecovery',
    name: 'recoverInvoice',
    payload: { caseId: row.caseId, snapshot: await snapshotOfRow(tx, deps, row), caption: await captionOf(tx, row), recordedAt },
    createdAt: recordedAt,
  });
}

/** What the Temporal UI shows above a case beside its snapshot: number, policy, which term of how many. */
export async function captionOf(
  tx: Pick<Tx, 'invoices' | 'invoiceTerms'>,
  row: CaseRow,
): Promise<{ invoiceNumber: string; policy: string; term: { index: number; of: number } }> {
  const { creditorId, invoiceId } = row;
  const invoice = found(await tx.invoices.one({ creditorId, invoiceId }), 'invoice', invoiceId);
  const terms = await tx.invoiceTerms.count({ creditorId, invoiceId });
  return {
    invoiceNumber: invoice.number,
    policy: `${row.policyId}@${row.policyVersion}`,
    term: { index: row.term, of: Math.max(terms, row.term) },
  };
}

async function recordEpisode(tx: Tx, deps: CaseworkDeps, row: CaseRow, episode: number, workflowId: string): Promise<void> {
  const creditor = found(await tx.creditors.one({ creditorId: row.creditorId }), 'creditor', row.creditorId);
  await recordChange(
    tx,
    {
      creditorId: row.creditorId,
      streamId: `episode:${row.caseId}`,
      kind: 'episodeBegun',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { caseId: row.caseId, episode, workflowId },
      before: { episode: row.episode, workflowId: row.workflowId },
      after: { episode, workflowId },
    },
    workflowActor('relay'),
  );
}
