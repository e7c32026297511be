import { openPostItem } from '#casework';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveMessage } from './given-messages.js';
import { client, giveInvoice, openCall, openTownHall, type TownHall } from './town-hall.js';

describe('papers beside a task', () => {
  let hall: TownHall;
  let number = 0;
  beforeAll(async () => {
    hall = await openTownHall();
  });
  afterAll(() => hall?.close());

  const fresh = () => giveInvoice(hall, { number: `P-${++number}`, debtor: `Débiteur ${number}` });
  const staff = () => client(hall, hall.keys.controller);

  it('C43: the sheet of an open call is a PDF in the reader’s language, linked from the call and from its task; it ends with the call', async () => {
    const caseId = await fresh();
    const callId = await openCall(hall, caseId);
    const { body } = await staff().get('calls').expect(200);
    const path = `/api/v1/creditors/A/calls/${callId}/sheet`;
    expect(body.items.find((call: { callId: string }) => call.callId === callId)).toMatchObject({ sheet: path });
    const tasks = await staff().get(`tasks?caseId=${caseId}&kind=call`).expect(200);
    expect(tasks.body.items[0]).toMatchObject({ subjectId: callId, document: path });
    const titleIn = async (query: string, language?: string) => {
      const answer = await staff()
        .get(`calls/${callId}/sheet${query}`)
        .set('Accept-Language', language ?? '*')
        .buffer(true)
        .expect(200)
        .expect('content-type', 'application/pdf');
      expect(answer.headers).toMatchObject({
        'cache-control': 'private, no-store',
        'content-disposition': expect.stringMatching(/"(?:appel|telefoonfiche|call-sheet)-P-1\.pdf"/),
      });
      return [(await PDFDocument.load(answer.body as Buffer)).getTitle(), answer.headers['content-language']];
    };
    expect(await titleIn('')).toEqual(['Appel de courtoisie\u202f: fiche', 'fr']);
    expect(await titleIn('', 'nl-BE')).toEqual(['Beleefde oproep: fiche', 'nl']);
    expect(await titleIn('?language=en', 'nl')).toEqual(['Courtesy call: sheet', 'en']);
    await client(hall, hall.strangerKey).get(`calls/${callId}/sheet`).expect(404);
    await client(hall, hall.strangerKey, 'B').get(`calls/${callId}/sheet`).expect(404);
    await client(hall, 'rk_00000000_none').get(`calls/${callId}/sheet`).expect(401);
    expect(
      (
        await staff()
          .get(`calls/${callId}/sheet?caseId=${await fresh()}`)
          .expect(404)
      ).body.code,
    ).toBe('caseNotFound');
    await staff().get(`calls/${callId}/sheet?language=de`).expect(400);
    await staff().post(`calls/${callId}/report`, { outcome: 'attempted' }).expect(200);
    expect((await staff().get(`calls/${callId}/sheet`).expect(409)).body.code).toBe('callNotOpen');
    expect((await staff().get('calls?state=reported').expect(200)).body.items[0]).toMatchObject({ callId, sheet: null });
  });

  it('I16: a letter in the tray cannot be taken out to be printed while its invoice is contested; the task says why', async () => {
    const caseId = await fresh();
    const message = await giveMessage(hall, caseId, { state: 'ACCEPTED' });
    const { postItemId } = await openPostItem(hall.api.backend.deps, message, caseId, 'print');
    const letter = `/api/v1/creditors/A/post-tray/${postItemId}/letter`;
    const task = async () => (await staff().get(`tasks?caseId=${caseId}&kind=printLetter`).expect(200)).body.items[0];
    const item = async () => (await staff().get(`post-tray?caseId=${caseId}`).expect(200)).body.items[0];
    expect([(await task()).document, (await item()).heldBack]).toEqual([letter, null]);
    await staff().post(`cases/${caseId}/dispute`, { reason: 'price' }).expect(200);
    const sentence = 'Ne pas poster cette lettre\u202f: la facture est contestée.';
    expect((await item()).heldBack).toEqual({ code: 'disputed', sentence });
    expect(await task()).toMatchObject({ document: null, title: expect.stringMatching(/^Ne pas poster cette lettre/) });
    const refused = await staff().get(`post-tray/${postItemId}/letter`).expect(409);
    expect(refused.body).toMatchObject({ code: 'letterHeldBack', facts: { because: 'disputed', sentence } });
  });

  it('I1: paid meanwhile, the letter is out of the tray and its task is over', async () => {
    const caseId = await fresh();
    const message = await giveMessage(hall, caseId, { state: 'ACCEPTED' });
    await openPostItem(hall.api.backend.deps, message, caseId, 'print');
    const finance = client(hall, hall.keys.finance);
    await finance
      .post('payments', { amount: { amount: '1240.00', currency: 'EUR' }, paidOn: '2026-03-02', reference: `virement-${caseId}`, caseId })
      .expect(201);
    expect((await staff().get(`post-tray?caseId=${caseId}`).expect(200)).body.items[0]).toMatchObject({
      state: 'cancelled',
      heldBack: null,
    });
    expect((await staff().get(`tasks?caseId=${caseId}&kind=printLetter`).expect(200)).body.items).toEqual([]);
  });

  it('a message says for how much it asks, in the list, in full and in the story of its case; one that asks for nothing says so', async () => {
    const caseId = await fresh();
    const asks = { amountMinor: '25150', currency: 'EUR' };
    const statement = { members: [{ caseId, openPrincipalMinor: '21500', statement: null }], asks };
    const { messageId } = await giveMessage(hall, caseId, { state: 'ACCEPTED', statement });
    const sum = { amount: '251.50', currency: 'EUR' };
    expect((await staff().get(`communications?caseId=${caseId}`).expect(200)).body.items[0]).toMatchObject({ messageId, asks: sum });
    expect((await staff().get(`communications/${messageId}`).expect(200)).body.asks).toEqual(sum);
    const { items } = (await staff().get(`cases/${caseId}/timeline`).expect(200)).body as { items: { sentence: string }[] };
    expect(
      items.map(({ sentence }) => sentence.replace(/[\u00a0\u202f]/g, ' ')).filter((line) => line.includes('251,50 € demandés')),
    ).not.toEqual([]);
    const other = await fresh();
    await giveMessage(hall, other, { state: 'ACCEPTED', statement: {} });
    expect((await staff().get(`communications?caseId=${other}`).expect(200)).body.items[0].asks).toBeNull();
  });
});
