import { addSeconds } from '#domain';
import type { CaseworkDeps } from '../casework-deps.js';

const LEASE_SECONDS = 60;

/** Takes the lease of (debtor, act, channel, slot) so that one of the debtor's cases prepares for all; false while another one holds it. */
export async function takeLease(deps: CaseworkDeps, creditorId: string, leaseKey: string, holder: string): Promise<boolean> {
  return deps.unitOfWork.plain(async (tx) => {
    const now = deps.clock.now();
    const until = addSeconds(now, LEASE_SECONDS);
    if (await tx.messageLeases.insertOnce({ creditorId, leaseKey, holder, until })) return true;
    const held = await tx.messageLeases.one({ creditorId, leaseKey });
    if (!held) return false;
    if (held.holder !== holder && held.until > now) return false;
    return (await tx.messageLeases.update({ creditorId, leaseKey, holder: held.holder, until: held.until }, { holder, until })) === 1;
  });
}

export async function releaseLease(deps: CaseworkDeps, creditorId: string, leaseKey: string, holder: string): Promise<void> {
  await deps.unitOfWork.plain((tx) => tx.messageLeases.delete({ creditorId, leaseKey, holder }));
}
