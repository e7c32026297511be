import { openPostItem, recordDeposit } from '#casework';
import type { ActivityPorts } from '../activity-ports.js';
import type { Claimed } from './dispatch.js';
import { postalAddress } from './postal-address.js';

/**
 * Into the post tray, once per message: a notice to be registered, a reminder as plain post. Handed to the provider where one is configured, else waiting
 * to be printed. False when its cases have closed since the claim: nothing is posted then, and nothing mailed beside it.
 */
export async function postLetter(
  ports: ActivityPorts,
  claimed: Claimed,
  caseId: string,
  service: 'registered' | 'plain',
): Promise<boolean> {
  const { draft, message, letter } = claimed;
  const { sandbox } = draft.env.creditor;
  const post = sandbox || ports.postsForReal ? ports.post : undefined;
  const item = await openPostItem(ports.casework, message, caseId, post ? 'provider' : 'print', service);
  if (item.state === 'cancelled') return false;
  if (!post || !letter || item.state !== 'toPrint') return true;
  const { debtor } = draft.letter;
  const answer = await post.deposit({
    mid: message.messageId,
    creditorRef: draft.creditorId,
    addressLines: postalAddress(debtor.legalName, debtor.addressLines, {
      from: draft.env.creditor.address.country,
      to: draft.env.debtor.address?.country,
    }),
    pdf: letter,
    sandbox,
    ...(service === 'plain' ? { service } : {}),
  });
  await recordDeposit(ports.casework, item, answer);
  return true;
}

/** What is recorded of a claim whose letter was not posted because its cases had closed. */
export const CLOSED_BEFORE_POST = { kind: 'neverLeft', reason: 'closedBeforePost' } as const;
