import { decodeState } from '#domain';
import type { CaseRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';

const OPEN_CASES_MAX = 10_000;

/** Open cases whose rung is postponed for one of the reasons; of one debtor, or of the creditor. */
export async function casesWaitingFor(tx: Tx, creditorId: string, reasons: ReadonlySet<string>, debtorId?: string): Promise<string[]> {
  const open = await tx.cases.all(
    { creditorId, closedKind: null, ...(debtorId ? { debtorId } : {}) },
    { by: 'caseId', limit: OPEN_CASES_MAX },
  );
  return open.filter((row) => waits(row, reasons)).map((row) => row.caseId);
}

/** What they waited for is decided: each looks again at once (`blockerLifted`); whatever else still holds a case stays. */
export async function liftWaiting(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseIds: readonly string[],
  reasons: ReadonlySet<string>,
  by: Actor,
): Promise<void> {
  if (caseIds.length === 0) return;
  for (const row of await tx.lockCases(creditorId, caseIds)) {
    if (row.closedKind || !waits(row, reasons)) continue;
    await applyFacts(tx, deps, row, [{ type: 'blockerLifted', blocker: reasons.has('brakeOn') ? 'brake' : 'parkedMoney' }], by);
  }
}

function waits(row: CaseRow, reasons: ReadonlySet<string>): boolean {
  return reasons.has(decodeState(row.recovery).postponed?.reason ?? '');
}
