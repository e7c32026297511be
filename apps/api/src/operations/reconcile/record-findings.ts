import type { Instant } from '#domain';
import type { ReconcilerFindingRow } from '#ports';
import type { Backend } from '../../backend.js';
import type { Difference } from './compare-case.js';
import type { Repair } from './repair.js';

/** The open finding of the same difference, when an earlier pass saw it. */
export async function openFinding(
  backend: Backend,
  { creditorId, workflowId, kind }: Difference,
): Promise<ReconcilerFindingRow | undefined> {
  const [row] = await backend.plain((tx) => tx.reconcilerFindings.all({ creditorId, workflowId, kind, resolvedAt: null }));
  return row;
}

/** Keeps what was found and done: one open row per difference, counted up by every pass that sees it again. */
export async function recordFinding(
  backend: Backend,
  difference: Difference,
  action: Exclude<Repair, 'left'>,
  before: ReconcilerFindingRow | undefined,
): Promise<void> {
  const { creditorId, workflowId, kind, caseId, detail } = difference;
  const now = backend.deps.clock.now();
  await backend.plain(async (tx) => {
    if (before) {
      const seen = { action, detail: { ...detail }, times: before.times + 1, lastSeenAt: now };
      await tx.reconcilerFindings.update({ creditorId, findingId: before.findingId }, seen);
      return;
    }
    await tx.reconcilerFindings.insertOnce({
      creditorId,
      findingId: backend.deps.ids.next(),
      kind,
      workflowId,
      caseId,
      action,
      detail: { ...detail },
      times: 1,
      foundAt: now,
      lastSeenAt: now,
      resolvedAt: null,
    });
  });
}

/** After a whole look at a creditor: what it did not see again is over. */
export async function resolveUnseen(backend: Backend, creditorId: string, since: Instant): Promise<void> {
  await backend.plain(async (tx) => {
    const open = await tx.reconcilerFindings.all({ creditorId, resolvedAt: null }, { by: 'foundAt', limit: 10_000 });
    const gone = open.filter((finding) => finding.lastSeenAt < since).map((finding) => finding.findingId);
    if (gone.length > 0) await tx.reconcilerFindings.update({ creditorId, findingId: gone }, { resolvedAt: backend.deps.clock.now() });
  });
}
