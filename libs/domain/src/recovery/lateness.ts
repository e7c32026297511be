import { addBusinessDays, type BusinessCalendar } from '../calendar/business-calendar.js';
import { type Day, laterDay } from '../calendar/day.js';
import type { PolicyStage } from '../policy/dunning-policy.js';
import type { Pause, RecoveryState } from './recovery-state.js';
import { SENT_ELSEWHERE, TOO_LATE } from './stage-names.js';

/** What becomes of a late rung: it leaves, it is left out, or a person says. */
export type WhenLate = 'run' | 'skip' | 'ask';

/** That a rung is late: since the day on which it could have been climbed, by whole business days, and what its policy says of it. */
export interface LateRung {
  readonly since: Day;
  readonly businessDays: number;
  readonly then: WhenLate;
}

/** More than this is not counted: nobody decides by it. */
const COUNTED_MAX = 99;

/**
 * The lateness policy applied: undefined while the rung is not late. A rung of no policy (the call owed for a broken promise) always leaves, one that a
 * person was asked about leaves once he has let it.
 */
export function lateRung(
  stage: PolicyStage | undefined,
  round: number,
  since: Day,
  {
    state,
    today,
    calendar,
  }: { readonly state: Pick<RecoveryState, 'askedLate'>; readonly today: Day; readonly calendar: BusinessCalendar },
): LateRung | undefined {
  if (since >= today) return undefined;
  const businessDays = businessDaysLate(since, today, calendar);
  const { askedLate } = state;
  const wasAsked = askedLate !== undefined && askedLate.stage === stage?.id && askedLate.round === round;
  const isWithin = businessDays <= (stage?.lateWithinBusinessDays ?? 0);
  const lateness = stage?.lateness ?? 'run';
  const then = lateness === 'run' || lateness === 'respace' || wasAsked || isWithin ? 'run' : lateness;
  return { since, businessDays, then };
}

/** Business days from one day to a later one, the later one counted: Friday to Monday is 1. Stops at 99. */
export function businessDaysLate(since: Day, today: Day, calendar: BusinessCalendar): number {
  let days = 0;
  for (let on = addBusinessDays(since, 1, calendar); on <= today && days < COUNTED_MAX; on = addBusinessDays(on, 1, calendar)) days += 1;
  return days;
}

/**
 * First day on which the next rung could have run at all: a rung is late only against that, not against the time a pause took;
 * a rung left out for being late is no reason for the next one not to be.
 */
export function couldRunFrom(state: RecoveryState, pauses: readonly Pause[]): Day {
  const decided = state.stages.filter(({ reason }) => reason !== SENT_ELSEWHERE && reason !== TOO_LATE).map((record) => record.on);
  return [...decided, ...pauses.map((pause) => pause.to)].reduce(laterDay, state.callOwed?.on ?? state.openedOn);
}
