import { createRecoveryActs } from '#activities';
import { currentSnapshot } from '#casework';
import { type Instant } from '#domain';
import { createSendGridMailer } from '#mail';
import { createHttpPost } from '#post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveApproval } from './given-messages.js';
import { caseRow, client, giveInvoice, openCall, openTownHall, type TownHall } from './town-hall.js';

/** Numbers that no enterprise bears. */
const SIRENS = '000000000 000000307 000000406 000000505 000000604 000000703 000000802 000000901'.split(' ');

describe('what will leave, and what people may still do about it', () => {
  let hall: TownHall;
  let number = 0;
  beforeAll(async () => {
    hall = await openTownHall();
  });
  afterAll(() => hall?.close());

  const staff = () => client(hall, hall.keys.controller);
  const finance = () => client(hall, hall.keys.finance);

  /** A case whose call was made; its courtesy mail leaves on Tuesday 3 March. */
  async function called(debtor = `Client ${number + 1}`): Promise<string> {
    number += 1;
    const caseId = await giveInvoice(hall, { number: `O-${number}`, debtor, siren: SIRENS[number] ?? '' });
    const callId = await openCall(hall, caseId);
    await staff().post(`calls/${callId}/report`, { outcome: 'attempted' }).expect(200);
    return caseId;
  }

  const at = (caseId: string, stage = 'courtesyMail') => `outgoing-messages/${caseId}/${stage}/1`;

  it('N5: lists the mails and notices of the coming days with day, window, channel, recipient, sum and subject, by page and by state', async () => {
    const caseId = await called('Fournil Grandisle');
    const week = (await staff().get('outgoing-messages?days=7').expect(200)).body;
    expect(week).toMatchObject({ today: '2026-03-02', until: '2026-03-09' });
    const mine = week.items.filter((item: { caseId: string }) => item.caseId === caseId);
    expect(mine.map((item: { stage: string; on: string }) => [item.stage, item.on])).toEqual([
      ['courtesyMail', '2026-03-03'],
      ['formalMail', '2026-03-09'],
    ]);
    expect(mine[0]).toMatchObject({
      title: 'Rappel courtois',
      status: 'leaves',
      debtor: { name: 'Fournil Grandisle' },
      window: { from: '09:00', to: '18:00', zone: 'Europe/Paris' },
      channels: ['email'],
      recipient: { email: 'compta@tourtefeuille.example' },
      asked: { amount: '1240.00', currency: 'EUR' },
      problem: null,
      late: false,
      revision: null,
    });
    expect(mine[0].subject).toContain('O-');
    expect(week.counts.leaves).toBe(week.items.length);
    const first = (await staff().get('outgoing-messages?limit=1').expect(200)).body;
    const second = (await staff().get(`outgoing-messages?limit=1&cursor=${first.nextCursor}`).expect(200)).body;
    expect([first.items[0].stage, second.items[0].stage]).toEqual(['courtesyMail', 'formalMail']);
    expect((await staff().get('outgoing-messages?status=held,stopped').expect(200)).body.items).toEqual([]);
    const notices = (await staff().get(`outgoing-messages?days=40&act=formalNotice&caseId=${caseId}`).expect(200)).body;
    expect(notices.items[0]).toMatchObject({ status: 'awaitsApproval', channels: ['registeredPost', 'email'], needsApproval: true });
    await staff().get('outgoing-messages?days=0').expect(400);
    await staff().get('outgoing-messages?limit=500').expect(400);
  });

  it('N5: shows the exact text and the mail as it will read', async () => {
    const caseId = await called();
    const { body } = await staff().get(at(caseId)).expect(200);
    expect(body.text).toContain(body.invoiceNumber);
    expect(body.text.replaceAll(/[\u202f\u00a0]/g, ' ')).toContain('1 240,00 €');
    const page = await staff()
      .get(`${at(caseId)}/preview`)
      .expect(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.text).toContain(body.invoiceNumber);
    expect(page.text).not.toContain('cid:');
    expect((await staff().get(at(caseId, 'courtesyCall'))).body.code).toBe('outgoingMessageNotFound');
    expect((await staff().get(`outgoing-messages/${caseId}/courtesyMail/none`)).status).toBe(404);
  });

  it('N5: held with a reason and an end, shown so, released; If-Match and a dry run are kept to', async () => {
    const caseId = await called();
    const { version } = (await staff().get(at(caseId)).expect(200)).body;
    const hold = { until: '2026-03-06', reason: 'commercialTalks', note: 'Rendez-vous jeudi' };
    const tried = await staff()
      .post(`${at(caseId)}/hold?dryRun=true`, hold)
      .expect(200);
    expect(tried.body.plan[0]).toMatchObject({ stage: 'courtesyMail', on: '2026-03-09' });
    expect((await staff().get(at(caseId)).expect(200)).body).toMatchObject({ status: 'leaves', version });
    await staff()
      .post(`${at(caseId)}/hold`, hold)
      .set('If-Match', `"${version + 5}"`)
      .expect(409);
    await staff()
      .post(`${at(caseId)}/hold`, hold)
      .set('If-Match', `"${version}"`)
      .expect(200);
    const held = (await staff().get(`outgoing-messages?status=held&caseId=${caseId}&days=10`).expect(200)).body;
    expect(held.items).toMatchObject([{ stage: 'courtesyMail', on: '2026-03-09', heldUntil: '2026-03-06', status: 'held' }]);
    expect(held.counts.held).toBe(1);
    const why = (await staff().get(`cases/${caseId}/explain`).expect(200)).body;
    expect(why.whyNotSent).toContainEqual({
      code: 'messageHeld',
      sentence: '«\u202fRappel courtois\u202f» est retenu par une personne jusqu’au 6 mars 2026 inclus.',
    });
    const dutch = (await staff().get(`cases/${caseId}/explain?language=nl`).expect(200)).body;
    expect(dutch.sentences.join(' ')).toContain('wordt door een medewerker tegengehouden tot en met 6 maart 2026');
    const journal = (await staff().get(`journal?caseId=${caseId}&kind=messageHeld`).expect(200)).body.items[0];
    expect(journal).toMatchObject({
      reason: 'Rendez-vous jeudi',
      sentence: 'Rappel courtois\u202f: retenu par une personne jusqu’au 6 mars 2026 inclus.',
    });
    await staff()
      .post(`${at(caseId)}/release`, {})
      .expect(200);
    expect(
      (
        await staff()
          .post(`${at(caseId)}/release`, {})
          .expect(409)
      ).body.code,
    ).toBe('messageNotHeld');
    expect(
      (
        await staff()
          .post(`${at(caseId)}/hold`, { until: '2026-03-02', reason: 'other' })
          .expect(422)
      ).body.code,
    ).toBe('holdInPast');
  });

  it('N5: struck out with its reason; the next rung keeps its day; a notice only by finance, and with what needs it', async () => {
    const caseId = await called();
    const cancelled = await staff()
      .post(`${at(caseId)}/cancel`, { reason: 'alreadyDone', note: 'Écrit hier à la main' })
      .expect(200);
    expect(cancelled.body.leftOut).toEqual([]);
    expect(cancelled.body.plan[0]).toMatchObject({ stage: 'formalMail', on: '2026-03-06' });
    expect(
      (
        await staff()
          .post(`${at(caseId)}/cancel`, { reason: 'other' })
          .expect(409)
      ).body.code,
    ).toBe('stageDecided');
    const [verdict] = (await staff().get(`verdicts?caseId=${caseId}&verdict=SKIPPED`).expect(200)).body.items;
    expect(verdict).toMatchObject({ code: 'cancelled', sentence: 'Non envoyé\u202f: annulé par une personne avant son départ.' });
    await giveApproval(hall, caseId);
    const notice = at(caseId, 'formalNotice');
    expect((await staff().post(`${notice}/cancel`, { reason: 'other' }).expect(409)).body.code).toBe('messageOfFinance');
    const gone = await finance().post(`${notice}/cancel`, { reason: 'commercialGesture' }).expect(200);
    expect(gone.body.leftOut).toEqual(['lastCall', 'referral']);
    expect((await finance().get(`approvals?caseId=${caseId}&state=pending`).expect(200)).body.items).toEqual([]);
  });

  it('N5 N21: words that the law forbids are refused with the sentence and its article; others leave in the mail', async () => {
    const caseId = await called();
    const words = `${at(caseId)}/words`;
    const threat = await staff()
      .post(words, { opening: 'Bonjour. Votre dossier est entre les mains d’un huissier. Merci de régler.' })
      .expect(422);
    expect(threat.body.code).toBe('wordingRefused');
    expect(threat.body.detail).toContain('Votre dossier est entre les mains d’un huissier.');
    expect(threat.body.detail).toMatch(/L121-6/);
    expect(threat.body.facts).toMatchObject({ sentence: 'Votre dossier est entre les mains d’un huissier.' });
    expect(threat.body.errors[0].pointer).toBe('/opening');
    const subject = 'Saisie imminente de vos biens par huissier';
    expect((await staff().post(words, { subject }).expect(422)).body.errors[0].pointer).toBe('/subject');
    expect((await staff().get(at(caseId)).expect(200)).body.revision).toBeNull();
    const own = { subject: 'Votre facture de janvier', opening: 'Merci encore pour votre accueil de mardi.' };
    expect((await staff().post(words, own).expect(200)).body.revision).toBe(1);
    const shown = (await staff().get(at(caseId)).expect(200)).body;
    expect(shown).toMatchObject({ revision: 1, subject: own.subject, ownWords: own });
    expect(shown.text).toContain(own.opening);
    expect(
      (await staff().get('outgoing-messages?edited=true').expect(200)).body.items.map((item: { caseId: string }) => item.caseId),
    ).toEqual([caseId]);
    expect((await staff().post(words, { note: 'retour au modèle' }).expect(200)).body.revision).toBe(2);
    expect((await staff().get(at(caseId)).expect(200)).body.subject).not.toBe(own.subject);
    await staff().post(words, { opening: 'ligne\nnouvelle' }).expect(400);
    await staff()
      .post(words, { opening: 'x'.repeat(1001) })
      .expect(400);
    expect(
      (
        await finance()
          .post(`${at(caseId, 'formalNotice')}/words`, own)
          .expect(422)
      ).body.code,
    ).toBe('messageNotEditable');
  });

  it('I16: once its claim has committed the answer is that it has left', async () => {
    const caseId = await called();
    const { deps } = hall.api.backend;
    const row = await caseRow(hall, caseId);
    await hall.api.backend.plain((tx) => tx.creditors.update({ creditorId: 'A' }, { clockAt: row.wakeAt as Instant }));
    // The provider cannot be reached in time: nobody knows whether it left.
    const mail = createSendGridMailer({ localMailbox: { baseUrl: 'http://127.0.0.1:9' }, timeoutMs: 500 });
    const unsure = { ...mail, sendBytes: async () => ({ kind: 'unknown' as const, reason: 'test' }) };
    const acts = createRecoveryActs({
      casework: deps,
      mail: unsure,
      post: createHttpPost({ localTray: { baseUrl: 'http://127.0.0.1:9' } }),
    });
    const { wake, factSeq, epoch } = await currentSnapshot(deps, 'A', caseId);
    await acts.sendMail({ creditorId: 'A', caseId, wake, factSeq, epoch });
    for (const [command, body] of [
      ['hold', { until: '2026-03-12', reason: 'other' }],
      ['cancel', { reason: 'other' }],
      ['words', { opening: 'Trop tard.' }],
    ] as const) {
      const answer = await staff()
        .post(`${at(caseId)}/${command}`, body)
        .expect(409);
      expect(answer.body).toMatchObject({ code: 'messageLeft', facts: { state: 'UNKNOWN' } });
    }
    expect((await staff().get(at(caseId))).status).toBe(404);
  });

  it('what a dispute stops is shown as stopped, not as leaving', async () => {
    const caseId = await called();
    await staff().post(`cases/${caseId}/dispute`, { reason: 'quality' }).expect(200);
    const { items } = (await staff().get(`outgoing-messages?caseId=${caseId}&days=60`).expect(200)).body;
    expect(items[0].status).toBe('stopped');
  });
});
