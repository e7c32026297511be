import { addSeconds, type Day, dayIn, epochMs, type Instant, type SandboxClock } from '#domain';
import type { CreditorRow, DebtorContactRow, DebtorRow, InvoiceRow, OutboundMessageRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { nowFor } from '../moment.js';
import { raiseTask } from '../people/tasks.js';
import { found } from '../refused-error.js';
import { sealBytes } from '../sealed-bytes.js';
import { askAgainAt, brakeOn } from './brake-on.js';
import { chooseContact } from './choose-contact.js';
import { CLAIM_SECONDS } from './claim-message.js';
import { informOpens } from './sending-hours.js';
import { type LetterFacts, letterFacts, membersOf } from './letter-facts.js';
import type { RenderedMessage } from './plan-message.js';
import type { DispatchAnswer } from './record-dispatch.js';

/** A message that informs: thanks, confirmation of a promise, recall. It chases nobody, so settled and promised do not stop it. */
export interface InformDraft {
  readonly message: OutboundMessageRow;
  readonly creditor: CreditorRow;
  readonly debtor: DebtorRow;
  readonly contact?: DebtorContactRow;
  readonly letter: LetterFacts;
  readonly invoices: readonly InvoiceRow[];
  /** As given when it was queued: ids, digit strings, days. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly env: CaseEnvironment;
}

export async function draftInform(deps: CaseworkDeps, creditorId: string, messageId: string): Promise<InformDraft> {
  return deps.unitOfWork.plain(async (tx) => {
    const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
    const [link] = await tx.messageCases.all({ creditorId, messageId });
    const row = found(link && (await tx.cases.one({ creditorId, caseId: link.caseId })), 'case', messageId);
    const env = await environmentOf(tx, deps, row);
    const contact = await chooseContact(tx, creditorId, message.debtorId, 'email');
    const members = await membersOf(tx, deps, [row], env.today);
    const letter = letterFacts({
      creditor: env.creditor,
      debtor: env.debtor,
      members,
      on: env.today,
      ...(contact ? { contact } : {}),
      earlier: [],
    });
    const parameters = ((message.statement ?? {}) as { parameters?: Record<string, string> }).parameters ?? {};
    const invoices = members.map((member) => member.invoice);
    return { message, creditor: env.creditor, debtor: env.debtor, ...(contact ? { contact } : {}), letter, invoices, parameters, env };
  });
}

export type InformClaim =
  | { readonly kind: 'claimed'; readonly token: string; readonly claimedAt: Instant; readonly message: OutboundMessageRow }
  | { readonly kind: 'postponed'; readonly until: Instant; readonly clock?: SandboxClock }
  | { readonly kind: 'done'; readonly state: 'delivered' | 'unknown' | 'rejected' | 'abandoned' };

/**
 * Keeps the exact bytes and claims in one transaction: brake, window and contact are the only questions. `impossible`: why the message cannot be written; it is
 * given up, with a task unless what it was about is over.
 */
export async function claimInform(
  deps: CaseworkDeps,
  draft: InformDraft,
  rendered: RenderedMessage | undefined,
  impossible?: string,
): Promise<InformClaim> {
  const { creditorId, messageId } = draft.message;
  return deps.unitOfWork.run(creditorId, 'exclusive', async (tx): Promise<InformClaim> => {
    const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
    const at = deps.clock.now();
    if (message.state === 'CLAIMED') return claimedAlready(tx, message, draft.creditor, at);
    if (message.state !== 'PLANNED') return { kind: 'done', state: stateOf(message) };
    if (!draft.contact || !rendered?.bytes) {
      const providerWords = impossible ?? 'contactMissing';
      await tx.messages.update({ creditorId, messageId }, { state: 'ABANDONED', providerWords, updatedAt: at });
      if (impossible) await tellImpossible(tx, deps, message, impossible);
      return { kind: 'done', state: 'abandoned' };
    }
    const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
    // The clock may have moved since the draft was read: the window is judged at the locked creditor's own hour.
    const now = nowFor(creditor, deps.clock);
    const about = { creditorId, debtorId: message.debtorId, policyId: draft.env.policy.id, channel: message.channel };
    const isBraked = creditor.brakeOn || (await brakeOn(tx, deps, about)) !== undefined;
    const open = isBraked ? askAgainAt(now) : informOpens({ ...draft.env, now, today: dayIn(now, draft.env.zone) });
    if (open) return { kind: 'postponed', until: open, ...clockOf(creditor) };
    const sealed = await sealBytes(tx, deps, {
      creditorId,
      subject: 'debtor',
      subjectId: message.debtorId,
      bytes: rendered.bytes,
      mediaType: 'application/json',
    });
    const token = deps.ids.next();
    const claimed: Partial<OutboundMessageRow> = {
      state: 'CLAIMED',
      claimToken: token,
      claimedAt: at,
      revision: message.revision + 1,
      slotOn: slotDay(draft),
      recipient: rendered.recipient,
      language: rendered.language,
      template: rendered.template,
      subject: rendered.subject,
      bytesObjectId: sealed.objectId,
      bytesSha256: sealed.sha256,
      updatedAt: at,
    };
    await tx.messages.update({ creditorId, messageId, state: 'PLANNED' }, claimed);
    return { kind: 'claimed', token, claimedAt: at, message: { ...message, ...claimed } };
  });
}

/** A message that only informs and cannot be written: a person reads why, unless its case is over and there is nothing left to say. */
async function tellImpossible(tx: Tx, deps: CaseworkDeps, message: OutboundMessageRow, code: string): Promise<void> {
  const { creditorId, messageId, debtorId } = message;
  const links = await tx.messageCases.all({ creditorId, messageId });
  const open = await tx.cases.all({ creditorId, caseId: links.map((link) => link.caseId), closedKind: null });
  const [row] = open;
  if (!row || row.openPrincipalMinor === 0n) return;
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'informImpossible',
    dedupeKey: `informImpossible:${messageId}`,
    title: 'Un message d’information ne peut pas être écrit\u202f: ses données se contredisent ou manquent. Prévenir le client autrement.',
    caseId: row.caseId,
    debtorId,
    subjectId: messageId,
    detail: { code, act: message.act },
  });
}

