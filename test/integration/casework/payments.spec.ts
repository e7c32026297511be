import { allocateParked, decideAccessories, nextEpisode, returnPayment, reversePayment } from '#casework';
import { day } from '#domain';
import type { OutboundMessageRow } from '#ports';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON, Town } from '../../support/town.js';
import { townOfStories } from '../../support/town-stories.js';
import { faultsIn } from '../../support/town-books.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';

/** A fresh creditor with the invoice of Vérendelle: 4 860.00, due 26 February. */
async function overdue(facts: Parameters<Town['addInvoice']>[1] = {}): Promise<string> {
  creditorId = await town.addCreditor({ creditorId: `money-${++serial}` });
  const { caseIds } = await town.addInvoice(creditorId, facts);
  return caseIds[0] ?? '';
}

async function reverse(providerRef: string, on: string) {
  return town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, { provider: 'rest', providerRef, on: day(on) }, PERSON));
}

const BY_NUMBER = { invoiceNumber: 'F-2026-001' };

describe('payment in full', () => {
  it('before any message: settled, nothing sent and nobody thanked', async () => {
    const caseId = await overdue();
    await town.pay(creditorId, 486_000n, '2026-03-02', BY_NUMBER);
    await town.run(creditorId, '2026-04-30');
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('settled');
    expect(await town.mailsOf(creditorId)).toEqual([]);
  });

  it('before the due day leaves no interest and no indemnity to ask about', async () => {
    await overdue({ terms: [{ dueOn: day('2026-03-10') }] });
    await town.pay(creditorId, 486_000n, '2026-03-05', BY_NUMBER);
    expect(await town.tasks(creditorId, 'decideAccessories')).toEqual([]);
  });

  it('after a mail: thanked once, also when the same payment is told twice', async () => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    const first = await town.pay(creditorId, 486_000n, '2026-03-05', BY_NUMBER, 'bank-1');
    const second = await town.pay(creditorId, 486_000n, '2026-03-05', BY_NUMBER, 'bank-1');
    expect([first.result, second.result, second.paymentId]).toEqual(['booked', 'duplicate', first.paymentId]);
    await town.run(creditorId, '2026-04-30');
    expect(await town.mailsOf(creditorId)).toHaveLength(2);
    const thanks = await town.read((tx) => tx.messages.all({ creditorId, act: 'thankYou' }));
    expect(thanks.map((m) => m.state)).toEqual(['ACCEPTED']);
  });

  it.each([
    ['formalMail', 486_000n, { receivedMinor: '486000' }],
    ['firmMail', 486_000n, { receivedMinor: '486000', accessories: 'undecided' }],
    ['formalNotice', 486_000n, { receivedMinor: '486000', accessories: 'undecided' }],
    ['formalNotice', 600_000n, { receivedMinor: '600000', accessoriesMinor: '8368', surplusMinor: '105632', accessories: 'paid' }],
  ] as const)(
    'N8: thanks before the rung %s for %s say what was paid, and are no receipt for what was asked for besides',
    async (rung, paidMinor, said) => {
      const caseId = await overdue();
      // A notice is prepared for approval after the firm mail has left.
      await town.upTo(creditorId, caseId, rung === 'formalNotice' ? 'prepare' : 'mail', rung, { calls: 'attempted' });
      await town.pay(creditorId, paidMinor, (await town.clock(creditorId)).slice(0, 10), BY_NUMBER);
      const [thanks] = await town.read((tx) => tx.messages.all({ creditorId, act: 'thankYou' }));
      const { receivedOn, ...parameters } = ((thanks as OutboundMessageRow).statement as { parameters: Record<string, string> }).parameters;
      expect(parameters).toEqual(said);
      expect(receivedOn).toBe((await town.clock(creditorId)).slice(0, 10));
    },
  );

  it('asks finance once for interest and indemnity; the decision closes the task and is journaled', async () => {
    const caseId = await overdue();
    await town.pay(creditorId, 486_000n, '2026-03-20', BY_NUMBER);
    const [task] = await town.tasks(creditorId, 'decideAccessories');
    expect(task).toMatchObject({ role: 'finance', caseId });
    expect(BigInt(String(task?.detail.restMinor))).toBeGreaterThan(4_000n);
    const decide = (decision: 'pursue' | 'waive') =>
      town.shared(creditorId, (tx) => decideAccessories(tx, town.deps, creditorId, caseId, decision, FINANCE));
    await decide('waive');
    expect(await town.tasks(creditorId, 'decideAccessories')).toEqual([]);
    await expect(decide('pursue')).rejects.toThrow('accessoriesNotAsked');
    const journal = await town.read((tx) => tx.journal.all({ creditorId, streamId: `accessories:${caseId}` }));
    expect(journal.map((row) => [row.kind, row.actor, row.cause.because])).toEqual([['accessoriesWaived', 'marc', 'decidedByPerson']]);
  });

  it('waives what lies below the threshold of the policy, and says so in the journal', async () => {
    creditorId = await town.addCreditor({ creditorId: `money-${++serial}` });
    const standard = await town.read((tx) => town.deps.policies.find(tx, creditorId, 'standard', 1));
    const generous = { ...standard, id: 'generous', waiveBelow: { EUR: '100.00' } };
    await town.read((tx) =>
      tx.policyVersions.insert({
        creditorId,
        policyId: 'generous',
        version: 1,
        sha256: 'x',
        body: { ...generous },
        publishedBy: 'marc',
        publishedAt: town.deps.clock.now(),
      }),
    );
    await town.addInvoice(creditorId, {}, { policy: { id: 'generous', version: 1 } });
    await town.pay(creditorId, 486_000n, '2026-03-03', BY_NUMBER);
    expect(await town.tasks(creditorId, 'decideAccessories')).toEqual([]);
    const journal = await town.read((tx) => tx.journal.all({ creditorId, kind: 'accessoriesWaived' }));
    expect(journal.map((row) => row.cause.because)).toEqual(['belowPolicyThreshold']);
  });
});

