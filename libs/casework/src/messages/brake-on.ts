import { addSeconds, type Instant } from '#domain';
import type { BrakeRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';

/** The creditor of a brake on the whole product. */
export const EVERYBODY = '*';

/** What is about to leave, as far as brakes care. */
export interface Braked {
  readonly creditorId: string;
  readonly debtorId: string;
  readonly policyId: string;
  readonly channel: string;
}

/** The brake that stops this message now, whoever set it; undefined when none does. One statement (I29). */
export async function brakeOn(tx: Pick<Tables, 'brakes'>, deps: CaseworkDeps, message: Braked): Promise<BrakeRow | undefined> {
  const rows = await tx.brakes.all({ creditorId: [message.creditorId, EVERYBODY], releasedAt: null });
  const now = deps.clock.now();
  return rows.find((brake) => (brake.until === null || brake.until > now) && stops(brake, message));
}

function stops({ scope, key }: BrakeRow, { debtorId, policyId, channel }: Braked): boolean {
  switch (scope) {
    case 'product':
    case 'creditor':
      return true;
    case 'policy':
      return key === policyId;
    case 'debtor':
      return key === debtorId;
    case 'channel':
      return key === channel;
  }
}

/** When what a brake stopped asks again although nobody lifts it: an hour later, or when the brake ends. */
export function askAgainAt(now: Instant): Instant {
  return addSeconds(now, 3600);
}
