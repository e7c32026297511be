import type { RecoveryState } from './recovery-state.js';
import { FORMAL_NOTICE_STAGE } from './stage-names.js';

/**
 * The round in which a rung is owed, or undefined when it has its outcome. A formal notice that came back unknown at the address
 * is owed again in the next round (law: A32), a reminder whose mail came back too, by post; every other rung is owed once.
 */
export function owedRound(state: RecoveryState, stage: string): number | undefined {
  const rounds = state.stages.filter((record) => record.stage === stage);
  const last = rounds.at(-1);
  if (!last) return 1;
  if (state.again?.stage === stage && state.again.round === last.round + 1) return state.again.round;
  const isReturned = stage === FORMAL_NOTICE_STAGE && isNoticeReturned(state) && state.notice?.messageId === last.messageId;
  return isReturned ? last.round + 1 : undefined;
}

/** True when the notice came back and no proof of service exists. */
export function isNoticeReturned(state: RecoveryState): boolean {
  return state.notice?.returnedOn !== undefined && state.notice.servedOn === undefined;
}
