import { messageWorkflowId } from '#contracts';
import type { OutboundMessageRow, Tx } from '#ports';
import { canonicalHash } from '../canonical-hash.js';
import type { CaseworkDeps } from '../casework-deps.js';
import { nowFor } from '../moment.js';
import { dayIn } from '#domain';
import { found } from '../refused-error.js';

export interface InformRequest {
  readonly creditorId: string;
  readonly debtorId: string;
  readonly caseId: string;
  readonly act: 'thankYou' | 'promiseConfirmation' | 'recall';
  /** One message per key, for ever. */
  readonly dedupe: string;
  /** Ids, amounts (digit strings) and days that the letter needs. */
  readonly parameters: Record<string, string>;
}

/** Plans a message that informs and does not chase; its own tiny workflow delivers it, so that the case may close at once. */
export async function queueInform(tx: Tx, deps: CaseworkDeps, request: InformRequest): Promise<string | undefined> {
  const { creditorId, debtorId } = request;
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const messageId = deps.ids.next();
  const workflowId = messageWorkflowId(creditorId, messageId);
  const at = deps.clock.now();
  const basis = canonicalHash(request.dedupe);
  const known = await tx.messages.all({ creditorId, debtorId, act: request.act, basis }, { by: 'createdAt', limit: 1 });
  if (known.length > 0) return undefined;
  const row: OutboundMessageRow = {
    creditorId,
    messageId,
    purpose: 'inform',
    act: request.act,
    channel: 'email',
    debtorId,
    stage: request.act,
    round: 1,
    slotOn: dayIn(nowFor(creditor, deps.clock), creditor.zone),
    revision: 0,
    basis,
    state: 'PLANNED',
    claimToken: null,
    claimedAt: null,
    acceptedAt: null,
    decidedAt: null,
    providerMessageId: null,
    providerWords: null,
    recipient: '',
    language: '',
    template: '',
    subject: '',
    bytesObjectId: null,
    bytesSha256: null,
    letterObjectId: null,
    letterSha256: null,
    statement: { parameters: request.parameters },
    workflowId,
    crossedWithPayment: false,
    createdAt: at,
    updatedAt: at,
  };
  await tx.messages.insert(row);
  // Inform messages never hold the (case, stage, round) of a rung.
  await tx.messageCases.insert({ creditorId, messageId, caseId: request.caseId, stage: request.act, round: 1, live: false });
  await tx.enqueue({
    creditorId,
    workflowId,
    kind: 'startMessage',
    name: 'informDebtor',
    payload: { creditorId, messageId, act: request.act },
    createdAt: at,
  });
  return messageId;
}
