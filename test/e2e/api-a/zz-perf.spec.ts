import { expect, inject, it } from 'vitest';
import { CREDITOR, startApi } from './start-api.js';
it('imports 10,000 rows', async () => {
  const run = await startApi(inject('pgBase'));
  await run.post('/api/v1/creditors', await run.key('operator', '*'), CREDITOR).expect(201);
  const finance = await run.key('finance', 'atelier');
  const csv = 'Numéro;Date;Échéance;Client;SIREN;Montant TTC\n' + Array.from({ length: 10_000 }, (_, i) => `K-${i};05/01/2026;04/02/2026;Dupont Menuiserie SAS;732829320;1 240,00\n`).join('');
  const t0 = performance.now();
  const preview = await run.raw().post('/api/v1/creditors/atelier/imports').set('Authorization', `Bearer ${finance}`).set('Content-Type', 'text/csv').send(csv).expect(201);
  console.log('preview', performance.now() - t0, process.memoryUsage().rss / 1e6);
  const t1 = performance.now();
  let answer = await run.post(`/api/v1/creditors/atelier/imports/${preview.body.importId}/commit`, finance, {});
  while (answer.status === 202) { console.log(answer.body.done, performance.now() - t1); answer = await run.post(`/api/v1/creditors/atelier/imports/${preview.body.importId}/commit`, finance, {}); }
  console.log('commit', performance.now() - t1, process.memoryUsage().rss / 1e6, answer.body.results);
  expect(answer.status).toBe(200);
  await run.stop();
}, 300_000);
