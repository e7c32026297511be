import { draftMessage, makePromise, openDispute, resolveDispute, returnPayment, reversePayment } from '#casework';
import { day } from '#domain';
import { describe, expect, it } from 'vitest';
import { FINANCE, PERSON } from '../../support/town.js';
import { registered, townOfStories } from '../../support/town-stories.js';

// What a reminder says of the past, read from the rows.

const town = townOfStories();
let serial = 0;
let creditorId = '';
let caseId = '';

async function opened(): Promise<void> {
  ({ creditorId, caseId } = await registered(town, `past-${++serial}`));
  await town.run(creditorId, '2026-03-02');
}

/** The invoice as the formal mail of the day would show it. */
async function shown(stage = 'formalMail') {
  const draft = await town.read((tx) => draftMessage(tx, town.deps, { creditorId, caseId, stage, round: 1 }));
  const [invoice] = draft.letter.invoices;
  return { grossMinor: invoice?.grossMinor, paidMinor: invoice?.paidMinor, creditedMinor: invoice?.creditedMinor, past: invoice?.past };
}

const giveBack = (providerRef: string, on: string) =>
  town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, { provider: 'rest', providerRef, on: day(on) }, PERSON));

describe('what a reminder says of the past', () => {
  it('nothing where there was nothing', async () => {
    await opened();
    expect(await shown()).toEqual({ grossMinor: 486_000n, paidMinor: 0n, creditedMinor: undefined, past: undefined });
  });

  it('A40: a payment that went back, with its days', async () => {
    await opened();
    await town.pay(creditorId, 486_000n, '2026-03-02', { caseId }, 'debit-1');
    await town.moveTo(creditorId, '2026-03-23T09:00:00.000Z');
    await giveBack('debit-1', '2026-03-23');
    expect(await shown()).toMatchObject({
      paidMinor: 0n,
      past: [{ kind: 'paymentReversed', paidOn: '2026-03-02', on: '2026-03-23', amountMinor: 486_000n }],
    });
  });

  it('money of another currency that was returned, and the day it was', async () => {
    await opened();
    const { paymentId } = await town.pay(creditorId, 1_200_000n, '2026-03-02', { caseId }, 'usd-1', 'USD');
    await town.moveTo(creditorId, '2026-03-04T09:00:00.000Z');
    await town.shared(creditorId, (tx) => returnPayment(tx, town.deps, creditorId, paymentId, FINANCE));
    expect((await shown()).past).toEqual([
      { kind: 'paymentSentBack', paidOn: '2026-03-02', on: '2026-03-04', amountMinor: 1_200_000n, currency: 'USD' },
    ]);
  });

  it('A41: a promise that was not kept, unless its money came later', async () => {
    await opened();
    const terms = { amountMinor: 200_000n, dueOn: day('2026-03-06'), channel: 'phone' } as const;
    await town.shared(creditorId, (tx) => makePromise(tx, town.deps, creditorId, caseId, terms, PERSON));
    await town.run(creditorId, '2026-03-12', { calls: 'attempted' });
    const broken = { kind: 'promiseBroken', madeOn: '2026-03-02', on: '2026-03-06', amountMinor: 200_000n };
    expect((await shown('firmMail')).past).toEqual([{ ...broken, partly: false }]);
    await town.pay(creditorId, 50_000n, '2026-03-12', { caseId });
    expect((await shown('firmMail')).past).toEqual([{ ...broken, partly: true }]);
    await town.pay(creditorId, 150_000n, '2026-03-12', { caseId });
    expect((await shown('firmMail')).past).toBeUndefined();
  });

  it('A14: an answered dispute and the credit note that came of it, by its number and never as money received', async () => {
    await opened();
    await town.shared(creditorId, (tx) => openDispute(tx, town.deps, creditorId, caseId, { reason: 'quality' }, PERSON));
    await town.moveTo(creditorId, '2026-03-09T09:00:00.000Z');
    const note = {
      documentKind: 'creditNote',
      number: 'AV-1',
      issuedOn: day('2026-03-09'),
      terms: [],
      precedingNumbers: ['F-2026-001'],
    } as const;
    await town.addInvoice(creditorId, { ...note, grossMinor: 18_000n, payableMinor: 18_000n } as never);
    await town.shared(creditorId, (tx) => resolveDispute(tx, town.deps, creditorId, caseId, { verdict: 'creditNote' }, PERSON));
    expect(await shown()).toEqual({
      grossMinor: 486_000n,
      paidMinor: 18_000n,
      creditedMinor: 18_000n,
      past: [
        { kind: 'disputeAnswered', openedOn: '2026-03-02', maintained: false },
        { kind: 'creditNote', number: 'AV-1', on: '2026-03-09', amountMinor: 18_000n },
      ],
    });
  });

  it('a dispute that the debtor took back needs no answer', async () => {
    await opened();
    await town.shared(creditorId, (tx) => openDispute(tx, town.deps, creditorId, caseId, { reason: 'quality' }, PERSON));
    await town.moveTo(creditorId, '2026-03-09T09:00:00.000Z');
    await town.shared(creditorId, (tx) => resolveDispute(tx, town.deps, creditorId, caseId, { verdict: 'withdrawn' }, PERSON));
    expect((await shown()).past).toBeUndefined();
  });
});

describe('movements in a statement', () => {
  it('are named by what the payer wrote, never by a key of ours', async () => {
    await opened();
    await town.pay(creditorId, 50_000n, '2026-03-02', { caseId, text: 'acompte  facture\nF-2026-001' });
    await town.pay(creditorId, 10_000n, '2026-03-02', { caseId });
    const draft = await town.read((tx) => draftMessage(tx, town.deps, { creditorId, caseId, stage: 'formalNotice', round: 1 }));
    const paid = draft.letter.statement?.entries.filter(({ kind }) => kind === 'payment').map(({ reference }) => reference);
    expect(paid?.sort()).toEqual(['acompte facture F-2026-001', undefined]);
  });
});
