import { decideApproval, reportCall, reportPost } from '#casework';
import { day } from '#domain';
import type { Town } from './town.js';

export const PERSON = { actor: 'claire', role: 'controller' } as const;
export const FINANCE = { actor: 'marc', role: 'finance' } as const;

export interface Habits {
  /** What a controller reports of every open call; nobody calls when absent. */
  readonly calls?: 'attempted' | 'reached';
  readonly approve?: boolean;
  /** The postman brings every registered letter the day it is handed over. */
  readonly post?: boolean;
}

/** What staff and postman do of themselves whenever the story stops to look. */
export async function followHabits(town: Town, creditorId: string, habits: Habits): Promise<void> {
  const { calls, approvals } = await town.deps.unitOfWork.plain(async (tx) => ({
    calls: await tx.calls.all({ creditorId, state: 'open' }),
    approvals: await tx.approvals.all({ creditorId, state: 'pending' }),
  }));
  const outcome = habits.calls;
  if (outcome) {
    for (const { callId } of calls)
      await town.deps.unitOfWork.run(creditorId, 'shared', (tx) => reportCall(tx, town.deps, creditorId, callId, { outcome }, PERSON));
  }
  if (habits.post) {
    const today = day((await town.clock(creditorId)).slice(0, 10));
    const posted = await town.deps.unitOfWork.plain((tx) => tx.postItems.all({ creditorId, state: ['toPrint', 'sentToProvider'] }));
    for (const { postItemId } of posted) {
      await town.deps.unitOfWork.run(creditorId, 'shared', (tx) =>
        reportPost(tx, town.deps, creditorId, { postItemId }, { state: 'delivered', on: today }, PERSON),
      );
    }
  }
  if (habits.approve) {
    for (const { approvalId, basis } of approvals) {
      await town.deps.unitOfWork.run(creditorId, 'shared', (tx) =>
        decideApproval(tx, town.deps, creditorId, approvalId, { verdict: 'approved', basis }, FINANCE),
      );
    }
  }
}
