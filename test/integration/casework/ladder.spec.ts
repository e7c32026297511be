import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Town } from '../../support/town.js';

let town: Town;

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
});
afterAll(() => town.close());

describe('one invoice of the sample book, nobody pays', () => {
  it('climbs call, courtesy, formal, firm, notice, last call and referral, each on its day', async () => {
    const creditorId = await town.addCreditor();
    const { caseIds } = await town.addInvoice(creditorId);
    const diary = await town.run(creditorId, '2026-05-01', { calls: 'attempted', approve: true, post: true });
    console.log(diary.join('\n'));
    console.log(
      (await town.verdicts(creditorId, caseIds[0] ?? ''))
        .map((v) => `${v.at} ${v.stage} ${v.verdict} ${v.code} ${v.until ?? ''}`)
        .join('\n'),
    );
    const row = await town.caseRow(creditorId, caseIds[0] ?? '');
    expect(row.closedKind).toBe('handedOver');
    console.log((await town.local.mails()).length);
  }, 200_000);
});
