import type { Day, DebtorKind } from '#domain';
import type { CaseRow, JournalRow, OutboundMessageRow, StageVerdictRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { limitationOfCase } from '../regime/limitation-of-case.js';

export interface SealedDocument {
  readonly objectId: string;
  /** Path inside the hand-over file. */
  readonly name: string;
  readonly what: string;
}

/** Every sealed document that proves a case: the invoice as it came, its PDF, and the exact messages and letters that left. */
export async function sealedDocumentsOf(tx: Tables, row: CaseRow): Promise<SealedDocument[]> {
  const { creditorId } = row;
  const invoice = await tx.invoices.one({ creditorId, invoiceId: row.invoiceId });
  const documents: SealedDocument[] = [];
  if (invoice?.originalObjectId)
    documents.push(await named(tx, creditorId, invoice.originalObjectId, 'invoice/original', 'Facture telle que reçue'));
  if (invoice?.pdfObjectId && invoice.pdfObjectId !== invoice.originalObjectId)
    documents.push(await named(tx, creditorId, invoice.pdfObjectId, 'invoice/copy', 'Facture, copie PDF'));
  const sent = await messagesOf(tx, row);
  for (const [index, message] of sent.filter((m) => m.channel !== 'file').entries()) {
    const name = `messages/${String(index + 1).padStart(2, '0')}-${message.act}`;
    if (message.bytesObjectId)
      documents.push({ objectId: message.bytesObjectId, name: `${name}.json`, what: `Message du ${message.slotOn}, octets exacts` });
    if (message.letterObjectId)
      documents.push({ objectId: message.letterObjectId, name: `${name}.pdf`, what: `Lettre du ${message.slotOn}` });
  }
  const posted = await tx.postItems.all({ creditorId, caseId: row.caseId });
  for (const item of posted) {
    if (item.proofObjectId)
      documents.push(
        await named(tx, creditorId, item.proofObjectId, `proofs/${item.postItemId}`, `Preuve postale ${item.trackingNumber ?? ''}`.trim()),
      );
  }
  return documents;
}

const EXTENSION: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'text/csv': 'csv',
  'application/json': 'json',
};

async function named(tx: Tables, creditorId: string, objectId: string, name: string, what: string): Promise<SealedDocument> {
  const object = await tx.sealedObjects.one({ creditorId, objectId });
  return { objectId, name: `${name}.${EXTENSION[object?.mediaType ?? ''] ?? 'bin'}`, what };
}

export async function messagesOf(tx: Tables, row: Pick<CaseRow, 'creditorId' | 'caseId'>): Promise<OutboundMessageRow[]> {
  const links = await tx.messageCases.all({ creditorId: row.creditorId, caseId: row.caseId });
  if (links.length === 0) return [];
  return tx.messages.all(
    { creditorId: row.creditorId, messageId: links.map((l) => l.messageId), state: ['ACCEPTED', 'CONFIRMED_SENT', 'UNKNOWN', 'HUMAN'] },
    { by: 'slotOn', limit: 200 },
  );
}

export interface CaseRecord {
  readonly journal: readonly JournalRow[];
  readonly verdicts: readonly StageVerdictRow[];
  readonly messages: readonly OutboundMessageRow[];
}

/** The record of a case, oldest first: facts with their hashes, verdicts, messages. */
export async function recordOf(tx: Tables, row: Pick<CaseRow, 'creditorId' | 'caseId'>): Promise<CaseRecord> {
  const { creditorId, caseId } = row;
  return {
    journal: await tx.journal.all({ creditorId, streamId: caseId }, { by: 'seq', limit: 5000 }),
    verdicts: await tx.stageVerdicts.all({ creditorId, caseId }, { by: 'at', limit: 5000 }),
    messages: await messagesOf(tx, row),
  };
}

/**
 * Prudent last day of the limitation period with its article, under the law and kind of the debtor: two years towards a French consumer (C. conso. L218-2).
 * What interrupted it counts. Undefined where the statute of that day is not known.
 */
export async function limitationOf(
  deps: Pick<CaseworkDeps, 'law' | 'unitOfWork'>,
  row: Pick<CaseRow, 'creditorId' | 'caseId' | 'law' | 'dueOn'>,
  kind: DebtorKind,
  asOf: Day,
): Promise<{ on: Day; basis: string } | undefined> {
  const found = await deps.unitOfWork.plain((tx) => limitationOfCase(tx, deps.law, row, kind, asOf));
  return found && { on: found.on, basis: found.article };
}