describe('part payment and overpayment', () => {
  it('a part lowers the balance, the same ladder goes on and the next letter asks for the rest', async () => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    const before = await town.caseRow(creditorId, caseId);
    await town.pay(creditorId, 186_000n, '2026-03-05', BY_NUMBER);
    const after = await town.caseRow(creditorId, caseId);
    expect([after.wakeAt, after.wakeStage, after.openPrincipalMinor]).toEqual([before.wakeAt, 'formalMail', 300_000n]);
    await town.act(creditorId, caseId);
    const [, formal] = await town.mailsOf(creditorId);
    const text = town.local.rawMail(formal?.id ?? '').toString('utf8');
    expect(text).toMatch(/3[\s\u202f\u00a0]000,00/);
  });

  it('I11: more than is owed, 8.09 of interest for five days and 40.00 included, becomes the debtor’s credit', async () => {
    const caseId = await overdue();
    const outcome = await town.pay(creditorId, 500_000n, '2026-03-03', BY_NUMBER);
    expect(outcome).toMatchObject({ result: 'booked', creditMinor: 9_191n, allocations: [{ caseId, amountMinor: 486_000n }] });
    const { debtorId } = await town.caseRow(creditorId, caseId);
    const credit = await town.read((tx) => tx.postings.all({ creditorId, account: `credit:${debtorId}` }));
    expect(credit.map((p) => p.amountMinor)).toEqual([-9_191n]);
    const back = await reverse((await town.read((tx) => tx.payments.one({ creditorId })))?.providerRef ?? '', '2026-03-10');
    expect(back.result).toBe('reversed');
  });

  it('a payment that quotes one reference of two invoices goes to the one due first', async () => {
    const older = await overdue({ paymentReference: 'RF18539007547034' });
    const newer = await town.addInvoice(creditorId, {
      number: 'F-2026-002',
      paymentReference: 'RF18 5390 0754 7034',
      terms: [{ dueOn: day('2026-02-20') }],
    });
    const outcome = await town.pay(creditorId, 486_000n, '2026-03-03', { text: 'virement RF18 5390 0754 7034' });
    expect(outcome.allocations).toEqual([{ caseId: newer.caseIds[0], amountMinor: 486_000n }]);
    expect((await town.caseRow(creditorId, older)).openPrincipalMinor).toBe(486_000n);
  });
});

