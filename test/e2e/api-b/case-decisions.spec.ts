import { applyFacts, claimMessage, openPostItem, raiseTask, workflowActor } from '#casework';
import { decodeState, instant } from '#domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveApproval, giveMessage } from './given-messages.js';
import { caseRow, client, giveInvoice, openTownHall, type TownHall } from './town-hall.js';

const EUR = (amount: string) => ({ amount, currency: 'EUR' });

let hall: TownHall;
let number = 0;
beforeAll(async () => {
  hall = await openTownHall();
});
afterAll(() => hall?.close());

const fresh = () => giveInvoice(hall, { number: `D-${++number}`, debtor: `Débiteur ${number}` });
const staff = () => client(hall, hall.keys.controller);
const finance = () => client(hall, hall.keys.finance);
const openTasks = async (caseId: string): Promise<{ taskId: string; kind: string; endsBy: string | null }[]> =>
  (await finance().get(`tasks?caseId=${caseId}`).expect(200)).body.items;

async function settledCase(): Promise<string> {
  const caseId = await fresh();
  await finance()
    .post('payments', { amount: EUR('1240.00'), paidOn: '2026-03-02', reference: `virement-${caseId}`, caseId })
    .expect(201);
  return caseId;
}

describe('interest and indemnity of a settled principal', () => {
  it('are decided once, by finance, and the decision is in the journal', async () => {
    const caseId = await settledCase();
    const [task] = await openTasks(caseId);
    expect(task).toMatchObject({ kind: 'decideAccessories', endsBy: 'cases/{caseId}/accessories' });
    const tick = await finance().post(`tasks/${task?.taskId}/done`).expect(409);
    expect(tick.body).toMatchObject({
      code: 'taskEndsByCommand',
      detail: `Pour terminer cette tâche, il faut réclamer les intérêts et l’indemnité, ou y renoncer\u202f: POST cases/${caseId}/accessories.`,
    });
    expect((await staff().post(`cases/${caseId}/accessories`, { decision: 'waive' }).expect(403)).body.code).toBe('forbidden');
    expect((await finance().post(`cases/${caseId}/accessories`, { decision: 'forget' }).expect(400)).body.code).toBe('fieldInvalid');
    await finance().post(`cases/${caseId}/accessories?dryRun=true`, { decision: 'waive' }).expect(200);
    expect(await openTasks(caseId)).toHaveLength(1);
    const body = { decision: 'waive', note: 'bon client' };
    const first = await finance().post(`cases/${caseId}/accessories`, body).set('Idempotency-Key', `acc-${caseId}`).expect(200);
    expect(first.body).toMatchObject({ caseId, dryRun: false, closed: 'settled' });
    const again = await finance().post(`cases/${caseId}/accessories`, body).set('Idempotency-Key', `acc-${caseId}`).expect(200);
    expect(again.body).toEqual(first.body);
    expect(await openTasks(caseId)).toEqual([]);
    expect((await finance().post(`cases/${caseId}/accessories`, { decision: 'pursue' }).expect(409)).body.code).toBe('accessoriesNotAsked');
    const journal = await hall.api.backend.plain((tx) => tx.journal.all({ creditorId: 'A', streamId: `accessories:${caseId}` }));
    expect(journal.map((row) => [row.kind, row.role, row.reason])).toEqual([['accessoriesWaived', 'finance', 'bon client']]);
  });

  it('nothing is asked of a case that is not settled', async () => {
    const refused = await finance()
      .post(`cases/${await fresh()}/accessories`, { decision: 'waive' })
      .expect(409);
    expect(refused.body.code).toBe('accessoriesNotAsked');
  });
});

