import { applyFacts, sealBytes, workflowActor } from '#casework';
import { day, type Instant } from '#domain';
import type { CaseRow, OutboundMessageRow } from '#ports';
import { caseRow, type TownHall } from './town-hall.js';

/** A message with sealed bytes and letter, as the acts leave one behind. */
export async function giveMessage(hall: TownHall, caseId: string, changes: Partial<OutboundMessageRow> = {}): Promise<OutboundMessageRow> {
  const { deps } = hall.api.backend;
  const row = await caseRow(hall, caseId);
  const mail = {
    content: [
      { type: 'text/plain', value: 'Bonjour' },
      { type: 'text/html', value: '<p>Bonjour <img src="cid:qr"></p>' },
    ],
    attachments: [{ content: 'AAAA', type: 'image/png', content_id: 'qr' }],
  };
  return hall.api.backend.run('A', async (tx) => {
    const subject = { creditorId: 'A', subject: 'debtor' as const, subjectId: row.debtorId };
    const bytes = await sealBytes(tx, deps, { ...subject, bytes: Buffer.from(JSON.stringify(mail)), mediaType: 'application/json' });
    const letter = await sealBytes(tx, deps, {
      ...subject,
      bytes: Buffer.from('%PDF-1.7 test'),
      mediaType: 'application/pdf',
      fileName: 'mise-en-demeure.pdf',
    });
    const message: OutboundMessageRow = {
      ...plannedNotice(deps.ids.next(), row, deps.clock.now()),
      bytesObjectId: bytes.objectId,
      bytesSha256: bytes.sha256,
      letterObjectId: letter.objectId,
      letterSha256: letter.sha256,
      ...changes,
    };
    await tx.messages.insert(message);
    await tx.messageCases.insert({
      creditorId: 'A',
      messageId: message.messageId,
      caseId,
      stage: message.stage ?? '',
      round: message.round ?? 1,
      live: true,
    });
    return message;
  });
}

/** Asks for an approval of a message, as the preparation of a notice does. */
export async function giveApproval(hall: TownHall, caseId: string): Promise<string> {
  const { deps } = hall.api.backend;
  const message = await giveMessage(hall, caseId);
  return hall.api.backend.run('A', async (tx) => {
    const [row] = await tx.lockCases('A', [caseId]);
    if (!row) throw new Error('No case');
    const approvalId = deps.ids.next();
    const until = day('2026-04-30');
    await tx.approvals.insert({
      creditorId: 'A',
      approvalId,
      caseId,
      stage: 'formalNotice',
      round: 1,
      messageId: message.messageId,
      basis: message.basis,
      revision: 1,
      state: 'pending',
      requestedAt: deps.clock.now(),
      until,
      decidedBy: null,
      decidedAt: null,
      note: null,
    });
    await applyFacts(
      tx,
      deps,
      row,
      [
        { type: 'stagePrepared', stage: 'formalNotice', round: 1, messageId: message.messageId },
        { type: 'approvalRequested', approvalId, stage: 'formalNotice', round: 1, until },
      ],
      workflowActor('formalNotice'),
    );
    return approvalId;
  });
}

function plannedNotice(messageId: string, row: CaseRow, at: Instant): OutboundMessageRow {
  return {
    creditorId: 'A',
    messageId,
    purpose: 'chase',
    act: 'formalNotice',
    channel: 'email',
    debtorId: row.debtorId,
    stage: 'formalNotice',
    round: 1,
    slotOn: day('2026-03-30'),
    revision: 1,
    basis: 'b'.repeat(64),
    state: 'PLANNED',
    claimToken: null,
    claimedAt: null,
    acceptedAt: null,
    decidedAt: null,
    providerMessageId: null,
    providerWords: null,
    recipient: 'compta@tourtefeuille.example',
    language: 'fr',
    template: 'formalNotice@1',
    subject: 'Mise en demeure',
    bytesObjectId: null,
    bytesSha256: null,
    letterObjectId: null,
    letterSha256: null,
    statement: {
      on: '2026-03-30',
      members: [{ caseId: row.caseId, openPrincipalMinor: '124000', statement: { claimTotalMinor: '129326' } }],
    },
    workflowId: null,
    crossedWithPayment: false,
    createdAt: at,
    updatedAt: at,
  };
}