describe('money that nobody can attribute', () => {
  it('I3: another currency never settles: parked with a task, formal acts wait for a person', async () => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'formalNotice', 'formalNotice', { calls: 'attempted', approve: true });
    const outcome = await town.pay(creditorId, 486_000n, '2026-03-27', BY_NUMBER, 'usd-1', 'USD');
    expect(outcome).toMatchObject({ result: 'parked', parkedReason: 'otherCurrency' });
    expect(await town.tasks(creditorId, 'paymentParked')).toHaveLength(1);
    await town.act(creditorId, caseId);
    await town.act(creditorId, caseId);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalNotice POSTPONED parkedPayment');
    await town.run(creditorId, '2026-04-02');
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalNotice POSTPONED parkedPayment');
    await expect(
      town.shared(creditorId, (tx) => allocateParked(tx, town.deps, creditorId, outcome.paymentId, { caseId }, PERSON)),
    ).rejects.toThrow('allocationOtherCurrency');
    await town.shared(creditorId, (tx) => returnPayment(tx, town.deps, creditorId, outcome.paymentId, PERSON));
    expect((await reverse('usd-1', '2026-04-03')).result).toBe('duplicate');
    await town.run(creditorId, '2026-04-09', { approve: true });
    expect(await town.verdictLines(creditorId, caseId)).toContain('formalNotice SENT allChecksPassed');
    expect(await town.tasks(creditorId, 'paymentParked', 'done')).toHaveLength(1);
  });

  it('I3: reminders wait two business days for money of the same amount, then leave', async () => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    const on = (await town.clock(creditorId)).slice(0, 10);
    expect((await town.pay(creditorId, 486_000n, on, { text: 'merci' })).parkedReason).toBe('unmatched');
    await town.act(creditorId, caseId);
    const [waiting] = (await town.verdicts(creditorId, caseId)).slice(-1);
    expect([on, waiting?.code, waiting?.until?.slice(0, 10)]).toEqual(['2026-03-09', 'parkedPayment', '2026-03-12']);
    await town.run(creditorId, '2026-03-12');
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalMail SENT allChecksPassed');
  });

  it('a person who allocates parked money settles the case', async () => {
    const caseId = await overdue();
    const { paymentId } = await town.pay(creditorId, 486_000n, '2026-03-03', { text: 'merci' });
    await town.shared(creditorId, (tx) => allocateParked(tx, town.deps, creditorId, paymentId, { caseId }, PERSON));
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('settled');
    await expect(town.shared(creditorId, (tx) => allocateParked(tx, town.deps, creditorId, paymentId, { caseId }, PERSON))).rejects.toThrow(
      'paymentNotParked',
    );
  });

  it('a file of payments that is half in counts as unread for everybody', async () => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    const file = {
      creditorId,
      importId: 'imp-1',
      fileName: 'p.csv',
      format: 'csvPayments',
      sha256: 'x',
      objectId: 'x',
      totals: {},
      problem: null,
      rows: 2,
      nextRow: 1,
      createdBy: 'marc',
      createdAt: town.deps.clock.now(),
      committedAt: null,
    };
    await town.read((tx) => tx.importFiles.insert({ ...file, state: 'committing' }));
    await town.act(creditorId, caseId);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalMail POSTPONED unreadPayment');
    await town.read((tx) => tx.importFiles.update({ creditorId, importId: 'imp-1' }, { state: 'committed' }));
    await town.run(creditorId, '2026-03-09');
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('formalMail SENT allChecksPassed');
  });

  it('a list of wanted values may hold NULL', async () => {
    const caseId = await overdue();
    await town.pay(creditorId, 100n, '2026-03-03', { text: 'merci' });
    await town.pay(creditorId, 100n, '2026-03-03', { ...BY_NUMBER }, 'usd', 'USD');
    const { debtorId } = await town.caseRow(creditorId, caseId);
    const found = await town.read((tx) => tx.payments.all({ creditorId, debtorId: [debtorId, null], state: 'parked' }));
    expect(new Set(found.map((p) => p.debtorId))).toEqual(new Set([debtorId, null]));
  });
});

