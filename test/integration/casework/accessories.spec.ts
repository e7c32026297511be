import { claimOfCase, decideAccessories, type PaymentOutcome, reversePayment } from '#casework';
import { day } from '#domain';
import type { OutboundMessageRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { BELGIAN } from '../../support/town-creditor.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

const BY_NUMBER = { invoiceNumber: 'F-2026-001' };
/** 32 days at 12.15 % on 4 860.00. */
const INTEREST = 5_177n;
const INDEMNITY = 4_000n;
const NOTICE_DAY = '2026-03-30';

/** Vérendelle's invoice: 4 860.00, due 26 February 2026. */
async function verendelle(): Promise<void> {
  creditorId = await town.addCreditor({ creditorId: `accessories-${++serial}` });
  caseId = (await town.addInvoice(creditorId)).caseIds[0] ?? '';
}

/** A consumer's invoice, due 2 March 2026. */
async function consumer(law: 'FR' | 'BE', amountMinor: bigint): Promise<void> {
  creditorId = await town.addCreditor({ ...(law === 'BE' ? BELGIAN : {}), creditorId: `accessories-${++serial}` });
  const place = law === 'BE' ? { country: 'BE', postcode: '3000', city: 'Leuven' } : { country: 'FR', postcode: '35000', city: 'Rennes' };
  const { caseIds } = await town.addInvoice(
    creditorId,
    {
      issuedOn: day('2026-01-31'),
      terms: [{ dueOn: day('2026-03-02') }],
      grossMinor: amountMinor,
      payableMinor: amountMinor,
      description: 'cartes de visite, 200 exemplaires',
      buyer: {
        name: 'Lieve Zonderland',
        siren: undefined as never,
        email: 'lieve@courrier.example',
        street: 'Bondgenotenlaan 5',
        ...place,
      },
    },
    { kind: { kind: 'consumer', reason: 'column' } },
  );
  caseId = caseIds[0] ?? '';
}

const reverse = (providerRef: string, on: string) =>
  town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, { provider: 'rest', providerRef, on: day(on) }, PERSON));
const titles = async () => (await town.tasks(creditorId, 'decideAccessories')).map((task) => task.title);
const told = async () =>
  (await town.read((tx) => tx.journal.all({ creditorId, streamId: `accessories:${caseId}` }, { by: 'seq' }))).map(
    ({ kind, cause }) => `${kind} ${String(cause['interestMinor'] ?? '-')} ${String(cause['indemnityMinor'] ?? '-')}`,
  );
const claimOn = async (on: string) => {
  const row = await town.caseRow(creditorId, caseId);
  return (await town.read((tx) => claimOfCase(tx, town.deps, row, day(on)))).statement;
};

/** What the case got by head, what became credit, and what the accounts say of both. */
async function books() {
  const allocations = await town.read((tx) => tx.allocations.all({ creditorId, caseId, reversedAt: null }));
  const payments = await town.read((tx) => tx.payments.all({ creditorId }));
  const postings = await town.read((tx) => tx.postings.all({ creditorId }));
  const { debtorId } = await town.caseRow(creditorId, caseId);
  const account = (name: string) => -postings.filter((one) => one.account === name).reduce((sum, one) => sum + one.amountMinor, 0n);
  const head = (of: (row: (typeof allocations)[number]) => bigint) => allocations.reduce((sum, row) => sum + of(row), 0n);
  const inBooks = {
    interest: head((row) => row.interestMinor),
    indemnity: head((row) => row.indemnityMinor),
    credit: payments.reduce((sum, row) => sum + row.creditMinor, 0n),
  };
  expect([account(`interest:${caseId}`), account(`indemnity:${caseId}`), account(`credit:${debtorId}`)]).toEqual(Object.values(inBooks));
  return { principal: head((row) => row.amountMinor), ...inBooks };
}

