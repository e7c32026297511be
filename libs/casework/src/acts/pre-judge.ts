import type { CaseSnapshot } from '#domain';
import type { CaseworkDeps } from '../casework-deps.js';
import { chooseContact, mayGoByPost } from '../messages/choose-contact.js';
import { applyVerdict } from '../messages/claim-message.js';
import { judgeSend, type SendVerdict } from '../messages/judge-send.js';
import { type ActRequest, runAct } from './begin-act.js';

/**
 * Asks the questions of the claim once before anything is rendered: a rung that cannot leave is postponed or skipped here, with its verdict. The claim asks
 * them all again on its own locked rows; this answer gives no right to send.
 */
export async function preJudge(
  deps: CaseworkDeps,
  request: ActRequest,
): Promise<{ verdict: SendVerdict | 'stale'; snapshot: CaseSnapshot }> {
  let verdict: SendVerdict | 'stale' = 'stale';
  const snapshot = await runAct(deps, request, 'exclusive', async ({ tx, row, env }) => {
    const stage = request.wake.stage ?? '';
    const round = request.wake.round ?? 1;
    const policyStage = env.policy.stages.find((s) => s.id === stage);
    if (!policyStage) return;
    const contact = await chooseContact(tx, row.creditorId, row.debtorId, 'email');
    const isFormal = policyStage.act.type === 'formalNotice' || policyStage.act.type === 'referral';
    const needsContact = policyStage.act.type === 'mail' && !mayGoByPost(policyStage, env.debtor);
    verdict = await judgeSend(tx, deps, {
      row,
      env,
      stage,
      round,
      isFormal,
      needsApproval: policyStage.needsApproval,
      contact,
      needsContact,
    });
    if (verdict.verdict !== 'SENT') await applyVerdict(tx, deps, row, stage, round, verdict);
  });
  return { verdict, snapshot };
}
