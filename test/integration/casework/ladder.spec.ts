import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Town } from '../../support/town.js';
import { faultsIn } from '../../support/town-books.js';

let town: Town;

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
});
afterAll(() => town.close());

describe('one invoice of the sample book, nobody pays', () => {
  it('climbs call, courtesy, formal, firm, notice, last call and referral, each on its day', async () => {
    const creditorId = await town.addCreditor();
    const { caseIds } = await town.addInvoice(creditorId);
    const [caseId = ''] = caseIds;
    const diary = await town.run(creditorId, '2026-05-01', { calls: 'attempted', approve: true, post: true });
    expect(diary).toEqual([
      '2026-03-02 call:courtesyCall → reminding',
      '2026-03-03 mail:courtesyMail → reminding',
      '2026-03-09 mail:formalMail → reminding',
      '2026-03-16 mail:firmMail → reminding',
      '2026-03-25 prepare:formalNotice → reminding',
      '2026-03-30 formalNotice:formalNotice → reminding',
      '2026-04-08 prepare:referral → formalNoticeServed',
      '2026-04-10 call:lastCall → formalNoticeServed',
      '2026-04-13 referral:referral → handedOver',
    ]);
    const done = (await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId }))).map((outcome) => [outcome.stage, outcome.outcome]);
    expect(done).toHaveLength(7);
    expect(done.every(([, outcome]) => outcome === 'done')).toBe(true);
    expect((await town.caseRow(creditorId, caseId)).closedKind).toBe('handedOver');
    expect([(await town.mailsOf(creditorId)).length, town.local.letters().length]).toEqual([4, 1]);
    expect(await faultsIn(town, creditorId)).toEqual([]);
  }, 60_000);
});
