import type { Tables } from '#ports';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
let serial = 0;
const base = '/api/v1/creditors/atelier';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
});
afterAll(() => run?.stop());

/** An open invoice, and a part payment of it under a key. */
async function payment() {
  const number = `I-${++serial}`;
  const { body } = await run.put(`${base}/invoices/${number}`, finance, invoice(number)).expect(201);
  const caseId: string = body.caseIds[0];
  const asked = { amount: { amount: '10.00', currency: 'EUR' }, paidOn: '2026-02-20', reference: `bank-${number}`, caseId };
  return { number, caseId, send: () => run.post(`${base}/payments`, finance, asked).set('Idempotency-Key', number) };
}

const keyRow = (number: string) =>
  run.api.backend.plain(async (tx) =>
    (await tx.idempotencyKeys.all({ creditorId: 'atelier' })).find((row) => row.key.endsWith(`:${number}`)),
  );
const paymentsOf = (number: string) =>
  run.api.backend.plain((tx) => tx.payments.all({ creditorId: 'atelier', providerRef: `bank-${number}` }));

/** The process dies at what `spoil` breaks in every transaction; what was not committed by then is lost. */
async function dying(spoil: (tx: Tables) => void, work: () => Promise<void>): Promise<void> {
  const { unitOfWork } = run.api.backend.deps;
  const real = { run: unitOfWork.run.bind(unitOfWork), plain: unitOfWork.plain.bind(unitOfWork) };
  const spoiled =
    <T, X extends Tables>(inner: (tx: X) => Promise<T>) =>
    (tx: X): Promise<T> => {
      spoil(tx);
      return inner(tx);
    };
  Object.assign(unitOfWork, {
    run: (creditorId: string, mode: 'shared' | 'exclusive', inner: Parameters<typeof real.run>[2]) =>
      real.run(creditorId, mode, spoiled(inner)),
    plain: (inner: Parameters<typeof real.plain>[0]) => real.plain(spoiled(inner)),
  });
  try {
    await work();
  } finally {
    Object.assign(unitOfWork, real);
  }
}

const dead = async (): Promise<never> => {
  throw new Error('killed');
};

describe('a command repeated after its process died', () => {
  it('I22: before the commit: nothing was kept, neither effect nor key, and the repetition does it', async () => {
    const { number, send } = await payment();
    await dying(
      (tx) => void Object.assign(tx.postings, { insert: dead }),
      async () => void (await send().expect(500)),
    );
    expect([await paymentsOf(number), await keyRow(number)]).toEqual([[], undefined]);
    const answer = await send().expect(201);
    expect([answer.body.result, answer.headers['idempotency-replayed'], (await paymentsOf(number)).length]).toEqual([
      'booked',
      undefined,
      1,
    ]);
  });

  it('I22: between the commit and the answer: the effect is there once, and the repetition gives the answer that was never heard', async () => {
    const { number, send } = await payment();
    // The answer is composed from the allocations, read after the effect was committed.
    await dying(
      (tx) => {
        const { all } = tx.allocations;
        const read = async (...given: Parameters<typeof all>) => ('paymentId' in given[0] ? dead() : all(...given));
        Object.assign(tx.allocations, { all: read });
      },
      async () => void (await send().expect(500)),
    );
    expect([(await paymentsOf(number)).length, (await keyRow(number))?.state]).toEqual([1, 'running']);
    const answer = await send().expect(201);
    expect([answer.body.result, answer.body.allocations.length, (await paymentsOf(number)).length]).toEqual(['booked', 1, 1]);
    const again = await send().expect(201);
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', answer.body]);
  });

  it('I22: when only keeping the answer failed: likewise', async () => {
    const { number, send } = await payment();
    await dying(
      (tx) => {
        const { update } = tx.idempotencyKeys;
        const write = async (...given: Parameters<typeof update>) => (given[1].state === 'done' ? dead() : update(...given));
        Object.assign(tx.idempotencyKeys, { update: write });
      },
      async () => void (await send().expect(500)),
    );
    const answer = await send().expect(201);
    expect([answer.body.result, (await paymentsOf(number)).length, (await keyRow(number))?.state]).toEqual(['booked', 1, 'done']);
  });

  it('I22: many at once: one effect, and every answer is the same or says to come again', async () => {
    const { number, send } = await payment();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set(answers.some(({ status }) => status === 409) ? [201, 409] : [201]),
    );
    for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('idempotencyInProgress');
    const [first, ...others] = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    for (const other of others) expect(other).toEqual(first);
    expect([first.result, (await paymentsOf(number)).length]).toEqual(['booked', 1]);
  });

  it('a rehearsal keeps its answer and nothing else', async () => {
    const { number, caseId } = await payment();
    const body = { until: '2026-03-12', reason: 'commercialTalks' };
    const ask = () => run.post(`${base}/cases/${caseId}/hold?dryRun=true`, finance, body).set('Idempotency-Key', `dry-${number}`);
    const first = await ask().expect(200);
    expect([first.body.dryRun, (await ask().expect(200)).body]).toEqual([true, first.body]);
    expect(await run.api.backend.plain((tx) => tx.holds.count({ creditorId: 'atelier', caseId }))).toBe(0);
  });
});
