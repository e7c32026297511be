import { day, type GoverningLaw, instant } from '#domain';
import type {
  CaseRow,
  CreditorRow,
  DebtorRow,
  InboxRow,
  InvoiceRow,
  JournalRow,
  OutboundMessageRow,
  OutboxRow,
  PostingRow,
  Tables,
  TaskRow,
} from '#ports';

export const NOW = instant('2026-03-02T08:00:00.000Z');
const LAW = 'FR' as GoverningLaw;

export function creditorRow(creditorId: string, changes: Partial<CreditorRow> = {}): CreditorRow {
  return {
    creditorId,
    legalName: `Société ${creditorId}`,
    legalForm: null,
    law: LAW,
    language: 'fr',
    siren: null,
    enterpriseNumber: null,
    vat: null,
    iban: null,
    bic: null,
    address: { lines: ['1 rue de la Paix'], postcode: '75002', city: 'Paris', country: 'FR' },
    zone: 'Europe/Paris',
    territory: 'FR',
    replyToEmail: null,
    phone: null,
    signatoryName: null,
    signatoryTitle: null,
    senderEmail: null,
    defaultTermDays: 30,
    policyId: 'standard',
    policyVersion: 1,
    referralRoute: 'collectionAgency',
    ...{ contractTerms: {}, standing: {}, mentions: {} },
    live: true,
    sandbox: false,
    clockAt: null,
    clockVersion: 0,
    brakeOn: false,
    epoch: 0,
    version: 1,
    createdAt: NOW,
    ...changes,
  };
}

export function debtorRow(creditorId: string, debtorId: string, changes: Partial<DebtorRow> = {}): DebtorRow {
  return {
    creditorId,
    debtorId,
    externalId: null,
    identityKey: `name:${debtorId}`,
    name: `Débiteur ${debtorId}`,
    kind: 'business',
    kindReason: 'siren',
    kindDecidedBy: null,
    country: 'FR',
    territory: 'FR',
    zone: 'Europe/Paris',
    language: 'fr',
    siren: null,
    siret: null,
    enterpriseNumber: null,
    vat: null,
    address: null,
    policyId: null,
    policyVersion: null,
    version: 1,
    createdAt: NOW,
    ...changes,
  };
}

export function invoiceRow(creditorId: string, invoiceId: string, debtorId: string, changes: Partial<InvoiceRow> = {}): InvoiceRow {
  return {
    creditorId,
    invoiceId,
    documentKind: 'invoice',
    number: invoiceId.toUpperCase(),
    issueYear: 2026,
    debtorId,
    issuedOn: day('2026-01-15'),
    currency: 'EUR',
    grossMinor: 124_000n,
    prepaidMinor: 0n,
    payableMinor: 124_000n,
    openMinor: null,
    openAsOf: null,
    law: LAW,
    lawKnown: true,
    lawReason: 'creditor',
    ...{ lawNote: null, lawDecidedBy: null, contractTerms: null },
    iban: null,
    paymentReference: null,
    ...{ orderReference: null, description: null },
    precedingNumbers: ['A-1', 'A-2'],
    termsText: null,
    reference: null,
    referenceKey: null,
    policyId: null,
    policyVersion: null,
    factsSha256: 'f'.repeat(64),
    originalObjectId: null,
    pdfObjectId: null,
    creditState: null,
    status: 'open',
    version: 1,
    createdAt: NOW,
    ...changes,
  };
}

