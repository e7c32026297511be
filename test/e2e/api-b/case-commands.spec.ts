import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveApproval, giveMessage } from './given-messages.js';
import { caseRow, client, giveInvoice, openCall, openTownHall, type TownHall } from './town-hall.js';

const EUR = (amount: string) => ({ amount, currency: 'EUR' });

describe('commands on a case, with Temporal away', () => {
  let hall: TownHall;
  let number = 0;
  beforeAll(async () => {
    hall = await openTownHall();
  });
  afterAll(() => hall?.close());

  const fresh = () => giveInvoice(hall, { number: `C-${++number}`, debtor: `Débiteur ${number}` });
  const staff = () => client(hall, hall.keys.controller);
  const finance = () => client(hall, hall.keys.finance);

  /** Number of rows of every table of the creditor. */
  async function rowCounts(): Promise<Record<string, number>> {
    const connection = new pg.Client(hall.databaseUrl);
    await connection.connect();
    try {
      const tables = ['journal', 'promise', 'dispute', 'hold', 'task', 'outbox', 'outbound_message', 'posting', 'stage_verdict'];
      const counts: Record<string, number> = {};
      for (const table of tables)
        counts[table] = Number((await connection.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);
      return counts;
    } finally {
      await connection.end();
    }
  }

  it('R33: a promise pauses the ladder, is confirmed, and is withdrawn again', async () => {
    const caseId = await fresh();
    const made = await staff()
      .post(`cases/${caseId}/promise`, { amount: EUR('1240.00'), dueOn: '2026-03-12', channel: 'phone', madeBy: 'M. Lenoir' })
      .expect(200);
    expect(made.body).toMatchObject({ caseId, state: 'promised', dryRun: false, nextAct: { kind: 'promiseEnds' } });
    expect(made.headers['etag']).toBe(`"${made.body.version}"`);
    const again = await staff()
      .post(`cases/${caseId}/promise`, { amount: EUR('10.00'), dueOn: '2026-03-12', channel: 'phone' })
      .expect(409);
    expect(again.body).toMatchObject({ code: 'promiseRunning', title: 'Une promesse est déjà en cours sur ce dossier.' });
    const mails = await staff().get(`communications?caseId=${caseId}&purpose=inform`).expect(200);
    expect(mails.body.items[0]).toMatchObject({ act: 'promiseConfirmation', state: 'PLANNED' });
    const withdrawn = await staff().post(`cases/${caseId}/promise/withdraw`, { note: 'erreur de dossier' }).expect(200);
    expect(withdrawn.body.state).toBe('scheduled');
    const journal = await staff().get(`journal?caseId=${caseId}&kind=promiseEnded`).expect(200);
    expect(journal.body.items[0]).toMatchObject({ reason: 'erreur de dossier', sentence: 'Promesse retirée.' });
  });

  it('a command on a case that moved since it was read is refused by If-Match, and changes nothing', async () => {
    const caseId = await fresh();
    const { version } = (await staff().get(`cases/${caseId}`).expect(200)).body as { version: number };
    const hold = (seen: number) =>
      staff().post(`cases/${caseId}/hold`, { until: '2026-03-20', reason: 'debtorRequest' }).set('If-Match', `"${seen}"`);
    expect((await hold(version + 7).expect(409)).body.code).toBe('versionConflict');
    expect((await staff().get(`cases/${caseId}`).expect(200)).body.version).toBe(version);
    await hold(version).expect(200);
    await hold(version).expect(409);
  });

  it('refuses a promise in another currency, too far away, above the balance or in the past, in French and by field', async () => {
    const caseId = await fresh();
    const post = (body: object) => staff().post(`cases/${caseId}/promise`, { channel: 'phone', ...body });
    const other = await post({ amount: { amount: '10.00', currency: 'USD' }, dueOn: '2026-03-12' }).expect(400);
    expect(other.body.errors[0]).toMatchObject({ pointer: '/amount/currency' });
    const late = await post({ amount: EUR('10.00'), dueOn: '2026-09-01' }).expect(422);
    expect(late.body).toMatchObject({ code: 'promiseTooLate', errors: [{ pointer: '/dueOn' }] });
    expect((await post({ amount: EUR('9999.00'), dueOn: '2026-03-12' })).body.code).toBe('promiseAboveBalance');
    expect((await post({ amount: EUR('10.00'), dueOn: '2026-02-01' })).body.code).toBe('promiseInPast');
    await post({ amount: EUR('10.001'), dueOn: '2026-03-12' }).expect(400);
    await post({ amount: EUR('10.00'), dueOn: '2026-03-12', colour: 'red' }).expect(400);
    expect((await caseRow(hall, caseId)).factSeq).toBe(1);
  });

  it('a dry run answers what the command would give and leaves nothing behind', async () => {
    const caseId = await fresh();
    const before = await rowCounts();
    const row = await caseRow(hall, caseId);
    const dispute = await staff().post(`cases/${caseId}/dispute?dryRun=true`, { reason: 'quality', note: 'planches voilées' }).expect(200);
    expect(dispute.body).toMatchObject({ dryRun: true, state: 'disputed', nextAct: { kind: 'disputeDue' } });
    const hold = await staff().post(`cases/${caseId}/hold?dryRun=true`, { until: '2026-03-20', reason: 'debtorRequest' }).expect(200);
    expect(hold.body).toMatchObject({ dryRun: true, state: 'onHold' });
    const promise = await staff()
      .post(`cases/${caseId}/promise?dryRun=true`, { amount: EUR('100.00'), dueOn: '2026-03-12', channel: 'email' })
      .expect(200);
    expect(promise.body.state).toBe('promised');
    expect((await staff().post(`cases/${caseId}/withdraw?dryRun=true`, { reason: 'other' }).expect(200)).body.closed).toBe('withdrawn');
    expect((await finance().post(`cases/${caseId}/write-off?dryRun=true`, { reason: 'uncollectable' }).expect(200)).body.closed).toBe(
      'writtenOff',
    );
    expect((await staff().post(`cases/${caseId}/insolvency?dryRun=true`, { openedOn: '2026-03-01' }).expect(200)).body.state).toBe(
      'insolvency',
    );
    expect(await rowCounts()).toEqual(before);
    expect(await caseRow(hall, caseId)).toEqual(row);
    const refused = await staff().post(`cases/${caseId}/dispute/resolve?dryRun=true`, { verdict: 'confirmed' }).expect(409);
    expect(refused.body.code).toBe('noDisputeOpen');
  });

  it('R39: a dispute stops at once and its answer lets the ladder go on', async () => {
    const caseId = await fresh();
    await staff().post(`cases/${caseId}/dispute`, { reason: 'delivery', note: 'colis manquant' }).expect(200);
    const explained = await staff().get(`cases/${caseId}/explain`).expect(200);
    expect(explained.body.whyNotSent[0]).toMatchObject({ code: 'disputed' });
    expect(explained.body.whatChanges.map((part: { code: string }) => part.code)).toContain('changes.dispute');
    const task = (await staff().get(`tasks?caseId=${caseId}&kind=answerDispute`).expect(200)).body.items[0];
    expect(task.endsBy).toBe('cases/{caseId}/dispute/resolve');
    const tick = await staff().post(`tasks/${task.taskId}/done`).expect(409);
    expect(tick.body.code).toBe('taskEndsByCommand');
    const resolved = await staff().post(`cases/${caseId}/dispute/resolve`, { verdict: 'confirmed' }).expect(200);
    expect(resolved.body.state).toBe('scheduled');
    expect((await staff().get(`tasks?caseId=${caseId}`).expect(200)).body.items).toEqual([]);
  });

  it('R40: a hold has an end within the policy and is lifted by hand', async () => {
    const caseId = await fresh();
    expect((await staff().post(`cases/${caseId}/hold`, { until: '2026-03-02', reason: 'other' })).body.code).toBe('holdInPast');
    expect((await staff().post(`cases/${caseId}/hold`, { until: '2027-03-02', reason: 'other' })).body.code).toBe('holdTooLong');
    const held = await staff().post(`cases/${caseId}/hold`, { until: '2026-03-20', reason: 'mediation' }).expect(200);
    expect(held.body).toMatchObject({ state: 'onHold', nextAct: { kind: 'holdEnds' } });
    expect((await staff().post(`cases/${caseId}/hold/release`).expect(200)).body.state).toBe('scheduled');
  });

  it('a doubt about the document is lifted, and its task ends with it', async () => {
    const caseId = await giveInvoice(hall, {
      number: 'D-1',
      debtor: 'Douteux',
      doubts: [{ code: 'dueBeforeIssue', message: 'Échéance avant l’émission.' }],
    });
    expect((await staff().get(`cases/${caseId}`).expect(200)).body.blockers).toEqual([
      { code: 'documentDoubt', sentence: 'Rien ne part\u202f: une personne doit lever le doute sur le document.' },
    ]);
    const cleared = await staff().post(`cases/${caseId}/doubts/clear`, { note: 'facture relue' }).expect(200);
    expect(cleared.body.blockers).toEqual([]);
    expect((await staff().get(`tasks?caseId=${caseId}`).expect(200)).body.items).toEqual([]);
    expect((await staff().post(`cases/${caseId}/doubts/clear`)).body.code).toBe('noDocumentDoubt');
  });

  it('closes by withdrawal or write-off, the latter by finance alone, and nothing is asked of a closed case', async () => {
    const caseId = await fresh();
    expect((await staff().post(`cases/${caseId}/write-off`, { reason: 'uncollectable' }).expect(403)).body.code).toBe('forbidden');
    const written = await finance().post(`cases/${caseId}/write-off`, { reason: 'uncollectable', note: 'débiteur dissous' }).expect(200);
    expect(written.body).toMatchObject({ state: 'writtenOff', closed: 'writtenOff', nextAct: null, plan: [] });
    expect((await staff().post(`cases/${caseId}/withdraw`, { reason: 'other' })).body.code).toBe('caseClosed');
  });

  it('R9: insolvency stops everything and asks to declare the claim; a day to come is refused', async () => {
    const caseId = await giveInvoice(hall, { number: `C-${++number}`, debtor: 'Garage Pervenche', siren: '000000307' });
    expect((await staff().post(`cases/${caseId}/insolvency`, { openedOn: '2026-06-01' })).body.code).toBe('dayInFuture');
    expect((await staff().post(`cases/${caseId}/insolvency`, { openedOn: '2026-03-01' }).expect(200)).body.state).toBe('insolvency');
    expect((await staff().get(`tasks?caseId=${caseId}&role=finance`).expect(200)).body.items[0].kind).toBe('declareClaim');
  });

  it('C43, C47: a call is found with its numbers and invoices, reported once, and the ladder climbs', async () => {
    const caseId = await fresh();
    const callId = await openCall(hall, caseId);
    const { body } = await staff().get('calls').expect(200);
    const call = (body.items as { callId: string }[]).find((item) => item.callId === callId);
    expect(call).toMatchObject({
      state: 'open',
      cases: [{ caseId, openPrincipal: EUR('1240.00') }],
      phones: [{ number: '+33 4 65 71 00 20' }],
    });
    const reported = await staff()
      .post(`calls/${callId}/report`, { outcome: 'reached', contactName: 'Mme Four', note: 'paiera' })
      .expect(200);
    expect(reported.body.cases).toEqual([{ caseId, state: 'reminding', version: (await caseRow(hall, caseId)).factSeq }]);
    expect((await staff().post(`calls/${callId}/report`, { outcome: 'attempted' })).body.code).toBe('callNotOpen');
    const verdicts = await staff().get(`cases/${caseId}/verdicts`).expect(200);
    expect(verdicts.body.items[0]).toMatchObject({ verdict: 'DONE', code: 'call.reached', sentence: 'Appel abouti.' });
    expect((await staff().get(`verdicts?caseId=${caseId}&verdict=NOT_SENT`).expect(200)).body.items).toEqual([]);
  });

  it('R68: finance approves the exact basis it saw, once; another basis is refused', async () => {
    const caseId = await fresh();
    const approvalId = await giveApproval(hall, caseId);
    const { body } = await finance().get(`approvals/${approvalId}`).expect(200);
    expect(body).toMatchObject({ state: 'pending', claimTotal: EUR('1293.26'), openPrincipal: EUR('1240.00') });
    expect((await finance().get('approvals?state=pending').expect(200)).body.items).toHaveLength(1);
    const letter = await finance().get(`approvals/${approvalId}/letter`).expect(200);
    expect(letter.headers['content-type']).toBe('application/pdf');
    expect(letter.headers['x-content-sha256']).toBe(body.letterSha256);
    const decision = { verdict: 'approved', basis: body.basis };
    await staff().post(`approvals/${approvalId}/decision`, decision).expect(403);
    const stale = await finance()
      .post(`approvals/${approvalId}/decision`, { ...decision, basis: 'x' })
      .expect(409);
    expect(stale.body.code).toBe('approvalBasisChanged');
    const first = await finance().post(`approvals/${approvalId}/decision`, decision).set('Idempotency-Key', 'once').expect(200);
    const replayed = await finance().post(`approvals/${approvalId}/decision`, decision).set('Idempotency-Key', 'once').expect(200);
    expect(replayed.body).toEqual(first.body);
    expect((await finance().post(`approvals/${approvalId}/decision`, decision).expect(409)).body.code).toBe('approvalNotPending');
  });

  it('shows the archived bytes, letter and a preview that can do nothing; an uncertain message is decided once', async () => {
    const caseId = await fresh();
    const message = await giveMessage(hall, caseId, { state: 'UNKNOWN' });
    const path = `communications/${message.messageId}`;
    const bytes = await staff().get(`${path}/bytes`).expect(200);
    expect(bytes.headers['x-content-sha256']).toBe(message.bytesSha256);
    expect(bytes.headers['repr-digest']).toMatch(/^sha-256=:.{44}:$/);
    expect(bytes.body.content[0].value).toBe('Bonjour');
    const preview = await staff().get(`${path}/preview`).expect(200);
    expect(preview.headers['content-security-policy']).toContain("sandbox; default-src 'none'");
    expect(preview.text).toContain('<img src="data:image/png;base64,AAAA">');
    const decided = await staff().post(`${path}/decision`, { verdict: 'notSent' }).expect(200);
    expect(decided.body.state).toBe('CONFIRMED_NOT_SENT');
    expect((await staff().post(`${path}/decision`, { verdict: 'sent' }).expect(409)).body.code).toBe('messageNotUncertain');
  });

  it('C52: deposit and proof of a registered letter are noted and move the case', async () => {
    const caseId = await fresh();
    const message = await giveMessage(hall, caseId, { state: 'ACCEPTED' });
    const { openPostItem, applyFacts, workflowActor } = await import('#casework');
    const { deps } = hall.api.backend;
    const item = await openPostItem(deps, message, caseId, 'print');
    await hall.api.backend.run('A', async (tx) => {
      const [row] = await tx.lockCases('A', [caseId]);
      if (row)
        await applyFacts(
          tx,
          deps,
          row,
          [{ type: 'stageDone', stage: 'formalNotice', round: 1, messageId: message.messageId, contact: 'message' }],
          workflowActor('formalNotice'),
        );
    });
    const tray = await staff().get(`post-tray?caseId=${caseId}`).expect(200);
    expect(tray.body.items[0]).toMatchObject({ state: 'toPrint', debtor: { addressLines: ['1 rue du Four', '69001 Lyon', 'FR'] } });
    await staff().get(`post-tray/${item.postItemId}/letter`).expect(200).expect('content-type', 'application/pdf');
    expect((await staff().post(`post-tray/${item.postItemId}/report`, { state: 'deposited', on: '2027-01-01' })).body.code).toBe(
      'dayInFuture',
    );
    await staff().post(`post-tray/${item.postItemId}/report`, { state: 'deposited', trackingNumber: '1A 000 000 0001' }).expect(200);
    const served = await staff().post(`post-tray/${item.postItemId}/report`, { state: 'delivered' }).expect(200);
    expect(served.body).toMatchObject({ state: 'delivered', trackingNumber: '1A 000 000 0001' });
    expect((await caseRow(hall, caseId)).state).toBe('formalNoticeServed');
    expect((await staff().get(`tasks?caseId=${caseId}&kind=printLetter`).expect(200)).body.items).toEqual([]);
  });

  it('moves the sandbox clock to the next wake, never back, and says whether all is done', async () => {
    const operator = client(hall, hall.keys.operator);
    const before = (await operator.get('sandbox/clock').expect(200)).body;
    const moved = await operator.post('sandbox/clock', { days: 1 }).expect(200);
    expect(moved.body.version).toBe(before.version + 1);
    expect((await operator.post('sandbox/clock', { to: '2026-01-01T00:00:00.000Z' })).body.code).toBe('clockOnlyForward');
    await operator.post('sandbox/clock', { days: 1, toNextWake: true }).expect(400);
    await operator.post('sandbox/clock', {}).expect(400);
    const idle = (await operator.get('sandbox/idle').expect(200)).body;
    expect(idle).toMatchObject({ idle: false, clock: moved.body.at });
    expect(idle.outbox).toBeGreaterThan(0);
  });
});