describe('a ladder that a person lets go on', () => {
  it('after a refused approval: the rung is owed again, and nothing is left to resume', async () => {
    const caseId = await fresh();
    const approvalId = await giveApproval(hall, caseId);
    const { basis } = (await finance().get(`approvals/${approvalId}`).expect(200)).body;
    await finance().post(`approvals/${approvalId}/decision`, { verdict: 'refused', basis, note: 'ton trop sec' }).expect(200);
    expect((await client(hall, hall.keys.integrator).post(`cases/${caseId}/resume`).expect(403)).body.code).toBe('forbidden');
    const before = await caseRow(hall, caseId);
    const tried = await staff().post(`cases/${caseId}/resume?dryRun=true`).expect(200);
    expect(tried.body.dryRun).toBe(true);
    expect(await caseRow(hall, caseId)).toEqual(before);
    const resumed = await staff().post(`cases/${caseId}/resume`, { note: 'lettre revue' }).expect(200);
    expect(resumed.body).toMatchObject({ dryRun: false, version: before.factSeq + 1 });
    expect(decodeState((await caseRow(hall, caseId)).recovery).approval).toBeUndefined();
    expect((await staff().post(`cases/${caseId}/resume`).expect(409)).body.code).toBe('nothingToResume');
  });

  it('after a rejected message: the block is lifted and its task is done', async () => {
    const caseId = await fresh();
    const { deps } = hall.api.backend;
    await hall.api.backend.run('A', async (tx) => {
      const [row] = await tx.lockCases('A', [caseId]);
      if (!row) throw new Error('No case');
      await applyFacts(tx, deps, row, [{ type: 'blockerRaised', blocker: 'messageRejected' }], workflowActor('firmMail'));
      await raiseTask(tx, deps, {
        creditorId: 'A',
        kind: 'messageRejected',
        dedupeKey: `messageRejected:${caseId}`,
        title: 'Refusé',
        caseId,
      });
    });
    expect((await staff().post(`cases/${caseId}/resume`).expect(200)).body.blockers).toEqual([]);
    expect(await openTasks(caseId)).toEqual([]);
  });

  it.each([
    ['messageRejected', 'messageRejected', true],
    ['letterImpossible', 'handedToPerson', true],
    ['findContact', 'contactMissing', false],
  ] as const)('ticking %s lifts what it stood for, and ends the review of the same hold', async (kind, blocker, isOfCase) => {
    const caseId = await fresh();
    const { deps } = hall.api.backend;
    const { debtorId } = await caseRow(hall, caseId);
    const taskId = await hall.api.backend.run('A', async (tx) => {
      const [row] = await tx.lockCases('A', [caseId]);
      if (!row) throw new Error('No case');
      await applyFacts(tx, deps, row, [{ type: 'blockerRaised', blocker }], workflowActor('firmMail'));
      await raiseTask(tx, deps, { creditorId: 'A', kind: 'review', dedupeKey: `review:${caseId}`, title: 'À revoir', caseId });
      const about = isOfCase ? { caseId } : { debtorId };
      const dedupeKey = isOfCase ? `${kind}:${caseId}` : `${kind}:${debtorId}`;
      return raiseTask(tx, deps, { creditorId: 'A', kind, dedupeKey, title: 'Question', ...about });
    });
    expect((await staff().post(`tasks/${taskId}/done`).expect(200)).body.state).toBe('done');
    expect(decodeState((await caseRow(hall, caseId)).recovery).blockers).toEqual([]);
    expect(await openTasks(caseId)).toEqual([]);
    const [why] = await hall.api.backend.plain((tx) =>
      tx.journal.all({ creditorId: 'A', kind: 'taskCancelled' }, { by: 'recordedAt', direction: 'desc' }),
    );
    expect(why).toMatchObject({
      cause: { kind: 'review', closedBy: 'causeGone', because: expect.arrayContaining(['unblocked']), endedBy: caseId },
    });
  });
});

