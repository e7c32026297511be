import { addDays, addSeconds, day } from '#domain';
import type { Tables } from '#ports';
import { CLOSED, caseRow, creditorRow, debtorRow, invoiceRow, journalRow, messageRow, NOW, postingRow, taskRow } from './seed.js';

/** Cases of one `fullBook`. */
export const CASES = 60;

/** A book with few distinct days, amounts and names, so that most sort keys are shared; and one row in every list. */
export async function fullBook(tables: Tables, creditorId: string): Promise<void> {
  const c = creditorId;
  await tables.creditors.insert(creditorRow(c));
  await tables.debtors.insert(['Alpha_1 SARL', 'Béta SA', 'béta sa'].map((name, n) => debtorRow(c, `d${n}`, { name })));
  await tables.invoices.insert(
    Array.from({ length: CASES }, (_, n) => invoiceRow(c, `i${n}`, `d${n % 3}`, { number: `FA-2026-${String(n).padStart(3, '0')}` })),
  );
  await tables.cases.insert(
    Array.from({ length: CASES }, (_, n) =>
      caseRow(c, `c${n}`, `i${n}`, `d${n % 3}`, {
        dueOn: addDays(day('2026-02-01'), n % 4),
        openPrincipalMinor: BigInt(100_000 + (n % 5) * 1_000),
        createdAt: addSeconds(NOW, n % 2),
        ...(n % 3 === 0 ? CLOSED : {}),
      }),
    ),
  );
  await aroundOneCase(tables, c);
  await aroundTheBook(tables, c);
}

async function aroundOneCase(tables: Tables, c: string): Promise<void> {
  await tables.disputes.insert({
    creditorId: c,
    disputeId: 'x',
    caseId: 'c1',
    reason: 'goods',
    note: null,
    openedBy: 'p',
    openedOn: day('2026-03-01'),
    dueOn: day('2026-03-20'),
    state: 'open',
    resolvedBy: null,
    resolution: null,
    resolvedAt: null,
  });
  await tables.payments.insert({
    creditorId: c,
    paymentId: 'p1',
    provider: 'csv',
    providerRef: 'r1',
    amountMinor: 500n,
    currency: 'EUR',
    paidOn: day('2026-03-01'),
    recordedAt: NOW,
    remittance: 'FA-2026-001',
    payerName: null,
    payerIban: null,
    state: 'allocated',
    debtorId: 'd1',
    allocatedMinor: 500n,
    creditMinor: 0n,
    designates: null,
    parkedReason: null,
    recordedBy: 'k',
    reversedAt: null,
  });
  await tables.allocations.insert({
    creditorId: c,
    allocationId: 'a1',
    paymentId: 'p1',
    caseId: 'c1',
    amountMinor: 500n,
    interestMinor: 0n,
    indemnityMinor: 0n,
    paidOn: day('2026-03-01'),
    designation: 'number',
    recordedAt: NOW,
    reversedOn: null,
    reversedAt: null,
  });
  await tables.tasks.insert(taskRow(c, 't1', { caseId: 'c1' }));
  await tables.messages.insert(
    messageRow(c, 'm1', 'd1', { acceptedAt: addSeconds(NOW, 3), claimedAt: addSeconds(NOW, 2), createdAt: addSeconds(NOW, 1) }),
  );
  await tables.messageCases.insert({ creditorId: c, messageId: 'm1', caseId: 'c1', stage: 'courtesyMail', round: 1, live: true });
  await tables.deliveryEvents.insert({
    creditorId: c,
    eventId: 'e1',
    messageId: 'm1',
    provider: 'sendgrid',
    kind: 'delivered',
    at: addSeconds(NOW, 5),
    recordedAt: NOW,
    detail: {},
  });
  await tables.approvals.insert({
    creditorId: c,
    approvalId: 'a1',
    caseId: 'c1',
    stage: 'formalNotice',
    round: 1,
    messageId: 'm1',
    basis: 'b',
    revision: 1,
    state: 'pending',
    requestedAt: NOW,
    until: day('2026-03-20'),
    decidedBy: null,
    decidedAt: null,
    note: null,
  });
  await tables.postItems.insert({
    creditorId: c,
    postItemId: 'p1',
    messageId: 'm1',
    caseId: 'c1',
    channel: 'print',
    state: 'toPrint',
    trackingNumber: null,
    depositedOn: null,
    presentedOn: null,
    service: 'registered',
    servedOn: null,
    proofObjectId: null,
    updatedBy: null,
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
  });
  await tables.handOvers.insert({
    creditorId: c,
    handOverId: 'h1',
    caseId: 'c1',
    messageId: 'm1',
    route: 'bailiff',
    state: 'prepared',
    objectId: 'o',
    sha256: 's',
    manifest: {},
    createdAt: NOW,
    handedOverAt: null,
  });
  await tables.calls.insert({
    creditorId: c,
    callId: 'k1',
    debtorId: 'd1',
    taskId: 't1',
    state: 'reported',
    openedOn: day('2026-03-02'),
    expiresOn: day('2026-03-09'),
    outcome: 'reached',
    note: 'paiera',
    contactName: null,
    reportedBy: 'p',
    reportedAt: addSeconds(NOW, 4),
  });
  await tables.callCases.insert({ creditorId: c, callId: 'k1', caseId: 'c1', stage: 'courtesyCall', round: 1, left: false });
}

async function aroundTheBook(tables: Tables, c: string): Promise<void> {
  await tables.stageVerdicts.insert({
    creditorId: c,
    verdictId: 'v1',
    caseId: 'c1',
    stage: 'courtesyMail',
    round: 1,
    verdict: 'POSTPONED',
    code: 'window',
    because: {},
    until: addSeconds(NOW, 60),
    messageId: null,
    at: NOW,
  });
  await tables.journal.insert([1, 2, 3].map((seq) => journalRow(c, 'c1', seq)));
  await tables.postings.insert([postingRow(c, 'e1', 1, 5n), postingRow(c, 'e1', 2, -5n)]);
  await tables.importFiles.insert({
    creditorId: c,
    importId: 'f1',
    fileName: 'a.csv',
    format: 'csv',
    sha256: 's',
    objectId: 'o',
    state: 'previewed',
    totals: {},
    problem: null,
    rows: 2,
    nextRow: 0,
    createdBy: 'k',
    createdAt: NOW,
    committedAt: null,
  });
  await tables.importRows.insert(
    [1, 2].map((row) => ({
      creditorId: c,
      importId: 'f1',
      row,
      state: 'accepted' as const,
      record: {},
      findings: [{ code: 'x' }],
      result: null,
    })),
  );
  await tables.apiKeys.insert({
    keyId: 'k1',
    creditorId: c,
    role: 'finance',
    name: 'n',
    prefix: `rk_${c}`,
    sha256: 'secret',
    createdAt: NOW,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  });
  await tables.policyVersions.insert(
    [1, 2].map((version) => ({ creditorId: c, policyId: 'own', version, sha256: 's', body: {}, publishedBy: 'p', publishedAt: NOW })),
  );
}
