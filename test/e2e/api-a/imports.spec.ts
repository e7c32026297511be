import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ImportsService } from '../../../apps/api/src/imports/imports.service.js';
import { CREDITOR, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
let finance = '';
const base = '/api/v1/creditors/atelier';

beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  finance = await run.key('finance', 'atelier');
});
afterAll(() => run?.stop());

const HEADER = 'Numéro;Date;Échéance;Client;SIREN;Montant TTC\n';
const line = (number: string, amount = '1 240,00', issued = '05/01/2026') =>
  `${number};${issued};04/02/2026;Dupont Menuiserie SAS;732829320;${amount}\n`;

function upload(text: string | Buffer, query = '', name = 'factures é.csv') {
  return run.raw().post(`${base}/imports${query}`).set('Authorization', `Bearer ${finance}`).attach('file', Buffer.from(text), name);
}

describe('a file of invoices', () => {
  it('is shown first, with control totals, and changes nothing yet', async () => {
    const answer = await upload(`\u{feff}${HEADER}${line('C-1')}${line('C-2', '100,005')}${line('C-3', '60,00')}`).expect(201);
    expect(answer.body).toMatchObject({
      state: 'previewed',
      format: 'csv',
      fileName: 'factures é.csv',
      rows: 3,
      done: 0,
      totals: { rows: 3, accepted: 2, refused: 1, sums: [{ currency: 'EUR', invoices: '1300.00' }] },
    });
    expect(await run.api.backend.plain((tx) => tx.invoices.count({ creditorId: 'atelier' }))).toBe(0);
    const rows = await run.get(`${base}/imports/${answer.body.importId}/rows?state=refused`, finance).expect(200);
    expect(rows.body.items).toHaveLength(1);
    expect(rows.body.items[0]).toMatchObject({
      row: 2,
      state: 'refused',
      findings: [expect.objectContaining({ severity: 'refused', line: 3 })],
    });
  });

  it('with a bad row in the middle commits only when asked for the good ones, and keeps the bad in sight', async () => {
    const preview = await upload(`\u{feff}${HEADER}${line('C-1')}${line('C-2', '100,005')}${line('C-3', '60,00')}`).expect(200);
    const path = `${base}/imports/${preview.body.importId}`;
    const blocked = await run.post(`${path}/commit`, finance, {}).expect(409);
    expect(blocked.body).toMatchObject({ code: 'importHasRefusedRows', facts: { refused: 1 } });
    const done = await run.post(`${path}/commit`, finance, { onlyGoodRows: true }).expect(200);
    expect(done.body).toMatchObject({ state: 'committed', done: 3, results: { committed: 2, refused: 1 } });
    expect(await run.api.backend.plain((tx) => tx.cases.count({ creditorId: 'atelier' }))).toBe(2);
    await run.post(`${path}/commit`, finance, { onlyGoodRows: true }).expect(200);
    expect(await run.api.backend.plain((tx) => tx.cases.count({ creditorId: 'atelier' }))).toBe(2);
  });

  it('twice is the same import; the same invoices in another file change nothing; other facts are a conflict', async () => {
    const file = `${HEADER}${line('C-1')}${line('C-3', '61,00')}${line('C-3', '61,00')}${line('C-4')}`;
    const preview = await upload(file).expect(201);
    expect((await upload(file).expect(200)).body.importId).toBe(preview.body.importId);
    expect(preview.body.totals).toMatchObject({ rows: 4, unchanged: 1, conflicts: 1, duplicates: 1 });
    const done = await run.post(`${base}/imports/${preview.body.importId}/commit`, finance, { onlyGoodRows: true }).expect(200);
    expect(done.body.results).toMatchObject({ unchanged: 2, conflict: 1, committed: 1 });
    const known = await run.api.backend.plain((tx) => tx.invoices.one({ creditorId: 'atelier', number: 'C-3' }));
    expect(known?.payableMinor).toBe(6_000n);
    expect(await run.api.backend.plain((tx) => tx.tasks.count({ creditorId: 'atelier', kind: 'invoiceConflict', state: 'open' }))).toBe(1);
  });

  it('that was stopped half-way goes on where it stopped', async () => {
    const preview = await upload(`${HEADER}${Array.from({ length: 60 }, (_, i) => line(`H-${i}`)).join('')}`).expect(201);
    const { importId } = preview.body;
    const service = run.api.app.get(ImportsService);
    await run.api.backend.plain((tx) => tx.importFiles.update({ creditorId: 'atelier', importId }, { state: 'committing', nextRow: 0 }));
    const original = run.api.backend.run.bind(run.api.backend);
    let chunks = 0;
    run.api.backend.run = (creditorId, work) => {
      chunks += 1;
      return chunks > 1 ? Promise.reject(new Error('killed')) : original(creditorId, work);
    };
    await expect(service.resumeAll()).rejects.toThrow('killed');
    run.api.backend.run = original;
    const half = await run.get(`${base}/imports/${importId}`, finance).expect(200);
    expect(half.body).toMatchObject({ state: 'committing', done: 50 });
    await service.resumeAll();
    const whole = await run.get(`${base}/imports/${importId}`, finance).expect(200);
    expect(whole.body).toMatchObject({ state: 'committed', done: 60, results: { committed: 60 } });
    expect(await run.api.backend.plain((tx) => tx.invoices.count({ creditorId: 'atelier' }))).toBe(63);
  });

  it('A27: a known invoice that gets what was sold, or less open by the books, is shown as completed before it is', async () => {
    const plain = await upload(`${HEADER}${line('D-1')}${line('D-2')}`).expect(201);
    await run.post(`${base}/imports/${plain.body.importId}/commit`, finance, {}).expect(200);
    const described = HEADER.replace('\n', ';Objet\n');
    const file = `${described}${line('D-1').replace('\n', ';Escalier en chêne\n')}${line('D-2').replace('\n', ';\n')}`;
    const preview = await upload(file).expect(201);
    expect(preview.body.totals).toMatchObject({ rows: 2, updated: 1, unchanged: 1 });
    const path = `${base}/imports/${preview.body.importId}`;
    const rows = (await run.get(`${path}/rows`, finance).expect(200)).body.items as { result: object }[];
    expect(rows.map(({ result }) => result)).toEqual([{ predicted: 'updated', changes: ['description'] }, { predicted: 'unchanged' }]);
    const done = await run.post(`${path}/commit`, finance, {}).expect(200);
    expect(done.body.results).toEqual({ committed: 1, unchanged: 1 });
    // Said once, it stays: the same words again complete nothing.
    expect((await upload(`${file}\n`).expect(201)).body.totals).toMatchObject({ updated: 0, unchanged: 2 });
  });

  it('of JSON keeps the original with its invoice', async () => {
    const body = {
      number: 'J-1',
      issuedOn: '2026-01-05',
      dueOn: '2026-02-04',
      gross: { amount: '10.00', currency: 'EUR' },
      debtor: { name: 'Dupont Menuiserie SAS', siren: '732829320' },
    };
    const preview = await run
      .raw()
      .post(`${base}/imports`)
      .set('Authorization', `Bearer ${finance}`)
      .set('Content-Type', 'application/json')
      .send(JSON.stringify(body))
      .expect(201);
    expect(preview.body.format).toBe('json');
    await run.post(`${base}/imports/${preview.body.importId}/commit`, finance, {}).expect(200);
    const row = await run.api.backend.plain((tx) => tx.invoices.one({ creditorId: 'atelier', number: 'J-1' }));
    expect(row?.originalObjectId).toBeTruthy();
  });

  it('of another creditor is not there', async () => {
    await run.post('/api/v1/creditors', await run.key('operator', '*'), { ...CREDITOR, creditorId: 'voisin' }).expect(201);
    const stranger = await run.key('finance', 'voisin');
    const [known] = (await run.get(`${base}/imports?limit=1`, finance).expect(200)).body.items;
    await run.get(`/api/v1/creditors/voisin/imports/${known.importId}`, stranger).expect(404);
    await run.post(`/api/v1/creditors/voisin/imports/${known.importId}/commit`, stranger, {}).expect(404);
  });
});

