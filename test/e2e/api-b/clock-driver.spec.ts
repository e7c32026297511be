import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { driveClock } from '../../../apps/ops/src/clock-driver.js';
import { findCase, findCreditor } from '../../../apps/ops/src/find-creditor.js';
import { importFile } from '../../../apps/ops/src/import-file.js';
import { RestClient } from '../../../apps/ops/src/rest-client.js';
import { verifyDossier } from '../../../apps/ops/src/verify-dossier.js';
import { Stack } from '../../support/stack.js';

const INVOICE = {
  number: 'A2',
  issuedOn: '2026-01-27',
  dueOn: '2026-02-26',
  gross: { amount: '4860.00', currency: 'EUR' },
  debtor: {
    name: 'Transports Vérendelle',
    siren: '000000307',
    email: 'compta@verendelle.example',
    phone: '+33 4 65 71 00 30',
    street: '3 quai des Charrois',
    postcode: '13002',
    city: 'Marseille',
    country: 'FR',
    language: 'fr',
  },
};

describe('the operator’s commands against the whole stack', () => {
  let stack: Stack;
  let client: RestClient;
  let folder: string;
  const diary: string[] = [];

  beforeAll(async () => {
    stack = await Stack.open({ pgBase: inject('pgBase'), temporalAddress: inject('temporalAddress') });
    folder = mkdtempSync(path.join(tmpdir(), 'relance-ops-'));
    client = new RestClient(
      { apiUrl: stack.url, localUrl: stack.local.url, data: folder, keyFor: (role) => stack.token(role) },
      'controller',
    );
    await client.as('operator').post('creditors', {
      creditorId: 'a-mirandole',
      legalName: 'Menuiserie Mirandole SAS',
      law: 'FR',
      address: { lines: ['12 rue des Copeaux'], postcode: '69003', city: 'Lyon', country: 'FR' },
      siren: '000000109',
      iban: 'FR1420041010050500013M02606',
      signatoryName: 'Claire Aubin',
      signatoryTitle: 'contrôleuse de gestion',
      senderEmail: 'compta@mirandole.example',
      replyToEmail: 'claire.aubin@mirandole.example',
      sandbox: true,
    });
    await client.put('creditors/a-mirandole/invoices/A2', INVOICE);
  }, 120_000);

  afterAll(async () => {
    await stack?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('drives the clock from wake to wake and tells a diary that ends with the referral', async () => {
    const creditor = await findCreditor(client, 'A');
    const options = {
      client,
      creditors: [creditor],
      days: 60,
      calls: 'attempted',
      approve: true,
      post: 'delivered',
      localUrl: stack.local.url,
      stallMs: 30_000,
    } as const;
    await driveClock({ ...options, print: (line) => diary.push(...line.split('\n')) });
    const story = diary.join('\n');
    expect(story).toContain('lundi 2 mars 2026 · Menuiserie Mirandole SAS');
    expect(story).toContain('Transports Vérendelle, facture A2 — Appel de courtoisie\u202f: Appel tenté, sans réponse.');
    expect(story).toMatch(/mardi 3 mars 2026[^\n]*\n[^\n]*Rappel courtois, courriel à compta@verendelle\.example/);
    expect(story).toMatch(/Mise en demeure, [^\n]*4\u202f951,77\u00a0€/);
    expect(story).toMatch(/jeudi 2 avril 2026[^\n]*\n[^\n]*remise prouvée/);
    expect(story).toContain('Dossier remis pour recouvrement.');
    expect(story).toMatch(/Rappel courtois, [^\n]*4\u202f860,00\u00a0€/);
    expect(story).toContain('l’horloge est au 1er mai 2026.');
  }, 240_000);

  it('the hand-over file checks itself, and one changed byte is named', async () => {
    const { creditorId, line } = await findCase(client, 'A2', undefined);
    expect(line.state).toBe('handedOver');
    const [handOver] = await client.all<{ handOverId: string }>(`creditors/${creditorId}/handovers`);
    const file = path.join(folder, 'a2.zip');
    writeFileSync(file, await client.bytes(`creditors/${creditorId}/handovers/${handOver?.handOverId}/file`));
    expect(verifyDossier(file)).toMatchObject({ reference: 'A2', anomalies: [] });
    const { unzipSync, zipSync } = await import('fflate');
    const entries = unzipSync(new Uint8Array((await import('node:fs')).readFileSync(file)));
    entries['timeline.json'] = new TextEncoder().encode('{}');
    entries['added.txt'] = new TextEncoder().encode('x');
    writeFileSync(file, zipSync(entries));
    expect(verifyDossier(file).anomalies).toEqual(['modifié\u202f: timeline.json', 'ajouté\u202f: added.txt']);
  });

  it('R55: the partner’s word that it stopped is recorded once', async () => {
    const [handOver] = await client.all<{ handOverId: string; state: string }>('creditors/a-mirandole/handovers');
    expect(handOver?.state).toBe('handedOver');
    const path = `creditors/a-mirandole/handovers/${handOver?.handOverId}`;
    expect(await client.post<{ state: string }>(`${path}/recalled`, { note: 'courriel du prestataire' })).toMatchObject({
      state: 'recalled',
    });
    expect(await client.post<{ state: string }>(`${path}/recalled`)).toMatchObject({ state: 'recalled' });
    const journal = await client.all<{ kind: string; reason: string }>(
      `creditors/a-mirandole/journal?stream=handOver:${handOver?.handOverId}`,
    );
    expect(journal).toMatchObject([{ kind: 'handOverRecalled', reason: 'courriel du prestataire' }]);
    expect(await client.get('creditors/a-mirandole/journal/verify')).toMatchObject({ ok: true });
  });

  it('imports a file by preview and commit; again changes nothing; a refused file says why', async () => {
    const csv = 'numero;date;echeance;montant TTC;devise;client;siren\nC-1;2026-02-01;2026-03-01;100,00;EUR;Studio Aubépine;000000406\n';
    const wish = {
      creditorId: 'a-mirandole',
      bytes: Buffer.from(csv),
      fileName: 'factures.csv',
      kind: 'invoices',
      previewOnly: false,
      onlyGoodRows: false,
    } as const;
    const lines = await importFile(client, wish);
    expect(lines.join('\n')).toContain('factures.csv');
    expect(lines.at(-1)).toContain('1 enregistrée');
    await importFile(client, wish);
    expect(await client.all(`creditors/a-mirandole/cases?search=C-1`)).toHaveLength(1);
    await expect(importFile(client, { ...wish, bytes: Buffer.from('rien'), fileName: 'x.csv' })).rejects.toThrow('Il manque au fichier');
  });
});
