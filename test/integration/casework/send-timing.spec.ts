import { currentSnapshot, updateCreditor } from '#casework';
import { type Instant } from '#domain';
import { describe, expect, it } from 'vitest';
import { FINANCE } from '../../support/town.js';
import { actInput, formalMailDue, formalMailsOf, townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;
let creditorId = '';

/** Up to the formal mail of Vérendelle's invoice, Monday 9 March; the courtesy mail has left. */
async function atFormalMail(): Promise<string> {
  const story = await formalMailDue(town, `timing-${++serial}`);
  creditorId = story.creditorId;
  return story.caseId;
}

const formalMails = () => formalMailsOf(town, creditorId);

const mails = async () => (await town.mailsOf(creditorId)).length;

const lastVerdict = async (caseId: string) => (await town.verdictLines(creditorId, caseId)).at(-1);

const input = (caseId: string) => actInput(town, { creditorId, caseId });

describe('when and how often', () => {
  it('brake on: postponed with its code; off again: leaves', async () => {
    const caseId = await atFormalMail();
    const brake = (brakeOn: boolean) =>
      town.shared(creditorId, async (tx) =>
        updateCreditor(tx, town.deps, creditorId, { brakeOn }, (await tx.creditors.one({ creditorId }))?.version ?? 0, FINANCE),
      );
    await brake(true);
    await town.act(creditorId, caseId);
    expect(await lastVerdict(caseId)).toBe('formalMail POSTPONED brakeOn');
    await brake(false);
    await town.run(creditorId, '2026-03-09');
    expect(await lastVerdict(caseId)).toBe('formalMail SENT allChecksPassed');
  });

  it('outside the window and on a Sunday or holiday: postponed to the next opening', async () => {
    const caseId = await atFormalMail();
    for (const [moment, opens] of [
      ['2026-03-09T17:30:00.000Z', '2026-03-10'],
      ['2026-03-29T09:00:00.000Z', '2026-03-30'],
      ['2026-04-06T09:00:00.000Z', '2026-04-07'],
    ] as const) {
      const { wake } = await currentSnapshot(town.deps, creditorId, caseId);
      await town.moveTo(creditorId, moment);
      await town.sql('update recovery_case set wake_at = $1 where case_id = $2', [moment, caseId]);
      await town.acts.sendMail({ ...(await input(caseId)), wake: { ...wake, at: moment as Instant } });
      const [verdict] = (await town.verdicts(creditorId, caseId)).slice(-1);
      expect([moment, verdict?.code, verdict?.until?.slice(0, 10)]).toEqual([moment, 'outsideWindow', opens]);
    }
  });

  it('I10: after months of standstill the rungs keep their gap, one at a time', async () => {
    creditorId = await town.addCreditor({ creditorId: `timing-${++serial}` });
    const { caseIds } = await town.addInvoice(creditorId);
    await town.moveTo(creditorId, '2026-05-04T08:00:00.000Z');
    await town.run(creditorId, '2026-07-31', { calls: 'attempted', approve: true, post: true });
    const sent = await town.read((tx) =>
      tx.messages.all({ creditorId, purpose: 'chase', channel: ['email', 'registeredPost'] }, { by: 'slotOn' }),
    );
    const days = sent.map((m) => Date.parse(m.slotOn) / 86_400_000);
    const gaps = days.slice(1).map((on, i) => on - (days[i] ?? 0));
    expect(sent.map((m) => m.act)).toEqual(['courtesyMail', 'formalMail', 'firmMail', 'formalNotice']);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5);
    expect((await town.caseRow(creditorId, caseIds[0] ?? '')).closedKind).toBe('handedOver');
  });

  it('the weekly cap counts over all cases of a debtor', async () => {
    creditorId = await town.addCreditor({ creditorId: `timing-${++serial}` });
    const climbed = ['courtesyCall', 'courtesyMail', 'formalMail'];
    for (const count of [1, 2, 3]) await town.addInvoice(creditorId, { number: `C-${count}` }, { earlierStages: climbed.slice(0, count) });
    await town.run(creditorId, '2026-03-27', { calls: 'attempted' });
    const sent = (await town.read((tx) => tx.messages.all({ creditorId, purpose: 'chase', state: 'ACCEPTED' }, { by: 'slotOn' }))).map(
      (m) => Date.parse(m.slotOn) / 86_400_000,
    );
    const worst = Math.max(...sent.map((on) => sent.filter((other) => other >= on && other < on + 7).length));
    expect(worst).toBeLessThanOrEqual(2);
    expect(sent.length).toBeGreaterThan(3);
    const lines = await town.read((tx) => tx.stageVerdicts.all({ creditorId, code: 'contactCap' }));
    expect(lines.length).toBeGreaterThan(0);
  });
});

describe('contacts', () => {
  it('N20: a bounce makes the address unusable and asks for another; mail rungs are skipped, the notice goes by registered post', async () => {
    const caseId = await atFormalMail();
    await town.act(creditorId, caseId);
    await town.news(creditorId, (await formalMails())[0]?.messageId ?? '', 'bounce');
    expect(await town.tasks(creditorId, 'findContact')).toHaveLength(1);
    await town.run(creditorId, '2026-04-10', { calls: 'attempted', approve: true, post: true });
    expect(await town.verdictLines(creditorId, caseId)).toContain('firmMail NOT_SENT contactMissing');
    const [notice] = await town.read((tx) => tx.messages.all({ creditorId, act: 'formalNotice' }));
    expect([notice?.channel, notice?.state]).toEqual(['registeredPost', 'ACCEPTED']);
    expect(await town.read((tx) => tx.postItems.count({ creditorId }))).toBe(1);
    expect(await mails()).toBe(2);
  });

  it('neither mail nor phone: the call is skipped, the notice still goes by post', async () => {
    creditorId = await town.addCreditor({ creditorId: `timing-${++serial}` });
    const { caseIds } = await town.addInvoice(creditorId, { buyer: { email: undefined, phone: undefined } as never });
    await town.run(creditorId, '2026-04-10', { approve: true, post: true });
    const lines = await town.verdictLines(creditorId, caseIds[0] ?? '');
    expect(lines).toContain('courtesyCall SKIPPED noUsablePhone');
    expect(lines).toContain('formalNotice SENT allChecksPassed');
    expect(await town.tasks(creditorId, 'findContact')).toHaveLength(1);
  });
});