describe('money beyond the principal pays what is owed besides', () => {
  it('B13: 251.50 is what the letter asked: settled, indemnity received, no credit, nothing to decide, thanks for all of it', async () => {
    await consumer('BE', 21_500n);
    await town.upTo(creditorId, caseId, 'mail', 'indemnityMail', { calls: 'attempted' });
    await town.act(creditorId, caseId);
    await town.moveTo(creditorId, '2026-03-30T08:00:00.000Z');
    const outcome = await town.pay(creditorId, 25_150n, '2026-03-30', { caseId });
    expect(outcome.allocations).toEqual([{ caseId, amountMinor: 21_500n, interestMinor: 0n, indemnityMinor: 3_650n }]);
    expect(await books()).toEqual({ principal: 21_500n, interest: 0n, indemnity: 3_650n, credit: 0n });
    expect([(await town.caseRow(creditorId, caseId)).closedKind, await titles()]).toEqual(['settled', []]);
    expect(await told()).toEqual(['accessoriesReceived 0 3650']);
    const [thanks] = await town.read((tx) => tx.messages.all({ creditorId, act: 'thankYou' }));
    expect(((thanks as OutboundMessageRow).statement as { parameters: Record<string, string> }).parameters).toEqual({
      receivedOn: '2026-03-30',
      receivedMinor: '25150',
      accessoriesMinor: '3650',
      accessories: 'paid',
    });
    await town.run(creditorId, '2026-04-02');
    const mail = (await town.mailsOf(creditorId)).at(-1);
    expect(town.local.rawMail(mail?.id ?? '').toString('utf8')).toContain('accessoires compris (36,50');
    expect(await claimOn('2026-05-30')).toMatchObject({ claimTotalMinor: 0n, openPrincipalMinor: 0n, surplusMinor: 0n });
  });

  it('A2: 4 951.77 on the day of the notice pays principal, interest and 40 €; the statement shows one payment and nothing owed', async () => {
    await verendelle();
    const outcome = await town.pay(creditorId, 495_177n, NOTICE_DAY, BY_NUMBER);
    expect(outcome).toMatchObject({
      creditMinor: 0n,
      allocations: [{ amountMinor: 486_000n, interestMinor: INTEREST, indemnityMinor: INDEMNITY }],
    });
    expect(await town.read((tx) => tx.payments.one({ creditorId }))).toMatchObject({ allocatedMinor: 495_177n, creditMinor: 0n });
    expect(await titles()).toEqual([]);
    const statement = await claimOn('2026-04-30');
    expect(statement).toMatchObject({ claimTotalMinor: 0n, openPrincipalMinor: 0n, faceMinor: 486_000n, interestAccruedMinor: INTEREST });
    expect(statement?.entries.filter((entry) => entry.kind === 'payment')).toMatchObject([
      { amountMinor: -495_177n, imputed: { interestMinor: INTEREST, principalMinor: 486_000n, compensationMinor: INDEMNITY } },
    ]);
  });

  it('I11: only what exceeds principal and accessories of the value day becomes credit of the debtor', async () => {
    await verendelle();
    await town.pay(creditorId, 500_000n, NOTICE_DAY, BY_NUMBER);
    expect(await books()).toEqual({ principal: 486_000n, interest: INTEREST, indemnity: INDEMNITY, credit: 4_823n });
  });

  it('N8: finance is asked only about what the payment left of them', async () => {
    await verendelle();
    await town.pay(creditorId, 490_000n, NOTICE_DAY, BY_NUMBER);
    expect(await books()).toEqual({ principal: 486_000n, interest: 4_000n, indemnity: 0n, credit: 0n });
    expect(await titles()).toEqual([
      'Principal réglé, et 40,00\u00a0€ sur les accessoires. Restent 51,77\u00a0€ d’intérêts et d’indemnité au 30 mars 2026\u202f: réclamer ou renoncer\u202f?',
    ]);
    expect(await claimOn(NOTICE_DAY)).toMatchObject({ claimTotalMinor: 5_177n });
  });

  it('BE-3: within the free days of the first reminder a Belgian consumer owes the principal alone: the rest is credit', async () => {
    await consumer('BE', 21_500n);
    await town.upTo(creditorId, caseId, 'mail', 'indemnityMail', { calls: 'attempted' });
    await town.pay(creditorId, 25_150n, '2026-03-24', { caseId });
    expect(await books()).toEqual({ principal: 21_500n, interest: 0n, indemnity: 0n, credit: 3_650n });
  });

  it('A18: before a proven notice a French consumer owes no accessory, so nothing is taken of what he paid too much', async () => {
    await consumer('FR', 64_000n);
    await town.pay(creditorId, 69_000n, NOTICE_DAY, { caseId });
    expect(await books()).toEqual({ principal: 64_000n, interest: 0n, indemnity: 0n, credit: 5_000n });
    expect(await told()).toEqual([]);
  });

  it('all principal of an invoice comes before the accessories of any of its terms', async () => {
    creditorId = await town.addCreditor({ creditorId: `accessories-${++serial}` });
    const terms = [
      { dueOn: day('2026-02-26'), amountMinor: 243_000n },
      { dueOn: day('2026-06-30'), amountMinor: 243_000n },
    ];
    const { caseIds } = await town.addInvoice(creditorId, { terms });
    caseId = caseIds[0] ?? '';
    await town.pay(creditorId, 487_000n, NOTICE_DAY, BY_NUMBER);
    expect(await books()).toEqual({ principal: 243_000n, interest: 1_000n, indemnity: 0n, credit: 0n });
    expect((await town.caseRow(creditorId, caseIds[1] ?? '')).openPrincipalMinor).toBe(0n);
  });
});

