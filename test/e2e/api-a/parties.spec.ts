import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let operator = '';
let finance = '';
const base = '/api/v1/creditors/atelier';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  operator = await run.key('operator', '*');
  finance = await run.key('finance', 'atelier');
});
afterAll(() => run?.stop());

describe('a creditor', () => {
  it('is made once by the operator, with the sandbox clock and the standard ladder', async () => {
    const made = await run.post('/api/v1/creditors', operator, CREDITOR).expect(201);
    expect(made.body).toMatchObject({
      territory: expect.any(String),
      zone: 'Europe/Paris',
      policy: { id: 'standard', version: 1 },
      clock: { at: '2026-03-02T07:00:00.000Z' },
      live: false,
      version: 1,
    });
    expect((await run.post('/api/v1/creditors', operator, CREDITOR).expect(409)).body.code).toBe('creditorExists');
    await run.post('/api/v1/creditors', finance, { ...CREDITOR, creditorId: 'other' }).expect(403);
    const bad = await run
      .post('/api/v1/creditors', operator, { ...CREDITOR, creditorId: 'Bad Id', siren: '123456789', clockAt: null })
      .expect(400);
    expect(bad.body.errors.map((one: { pointer: string }) => one.pointer).sort()).toEqual(['/clockAt', '/creditorId', '/siren']);
  });

  it('is changed with the version in hand, and goes live only when nothing is missing', async () => {
    const blocked = await run.post(`${base}/go-live`, finance, {}).expect(409);
    expect(blocked.body.errors.map((one: { pointer: string }) => one.pointer)).toContain('/iban');
    await run.patch(base, finance, { iban: 'FR7630006000011234567890188' }).set('If-Match', '"1"').expect(400);
    const patch = {
      iban: 'FR76 3000 6000 0112 3456 7890 189',
      signatoryName: 'Anne Lumen',
      senderEmail: 'relance@lumen.example',
      replyToEmail: 'anne@lumen.example',
    };
    await run.patch(base, finance, patch).set('If-Match', '"9"').expect(409);
    const changed = await run.patch(base, finance, patch).set('If-Match', '"1"').expect(200);
    expect(changed.body).toMatchObject({ iban: 'FR7630006000011234567890189', version: 2 });
    expect(changed.headers['etag']).toBe('"2"');
    await run.patch(base, finance, patch).set('If-Match', '"1"').expect(409);
    const { body: readiness } = await run.get(`${base}/readiness`, finance).expect(200);
    expect(readiness).toMatchObject({ ready: true, missing: [] });
    // What the letters should say of it is asked for, and stops nothing.
    expect(readiness.warnings.map((one: { field: string }) => one.field)).toContain('register');
    expect((await run.post(`${base}/go-live`, finance, {}).expect(200)).body.live).toBe(true);
  });

  it('says what its letters must say of it: form, capital, register, mediator; what is not named stays, null forgets', async () => {
    const change = async (body: object) => {
      const { version } = (await run.get(base, finance).expect(200)).body;
      return run.patch(base, finance, body).set('If-Match', `"${version}"`);
    };
    const mediator = { name: 'Médiation Val de Saône', website: 'mediation.example' };
    const given = { legalForm: 'SAS', shareCapital: { amount: '50000', currency: 'EUR' }, register: 'RCS Lyon', mediator };
    const said = { legalForm: 'SAS', shareCapital: { amount: '50000.00', currency: 'EUR' }, register: 'Lyon', mediator };
    expect((await change(given)).body).toMatchObject(said);
    expect((await change({ mediator: null })).body).toMatchObject({ ...said, mediator: null });
    const { body } = await run.get(`${base}/readiness`, finance).expect(200);
    expect(body.warnings).toEqual([]);
    const bad = await change({ shareCapital: { amount: '1,5', currency: 'EUR' }, mediator: { website: 'x' } });
    expect([bad.status, bad.body.errors.map((one: { pointer: string }) => one.pointer).sort()]).toEqual([
      400,
      ['/mediator/name', '/shareCapital/amount'],
    ]);
  });

  it('I16: the brake is on after its 2xx, with who and why in the journal', async () => {
    await run.post(`${base}/brake`, finance, { on: true, reason: 'doute sur un fichier' }).expect(200);
    expect((await run.get(base, finance).expect(200)).body.brakeOn).toBe(true);
    const journal = await run.api.backend.plain((tx) =>
      tx.journal.all({ creditorId: 'atelier', streamId: 'creditor:atelier' }, { by: 'seq' }),
    );
    expect(journal.at(-1)).toMatchObject({ kind: 'creditorChanged', role: 'finance', reason: 'doute sur un fichier' });
    await run.post(`${base}/brake`, finance, { on: false }).expect(200);
  });
});

