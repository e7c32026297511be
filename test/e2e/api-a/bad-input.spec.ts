import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREDITOR, invoice, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
const base = '/api/v1/creditors/atelier';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
});
afterAll(() => run?.stop());

const amount = (text: string, currency = 'EUR') => ({ amount: text, currency });
const BODIES: readonly { what: string; body: Record<string, unknown>; pointer: string; code?: string }[] = [
  { what: 'an unknown field', body: invoice('B', { balance: '0' }), pointer: '/balance', code: 'fieldUnknown' },
  { what: 'an unknown field deep inside', body: invoice('B', { debtor: { name: 'X', status: 'closed' } }), pointer: '/debtor/status' },
  { what: 'too many decimals', body: invoice('B', { gross: amount('10.001') }), pointer: '/gross/amount', code: 'tooManyDecimals' },
  {
    what: 'a currency without minor units',
    body: invoice('B', { gross: amount('10', 'XAU') }),
    pointer: '/gross/currency',
    code: 'unknownCurrency',
  },
  { what: 'an amount with a comma', body: invoice('B', { gross: amount('10,50') }), pointer: '/gross/amount', code: 'notAnAmount' },
  { what: 'an amount in exponent form', body: invoice('B', { gross: amount('1e9') }), pointer: '/gross/amount' },
  { what: 'an amount beyond all books', body: invoice('B', { gross: amount('9'.repeat(25)) }), pointer: '/gross/amount', code: 'tooLarge' },
  { what: 'an amount that is a number', body: invoice('B', { gross: { amount: 10, currency: 'EUR' } }), pointer: '/gross/amount' },
  { what: 'a day that does not exist', body: invoice('B', { dueOn: '2026-02-30' }), pointer: '/dueOn' },
  { what: 'a day of another form', body: invoice('B', { issuedOn: '05/01/2026' }), pointer: '/issuedOn' },
  { what: 'a number with a control character', body: invoice('B\u0000'), pointer: '/number' },
  { what: 'a name that would break a mail header', body: invoice('B', { debtor: { name: 'X\r\nBcc: a@b.fr' } }), pointer: '/debtor/name' },
  { what: 'no debtor', body: { ...invoice('B'), debtor: undefined }, pointer: '/debtor' },
];

