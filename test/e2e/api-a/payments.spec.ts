import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
const base = '/api/v1/creditors/atelier';
let number = 0;

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
});
afterAll(() => run?.stop());

async function putInvoice(
  more: Record<string, unknown> = {},
): Promise<{ caseId: string; invoiceId: string; number: string; debtorId: string }> {
  number += 1;
  const name = `P-${number}`;
  const answer = await run.put(`${base}/invoices/${name}`, finance, invoice(name, more)).expect(201);
  const { invoiceId, debtorId } = answer.body.invoice;
  return { caseId: answer.body.caseIds[0], invoiceId, number: name, debtorId };
}

function pay(amount: string, reference: string, more: Record<string, unknown> = {}) {
  const currency = 'EUR';
  return run.post(`${base}/payments`, finance, { amount: { amount, currency }, paidOn: '2026-02-20', reference, ...more });
}

async function caseRow(caseId: string) {
  const row = await run.api.backend.plain((tx) => tx.cases.one({ creditorId: 'atelier', caseId }));
  if (!row) throw new Error('no such case');
  return row;
}

async function isBalanced(): Promise<boolean> {
  const postings = await run.api.backend.plain((tx) => tx.postings.all({ creditorId: 'atelier' }));
  return postings.reduce((sum, one) => sum + one.amountMinor, 0n) === 0n;
}

async function accountOf(account: string): Promise<bigint> {
  const postings = await run.api.backend.plain((tx) => tx.postings.all({ creditorId: 'atelier', account }));
  return postings.reduce((sum, one) => sum + one.amountMinor, 0n);
}