describe('a debtor', () => {
  it('of unknown kind is decided by a person, found again, and reached by new contacts', async () => {
    await run.put(`${base}/invoices/D-1`, finance, invoice('D-1', { debtor: { name: 'Martin', country: 'FR' } })).expect(201);
    const found = await run.get(`${base}/debtors?search=mart`, finance).expect(200);
    const [debtor] = found.body.items;
    expect(debtor).toMatchObject({ kind: 'unknown', openCases: 1, open: [{ amount: '1240.00', currency: 'EUR' }] });
    const path = `${base}/debtors/${debtor.debtorId}`;
    const decided = await run.post(`${path}/kind`, finance, { kind: 'business', reason: 'extrait Kbis reçu' }).expect(200);
    expect(decided.body).toMatchObject({ kind: 'business', kindReason: 'decidedByPerson', version: debtor.version + 1 });
    await run.post(`${path}/contacts`, finance, { role: 'accounting', channel: 'email', address: 'a@b.fr, c@d.fr' }).expect(400);
    const contact = await run
      .post(`${path}/contacts`, finance, { role: 'accounting', channel: 'email', address: 'Compta@Martin.example' })
      .expect(201);
    expect(contact.body).toMatchObject({ address: 'compta@martin.example', usable: true });
    const lost = await run.patch(`${path}/contacts/${contact.body.contactId}`, finance, { usable: false }).set('If-Match', '1').expect(200);
    expect(lost.body).toMatchObject({ usable: false, version: 2 });
    expect(await run.api.backend.plain((tx) => tx.tasks.count({ creditorId: 'atelier', kind: 'findContact', state: 'open' }))).toBe(1);
    const changed = await run
      .patch(path, finance, { policy: { id: 'calm', version: 1 } })
      .set('If-Match', `"${decided.body.version}"`)
      .expect(200);
    expect(changed.body.policy).toEqual({ id: 'calm', version: 1 });
    await run
      .patch(path, finance, { policy: { id: 'calm', version: 9 } })
      .set('If-Match', `"${changed.body.version}"`)
      .expect(404);
  });
});

describe('a policy', () => {
  it('is checked, published once for good, and its defects are named', async () => {
    const listed = await run.get(`${base}/policies`, finance).expect(200);
    const preset = listed.body.presets.find((one: { id: string }) => one.id === 'standard');
    const draft = { ...preset.body, id: 'maison', version: 1 };
    expect((await run.post(`${base}/policies/check`, finance, draft).expect(200)).body).toEqual({ fit: true, findings: [] });
    expect((await run.post(`${base}/policies/check`, finance, { ...draft, stages: [] }).expect(200)).body.fit).toBe(false);
    await run.post(`${base}/policies`, finance, { ...draft, stages: [] }).expect(422);
    await run.post(`${base}/policies`, finance, draft).expect(201);
    await run.post(`${base}/policies`, finance, draft).expect(201);
    expect((await run.post(`${base}/policies`, finance, { ...draft, reviewDays: 7 }).expect(409)).body.code).toBe('policyVersionExists');
    await run.post(`${base}/policies`, finance, { ...draft, id: 'standard', version: 2 }).expect(409);
    expect((await run.get(`${base}/policies/maison/1`, finance).expect(200)).body).toMatchObject({ preset: false, id: 'maison' });
    await run.get(`${base}/policies/maison/2`, finance).expect(404);
    await run.put(`${base}/invoices/D-2?policy=maison@1`, finance, invoice('D-2')).expect(201);
  });
});

describe('the documentation', () => {
  it('shows Swagger UI under the content policy, and the document itself', async () => {
    const page = await run.raw().get('/docs').redirects(1).expect(200);
    expect(page.text).toContain('swagger-ui');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script>[^<]/);
    const document = await run.raw().get('/openapi.json').expect(200);
    expect(document.body.openapi).toBe('3.1.0');
    expect(document.body.components.securitySchemes.key).toMatchObject({ type: 'http', scheme: 'bearer' });
  });
});
