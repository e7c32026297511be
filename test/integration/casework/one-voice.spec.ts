import { describe, expect, it } from 'vitest';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
const HABITS = { calls: 'attempted', approve: true, post: true } as const;

/** Mails and letters of a debtor by day. */
async function byDay(creditorId: string): Promise<Map<string, string[]>> {
  const sent = await town.read((tx) =>
    tx.messages.all({ creditorId, purpose: 'chase', state: ['ACCEPTED', 'CONFIRMED_SENT'] }, { by: 'slotOn' }),
  );
  const days = new Map<string, string[]>();
  for (const { slotOn, act } of sent.filter(({ channel }) => channel !== 'file')) days.set(slotOn, [...(days.get(slotOn) ?? []), act]);
  return days;
}

describe('N13: one voice for each debtor', () => {
  it('N13: four invoices due on one day, each on another rung: one mail a day, two contacts a week, and none of them forgotten', async () => {
    const creditorId = await town.addCreditor({ creditorId: 'voice-1' });
    const climbed = ['courtesyCall', 'courtesyMail', 'formalMail'];
    const cases: string[] = [];
    for (const count of [0, 1, 2, 3]) {
      const { caseIds } = await town.addInvoice(creditorId, { number: `VX-${count}` }, { earlierStages: climbed.slice(0, count) });
      cases.push(...caseIds);
    }
    await town.run(creditorId, '2026-12-31', HABITS);
    const days = await byDay(creditorId);
    for (const [on, acts] of days) expect([on, acts]).toEqual([on, [expect.any(String)]]);
    for (const caseId of cases) {
      const { closedKind } = await town.caseRow(creditorId, caseId);
      const outcomes = await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId, outcome: 'done' }));
      expect([caseId, closedKind, outcomes.some(({ stage }) => stage === 'formalNotice')]).toEqual([caseId, 'handedOver', true]);
    }
    const mails = await town.mailsOf(creditorId);
    const said = mails.map((mail) => town.local.rawMail(mail.id).toString('utf8')).join('\n');
    for (const count of [0, 1, 2, 3]) expect(said).toContain(`VX-${count}`);
  }, 60_000);

  it('N13: two letters of two rungs due at the same instant leave on two days, the second says why', async () => {
    const creditorId = await town.addCreditor({ creditorId: 'voice-2' });
    const first = await town.addInvoice(creditorId, { number: 'VY-1' }, { earlierStages: ['courtesyCall', 'courtesyMail'] });
    const second = await town.addInvoice(creditorId, { number: 'VY-2' }, { earlierStages: ['courtesyCall', 'courtesyMail', 'formalMail'] });
    const [a = '', b = ''] = [...first.caseIds, ...second.caseIds];
    await town.moveTo(creditorId, '2026-03-18T09:30:00.000Z');
    await Promise.all([town.act(creditorId, a), town.act(creditorId, b)]);
    const lines = [...(await town.verdictLines(creditorId, a)), ...(await town.verdictLines(creditorId, b))];
    expect(lines.map((line) => line.split(' ').slice(1).join(' ')).sort()).toEqual(['POSTPONED oneVoice', 'SENT allChecksPassed']);
    await town.run(creditorId, '2026-03-19');
    expect([...(await byDay(creditorId)).entries()].map(([on, acts]) => [on, acts.length])).toEqual([
      ['2026-03-18', 1],
      ['2026-03-19', 1],
    ]);
  });
});