describe('money that comes after the principal', () => {
  it('pays what finance was asked about, and ends the question', async () => {
    await verendelle();
    await town.pay(creditorId, 486_000n, NOTICE_DAY, BY_NUMBER);
    expect(await titles()).toHaveLength(1);
    const outcome: PaymentOutcome = await town.pay(creditorId, 9_177n, NOTICE_DAY, BY_NUMBER);
    expect(outcome.allocations).toEqual([{ caseId, amountMinor: 0n, interestMinor: INTEREST, indemnityMinor: INDEMNITY }]);
    expect(await titles()).toEqual([]);
    expect(await claimOn(NOTICE_DAY)).toMatchObject({ claimTotalMinor: 0n });
  });

  it('what was decided to be claimed is paid too; what was waived is owed no more and stays credit', async () => {
    const decide = (decision: 'pursue' | 'waive') =>
      town.shared(creditorId, (tx) => decideAccessories(tx, town.deps, creditorId, caseId, decision, FINANCE));
    for (const [decision, credit] of [
      ['pursue', 0n],
      ['waive', 9_177n],
    ] as const) {
      await verendelle();
      await town.pay(creditorId, 486_000n, NOTICE_DAY, BY_NUMBER);
      await decide(decision);
      await town.pay(creditorId, 9_177n, NOTICE_DAY, BY_NUMBER);
      expect((await books()).credit).toBe(credit);
    }
  });

  it('I19: the order in which payments are told changes neither what each account holds nor what is asked', async () => {
    const sets = [
      [486_000n, 5_177n, 4_000n].map((amount) => ({ amount, on: NOTICE_DAY })),
      [
        { amount: 300_000n, on: '2026-03-10' },
        { amount: 150_000n, on: '2026-03-20' },
        { amount: 60_000n, on: NOTICE_DAY },
      ],
    ];
    for (const set of sets) {
      const ends = new Set<string>();
      for (const order of permutations(set)) {
        await verendelle();
        for (const { amount, on } of order) await town.pay(creditorId, amount, on, BY_NUMBER);
        const end = { ...(await books()), titles: await titles() };
        ends.add(JSON.stringify(end, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));
      }
      expect([...ends]).toHaveLength(1);
      expect([...ends][0]).toContain('"principal":"486000"');
    }
  });
});

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length < 2) return [[...of]];
  return of.flatMap((first, index) => permutations(of.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

describe('money that goes back', () => {
  it('I13: a reversal takes back principal and accessories; the case is open as if it had never come', async () => {
    await verendelle();
    await town.pay(creditorId, 500_000n, NOTICE_DAY, BY_NUMBER, 'debit-1');
    await reverse('debit-1', '2026-03-31');
    expect(await books()).toEqual({ principal: 0n, interest: 0n, indemnity: 0n, credit: 0n });
    expect(await town.caseRow(creditorId, caseId)).toMatchObject({ closedKind: null, openPrincipalMinor: 486_000n });
    expect(await told()).toEqual([`accessoriesReceived ${INTEREST} ${INDEMNITY}`, `accessoriesTakenBack ${INTEREST} ${INDEMNITY}`]);
    expect(await claimOn(NOTICE_DAY)).toMatchObject({ claimTotalMinor: 495_177n });
  });

  it('I13: money that had paid the accessories alone leaves the case settled, and finance is asked again', async () => {
    await verendelle();
    await town.pay(creditorId, 486_000n, NOTICE_DAY, BY_NUMBER);
    await town.pay(creditorId, 9_177n, NOTICE_DAY, BY_NUMBER, 'debit-2');
    expect(await reverse('debit-2', '2026-04-02')).toMatchObject({ result: 'reversed', caseIds: [caseId] });
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('settled');
    expect(await books()).toEqual({ principal: 486_000n, interest: 0n, indemnity: 0n, credit: 0n });
    expect(await titles()).toEqual([expect.stringContaining('Restent 91,77')]);
  });

  it('another payment goes back: what had paid accessories pays the principal that is open again first', async () => {
    await verendelle();
    await town.pay(creditorId, 100_000n, NOTICE_DAY, BY_NUMBER, 'debit-1');
    await town.pay(creditorId, 395_177n, NOTICE_DAY, BY_NUMBER);
    await reverse('debit-1', '2026-03-31');
    expect((await town.caseRow(creditorId, caseId)).openPrincipalMinor).toBe(90_823n);
    expect(await books()).toEqual({ principal: 395_177n, interest: 0n, indemnity: 0n, credit: 0n });
    expect(await claimOn(NOTICE_DAY)).toMatchObject({ faceMinor: 486_000n, openPrincipalMinor: 90_823n, claimTotalMinor: 100_000n });
    await town.pay(creditorId, 100_000n, NOTICE_DAY, BY_NUMBER);
    expect(await books()).toEqual({ principal: 486_000n, interest: INTEREST, indemnity: INDEMNITY, credit: 0n });
    expect([(await town.caseRow(creditorId, caseId)).closedKind, await titles()]).toEqual(['settled', []]);
  });

  it('I1: paid twice and one payment goes back: he has paid; nothing opens again, in whatever order it is told', async () => {
    for (const first of ['once', 'twice']) {
      await verendelle();
      await town.pay(creditorId, 486_000n, '2026-02-25', { caseId }, 'once');
      await town.pay(creditorId, 486_000n, '2026-02-25', { caseId }, 'twice');
      await reverse(first, '2026-03-04');
      expect(await town.caseRow(creditorId, caseId)).toMatchObject({ closedKind: 'settled', openPrincipalMinor: 0n });
      expect(await books()).toEqual({ principal: 486_000n, interest: 0n, indemnity: 0n, credit: 0n });
      await town.run(creditorId, '2026-04-30', { calls: 'attempted', approve: true });
      expect(await town.mailsOf(creditorId)).toEqual([]);
    }
  });

  it('I13, I19: the second payment leaves what it would leave alone: principal, accessories, and the rest as credit', async () => {
    await verendelle();
    await town.pay(creditorId, 500_000n, NOTICE_DAY, BY_NUMBER, 'debit-1');
    await town.pay(creditorId, 600_000n, NOTICE_DAY, BY_NUMBER, 'debit-2');
    await reverse('debit-1', '2026-04-02');
    expect(await books()).toEqual({ principal: 486_000n, interest: INTEREST, indemnity: INDEMNITY, credit: 600_000n - 495_177n });
    expect([(await town.caseRow(creditorId, caseId)).closedKind, await titles()]).toEqual(['settled', []]);
    await reverse('debit-2', '2026-04-03');
    expect(await books()).toEqual({ principal: 0n, interest: 0n, indemnity: 0n, credit: 0n });
    expect(await town.caseRow(creditorId, caseId)).toMatchObject({ closedKind: null, openPrincipalMinor: 486_000n });
  });
});
