import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
let integrator = '';
const base = '/api/v1/creditors/atelier';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
  integrator = await run.key('integrator', 'atelier');
});
afterAll(() => run?.stop());

describe('the seller of a document', () => {
  it.each([
    ['no identifier at all', { name: 'Atelier Lumen' }],
    ['none of a kind that the creditor has', { name: 'Lumen GmbH', vat: 'DE136695976' }],
  ])('C56: a seller with %s: the case waits until a person has said whose invoice it is', async (_what, seller) => {
    const number = `F-SELLER-${Object.keys(seller).length}`;
    const answer = await run.put(`${base}/invoices/${number}`, integrator, invoice(number, { seller })).expect(201);
    const [caseId] = answer.body.caseIds;
    const waiting = async () => (await run.get(`${base}/tasks?kind=documentDoubt&caseId=${caseId}`, finance).expect(200)).body.items;
    expect((await waiting()).map((task: { title: string }) => task.title)).toEqual([expect.stringContaining('Qui est le vendeur')]);
    const plan = async () => (await run.get(`${base}/cases/${caseId}`, finance).expect(200)).body;
    const before = await plan();
    expect([before.blockers, before.nextAct?.kind]).toEqual([[expect.objectContaining({ code: 'documentDoubt' })], 'review']);
    await run.post(`${base}/cases/${caseId}/doubts/clear`, finance, { note: 'bien de nous' }).expect(200);
    const after = await plan();
    expect([after.blockers, await waiting()]).toEqual([[], []]);
    // Told again by the ERP, the answer stands.
    await run.put(`${base}/invoices/${number}`, integrator, invoice(number, { seller })).expect(200);
    expect([(await plan()).blockers, await waiting()]).toEqual([[], []]);
  });

  it('C56: the seller that shows our identifier, or no seller at all (as in a CSV), is no doubt', async () => {
    for (const [number, more] of [
      ['F-SELLER-OURS', { seller: { name: 'Lumen', vat: 'FR96552100554' } }],
      ['F-SELLER-ABSENT', {}],
    ] as const) {
      const answer = await run.put(`${base}/invoices/${number}`, integrator, invoice(number, more)).expect(201);
      const [caseId] = answer.body.caseIds;
      expect((await run.get(`${base}/tasks?kind=documentDoubt&caseId=${caseId}`, finance)).body.items).toEqual([]);
    }
  });
});