describe('a letter that comes back', () => {
  it('stops its case until name or address is corrected, with the version in hand', async () => {
    const caseId = await fresh();
    const { debtorId } = await caseRow(hall, caseId);
    await returnLetter(caseId);
    expect(decodeState((await caseRow(hall, caseId)).recovery).blockers).toEqual(['contactMissing']);
    const path = `debtors/${debtorId}`;
    const { version } = (await staff().get(path).expect(200)).body;
    const address = { lines: ['8 quai des Ormes'], postcode: '57000', city: 'Metz', country: 'FR' };
    const patch = (body: object, known: number) => staff().patch(path, body).set('If-Match', `"${known}"`);
    await staff().patch(path, { address }).expect(428);
    expect((await patch({ address }, version + 5).expect(409)).body.code).toBe('versionConflict');
    expect((await patch({ address: { ...address, lines: [] } }, version).expect(400)).body.errors[0].pointer).toBe('/address/lines');
    // A language alone finds nobody: the case still waits.
    await patch({ language: 'nl' }, version).expect(200);
    expect(decodeState((await caseRow(hall, caseId)).recovery).blockers).toEqual(['contactMissing']);
    const changed = await patch({ name: 'Débiteur Retrouvé', address, reason: 'annuaire' }, version + 1).expect(200);
    expect(changed.body).toMatchObject({ name: 'Débiteur Retrouvé', address, language: 'nl', territory: 'FR-57', version: version + 2 });
    expect(changed.headers['etag']).toBe(`"${version + 2}"`);
    expect(decodeState((await caseRow(hall, caseId)).recovery).blockers).toEqual([]);
    expect((await openTasks(caseId)).map(({ kind }) => kind)).not.toContain('findContact');
    const rows = await hall.api.backend.plain((tx) => tx.journal.all({ creditorId: 'A', streamId: `debtor:${debtorId}` }, { by: 'seq' }));
    expect(rows.at(-1)).toMatchObject({ kind: 'debtorChanged', reason: 'annuaire', cause: { fields: ['address', 'name'] } });
    expect(JSON.stringify(rows)).not.toContain('Ormes');
  });

  async function returnLetter(caseId: string): Promise<void> {
    const { deps } = hall.api.backend;
    const message = await giveMessage(hall, caseId, { state: 'ACCEPTED' });
    const item = await openPostItem(deps, message, caseId, 'print');
    await hall.api.backend.run('A', async (tx) => {
      const [row] = await tx.lockCases('A', [caseId]);
      if (!row) throw new Error('No case');
      const sent = { type: 'stageDone', stage: 'formalNotice', round: 1, messageId: message.messageId, contact: 'message' } as const;
      await applyFacts(tx, deps, row, [sent], workflowActor('formalNotice'));
    });
    const [task] = await openTasks(caseId);
    expect((await staff().post(`tasks/${task?.taskId}/done`).expect(409)).body.detail).toContain(
      `POST post-tray/${item.postItemId}/report.`,
    );
    await staff().post(`post-tray/${item.postItemId}/report`, { state: 'deposited' }).expect(200);
    await staff().post(`post-tray/${item.postItemId}/report`, { state: 'returnedUnknown' }).expect(200);
  }
});

describe('a message whose basis keeps moving', () => {
  it('is postponed for that, not for a payment that nobody has seen', async () => {
    const caseId = await fresh();
    const withinHours = instant('2026-03-02T09:00:00.000Z');
    await hall.api.backend.plain((tx) => tx.creditors.update({ creditorId: 'A' }, { clockAt: withinHours }));
    const message = await giveMessage(hall, caseId, { stage: 'courtesyMail', act: 'courtesyMail' });
    const outcome = await claimMessage(hall.api.backend.deps, {
      creditorId: 'A',
      messageId: message.messageId,
      caseId,
      giveUpOnMove: true,
    });
    expect(outcome).toMatchObject({ kind: 'verdict', verdict: { verdict: 'POSTPONED', code: 'basisMoved' } });
    const { items } = (await staff().get(`cases/${caseId}/verdicts`).expect(200)).body;
    expect(items[0]).toMatchObject({ code: 'basisMoved', sentence: expect.stringMatching(/^Reporté\s:.*changent encore/) });
  });
});

describe('tasks that end by hand, or by their command', () => {
  it('a late dispute is answered with the dispute; once the case is closed its task may be ticked', async () => {
    const caseId = await fresh();
    const late = () =>
      hall.api.backend.plain((tx) =>
        raiseTask(tx, hall.api.backend.deps, {
          creditorId: 'A',
          kind: 'disputeOverdue',
          dedupeKey: `disputeOverdue:${caseId}`,
          title: 'En retard',
          caseId,
        }),
      );
    await staff().post(`cases/${caseId}/dispute`, { reason: 'quality' }).expect(200);
    const first = await late();
    expect((await staff().post(`tasks/${first}/done`).expect(409)).body.facts.command).toBe('cases/{caseId}/dispute/resolve');
    await staff().post(`cases/${caseId}/dispute/resolve`, { verdict: 'confirmed' }).expect(200);
    expect(await openTasks(caseId)).toEqual([]);
    const second = await late();
    await staff().post(`cases/${caseId}/withdraw`, { reason: 'other' }).expect(200);
    // Its cause is gone with the case: nobody has to tick it.
    expect((await staff().post(`tasks/${second}/done`).expect(409)).body).toMatchObject({
      code: 'taskNotOpen',
      facts: { state: 'cancelled' },
    });
    const third = await late();
    expect((await staff().post(`tasks/${third}/done`).expect(200)).body.state).toBe('done');
  });
});