describe('a body that is wrong', () => {
  it.each(BODIES)('$what is a 400 that names its field', async ({ body, pointer, code }) => {
    const answer = await run.put(`${base}/invoices/bad`, finance, body).expect(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: '/problems/field-invalid', status: 400, code: 'fieldInvalid' });
    const hit = answer.body.errors.find((one: { pointer: string }) => one.pointer === pointer);
    expect(hit, JSON.stringify(answer.body.errors)).toBeDefined();
    if (code) expect(hit.code).toBe(code);
  });

  it('API3: prototype keys are refused wherever they stand', async () => {
    for (const body of [
      '{"__proto__":{"x":1},"number":"B"}',
      '{"debtor":{"__proto__":{"x":1}}}',
      '{"constructor":{"prototype":{"x":1}}}',
    ]) {
      const answer = await send(body, 'application/json').expect(400);
      expect(JSON.stringify(answer.body.errors)).toMatch(/__proto__|constructor/);
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('that is no JSON, an array, a text, empty, of another type, or too large is a 4xx', async () => {
    expect((await send('{"number":', 'application/json').expect(400)).body.code).toBe('bodyMalformed');
    await send('[]', 'application/json').expect(400);
    await send('"x"', 'application/json').expect(400);
    await send('', 'application/json').expect(400);
    expect((await send('<Invoice/>', 'application/xml').expect(415)).body.code).toBe('mediaTypeUnsupported');
    const large = await send(JSON.stringify({ number: 'x'.repeat(300_000) }), 'application/json').expect(413);
    expect(large.body).toMatchObject({
      code: 'bodyTooLarge',
      facts: { limitBytes: 262_144 },
      detail: expect.stringContaining('256\u202fKio'),
    });
    await send(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json').expect(400);
    await send('{"number":"\\ud800"}', 'application/json').expect(400);
  });

  it('leaves nothing half-written', async () => {
    expect(await run.api.backend.plain((tx) => tx.invoices.count({ creditorId: 'atelier' }))).toBe(0);
    expect(await run.api.backend.plain((tx) => tx.debtors.count({ creditorId: 'atelier' }))).toBe(0);
  });

  function send(body: string, type: string) {
    return run.raw().put(`${base}/invoices/bad`).set('Authorization', `Bearer ${finance}`).set('Content-Type', type).send(body);
  }
});

describe('a path or header that is wrong', () => {
  it('is a 4xx, never a 5xx', async () => {
    for (const path of [
      '/invoices/%00',
      '/invoices/%E0%A4%A',
      `/invoices/${'x'.repeat(500)}`,
      '/payments/%0d%0aX',
      '/debtors/../../keys',
    ]) {
      const answer = await run.get(`${base}${path}`, finance);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.headers['content-type'], path).toContain('application/problem+json');
    }
    const long = await run.put(`${base}/invoices/${'x'.repeat(201)}`, finance, invoice('L')).expect(400);
    expect(long.body).toMatchObject({ code: 'pathInvalid', detail: expect.stringContaining('200 au plus'), facts: { limit: 200 } });
    expect((await run.get(`${base}/invoices/${'x'.repeat(500)}`, finance)).body.detail).toContain('400 au plus');
    expect((await run.get('/nowhere', finance).expect(404)).body.code).toBe('routeNotFound');
    expect((await run.patch(base, finance, { phone: '+331' }).expect(428)).body.code).toBe('ifMatchRequired');
    await run.patch(base, finance, { phone: '+331' }).set('If-Match', 'abc').expect(400);
  });

  it('gives back a harmless request id and makes its own otherwise', async () => {
    const mine = await run.get(`${base}/invoices`, finance).set('X-Request-Id', 'req-12345678');
    expect(mine.headers['x-request-id']).toBe('req-12345678');
    const strange = await run.get(`${base}/invoices`, finance).set('X-Request-Id', 'a b');
    expect(strange.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

const xml = (inner: string) => `<?xml version="1.0"?>${inner}`;
const FILES: readonly { what: string; bytes: Buffer; status: number; code?: string }[] = [
  { what: 'of 0 bytes', bytes: Buffer.alloc(0), status: 422, code: 'fileEmpty' },
  { what: 'of 20 MB', bytes: Buffer.alloc(20_000_000, 65), status: 413 },
  { what: 'that is a picture', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), status: 422, code: 'fileTypeUnsupported' },
  { what: 'that is a ZIP', bytes: Buffer.from('504b03041400', 'hex'), status: 422, code: 'fileTypeUnsupported' },
  { what: 'XML with an entity', bytes: Buffer.from(xml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')), status: 422 },
  { what: 'XML of 10,000 nested elements', bytes: Buffer.from(xml('<a>'.repeat(10_000) + '</a>'.repeat(10_000))), status: 422 },
  { what: 'XML that is no invoice', bytes: Buffer.from(xml('<html/>')), status: 422, code: 'xmlRootUnknown' },
  { what: 'a PDF without attachment', bytes: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF'), status: 422 },
  { what: 'a CSV without the columns', bytes: Buffer.from('a;b\n1;2\n'), status: 422 },
  { what: 'JSON that is no invoice', bytes: Buffer.from('{"number":1}'), status: 422 },
];

describe('a file that is wrong', () => {
  it.each(FILES)('$what is refused with what is wrong, and nothing of it is kept', async ({ bytes, status, code }) => {
    for (const send of [asBody, asForm]) {
      const answer = await send(bytes).expect(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      if (status === 413)
        expect(answer.body).toMatchObject({ facts: { limitBytes: 10_485_760 }, detail: expect.stringContaining('10\u202fMio') });
      if (status === 422) expect(answer.body).toMatchObject({ code: 'fileRefused' });
      if (code) expect(answer.body.errors.map((one: { code: string }) => one.code)).toContain(code);
    }
    expect(await run.api.backend.plain((tx) => tx.importFiles.count({ creditorId: 'atelier' }))).toBe(0);
    expect(await run.api.backend.plain((tx) => tx.sealedObjects.count({ creditorId: 'atelier' }))).toBe(0);
  });

  it('without a file, with two, or with a strange form is a 400', async () => {
    await run.raw().post(`${base}/imports`).set('Authorization', `Bearer ${finance}`).field('x', '1').expect(400);
    await run
      .raw()
      .post(`${base}/imports`)
      .set('Authorization', `Bearer ${finance}`)
      .attach('a', Buffer.from('1'), 'a')
      .attach('b', Buffer.from('2'), 'b')
      .expect(400);
    await run
      .raw()
      .post(`${base}/imports`)
      .set('Authorization', `Bearer ${finance}`)
      .set('Content-Type', 'multipart/form-data')
      .send('x')
      .expect(400);
    await run
      .raw()
      .post(`${base}/imports?kind=nonsense`)
      .set('Authorization', `Bearer ${finance}`)
      .set('Content-Type', 'text/csv')
      .send('x')
      .expect(400);
  });

  function asBody(bytes: Buffer) {
    return run
      .raw()
      .post(`${base}/imports`)
      .set('Authorization', `Bearer ${finance}`)
      .set('Content-Type', 'application/octet-stream')
      .send(bytes);
  }
  function asForm(bytes: Buffer) {
    return run.raw().post(`${base}/imports`).set('Authorization', `Bearer ${finance}`).attach('file', bytes, 'fichier.bin');
  }
});