export function caseRow(creditorId: string, caseId: string, invoiceId: string, debtorId: string, changes: Partial<CaseRow> = {}): CaseRow {
  return {
    creditorId,
    caseId,
    invoiceId,
    term: 1,
    debtorId,
    workflowId: `recovery/${creditorId}/${caseId}`,
    episode: 1,
    epoch: 0,
    factSeq: 1,
    state: 'scheduled',
    currency: 'EUR',
    dueOn: day('2026-02-14'),
    law: 'FR',
    limitationOn: null,
    faceMinor: 124_000n,
    openPrincipalMinor: 124_000n,
    policyId: 'standard',
    policyVersion: 1,
    recovery: { stages: [] },
    plan: [{ stage: 'courtesyCall', round: 1 }],
    wakeKind: 'call',
    wakeAt: instant('2026-03-03T09:00:00.000Z'),
    wakeStage: 'courtesyCall',
    wakeRound: 1,
    closedKind: null,
    closedAt: null,
    chainHash: '0'.repeat(64),
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

export const CLOSED = {
  state: 'settled',
  openPrincipalMinor: 0n,
  wakeKind: null,
  wakeAt: null,
  wakeStage: null,
  wakeRound: null,
  closedKind: 'settled',
  closedAt: NOW,
} as unknown as Partial<CaseRow>;

export function journalRow(creditorId: string, streamId: string, seq: number): JournalRow {
  return {
    creditorId,
    streamId,
    seq,
    kind: 'caseOpened',
    actor: 'key:k1',
    role: 'integrator',
    reason: null,
    requestId: null,
    recordedAt: NOW,
    effectiveOn: day('2026-03-02'),
    cause: { amountMinor: '124000' },
    beforeHash: 'a',
    afterHash: 'b',
    previousHash: 'c',
    hash: 'd',
  };
}

export function postingRow(creditorId: string, entryId: string, line: number, amountMinor: bigint, currency = 'EUR'): PostingRow {
  return {
    creditorId,
    postingId: `${entryId}/${line}`,
    entryId,
    line,
    account: line === 1 ? 'bank' : 'suspense',
    amountMinor,
    currency,
    effectiveOn: day('2026-03-02'),
    recordedAt: NOW,
    cause: 'payment',
  };
}

export function taskRow(creditorId: string, taskId: string, changes: Partial<TaskRow> = {}): TaskRow {
  return {
    creditorId,
    taskId,
    kind: 'findContact',
    dedupeKey: `findContact:${taskId}`,
    caseId: null,
    debtorId: null,
    subjectId: null,
    state: 'open',
    role: 'controller',
    title: 'Trouver un contact',
    detail: {},
    dueOn: null,
    createdAt: NOW,
    closedBy: null,
    closedAt: null,
    ...changes,
  };
}

export function inboxRow(creditorId: string, eventId: string, changes: Partial<InboxRow> = {}): InboxRow {
  return {
    creditorId,
    provider: 'standard',
    account: 'main',
    eventId,
    kind: 'payment',
    state: 'received',
    debtorId: null,
    notice: {},
    rawObjectId: null,
    tries: 0,
    nextTryAt: null,
    lastError: null,
    receivedAt: NOW,
    appliedAt: null,
    ...changes,
  };
}

export function messageRow(
  creditorId: string,
  messageId: string,
  debtorId: string,
  changes: Partial<OutboundMessageRow> = {},
): OutboundMessageRow {
  return {
    creditorId,
    messageId,
    purpose: 'chase',
    act: 'mail',
    channel: 'email',
    debtorId,
    stage: 'courtesyMail',
    round: 1,
    slotOn: day('2026-03-03'),
    revision: 1,
    basis: 'basis',
    state: 'ACCEPTED',
    claimToken: null,
    claimedAt: NOW,
    acceptedAt: NOW,
    decidedAt: null,
    providerMessageId: null,
    providerWords: null,
    recipient: 'compta@debiteur.example',
    language: 'fr',
    template: 'courtesyMail',
    subject: 'Votre facture',
    bytesObjectId: null,
    bytesSha256: null,
    letterObjectId: null,
    letterSha256: null,
    statement: null,
    workflowId: null,
    crossedWithPayment: false,
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

export type News = Omit<OutboxRow, 'outboxId' | 'state' | 'leaseUntil' | 'tries' | 'lastError' | 'deliveredAt'>;

export function news(creditorId: string, workflowId: string, kind: OutboxRow['kind'], name: string): News {
  return { creditorId, workflowId, kind, name, payload: { name }, createdAt: NOW };
}

/** A creditor with `debtors` debtors and one invoice and case for each number below `cases`. */
export async function seedBook(tables: Tables, creditorId: string, cases: number, debtors = 1): Promise<void> {
  await tables.creditors.insert(creditorRow(creditorId));
  await tables.debtors.insert(Array.from({ length: debtors }, (_, n) => debtorRow(creditorId, `d${n}`)));
  const numbers = Array.from({ length: cases }, (_, n) => n);
  const debtorOf = (n: number): string => `d${n % debtors}`;
  await tables.invoices.insert(numbers.map((n) => invoiceRow(creditorId, `i${n}`, debtorOf(n))));
  await tables.cases.insert(numbers.map((n) => caseRow(creditorId, `c${n}`, `i${n}`, debtorOf(n))));
}
