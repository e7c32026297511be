import { createHash } from 'node:crypto';
import { isFault, verifyCase, verifyStream } from '#casework';
import type { CaseRow, JournalRow } from '#ports';
import type { Town } from './town.js';

/** What must hold in every creditor's books whatever happened; a sentence for each thing that does not. */
export async function faultsIn(town: Town, creditorId: string): Promise<string[]> {
  const cases = await town.read((tx) => tx.cases.all({ creditorId }));
  return [
    ...(await journalFaults(town, creditorId, cases)),
    ...(await ledgerFaults(town, creditorId, cases)),
    ...(await paymentFaults(town, creditorId)),
    ...(await messageFaults(town, creditorId)),
    ...cases.filter((row) => row.closedKind === null && row.wakeAt === null).map((row) => `open case ${row.caseId} has no wake`),
  ];
}

async function journalFaults(town: Town, creditorId: string, cases: readonly CaseRow[]): Promise<string[]> {
  const rows = await town.read((tx) => tx.journal.all({ creditorId }, { by: 'seq' }));
  const streams = new Map<string, JournalRow[]>();
  for (const row of rows) streams.set(row.streamId, [...(streams.get(row.streamId) ?? []), row]);
  const ends = [...streams].map(([streamId, stream]) => {
    const row = cases.find((candidate) => candidate.caseId === streamId);
    return row ? verifyCase(row, stream) : verifyStream(stream);
  });
  return ends.filter(isFault).map((fault) => `journal ${fault.streamId} ${fault.seq}: ${fault.code}`);
}

/** I11: every currency sums to zero, the receivable account of a case is its open principal, and interest and indemnity are what payments gave them. */
async function ledgerFaults(town: Town, creditorId: string, cases: readonly CaseRow[]): Promise<string[]> {
  const postings = await town.read((tx) => tx.postings.all({ creditorId }));
  const allocations = await town.read((tx) => tx.allocations.all({ creditorId, reversedAt: null }));
  const sums = new Map<string, bigint>();
  const add = (key: string, minor: bigint) => sums.set(key, (sums.get(key) ?? 0n) + minor);
  for (const posting of postings) {
    add(posting.currency, posting.amountMinor);
    add(posting.account, posting.amountMinor);
  }
  const currencies = [...new Set(postings.map((posting) => posting.currency))];
  return [
    ...currencies.filter((code) => sums.get(code) !== 0n).map((code) => `${code} sums to ${sums.get(code)}`),
    ...cases
      .filter((row) => (sums.get(`receivable:${row.caseId}`) ?? 0n) !== row.openPrincipalMinor)
      .map((row) => `case ${row.caseId} owes ${row.openPrincipalMinor}, its account says ${sums.get(`receivable:${row.caseId}`)}`),
    ...cases.flatMap(({ caseId }) =>
      (['interest', 'indemnity'] as const).flatMap((head) => {
        const mine = allocations.filter((one) => one.caseId === caseId);
        const given = mine.reduce((sum, one) => sum + one[`${head}Minor`], 0n);
        const booked = -(sums.get(`${head}:${caseId}`) ?? 0n);
        return given === booked ? [] : [`case ${caseId} got ${given} of ${head}, its account says ${booked}`];
      }),
    ),
  ];
}

/** I11: allocations + unallocated + refunded = amount, for each payment. */
async function paymentFaults(town: Town, creditorId: string): Promise<string[]> {
  const { payments, allocations } = await town.read(async (tx) => ({
    payments: await tx.payments.all({ creditorId }),
    allocations: await tx.allocations.all({ creditorId, reversedAt: null }),
  }));
  return payments.flatMap((payment) => {
    const given = allocations
      .filter((one) => one.paymentId === payment.paymentId)
      .reduce((sum, one) => sum + one.amountMinor + one.interestMinor + one.indemnityMinor, 0n);
    const wanted = payment.state === 'allocated' ? payment.amountMinor : 0n;
    return given + payment.creditMinor === wanted
      ? []
      : [`payment ${payment.paymentId} (${payment.state}) of ${payment.amountMinor} gives ${given} + ${payment.creditMinor}`];
  });
}

/** I5: no rung of a case is spoken twice. I9: what the provider got is what is kept. */
async function messageFaults(town: Town, creditorId: string): Promise<string[]> {
  const { messages, links } = await town.read(async (tx) => ({
    messages: await tx.messages.all({ creditorId }),
    links: await tx.messageCases.all({ creditorId }),
  }));
  const taken = await town.mailsOf(creditorId);
  const faults: string[] = [];
  const spoken = new Set<string>();
  for (const mail of taken) {
    const message = messages.find((one) => one.messageId === mail.mid);
    const raw = createHash('sha256').update(town.local.rawMail(mail.id)).digest('hex');
    if (raw !== message?.bytesSha256) faults.push(`mail ${mail.id} is not the one kept as ${mail.mid}`);
    if (message?.purpose !== 'chase') continue;
    for (const link of links.filter((one) => one.messageId === mail.mid)) {
      const rung = `${link.caseId} ${link.stage} ${link.round}`;
      if (spoken.has(rung)) faults.push(`sent twice: ${rung}`);
      spoken.add(rung);
    }
  }
  return faults;
}