describe('money in by REST, with Temporal away', () => {
  it('a part lowers the balance, the rest settles, and the same reference counts once', async () => {
    const one = await putInvoice();
    const part = await pay('240.00', 'bank-1', { invoiceNumber: one.number }).expect(201);
    expect(part.body).toMatchObject({
      result: 'booked',
      state: 'allocated',
      allocations: [{ caseId: one.caseId, amount: { amount: '240.00' } }],
    });
    expect(await caseRow(one.caseId)).toMatchObject({ openPrincipalMinor: 100_000n, closedKind: null });
    await pay('240.00', 'bank-1', { invoiceNumber: one.number }).expect(200);
    expect((await caseRow(one.caseId)).openPrincipalMinor).toBe(100_000n);
    await pay('241.00', 'bank-1', { invoiceNumber: one.number }).expect(409);
    await pay('1000.00', 'bank-2', { caseId: one.caseId }).expect(201);
    expect(await caseRow(one.caseId)).toMatchObject({ openPrincipalMinor: 0n, closedKind: 'settled' });
    expect(await isBalanced()).toBe(true);
  });

  it('I13: a reversal reopens what it had settled, once', async () => {
    const one = await putInvoice();
    const paid = await pay('1240.00', 'bank-3', { invoiceExternalId: one.number }).expect(201);
    expect((await caseRow(one.caseId)).closedKind).toBe('settled');
    const path = `${base}/payments/${paid.body.paymentId}/reverse`;
    expect((await run.post(path, finance, { reason: 'impayé' }).expect(200)).body).toMatchObject({ result: 'reversed', state: 'reversed' });
    expect(await caseRow(one.caseId)).toMatchObject({ openPrincipalMinor: 124_000n, closedKind: null });
    expect((await run.post(path, finance, {}).expect(200)).body.result).toBe('duplicate');
    expect((await caseRow(one.caseId)).openPrincipalMinor).toBe(124_000n);
    const journal = await run.api.backend.plain((tx) => tx.journal.all({ creditorId: 'atelier', streamId: one.caseId }));
    expect(journal.find((row) => row.kind === 'paymentReversed')).toMatchObject({ reason: 'impayé', role: 'finance' });
    expect(await isBalanced()).toBe(true);
  });

  it('I11: beyond principal, 6.60 of interest for sixteen days and 40.00, what is too much is the credit of the debtor', async () => {
    const one = await putInvoice();
    const before = await accountOf(`credit:${one.debtorId}`);
    const paid = await pay('1300.00', 'bank-4', { invoiceNumber: one.number }).expect(201);
    expect(paid.body).toMatchObject({
      allocated: { amount: '1286.60' },
      credit: { amount: '13.40' },
      allocations: [{ amount: { amount: '1240.00' }, accessories: { interest: { amount: '6.60' }, indemnity: { amount: '40.00' } } }],
    });
    const seen = await run.get(`${base}/cases/${one.caseId}`, finance).expect(200);
    expect(seen.body.payments).toMatchObject([{ amount: { amount: '1240.00' }, accessories: { interest: { amount: '6.60' } } }]);
    const { body: story } = await run.get(`${base}/cases/${one.caseId}/timeline`, finance).expect(200);
    const sentences: string[] = story.items.map((entry: { sentence: string }) => entry.sentence);
    expect(sentences.find((sentence) => sentence.startsWith('Accessoires reçus'))).toMatch(
      /46,60.€, dont 6,60.€ d’intérêts et 40,00.€ d’indemnité\.$/u,
    );
    expect((await accountOf(`credit:${one.debtorId}`)) - before).toBe(-1_340n);
  });

  it('another currency never settles: parked, and no person can allocate it either', async () => {
    const one = await putInvoice();
    const dollars = await run
      .post(`${base}/payments`, finance, {
        amount: { amount: '1240.00', currency: 'USD' },
        paidOn: '2026-02-20',
        reference: 'bank-5',
        invoiceNumber: one.number,
      })
      .expect(201);
    expect(dollars.body).toMatchObject({ result: 'parked', state: 'parked', parkedReason: 'otherCurrency' });
    expect((await caseRow(one.caseId)).openPrincipalMinor).toBe(124_000n);
    await run.post(`${base}/payments/${dollars.body.paymentId}/allocate`, finance, { caseId: one.caseId }).expect(422);
    await run.post(`${base}/payments/${dollars.body.paymentId}/return`, finance, {}).expect(200);
    await run.post(`${base}/payments/${dollars.body.paymentId}/return`, finance, {}).expect(409);
    await run.post(`${base}/payments/${dollars.body.paymentId}/reverse`, finance, {}).expect(409);
    expect(await isBalanced()).toBe(true);
  });

  it('I3: what matches nothing waits in suspense with a task until a person says what it is', async () => {
    const one = await putInvoice();
    const parked = await pay('1240.00', 'bank-6', { remittance: 'merci' }).expect(201);
    expect(parked.body).toMatchObject({ result: 'parked', parkedReason: 'unmatched' });
    const suspense = await accountOf('suspense');
    expect(suspense).toBe(-124_000n);
    const dedupeKey = `paymentParked:${parked.body.paymentId}`;
    const task = () => run.api.backend.plain((tx) => tx.tasks.one({ creditorId: 'atelier', dedupeKey }));
    expect(await task()).toMatchObject({ state: 'open' });
    const bank = await accountOf('bank');
    const done = await run.post(`${base}/payments/${parked.body.paymentId}/allocate`, finance, { invoiceId: one.invoiceId }).expect(200);
    expect(done.body).toMatchObject({ result: 'booked', state: 'allocated', allocations: [{ caseId: one.caseId }] });
    expect(await accountOf('suspense')).toBe(0n);
    expect(await accountOf('bank')).toBe(bank);
    expect((await caseRow(one.caseId)).closedKind).toBe('settled');
    expect(await task()).toMatchObject({ state: 'done' });
    await run.post(`${base}/payments/${parked.body.paymentId}/allocate`, finance, { invoiceId: one.invoiceId }).expect(409);
  });

  it('two people deciding at once about parked money: one wins, the other is told', async () => {
    const one = await putInvoice();
    const parked = await pay('50.00', 'bank-7').expect(201);
    const path = `${base}/payments/${parked.body.paymentId}`;
    const answers = await Promise.all(Array.from({ length: 6 }, () => run.post(`${path}/allocate`, finance, { caseId: one.caseId })));
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    expect((await caseRow(one.caseId)).openPrincipalMinor).toBe(119_000n);
  });

  it('I22: a command repeated with its key answers the same; with another body it is refused', async () => {
    const one = await putInvoice();
    const body = { amount: { amount: '10.00', currency: 'EUR' }, paidOn: '2026-02-20', reference: 'bank-8', caseId: one.caseId };
    const send = (more: object = {}) => run.post(`${base}/payments`, finance, { ...body, ...more }).set('Idempotency-Key', 'k-1');
    const first = await send().expect(201);
    const again = await send().expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    await send({ reference: 'bank-9' }).expect(422);
    await run.post(`${base}/payments`, finance, body).set('Idempotency-Key', 'é à').expect(400);
    const refused = () => run.post(`${base}/payments/none/return`, finance, {}).set('Idempotency-Key', 'k-2');
    await refused().expect(404);
    await refused().expect(404);
  });

  it('lists payments by state', async () => {
    const parked = await run.get(`${base}/payments?state=reversed,returned`, finance).expect(200);
    expect(parked.body.items.map((one: { state: string }) => one.state).sort()).toEqual(['returned', 'reversed']);
    await run.get(`${base}/payments?state=nonsense`, finance).expect(400);
  });
});
