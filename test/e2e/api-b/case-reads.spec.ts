import { day } from '#domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, giveInvoice, openTownHall, type TownHall } from './town-hall.js';

interface Answer {
  readonly [name: string]: unknown;
}

describe('what the API says of a case, with Temporal away', () => {
  let hall: TownHall;
  let caseId: string;
  let bigCase: string;
  beforeAll(async () => {
    hall = await openTownHall();
    caseId = await giveInvoice(hall, { number: 'A2', minor: 486_000n });
    bigCase = await giveInvoice(hall, { number: 'A01', minor: 1_500_000n, issuedOn: day('2026-03-01'), dueOn: day('2026-03-31') });
    for (let n = 1; n <= 5; n++) await giveInvoice(hall, { number: `L-${n}`, minor: BigInt(n) * 10_000n });
  });
  afterAll(() => hall?.close());

  const asAuditor = () => client(hall, hall.keys.auditor);

  it('lists cases by page, each once, with the next act in French', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await asAuditor()
        .get(`cases?limit=3&sort=openPrincipal&direction=desc${cursor ? `&cursor=${cursor}` : ''}`)
        .expect(200);
      seen.push(...(body.items as { invoiceNumber: string }[]).map((item) => item.invoiceNumber));
      cursor = body.nextCursor as string | undefined;
    } while (cursor);
    expect(seen).toEqual(['A01', 'A2', 'L-5', 'L-4', 'L-3', 'L-2', 'L-1']);
    const { body } = await asAuditor().get('cases?search=4%20860,00').expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      caseId,
      openPrincipal: { amount: '4860.00', currency: 'EUR' },
      state: 'scheduled',
      disputed: false,
    });
    expect(body.items[0].nextAct.sentence).toContain('un appel est confié à une personne');
  });

  it('counts cases by state', async () => {
    const { body } = await asAuditor().get('cases/counts').expect(200);
    expect(body).toMatchObject({ open: 7, closed: 0 });
    expect(body.counts[0]).toMatchObject({ state: 'scheduled', count: 7, currency: 'EUR' });
  });

  it('gives the detail with the source of its policy and an ETag', async () => {
    const { body, headers } = await asAuditor().get(`cases/${caseId}`).expect(200);
    expect(headers['etag']).toBe('"1"');
    expect(body).toMatchObject({
      invoiceNumber: 'A2',
      policy: { policyId: 'standard', version: 1, source: 'creditor', isPinned: false },
      blockers: [],
      promise: null,
      dispute: null,
      hold: null,
    });
    expect((body.plan as unknown[]).length).toBeGreaterThan(4);
    expect(body.latestPromiseOn).toMatch(/^2026-0[34]-\d\d$/);
  });

  it('says what happens next, to the end, by the code that will do it', async () => {
    const { body } = await asAuditor().get(`cases/${caseId}/plan`).expect(200);
    const stages = (body.stages as { stage: string; on: string }[]).map(({ on }) => on);
    expect(stages).toEqual([...stages].sort());
    expect(body.diary.at(-1)).toMatchObject({ kind: 'referral', assumed: 'remise supposée faite' });
    expect(body.diary.some((line: Answer) => line['kind'] === 'formalNotice')).toBe(true);
  });

  it('N14: explains in three languages why the case stands here and what would change it', async () => {
    const { body } = await asAuditor().get(`cases/${caseId}/explain`).expect(200);
    expect(body.codes).toContain('notBegun');
    expect(body.whyHere[0].sentence).toBe('Aucune étape n’a encore eu lieu\u202f; l’échéance est le 26 février 2026.');
    expect(body.whatChanges.map((part: Answer) => part['code'])).toContain('changes.payment');
    const english = await asAuditor().get(`cases/${caseId}/explain?lang=en`).expect(200);
    const dutch = await asAuditor().get(`cases/${caseId}/explain?lang=nl`).expect(200);
    expect(english.body.whatChanges[0].sentence).toContain('payment');
    expect(dutch.body.codes).toEqual(body.codes);
    await asAuditor().get(`cases/${caseId}/explain?lang=de`).expect(400);
  });

  it('A01, FR-4: 15 000 € due on 31 March and stated on 30 April are 149,79 € of interest and 40 €, each with its source', async () => {
    const { body } = await asAuditor().get(`cases/${bigCase}/statement?on=2026-04-30`).expect(200);
    expect(body).toMatchObject({
      principal: { openPrincipal: { amount: '15000.00', currency: 'EUR' } },
      interest: { open: { amount: '149.79' } },
      compensation: { amount: { amount: '40.00' } },
      claimTotal: { amount: '15189.79', currency: 'EUR' },
    });
    const [line] = body.interest.lines;
    expect(line).toMatchObject({ days: 30, ratePercent: '12.15' });
    expect(line.source.article).toContain('L441-10');
    expect(line.explanation).toMatch(/^30\u00a0jours × 12,15\u00a0% sur 15\u202f000,00\u00a0€ = 149,79\u00a0€/);
  });

  it('answers a problem with the principal pour mémoire where no rate is known', async () => {
    const { body, headers } = await asAuditor().get(`cases/${bigCase}/statement?on=2031-01-15`).expect(422);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ code: 'rateUnknown', pourMemoire: { openPrincipal: { amount: '15000.00', currency: 'EUR' } } });
    expect(body.detail).toContain('pour mémoire');
  });

  it('tells the timeline in French sentences', async () => {
    const { body } = await asAuditor().get(`cases/${caseId}/timeline`).expect(200);
    expect(body.items[0]).toMatchObject({
      source: 'journal',
      kind: 'caseOpened',
      sentence: 'Dossier ouvert, échéance le 26 février 2026.',
    });
  });

  it('refuses unknown filters, days that do not exist and foreign cursors, field by field', async () => {
    const unknown = await asAuditor().get('cases?colour=red').expect(400);
    expect(unknown.body).toMatchObject({ code: 'fieldInvalid', status: 400 });
    await asAuditor().get('cases?dueFrom=2026-02-30').expect(400);
    const cursor = await asAuditor().get('cases?cursor=abc').expect(400);
    expect(cursor.body.code).toBe('cursorInvalid');
    await asAuditor().get(`cases/${bigCase}/statement?on=2026-13-01`).expect(400);
    const missing = await asAuditor().get('cases/none').expect(404);
    expect(missing.body).toMatchObject({ code: 'caseNotFound', title: 'Ce dossier n’existe pas.' });
  });
});