describe('money that goes back', () => {
  it('I13: the case comes back at the rung after the last one sent, with the original due day; twice is one effect', async () => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    await town.act(creditorId, caseId);
    await town.pay(creditorId, 486_000n, '2026-03-10', BY_NUMBER, 'debit-1');
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('settled');
    await town.moveTo(creditorId, '2026-03-23T08:00:00.000Z');
    expect(await reverse('debit-1', '2026-03-23')).toMatchObject({ result: 'reversed', caseIds: [caseId] });
    expect((await reverse('debit-1', '2026-03-23')).result).toBe('duplicate');
    const row = await town.caseRow(creditorId, caseId);
    expect(row).toMatchObject({
      closedKind: null,
      state: 'reminding',
      openPrincipalMinor: 486_000n,
      dueOn: '2026-02-26',
      wakeStage: 'firmMail',
    });
    expect(await town.tasks(creditorId, 'decideAccessories')).toEqual([]);
    expect(await town.tasks(creditorId, 'paymentReversed')).toHaveLength(1);
    await town.run(creditorId, '2026-03-27');
    const stages = (await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId }))).map((o) => o.stage);
    expect(stages.sort()).toEqual(['courtesyCall', 'courtesyMail', 'firmMail', 'formalMail']);
  });

  it('I31: a case carried on by its next workflow keeps an unbroken journal', async () => {
    const caseId = await overdue();
    await town.pay(creditorId, 486_000n, '2026-03-02', BY_NUMBER, 'debit-1');
    await reverse('debit-1', '2026-03-02');
    const { workflowId } = await town.caseRow(creditorId, caseId);
    await town.shared(creditorId, (tx) => nextEpisode(tx, town.deps, creditorId, caseId, workflowId));
    expect(await faultsIn(town, creditorId)).toEqual([]);
    await town.pay(creditorId, 100_000n, '2026-03-03', BY_NUMBER, 'debit-2');
    expect(await town.caseRow(creditorId, caseId)).toMatchObject({ episode: 2, openPrincipalMinor: 386_000n });
  });

  it('a reversal of a payment nobody told us about waits', async () => {
    await overdue();
    expect((await reverse('never-seen', '2026-03-05')).result).toBe('paymentUnknown');
  });

  it('a part payment whose value day is tomorrow still counts in the letter of today', async () => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'mail', 'firmMail', { calls: 'attempted' });
    await town.pay(creditorId, 100_000n, '2026-03-25', BY_NUMBER);
    await town.act(creditorId, caseId);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('firmMail SENT allChecksPassed');
  });

  it('a payment on a case handed over asks to recall it', async () => {
    const caseId = await overdue();
    await town.run(creditorId, '2026-05-01', { calls: 'attempted', approve: true, post: true });
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('handedOver');
    await town.pay(creditorId, 100_000n, '2026-05-02', BY_NUMBER);
    expect(await town.tasks(creditorId, 'recallReferral')).toHaveLength(1);
    const [handOver] = await town.read((tx) => tx.handOvers.all({ creditorId, caseId }));
    expect(handOver?.state).toBe('recallAsked');
    await town.pay(creditorId, 386_000n, '2026-05-04', BY_NUMBER);
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('settled');
    await town.run(creditorId, '2026-05-08');
    expect((await town.read((tx) => tx.messages.all({ creditorId, act: 'thankYou' }))).map((m) => m.state)).toEqual(['ACCEPTED']);
  });

  it.each([
    [500_000n, []],
    [487_000n, [expect.stringMatching(/^Principal réglé, et 10,00.€ sur les accessoires\. Restent 47,80.€/u)]],
  ])('%s cents for 4 860.00 and its accessories: finance is not asked to claim what was paid', async (paid, asked) => {
    const caseId = await overdue();
    await town.upTo(creditorId, caseId, 'mail', 'formalMail', { calls: 'attempted' });
    await town.pay(creditorId, paid, '2026-03-09', BY_NUMBER);
    expect((await town.tasks(creditorId, 'decideAccessories')).map((task) => task.title)).toEqual(asked);
  });
});
