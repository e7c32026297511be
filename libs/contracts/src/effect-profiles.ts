/** Time-outs and retries of one kind of effect, in milliseconds. The shape is the one the SDK takes for an activity. */
export interface EffectProfile {
  /** One run: after it a worker that died is taken for dead, and the act runs again. */
  readonly startToCloseTimeout: number;
  /** All runs together: bounded, so that the loop hears its news again and a case never goes deaf. */
  readonly scheduleToCloseTimeout: number;
  readonly retry: { readonly initialInterval: number; readonly backoffCoefficient: number; readonly maximumInterval: number };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Acts that write our own rows in one transaction and touch nothing outside. */
export const idempotentWrite: EffectProfile = {
  startToCloseTimeout: 30 * SECOND,
  scheduleToCloseTimeout: 5 * MINUTE,
  retry: { initialInterval: SECOND, backoffCoefficient: 2, maximumInterval: 30 * SECOND },
};

/** Acts in several steps, each guarded by a row: drawing, rendering, claiming, handing over. One run is bounded by 75 s: 40 s of patience with a sibling that prepares, one call of 10 s, the rest is ours. */
export const resumable: EffectProfile = {
  startToCloseTimeout: 75 * SECOND,
  scheduleToCloseTimeout: 10 * MINUTE,
  retry: { initialInterval: 2 * SECOND, backoffCoefficient: 2, maximumInterval: MINUTE },
};

/** Resumable acts that may stand in the throttled queue for a while before their first run. */
export const throttled: EffectProfile = { ...resumable, scheduleToCloseTimeout: 30 * MINUTE };

/** How the workflow itself comes back to an act that failed or changed nothing: after 1 min, doubling to 1 h. */
export const tryAgain = { first: MINUTE, longest: 60 * MINUTE } as const;

/** The wait before try number `tries + 1`, in milliseconds: 1 min, 2 min, 4 min … 1 h. `tries` counts from 1. */
export function tryAgainAfter(tries: number): number {
  return Math.min(tryAgain.first * 2 ** Math.min(tries - 1, 10), tryAgain.longest);
}
