import { type DunningPolicy, FIRST_REMINDER_STAGE, type PolicyStage } from '#domain';
import { finding, type PolicyFinding } from './policy-finding.js';

const LEAVES_ANYWAY: ReadonlySet<PolicyStage['lateness']> = new Set(['run', 'respace']);

/**
 * The lateness policy makes sense: no machine leaves out a rung that others stand on (the free first reminder, the only call before the notice), nobody is
 * asked twice about a rung that needs an approval anyway, and a number of days is given only where it changes something.
 */
export function checkLateness(policy: DunningPolicy): PolicyFinding[] {
  return policy.stages.flatMap((stage, index) => [...checkWithin(stage, index), ...checkLeavingOut(policy, stage, index)]);
}

function checkWithin(stage: PolicyStage, index: number): PolicyFinding[] {
  if (stage.lateWithinBusinessDays === undefined || !LEAVES_ANYWAY.has(stage.lateness)) return [];
  const sentence = `«\u202f${stage.id}\u202f» part quel que soit son retard\u202f: le nombre de jours n’y change rien.`;
  return [finding('latenessWithoutEffect', `/stages/${index}/lateWithinBusinessDays`, sentence)];
}

function checkLeavingOut(policy: DunningPolicy, stage: PolicyStage, index: number): PolicyFinding[] {
  if (LEAVES_ANYWAY.has(stage.lateness)) return [];
  const refused = (why: string) => [finding('latenessNotAllowed', `/stages/${index}/lateness`, `«\u202f${stage.id}\u202f» ${why}.`)];
  if (stage.needsApproval) return refused('demande de toute façon un accord\u202f: en retard, il est préparé de nouveau');
  if (stage.lateness === 'ask') return [];
  if (stage.id === FIRST_REMINDER_STAGE)
    return refused('fonde tout ce qui suit\u202f: un retard ne dispense pas du premier rappel gratuit');
  return isLastCall(policy, stage) ? refused('est le seul appel sûr avant la mise en demeure\u202f: un retard n’en dispense pas') : [];
}

/** No other call before the notice is sure to be made. */
function isLastCall({ stages }: DunningPolicy, stage: PolicyStage): boolean {
  const noticeAt = stages.findIndex(({ act }) => act.type === 'formalNotice');
  const before = stages.slice(0, Math.max(noticeAt, 0)).filter(({ act }) => act.type === 'call');
  return before.includes(stage) && !before.some((call) => call.lateness !== 'skip');
}
