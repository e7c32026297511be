import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
let integrator = '';
let auditor = '';
const base = '/api/v1/creditors/atelier';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  const operator = await run.key('operator', '*');
  await run.post('/api/v1/creditors', operator, CREDITOR).expect(201);
  [finance, integrator, auditor] = await Promise.all([
    run.key('finance', 'atelier'),
    run.key('integrator', 'atelier'),
    run.key('auditor', 'atelier'),
  ]);
});
afterAll(() => run?.stop());

describe('with Temporal away', () => {
  it('I23: the API is alive and ready, and says that Temporal is away', async () => {
    await run.raw().get('/health/live').expect(200);
    const ready = await run.raw().get('/health/ready').expect(200);
    expect(ready.body).toMatchObject({ status: 'ok', database: 'ok', temporal: 'unavailable' });
  });

  it('takes an invoice, once however often it is put', async () => {
    const first = await run.put(`${base}/invoices/ext%2F1%20%C3%A9`, integrator, invoice('F-1')).expect(201);
    expect(first.body).toMatchObject({
      result: 'created',
      invoice: { number: 'F-1', externalIds: ['ext/1 é'], payable: { amount: '1240.00', currency: 'EUR' } },
    });
    expect(first.body.caseIds).toHaveLength(1);
    expect(first.headers['etag']).toBe('"1"');
    const again = await run.put(`${base}/invoices/ext%2F1%20%C3%A9`, integrator, invoice('F-1')).expect(200);
    expect(again.body).toMatchObject({ result: 'unchanged', caseIds: first.body.caseIds });
    const read = await run.get(`${base}/invoices/${first.body.invoice.invoiceId}`, auditor).expect(200);
    expect(read.body.terms).toEqual([expect.objectContaining({ dueOn: '2026-02-04', caseId: first.body.caseIds[0] })]);
    const original = await run.get(`${base}/invoices/${first.body.invoice.invoiceId}/original`, auditor).expect(200);
    expect(JSON.parse(original.text ?? original.body.toString())).toMatchObject({ number: 'F-1' });
  });

  it('keeps the same identity with other facts for a person, and corrects it with the version in hand', async () => {
    const first = await run.put(`${base}/invoices/x2`, integrator, invoice('F-2')).expect(201);
    const other = invoice('F-2', { gross: { amount: '1000.00', currency: 'EUR' } });
    const conflict = await run.put(`${base}/invoices/x2`, integrator, other).expect(409);
    expect(conflict.body).toMatchObject({ type: '/problems/invoice-conflict', code: 'invoiceConflict' });
    expect(conflict.headers['content-type']).toContain('application/problem+json');
    await run.put(`${base}/invoices/x2`, integrator, other).set('If-Match', '"7"').expect(409);
    const corrected = await run.put(`${base}/invoices/x2`, integrator, other).set('If-Match', '"1"').expect(200);
    expect(corrected.body).toMatchObject({ result: 'corrected', version: 2, invoice: { payable: { amount: '1000.00', currency: 'EUR' } } });
    const [row] = await run.api.backend.plain((tx) => tx.cases.all({ creditorId: 'atelier', caseId: first.body.caseIds[0] }));
    expect(row).toMatchObject({ openPrincipalMinor: 100_000n, faceMinor: 100_000n });
    const postings = await run.api.backend.plain((tx) => tx.postings.all({ creditorId: 'atelier' }));
    expect(postings.reduce((sum, one) => sum + one.amountMinor, 0n)).toBe(0n);
  });

  it('A27: shows what was sold, takes it later, and changes it with the version in hand; no money moves', async () => {
    const put = (description?: string) =>
      run.put(`${base}/invoices/sold`, integrator, invoice('F-SOLD', description ? { description } : {}));
    const first = await put().expect(201);
    expect(first.body.invoice.description).toBeNull();
    expect((await put('Faire-part').expect(200)).body).toMatchObject({
      result: 'updated',
      version: 1,
      invoice: { description: 'Faire-part' },
    });
    expect((await put('Cartes').expect(200)).body).toMatchObject({ result: 'unchanged', invoice: { description: 'Faire-part' } });
    const changed = await put('Cartes de visite').set('If-Match', '"1"').expect(200);
    expect(changed.body).toMatchObject({ result: 'corrected', caseIds: [], version: 2, invoice: { description: 'Cartes de visite' } });
    const shown = await run.get(`${base}/cases/${first.body.caseIds[0]}`, auditor).expect(200);
    expect(shown.body.invoice.description).toBe('Cartes de visite');
    await put('x'.repeat(201)).expect(400);
  });

  it('moves the due day by a correction', async () => {
    const first = await run.put(`${base}/invoices/x3`, integrator, invoice('F-3')).expect(201);
    await run
      .put(`${base}/invoices/x3`, integrator, invoice('F-3', { dueOn: '2026-02-20' }))
      .set('If-Match', '1')
      .expect(200);
    const [row] = await run.api.backend.plain((tx) => tx.cases.all({ creditorId: 'atelier', caseId: first.body.caseIds[0] }));
    expect(row?.dueOn).toBe('2026-02-20');
  });

  it('refuses to change identity, currency or number of terms by a correction', async () => {
    await run.put(`${base}/invoices/x4`, integrator, invoice('F-4')).expect(201);
    const put = (body: object) => run.put(`${base}/invoices/x4`, integrator, body).set('If-Match', '1');
    expect((await put(invoice('F-4b')).expect(422)).body).toMatchObject({
      code: 'correctionNotPossible',
      errors: [{ pointer: '/number' }],
    });
    expect((await put(invoice('F-4', { gross: { amount: '1.00', currency: 'USD' } })).expect(422)).body.errors[0].pointer).toBe(
      '/gross/currency',
    );
    const { dueOn: _due, ...rest } = invoice('F-4');
    const terms = [
      { dueOn: '2026-02-04', amount: { amount: '240.00', currency: 'EUR' } },
      { dueOn: '2026-03-04', amount: { amount: '1000.00', currency: 'EUR' } },
    ];
    expect((await put({ ...rest, terms }).expect(422)).body.errors[0].pointer).toBe('/terms');
  });

  it('refuses the document of another seller with that reason', async () => {
    const foreign = invoice('F-5', { seller: { name: 'Autre SA', siren: '732829320' } });
    const answer = await run.put(`${base}/invoices/x5`, integrator, foreign).expect(422);
    expect(answer.body).toMatchObject({ code: 'sellerNotCreditor', errors: [{ pointer: 'seller', code: 'sellerNotCreditor' }] });
  });

  it('pins the policy asked for and refuses one that does not exist', async () => {
    const calm = await run.put(`${base}/invoices/x6?policy=calm@1`, integrator, invoice('F-6')).expect(201);
    expect(calm.body.invoice.policy).toEqual({ id: 'calm', version: 1 });
    await run.put(`${base}/invoices/x7?policy=none@1`, integrator, invoice('F-7')).expect(404);
    await run.put(`${base}/invoices/x7?earlierStages=nonsense`, integrator, invoice('F-7')).expect(422);
  });

  it('attaches PDFs by their name, and never something else', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');
    const answer = await run
      .raw()
      .post(`${base}/invoices/pdf`)
      .set('Authorization', `Bearer ${integrator}`)
      .attach('file', pdf, 'F-1.pdf')
      .attach('file', pdf, 'inconnue-é.pdf')
      .attach('file', Buffer.from('MZ'), 'F-2.pdf')
      .expect(200);
    expect(answer.body.files.map((one: { fileName: string; result: string }) => [one.fileName, one.result])).toEqual([
      ['F-1.pdf', 'attached'],
      ['inconnue-é.pdf', 'noInvoice'],
      ['F-2.pdf', 'notAPdf'],
    ]);
    await run.get(`${base}/invoices/x2/pdf`, auditor).expect(404);
  });

  it('lists page by page, complete and without repetition', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await run
        .get(`${base}/invoices?limit=2&sort=number&direction=asc${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, auditor)
        .expect(200);
      seen.push(...page.body.items.map((one: { number: string }) => one.number));
      cursor = page.body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(['F-1', 'F-2', 'F-3', 'F-4', 'F-6', 'F-SOLD']);
    await run.get(`${base}/invoices?cursor=forged`, auditor).expect(400);
    await run.get(`${base}/invoices?limit=201`, auditor).expect(400);
    await run.get(`${base}/invoices?nonsense=1`, auditor).expect(400);
  });
});

describe('who may', () => {
  it('refuses to answer without a key, with a forged one, and with a revoked one', async () => {
    await run.raw().get(`${base}/invoices`).expect(401);
    const forged = `${finance.slice(0, -3)}aaa`;
    const answer = await run.get(`${base}/invoices`, forged).expect(401);
    expect(answer.body).toMatchObject({ code: 'authenticationRequired' });
    const made = await run.post(`${base}/keys`, finance, { name: 'ERP', role: 'integrator' }).expect(201);
    await run.get(`${base}/invoices`, made.body.token).expect(200);
    await run.raw().delete(`${base}/keys/${made.body.keyId}`).set('Authorization', `Bearer ${finance}`).expect(204);
    await run.get(`${base}/invoices`, made.body.token).expect(401);
    const listed = await run.get(`${base}/keys`, finance).expect(200);
    expect(JSON.stringify(listed.body)).not.toContain('sha256');
  });

  it('API1: another creditor is not there at all', async () => {
    const operator = await run.key('operator', '*');
    await run.post('/api/v1/creditors', operator, { ...CREDITOR, creditorId: 'voisin' }).expect(201);
    const stranger = await run.key('finance', 'voisin');
    for (const path of ['', '/invoices', '/invoices/x2', '/payments', '/debtors', '/imports', '/keys', '/policies']) {
      const answer = await run.get(`${base}${path}`, stranger).expect(404);
      expect(answer.body.code).toBe('creditorNotFound');
    }
    const id = (await run.get(`${base}/invoices/x2`, finance).expect(200)).body.invoiceId;
    await run.get(`/api/v1/creditors/voisin/invoices/${id}`, stranger).expect(404);
    const own = await run.get('/api/v1/creditors', stranger).expect(200);
    expect(own.body.items.map((one: { creditorId: string }) => one.creditorId)).toEqual(['voisin']);
  });

  it('API5: an auditor reads and writes nothing', async () => {
    await run.get(`${base}/payments`, auditor).expect(200);
    await run.put(`${base}/invoices/x9`, auditor, invoice('F-9')).expect(403);
    await run.post(`${base}/payments`, auditor, {}).expect(403);
    await run.post(`${base}/brake`, auditor, { on: true }).expect(403);
    await run.patch(base, auditor, { phone: '1' }).set('If-Match', '1').expect(403);
  });
});

describe('secrets', () => {
  it('are shown once and kept nowhere, not even for a repeated command', async () => {
    const body = { name: 'Robot', role: 'integrator' };
    const first = await run.post(`${base}/keys`, finance, body).set('Idempotency-Key', 'secret-1').expect(201);
    const second = await run.post(`${base}/keys`, finance, body).set('Idempotency-Key', 'secret-1').expect(201);
    expect(second.body.token).not.toBe(first.body.token);
    const stored = await run.api.backend.dataSource.query<{ text: string }[]>(
      'select response::text || bodySha256 as text from (select response, body_sha256 as bodySha256 from idempotency_key) x',
    );
    expect(JSON.stringify(stored)).not.toContain('rk_');
  });
});
