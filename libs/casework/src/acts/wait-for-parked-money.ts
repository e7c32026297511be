import type { CaseSnapshot } from '#domain';
import type { CaseworkDeps } from '../casework-deps.js';
import { applyVerdict } from '../messages/claim-message.js';
import { parkedMoney } from '../messages/judge-send.js';
import { type ActRequest, runAct } from './begin-act.js';

/**
 * Nobody is asked to approve what parked money holds back (I3): the rung is postponed with its verdict, and asked for once that money is decided, which
 * lifts the postponement. While an earlier rung is still owed the request goes out in time: that rung's own postponement is not touched.
 */
export async function waitForParkedMoney(
  deps: CaseworkDeps,
  request: ActRequest,
): Promise<{ readonly isWaiting: boolean; readonly snapshot: CaseSnapshot }> {
  let isWaiting = false;
  const snapshot = await runAct(deps, request, 'exclusive', async ({ tx, row, env }) => {
    const { stage = '', round = 1 } = request.wake;
    const [next] = row.plan as readonly { readonly stage?: unknown }[];
    if (next?.stage !== stage) return;
    const verdict = await parkedMoney(tx, { row, env, isFormal: true });
    if (!verdict) return;
    isWaiting = true;
    await applyVerdict(tx, deps, row, stage, round, verdict);
  });
  return { isWaiting, snapshot };
}
