import type { CaseRow, StageVerdictRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';

/** Keeps for ever why something left or did not (N1). */
export async function recordVerdict(
  tx: Tables,
  deps: CaseworkDeps,
  row: Pick<CaseRow, 'creditorId' | 'caseId'>,
  verdict: Pick<StageVerdictRow, 'stage' | 'round' | 'verdict' | 'code'> &
    Partial<Pick<StageVerdictRow, 'because' | 'until' | 'messageId' | 'at'>>,
): Promise<void> {
  await tx.stageVerdicts.insert({
    creditorId: row.creditorId,
    verdictId: deps.ids.next(),
    caseId: row.caseId,
    stage: verdict.stage,
    round: verdict.round,
    verdict: verdict.verdict,
    code: verdict.code,
    because: verdict.because ?? {},
    until: verdict.until ?? null,
    messageId: verdict.messageId ?? null,
    at: verdict.at ?? deps.clock.now(),
  });
}
