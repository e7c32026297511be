import type { PolicyStage } from '#domain';
import type { DebtorContactRow, DebtorRow, Tables } from '#ports';

/** Roles that may be written to, in the order of preference for reminders. Nobody outside the debtor's sphere has a role here (K1). */
const ORDER = ['accounting', 'debtor', 'orderingParty', 'legalRepresentative'] as const;

/** True for a reminder that its policy lets go as a plain letter, to a debtor whose address is known. */
export function mayGoByPost({ act, channels }: PolicyStage, { address }: Pick<DebtorRow, 'address'>): boolean {
  return act.type === 'mail' && channels.includes('post') && address !== null && address.lines.length > 0;
}

/** The usable contact of a channel, best role first; undefined when there is none. */
export async function chooseContact(
  tx: Tables,
  creditorId: string,
  debtorId: string,
  channel: DebtorContactRow['channel'],
): Promise<DebtorContactRow | undefined> {
  const contacts = await tx.contacts.all(
    { creditorId, debtorId, channel, usable: true },
    { by: 'createdAt', direction: 'desc', limit: 50 },
  );
  return ORDER.map((role) => contacts.find((c) => c.role === role)).find((c) => c !== undefined);
}