describe('a file of payments', () => {
  it('is booked once, two equal lines being two payments', async () => {
    const csv = 'Date;Montant;Communication\n20/02/2026;40,00;C-1\n20/02/2026;40,00;C-1\n20/02/2026;10,00;rien de connu\n';
    const preview = await upload(csv, '?kind=payments', 'banque.csv').expect(201);
    expect(preview.body.totals).toMatchObject({ rows: 3, accepted: 3, sums: [{ currency: 'EUR', payments: '90.00' }] });
    const done = await run.post(`${base}/imports/${preview.body.importId}/commit`, finance, {}).expect(200);
    expect(done.body.results).toEqual({ committed: 3 });
    const cases = await run.api.backend.plain(async (tx) => {
      const invoice = await tx.invoices.one({ creditorId: 'atelier', number: 'C-1' });
      return tx.cases.all({ creditorId: 'atelier', invoiceId: invoice?.invoiceId ?? '' });
    });
    expect(cases[0]?.openPrincipalMinor).toBe(116_000n);
    expect(await run.api.backend.plain((tx) => tx.payments.count({ creditorId: 'atelier', state: 'parked' }))).toBe(1);
    const again = await upload(`${csv}\n`, '?kind=payments', 'banque (2).csv').expect(201);
    const repeated = await run.post(`${base}/imports/${again.body.importId}/commit`, finance, {}).expect(200);
    expect(repeated.body.results).toEqual({ unchanged: 3 });
  });
});
