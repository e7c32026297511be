import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

export interface BareActs {
  bareAct(caseId: string): Promise<void>;
}

const { bareAct } = proxyActivities<BareActs>({ startToCloseTimeout: '30s' });

export const paid = defineSignal('paid');

/** What a ladder costs without a product: one timer and one activity per rung, nothing shown, nothing carried. */
export async function bareLadder(caseId: string, rungs: number, waitMs: number): Promise<void> {
  for (let rung = 0; rung < rungs; rung++) {
    await sleep(waitMs);
    await bareAct(caseId);
  }
}

/** A timer that a signal ends. */
export async function bareTimer(): Promise<void> {
  let isPaid = false;
  setHandler(paid, () => {
    isPaid = true;
  });
  await condition(() => isPaid, '365 days');
}

/** One timer that ends at a given moment, one activity. */
export async function bareWake(caseId: string, atMs: number): Promise<void> {
  const waitMs = atMs - Date.now();
  if (waitMs > 0) await sleep(waitMs);
  await bareAct(caseId);
}
