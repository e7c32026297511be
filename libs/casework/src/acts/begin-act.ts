import { type CaseSnapshot, type RecoveryFact, type Wake } from '#domain';
import type { CaseRow, LockMode, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { workflowActor } from '../casework-deps.js';
import { applyFacts, type AppliedCase, snapshotOfRow } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { found } from '../refused-error.js';

/** What every act is called with (see `#contracts`). */
export interface ActRequest {
  readonly caseId: string;
  readonly creditorId: string;
  readonly wake: Wake;
  readonly factSeq: number;
  readonly epoch: number;
}

export interface ActScope {
  readonly tx: Tx;
  readonly row: CaseRow;
  readonly env: CaseEnvironment;
  /** Applies facts silently: the act returns the snapshot itself. */
  apply(facts: readonly RecoveryFact[]): Promise<AppliedCase>;
}

/** True when the wake named by the caller is still the case's own. */
export function isCurrentWake(row: CaseRow, wake: Wake): boolean {
  return (
    row.closedKind === null &&
    row.wakeKind === wake.kind &&
    row.wakeAt === wake.at &&
    row.wakeStage === (wake.stage ?? null) &&
    row.wakeRound === (wake.round ?? null)
  );
}

/**
 * Runs an act that is one transaction. A stale wake does nothing and returns the current snapshot, so that running an act again is always safe.
 * A wake that has not come yet (a sandbox clock that stands still) is answered the same way.
 */
export async function runAct(
  deps: CaseworkDeps,
  request: ActRequest,
  mode: LockMode,
  work: (scope: ActScope) => Promise<void>,
): Promise<CaseSnapshot> {
  const { creditorId, caseId, wake } = request;
  return deps.unitOfWork.run(creditorId, mode, async (tx) => {
    const [row] = await tx.lockCases(creditorId, [caseId]);
    const locked = found(row, 'case', caseId);
    const env = await environmentOf(tx, deps, locked);
    if (!isCurrentWake(locked, wake) || wake.at > env.now) return snapshotOfRow(tx, deps, locked);
    let current = locked;
    const apply = async (facts: readonly RecoveryFact[]): Promise<AppliedCase> => {
      const applied = await applyFacts(tx, deps, current, facts, workflowActor(wake.stage ?? wake.kind), { silent: true });
      current = applied.row;
      return applied;
    };
    await work({ tx, row: locked, env, apply });
    const fresh = found(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
    return snapshotOfRow(tx, deps, fresh);
  });
}

/** The snapshot of a case as it stands now. */
export async function currentSnapshot(deps: CaseworkDeps, creditorId: string, caseId: string): Promise<CaseSnapshot> {
  return deps.unitOfWork.plain(async (tx) => snapshotOfRow(tx, deps, found(await tx.cases.one({ creditorId, caseId }), 'case', caseId)));
}
