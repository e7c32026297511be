import type { Day } from '../calendar/day.js';
import type { RecoveryState } from './recovery-state.js';

/** The last day through which a person keeps a coming message back; undefined when nobody does. May be past: then it holds nothing any more. */
export function heldUntil(state: Pick<RecoveryState, 'held'>, stage: string, round: number): Day | undefined {
  return state.held?.find((held) => held.stage === stage && held.round === round)?.until;
}

/** True while a person keeps it back. */
export function isHeld(state: Pick<RecoveryState, 'held'>, stage: string, round: number, today: Day): boolean {
  const until = heldUntil(state, stage, round);
  return until !== undefined && until >= today;
}

/** The revision of a rung's words that a person wrote last; undefined while they are the template's. Kept for a later round of the same rung. */
export function revisionOf(state: Pick<RecoveryState, 'edited'>, stage: string): number | undefined {
  return state.edited?.find((edited) => edited.stage === stage)?.revision;
}
