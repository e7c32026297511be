import { type DunningPolicy, PROMISE_BROKEN_CALL_STAGE, PROMISE_BROKEN_CALL_TITLE } from '#domain';

/** The French title of a rung of this policy; a rung of no policy keeps its code. */
export function titleOfRung(policy: Pick<DunningPolicy, 'stages'>, stage: string): string {
  if (stage === PROMISE_BROKEN_CALL_STAGE) return PROMISE_BROKEN_CALL_TITLE.fr;
  return policy.stages.find((known) => known.id === stage)?.title.fr ?? stage;
}