function slotDay(draft: InformDraft): Day {
  return dayIn(draft.env.now, draft.env.zone);
}

function clockOf(creditor: CreditorRow): { clock?: SandboxClock } {
  return creditor.sandbox && creditor.clockAt ? { clock: { version: creditor.clockVersion, at: creditor.clockAt } } : {};
}

async function claimedAlready(tx: Tx, message: OutboundMessageRow, creditor: CreditorRow, at: Instant): Promise<InformClaim> {
  const age = epochMs(at) - epochMs(message.claimedAt ?? at);
  if (age < CLAIM_SECONDS * 1000)
    return {
      kind: 'postponed',
      until: addSeconds(creditor.sandbox && creditor.clockAt ? creditor.clockAt : at, CLAIM_SECONDS),
      ...clockOf(creditor),
    };
  await tx.messages.update(
    { creditorId: message.creditorId, messageId: message.messageId, state: 'CLAIMED' },
    { state: 'UNKNOWN', updatedAt: at },
  );
  return { kind: 'done', state: 'unknown' };
}

function stateOf(message: OutboundMessageRow): 'delivered' | 'unknown' | 'rejected' | 'abandoned' {
  switch (message.state) {
    case 'ACCEPTED':
    case 'CONFIRMED_SENT':
      return 'delivered';
    case 'UNKNOWN':
    case 'HUMAN':
      return 'unknown';
    case 'REJECTED':
      return 'rejected';
    default:
      return 'abandoned';
  }
}

/** Records the provider's answer; `neverLeft` frees the claim for a later attempt. */
export async function recordInform(
  deps: CaseworkDeps,
  key: { readonly creditorId: string; readonly messageId: string; readonly token: string },
  answer: DispatchAnswer,
): Promise<InformClaim> {
  const { creditorId, messageId } = key;
  return deps.unitOfWork.run(creditorId, 'shared', async (tx): Promise<InformClaim> => {
    const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
    if (message.state !== 'CLAIMED' || message.claimToken !== key.token) return { kind: 'done', state: stateOf(message) };
    const at = deps.clock.now();
    const set = (patch: Partial<OutboundMessageRow>) =>
      tx.messages.update({ creditorId, messageId, state: 'CLAIMED' }, { ...patch, updatedAt: at });
    if (answer.kind === 'accepted') {
      await set({ state: 'ACCEPTED', acceptedAt: at, providerMessageId: answer.providerMessageId ?? null });
      return { kind: 'done', state: 'delivered' };
    }
    if (answer.kind === 'neverLeft') {
      await set({ state: 'PLANNED', claimToken: null, claimedAt: null, providerWords: answer.reason.slice(0, 500) });
      const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
      const from = creditor.sandbox && creditor.clockAt ? creditor.clockAt : at;
      return { kind: 'postponed', until: addSeconds(from, answer.retryAfterSeconds ?? 300), ...clockOf(creditor) };
    }
    const words = answer.kind === 'rejected' ? `${answer.status} ${answer.providerWords}` : answer.reason;
    await set({ state: answer.kind === 'rejected' ? 'REJECTED' : 'UNKNOWN', providerWords: words.slice(0, 500) });
    if (answer.kind === 'rejected') {
      await raiseTask(tx, deps, {
        creditorId,
        kind: 'messageRejected',
        dedupeKey: `messageRejected:${messageId}`,
        title: `Le prestataire a refusé le message «\u202f${message.subject}\u202f».`,
        debtorId: message.debtorId,
        subjectId: messageId,
      });
    }
    return { kind: 'done', state: answer.kind === 'rejected' ? 'rejected' : 'unknown' };
  });
}
