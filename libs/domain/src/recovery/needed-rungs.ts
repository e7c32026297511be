import { asksForCosts, type DunningPolicy, type PolicyStage } from '../policy/dunning-policy.js';
import type { PlanConstraints } from './plan-constraints.js';
import { FIRST_REMINDER_STAGE, FORMAL_NOTICE_STAGE } from './stage-names.js';

/**
 * The rungs that have no ground once this one is struck out: what counts from a notice, the hand-over of a file without one, and, where the law asks for a
 * free first reminder (CDE XIX.2), whatever costs. What needs one of those goes with it. In ladder order, without the rung itself.
 */
export function rungsNeeding(
  stage: string,
  policy: Pick<DunningPolicy, 'stages'>,
  constraints: Pick<PlanConstraints, 'claimFrom'> | undefined,
): readonly string[] {
  const gone = new Set([stage]);
  for (let size = 0; size < gone.size; ) {
    size = gone.size;
    for (const later of policy.stages) if (isGroundless(later, gone, constraints?.claimFrom !== undefined)) gone.add(later.id);
  }
  return policy.stages.filter(({ id }) => id !== stage && gone.has(id)).map(({ id }) => id);
}

function isGroundless(stage: PolicyStage, gone: ReadonlySet<string>, hasFreeReminder: boolean): boolean {
  if (hasFreeReminder && gone.has(FIRST_REMINDER_STAGE) && asksForCosts(stage)) return true;
  if (!gone.has(FORMAL_NOTICE_STAGE)) return false;
  const anchors = [stage.opens, ...(stage.notBefore ?? [])].map(({ anchor }) => anchor);
  return (
    stage.act.type === 'referral' || anchors.some((anchor) => anchor.startsWith('notice.') || anchor === `${FORMAL_NOTICE_STAGE}.done`)
  );
}
