import type { OutboundMessageRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { sealBytes } from '../sealed-bytes.js';
import { raiseTask } from '../people/tasks.js';
import type { MessageDraft } from './draft-message.js';
import { ibanDiffers } from './letter-facts.js';
import { keepSum } from './sum-asked.js';

/** What the renderer made of a draft. */
export interface RenderedMessage {
  readonly subject: string;
  readonly template: string;
  readonly language: string;
  readonly recipient: string;
  /** Exact request bytes of the mail; absent for a letter that only goes by post or a file. */
  readonly bytes?: Uint8Array;
  /** The PDF letter or the hand-over ZIP. */
  readonly letter?: { readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string };
  /** Minor units: what the message asks to pay; absent for one that asks for nothing. */
  readonly asksMinor?: bigint;
  /** Hashes of what a hand-over file holds. */
  readonly manifest?: Record<string, unknown>;
}

/**
 * Keeps the exact bytes of a revision, sealed, with their SHA-256: row PLANNED. The same basis on the same day is the same revision, whoever comes; another day keeps
 * the basis and makes the next revision. Takes no claim.
 */
export async function planMessage(
  deps: CaseworkDeps,
  draft: MessageDraft,
  rendered: RenderedMessage,
  messageId: string,
): Promise<OutboundMessageRow> {
  return deps.unitOfWork.run(draft.creditorId, 'shared', async (tx) => {
    const { creditorId, debtorId } = draft;
    await tx.lockCases(
      creditorId,
      draft.members.map((m) => m.row.caseId),
    );
    const known = await tx.messages.one({ creditorId, messageId });
    if (known && known.state !== 'PLANNED') return known;
    const subject = { creditorId, subject: 'debtor' as const, subjectId: debtorId };
    const bytes = rendered.bytes && (await sealBytes(tx, deps, { ...subject, bytes: rendered.bytes, mediaType: 'application/json' }));
    const letter = rendered.letter && (await sealBytes(tx, deps, { ...subject, ...rendered.letter }));
    const row = plannedRow(draft, rendered, messageId, { known, bytes, letter, at: deps.clock.now() });
    await takeOver(tx, deps, draft, messageId);
    if (known) {
      await tx.messages.update({ creditorId, messageId, state: 'PLANNED' }, row);
      await tx.messageCases.delete({ creditorId, messageId });
    } else {
      await tx.messages.insert(row);
    }
    await tx.messageCases.insert(
      draft.members.map((m) => ({ creditorId, messageId, caseId: m.row.caseId, stage: draft.stage, round: draft.round, live: true })),
    );
    await tellDoubts(tx, deps, draft);
    return row;
  });
}

interface Kept {
  readonly known: OutboundMessageRow | undefined;
  readonly bytes: SealedReference | undefined;
  readonly letter: SealedReference | undefined;
  readonly at: OutboundMessageRow['createdAt'];
}

interface SealedReference {
  readonly objectId: string;
  readonly sha256: string;
}

function plannedRow(
  draft: MessageDraft,
  rendered: RenderedMessage,
  messageId: string,
  { known, bytes, letter, at }: Kept,
): OutboundMessageRow {
  return {
    creditorId: draft.creditorId,
    messageId,
    purpose: 'chase',
    act: draft.policyStage.id,
    channel: draft.channel,
    debtorId: draft.debtorId,
    stage: draft.stage,
    round: draft.round,
    slotOn: draft.slotOn,
    revision: (known?.revision ?? 0) + 1,
    basis: draft.basis,
    state: 'PLANNED',
    claimToken: null,
    claimedAt: null,
    acceptedAt: null,
    decidedAt: null,
    providerMessageId: null,
    providerWords: null,
    recipient: rendered.recipient,
    language: rendered.language,
    template: rendered.template,
    subject: rendered.subject,
    bytesObjectId: bytes?.objectId ?? null,
    bytesSha256: bytes?.sha256 ?? null,
    letterObjectId: letter?.objectId ?? null,
    letterSha256: letter?.sha256 ?? null,
    statement: { ...frozen(draft), ...asks(draft, rendered), ...(rendered.manifest ? { manifest: rendered.manifest } : {}) },
    workflowId: null,
    crossedWithPayment: false,
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
  };
}

/** Members that had a planned message of their own for this rung now speak through this one; theirs is given up. */
async function takeOver(tx: Tx, deps: CaseworkDeps, draft: MessageDraft, messageId: string): Promise<void> {
  const { creditorId, stage, round } = draft;
  const links = await tx.messageCases.all({ creditorId, caseId: draft.members.map((m) => m.row.caseId), stage, round, live: true });
  const others = [...new Set(links.map((link) => link.messageId))].filter((id) => id !== messageId);
  if (others.length === 0) return;
  const planned = await tx.messages.all({ creditorId, messageId: others, state: 'PLANNED' });
  if (planned.length < others.length) throw new Error(`Message ${messageId}: a member's own message is already on its way`);
  await tx.messages.update({ creditorId, messageId: others, state: 'PLANNED' }, { state: 'ABANDONED', updatedAt: deps.clock.now() });
  await tx.messageCases.update({ creditorId, messageId: others }, { live: false });
}

/** What the letter had to leave out, and a person should know. */
async function tellDoubts(tx: Tx, deps: CaseworkDeps, draft: MessageDraft): Promise<void> {
  const about = { creditorId: draft.creditorId, debtorId: draft.debtorId, caseId: draft.lead.caseId };
  for (const { invoice, statement } of draft.members) {
    if (ibanDiffers(invoice, draft.env.creditor)) {
      await raiseTask(tx, deps, {
        ...about,
        kind: 'ibanMismatch',
        dedupeKey: `ibanMismatch:${invoice.invoiceId}`,
        subjectId: invoice.invoiceId,
        title: `L’IBAN de la facture ${invoice.number} n’est pas celui du créancier\u202f: vérifier. Les lettres partent sans code QR.`,
      });
    }
    if (!statement && draft.policyStage.act.tone === 'firm') {
      await raiseTask(tx, deps, {
        ...about,
        kind: 'interestUnknown',
        dedupeKey: `interestUnknown:${invoice.invoiceId}`,
        subjectId: invoice.invoiceId,
        title: `Facture ${invoice.number}\u202f: taux d’intérêt inconnu pour ce jour ou cette devise. La lettre indique «\u202fintérêts pour mémoire\u202f».`,
      });
    }
  }
}

function asks({ lead }: MessageDraft, { asksMinor }: RenderedMessage): Record<string, unknown> {
  return asksMinor === undefined ? {} : { asks: keepSum({ amountMinor: asksMinor, currency: lead.currency }) };
}

/** The statement as printed, frozen with the letter: a letter of last year can be explained again. */
function frozen(draft: MessageDraft): Record<string, unknown> {
  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v))) as unknown;
  return {
    on: draft.slotOn,
    members: draft.members.map((m) => ({
      caseId: m.row.caseId,
      openPrincipalMinor: m.row.openPrincipalMinor.toString(),
      statement: m.statement ? plain(m.statement) : null,
    })),
  };
}
