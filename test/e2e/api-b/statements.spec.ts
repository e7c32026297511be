import { day } from '#domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim } from '../../../apps/ops/src/claim-command.js';
import { client, giveInvoice, openTownHall, type TownHall } from './town-hall.js';

interface Part {
  readonly title: string;
  readonly sentences: readonly string[];
}

describe('the statement of a case in words', () => {
  let hall: TownHall;
  let caseId: string;
  beforeAll(async () => {
    hall = await openTownHall();
    caseId = await giveInvoice(hall, { number: 'FR-5', minor: 1_200_000n, issuedOn: day('2026-04-15'), dueOn: day('2026-05-15') });
  });
  afterAll(() => hall?.close());

  const asAuditor = () => client(hall, hall.keys.auditor);
  const sentences = (parts: readonly Part[]) => parts.flatMap((part) => part.sentences).join('\n');

  it('FR-5: each line is a sentence in the language asked for, by ?language= first, then Accept-Language, else French', async () => {
    const path = `cases/${caseId}/statement?on=2026-07-20`;
    const french = await asAuditor().get(path).expect(200);
    expect(french.headers['content-language']).toBe('fr');
    expect(french.headers['vary']).toContain('Accept-Language');
    expect(sentences(french.body.parts)).toContain(
      '46\u00a0jours × 12,15\u00a0% sur 12\u202f000,00\u00a0€ = 183,75\u00a0€ (C. com. L441-10 II\u202f; BCE 2,15\u00a0% au 1er janvier 2026 + 10)',
    );
    expect(french.body).toMatchObject({
      language: 'fr',
      regime: 'FR.business',
      claimTotal: { amount: '12305.28' },
      lawReason: { sentence: expect.stringContaining('Le droit français s’applique\u202f: ') },
    });
    const english = await asAuditor().get(path).set('Accept-Language', 'en-GB,fr;q=0.5').expect(200);
    expect(english.headers['content-language']).toBe('en');
    expect(sentences(english.body.parts)).toContain('Total due on 20 July 2026: €12,305.28');
    const dutch = await asAuditor().get(`${path}&language=nl`).set('Accept-Language', 'en').expect(200);
    expect(dutch.headers['content-language']).toBe('nl');
    expect(dutch.body.interest.lines[0].explanation).toContain('46\u00a0dagen × 12,15\u00a0% op €\u00a012.000,00 = €\u00a0183,75');
    expect(dutch.body.lawReason.sentence).toContain('Het Franse recht is van toepassing: ');
    const other = await asAuditor().get(path).set('Accept-Language', 'de').expect(200);
    expect(other.body.language).toBe('fr');
    await asAuditor().get(`${path}&language=de`).expect(400);
  });

  it('is the statement that the command line prints from the same facts', async () => {
    const { body } = await asAuditor().get(`cases/${caseId}/statement?on=2026-07-20&language=en`).expect(200);
    const { caseId: _case, lawReason: _law, ...statement } = body;
    const facts = { law: 'FR', debtor: 'business', amount: '12000', issued: '2026-04-15', due: '2026-05-15', on: '2026-07-20' };
    expect(JSON.parse(claim({ ...facts, language: 'en', json: true }).lines.join('\n'))).toEqual(statement);
  });

  it('answers for any day, before the due date too, and refuses a day without a rate with code, article and what to supply', async () => {
    const early = await asAuditor().get(`cases/${caseId}/statement?on=2026-05-15`).expect(200);
    expect(early.body).toMatchObject({ interest: { lines: [] }, claimTotal: { amount: '12000.00' } });
    const { body, headers } = await asAuditor().get(`cases/${caseId}/statement?on=2031-01-15`).expect(422);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({
      type: '/problems/rate-unknown',
      code: 'rateUnknown',
      status: 422,
      article: expect.stringMatching(/\S/),
      supply: expect.stringMatching(/\S/),
      pourMemoire: { openPrincipal: { amount: '12000.00' } },
    });
    expect(body.claimTotal).toBeUndefined();
    await asAuditor().get(`cases/${caseId}/statement?on=9999-12-31`).expect(400);
  });

  it('explain gives the page of any day beside the reasons, and tells a refusal instead of a sum', async () => {
    const { body } = await asAuditor().get(`cases/${caseId}/explain?on=2026-07-20&language=nl`).expect(200);
    expect(body.language).toBe('nl');
    expect(body.claim.refusal).toBeNull();
    expect(body.claim.page.heading).toBe('Afrekening op 20 juli 2026 (Frans recht, professionele schuldenaar)');
    expect(sentences(body.claim.page.parts)).toContain('€\u00a012.305,28');
    expect(body.law.sentence).toContain('Rome I-verordening');
    const later = await asAuditor().get(`cases/${caseId}/explain?on=2031-01-15&lang=en`).expect(200);
    expect(later.body.claim).toMatchObject({ on: '2031-01-15', page: null, refusal: { code: 'rateUnknown', supply: expect.any(String) } });
  });

  it('the case and its invoice say why their law governs, in three languages', async () => {
    const detail = await asAuditor().get(`cases/${caseId}`).expect(200);
    const { lawSentences, invoiceId } = detail.body.invoice;
    expect(Object.keys(lawSentences).sort()).toEqual(['en', 'fr', 'nl']);
    expect(lawSentences.fr).toMatch(/^Le droit français s’applique\u202f: .*\(règlement Rome I, art\. 4\)\.$/);
    const invoice = await asAuditor().get(`invoices/${invoiceId}`).expect(200);
    expect(invoice.body.lawSentences).toEqual(lawSentences);
  });
});
