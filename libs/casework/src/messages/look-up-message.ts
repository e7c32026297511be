import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { environmentOf } from '../facts/case-environment.js';
import { confirmNotSent, PROVES_SENT } from './decide-message.js';
import { applyDelivery, type DeliveryNews } from './delivery-events.js';

/** What the provider's own record says of a message that it knows. */
export interface LookedUp {
  readonly providerMessageId: string;
  /** Oldest first; each is applied as if its webhook had come. */
  readonly events: readonly DeliveryNews[];
}

const UNCERTAIN: ReadonlySet<OutboundMessageRow['state']> = new Set(['UNKNOWN', 'HUMAN']);

/**
 * The provider's record knows a message nobody could be sure of: its id is kept and its events are applied (I8, I21). `undecided`: the record shows
 * nothing yet that proves either; `decided` also when somebody else was faster.
 */
export async function recordLookUp(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  messageId: string,
  found: LookedUp,
  by: Actor,
): Promise<'decided' | 'undecided'> {
  const { message } = await lockMessage(tx, creditorId, messageId);
  if (!message || !UNCERTAIN.has(message.state)) return 'decided';
  const { providerMessageId } = found;
  await tx.messages.update({ creditorId, messageId, providerMessageId: null }, { providerMessageId, updatedAt: message.updatedAt });
  // Whatever left first decides: a bounce after it is news about the address, not about the sending.
  const proofs = found.events.filter(({ kind }) => PROVES_SENT.has(kind) || kind === 'dropped');
  for (const news of proofs) await applyDelivery(tx, deps, creditorId, news, by);
  return proofs.length > 0 ? 'decided' : 'undecided';
}

/**
 * The provider's record, known to be complete, does not hold the message: the rung is owed again. False, and nothing is done, for a formal act, for a
 * letter and for a message that only informs: those are decided by events or by a person, whatever a record says (I6).
 */
export async function concludeNeverLeft(tx: Tx, deps: CaseworkDeps, creditorId: string, messageId: string, by: Actor): Promise<boolean> {
  const { message, rows } = await lockMessage(tx, creditorId, messageId);
  const [lead] = rows;
  if (!message || !lead || !UNCERTAIN.has(message.state)) return false;
  if (message.purpose !== 'chase' || message.channel !== 'email' || message.letterObjectId !== null) return false;
  const { policy } = await environmentOf(tx, deps, lead);
  const act = policy.stages.find(({ id }) => id === message.stage)?.act.type;
  if (act !== 'mail') return false;
  await confirmNotSent(tx, deps, message, rows, by);
  return true;
}

async function lockMessage(
  tx: Tx,
  creditorId: string,
  messageId: string,
): Promise<{ message: OutboundMessageRow | undefined; rows: CaseRow[] }> {
  const links = await tx.messageCases.all({ creditorId, messageId });
  const rows = await tx.lockCases(
    creditorId,
    links.map((link) => link.caseId),
  );
  return { message: await tx.messages.one({ creditorId, messageId }), rows };
}
