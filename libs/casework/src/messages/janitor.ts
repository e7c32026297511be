import { addSeconds } from '#domain';
import type { Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { raiseTask } from '../people/tasks.js';
import { CLAIM_SECONDS } from './claim-message.js';
import { markUnknown } from './decide-message.js';

/** After this long without word of the provider a person finds out (I8): the provider itself tries for 24 hours. */
export const HUMAN_HOURS = 26;

/** A claim whose holder died: after 15 s nobody can say whether it left, so it is UNKNOWN. False when it was decided meanwhile. */
export async function expireClaim(tx: Tx, deps: CaseworkDeps, creditorId: string, messageId: string): Promise<boolean> {
  const links = await tx.messageCases.all({ creditorId, messageId, live: true });
  const rows = await tx.lockCases(
    creditorId,
    links.map((l) => l.caseId),
  );
  const message = await tx.messages.one({ creditorId, messageId, state: 'CLAIMED' });
  if (!message?.claimedAt || addSeconds(message.claimedAt, CLAIM_SECONDS) > deps.clock.now()) return false;
  await markUnknown(tx, deps, message, rows, undefined, 'claimTooOld');
  return true;
}

/** An UNKNOWN that no event decided in 26 hours goes to a person with a task. Never sent again by a machine (I6). */
export async function handUnknownToPerson(tx: Tx, deps: CaseworkDeps, creditorId: string, messageId: string): Promise<boolean> {
  const message = await tx.messages.one({ creditorId, messageId, state: 'UNKNOWN' });
  const now = deps.clock.now();
  if (!message || addSeconds(message.claimedAt ?? message.updatedAt, HUMAN_HOURS * 3600) > now) return false;
  const changed = await tx.messages.update({ creditorId, messageId, state: 'UNKNOWN' }, { state: 'HUMAN', updatedAt: now });
  if (changed === 0) return false;
  const [link] = await tx.messageCases.all({ creditorId, messageId });
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'messageUnknown',
    dedupeKey: `messageUnknown:${messageId}`,
    title:
      `Personne ne sait si le message «\u202f${message.subject}\u202f» est parti\u202f: vérifier auprès du prestataire, puis dire «\u202fparti\u202f» ou «\u202fpas parti\u202f».`.slice(
        0,
        500,
      ),
    debtorId: message.debtorId,
    subjectId: messageId,
    ...(link ? { caseId: link.caseId } : {}),
  });
  return true;
}
