import { decodeState } from '#domain';
import type { CaseworkDeps } from '../casework-deps.js';
import { factsOfLateness, latenessOf, tooLate } from '../messages/late-rung.js';
import { recordVerdict } from '../messages/record-verdict.js';
import type { ActScope } from './begin-act.js';

/** True for a call whose day is so long past that its policy leaves it out, or asks a person (N2): then that is done, with its verdict. */
export async function isCallTooLate(deps: CaseworkDeps, scope: ActScope, stage: string, round: number): Promise<boolean> {
  const { tx, row, env, apply } = scope;
  const state = decodeState(row.recovery);
  const code = tooLate(env, state, stage, round);
  const late = code && latenessOf(env, state, stage, round);
  if (!code || !late) return false;
  const { since, businessDays } = late;
  const verdict = code === 'tooLate' ? ('SKIPPED' as const) : ('NOT_SENT' as const);
  await recordVerdict(tx, deps, row, { stage, round, verdict, code, at: env.now, because: { late: { since, businessDays } } });
  await apply(await factsOfLateness(tx, deps, row, env, { stage, round, code, since }));
  return true;
}
