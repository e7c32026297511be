import type { CaseState } from './case-state.js';
import type { RecoveryState } from './recovery-state.js';
import { SENT_ELSEWHERE } from './stage-names.js';

/**
 * The one word shown for a case, by fixed precedence:
 * closed kinds > insolvency > disputed > onHold > promised > formalNoticeServed > reminding > scheduled.
 * `formalNoticeServed` needs a proof of service; a notice that has only left is still `reminding`.
 * `inPlan` keeps its place between onHold and promised for instalment plans; no fact leads to it yet.
 */
export function shownState(state: RecoveryState): CaseState {
  if (state.closed) return state.closed.kind;
  if (state.insolvency) return 'insolvency';
  if (state.dispute) return 'disputed';
  if (state.hold) return 'onHold';
  if (state.promise) return 'promised';
  if (state.notice?.servedOn) return 'formalNoticeServed';
  return hasBegun(state) ? 'reminding' : 'scheduled';
}

/** True once a rung was climbed here, or a call is on somebody's desk. Rungs climbed before the case was made do not count. */
function hasBegun(state: RecoveryState): boolean {
  return state.openCall !== undefined || state.lastCall !== undefined || state.stages.some((record) => record.reason !== SENT_ELSEWHERE);
}
