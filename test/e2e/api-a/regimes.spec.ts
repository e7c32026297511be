import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
let controller = '';
const base = '/api/v1/creditors/atelier';
const CONSUMER = { name: 'Solène Brindavoine', kind: 'consumer', email: 's@courrier.example', phone: '+33639980606', country: 'FR' };
const ABROAD = { ...CONSUMER, name: 'Lieve Zonderland', email: 'l@post.example', country: 'BE' };

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  const operator = await run.key('operator', '*');
  finance = await run.key('finance', 'atelier');
  controller = await run.key('controller', 'atelier');
  await run.post('/api/v1/creditors', operator, CREDITOR).expect(201);
});
afterAll(() => run?.stop());

async function put(number: string, debtor: object): Promise<{ invoiceId: string; caseId: string }> {
  const given = await run.put(`${base}/invoices/${number}`, controller, invoice(number, { debtor })).expect(201);
  return { invoiceId: given.body.invoice.invoiceId, caseId: given.body.caseIds[0] };
}

describe('what a contract says', () => {
  it('is kept by finance for each kind of debtor, read back as it was given, and forgotten again', async () => {
    const terms = {
      checkedOn: '2026-01-05',
      interest: { kind: 'rate', percent: '8.5' },
      indemnity: { kind: 'percent', percent: '10', minimum: '20.00' },
      waiver: { lumpSum: false, interest: true },
    };
    await run
      .patch(base, controller, { contractTerms: { consumer: terms } })
      .set('If-Match', '"1"')
      .expect(403);
    const changed = await run
      .patch(base, finance, { contractTerms: { consumer: terms } })
      .set('If-Match', '"1"')
      .expect(200);
    expect(changed.body.contractTerms).toEqual({ consumer: { ...terms, procurement: null } });
    await run
      .patch(base, finance, { contractTerms: { consumer: { interest: terms.interest } } })
      .set('If-Match', '"2"')
      .expect(400);
    const silent = await run
      .patch(base, finance, { contractTerms: { consumer: null }, standing: { isSme: true } })
      .set('If-Match', '"2"')
      .expect(200);
    expect(silent.body).toMatchObject({ contractTerms: {}, standing: { isSme: true } });
  });

  it('of one invoice replaces those of the creditor until null gives them back', async () => {
    const { invoiceId } = await put('T-1', CONSUMER);
    const path = `${base}/invoices/${invoiceId}/contract-terms`;
    await run.post(path, controller, { terms: null }).expect(403);
    const settled = await run
      .post(path, finance, { terms: { checkedOn: '2026-01-05', indemnity: { kind: 'fixed', amount: '30.00' } } })
      .expect(200);
    expect(settled.body.contractTerms).toMatchObject({ indemnity: { kind: 'fixed', amount: '30.00' } });
    expect((await run.post(path, finance, { terms: null }).expect(200)).body.contractTerms).toBeNull();
  });
});

describe('the law of an invoice', () => {
  it('of a consumer abroad is unknown, and said so; finance settles it with a note, and the case shows it', async () => {
    const { invoiceId, caseId } = await put('L-1', ABROAD);
    const before = (await run.get(`${base}/cases/${caseId}`, controller).expect(200)).body;
    expect(before).toMatchObject({ invoice: { lawKnown: false }, blockers: [{ code: 'lawUnknown' }], limitation: null });
    expect((await run.get(`${base}/cases/${caseId}/statement`, controller)).body.code).toBe('lawUnknown');
    const path = `${base}/invoices/${invoiceId}/law`;
    await run.post(path, controller, { law: 'BE', note: 'site ouvert à la Belgique' }).expect(403);
    await run.post(path, finance, { law: 'BE' }).expect(400);
    await run.post(path, finance, { law: 'BE', note: 'site ouvert à la Belgique' }).expect(200);
    const after = (await run.get(`${base}/cases/${caseId}`, controller).expect(200)).body;
    expect(after).toMatchObject({
      invoice: { law: 'BE', lawKnown: true, lawReason: 'override', lawNote: 'site ouvert à la Belgique' },
      policy: { policyId: 'consumer-be', source: 'regime' },
      blockers: [],
      limitation: { alert: 'none' },
    });
    expect(after.policy.because).toContain('celle du régime (droit belge, consommateur)');
  });
});

describe('a case of another regime', () => {
  it('A21: shows its limitation with article and reckoning, its ladder with why, its routes with what closes them', async () => {
    const { caseId } = await put('R-1', { ...CONSUMER, email: 'r@courrier.example', name: 'Théo Castelvieux' });
    const detail = (await run.get(`${base}/cases/${caseId}`, controller).expect(200)).body;
    expect(detail.limitation).toMatchObject({ on: '2028-02-04', article: 'C. conso. L218-2', alert: 'none' });
    expect(detail.limitation.because[0]).toContain('4 février 2026');
    const { routes, proposed } = (await run.get(`${base}/cases/${caseId}/routes`, controller).expect(200)).body;
    expect(proposed).toBe('orderToPay');
    const european = routes.find((one: { route: string }) => one.route === 'euOrderForPayment');
    expect(european).toMatchObject({ isEligible: false, closedBecause: 'domesticDebtor', sentence: expect.stringContaining('même pays') });
  });

  it('A20: over-indebtedness stops a consumer; A37: the publication of an insolvency gives the last day to declare', async () => {
    const { caseId } = await put('O-1', { ...CONSUMER, email: 'o@courrier.example', name: 'Basile Quintefeuille' });
    await run.post(`${base}/cases/${caseId}/over-indebtedness`, controller, { admissibleOn: '2027-01-01' }).expect(422);
    const stopped = await run.post(`${base}/cases/${caseId}/over-indebtedness`, controller, { admissibleOn: '2026-03-02' }).expect(200);
    expect(stopped.body).toMatchObject({ state: 'insolvency', plan: [] });
    const given = await run.put(`${base}/invoices/I-1`, controller, invoice('I-1')).expect(201);
    const business = given.body.caseIds[0];
    const refused = await run.post(`${base}/cases/${business}/over-indebtedness`, controller, { admissibleOn: '2026-03-02' }).expect(422);
    expect(refused.body.code).toBe('notAConsumer');
    await run.post(`${base}/cases/${business}/insolvency`, controller, { openedOn: '2026-02-20', publishedOn: '2026-02-27' }).expect(200);
    const detail = (await run.get(`${base}/cases/${business}`, controller).expect(200)).body;
    expect(detail.insolvency).toEqual({ openedOn: '2026-02-20', procedure: 'collective', declareBy: '2026-04-27' });
  });

  it('A42: a contact outside the debtor’s own sphere is refused by name, and nothing is stored', async () => {
    const { caseId } = await put('C-1', { ...CONSUMER, email: 'c@courrier.example', name: 'Anne Lumen' });
    const { debtor } = (await run.get(`${base}/cases/${caseId}`, controller).expect(200)).body;
    const outside = { role: 'employer', channel: 'email', address: 'chef@bureau.example' };
    const refused = await run.post(`${base}/debtors/${debtor.debtorId}/contacts`, controller, outside).expect(422);
    expect(refused.body.code).toBe('contactOutsideSphere');
    const after = (await run.get(`${base}/debtors/${debtor.debtorId}`, controller).expect(200)).body;
    expect(after.contacts.map((one: { address: string }) => one.address)).not.toContain('chef@bureau.example');
  });
});
