import { checkPolicy, policyHash } from '#policies';
import { cancelMessage, explanationOf, holdMessage, outlookOf, resumeLadder } from '#casework';
import { day, type DunningPolicy, type PolicyStage } from '#domain';
import { describe, expect, it } from 'vitest';
import { PERSON } from '../../support/town.js';
import { townOfStories } from '../../support/town-stories.js';

const town = townOfStories();
let serial = 0;

const CALM_STAFF = { calls: 'attempted', approve: true, post: true } as const;
/** Monday 2 March the case is made and its call is due; nothing runs until Monday 23 March. */
const OUTAGE_ENDS = '2026-03-23T08:00:00.000Z';

/** A case on a ladder of the creditor's own, the standard one with changes to what late rungs do. */
async function caseWith(lateness: Readonly<Record<string, Partial<PolicyStage>>>): Promise<{ creditorId: string; caseId: string }> {
  const creditorId = await town.addCreditor({ creditorId: `late-${++serial}` });
  const standard = town.deps.policies.presets.find(({ id }) => id === 'standard');
  if (!standard) throw new Error('no preset');
  const policy: DunningPolicy = { ...standard, id: 'own', stages: standard.stages.map((stage) => ({ ...stage, ...lateness[stage.id] })) };
  expect(checkPolicy(policy)).toEqual([]);
  const publishedAt = town.deps.clock.now();
  const body = policy as unknown as Record<string, unknown>;
  await town.shared(creditorId, (tx) =>
    tx.policyVersions.insert({
      creditorId,
      policyId: 'own',
      version: 1,
      sha256: policyHash(policy),
      body,
      publishedBy: 'marc',
      publishedAt,
    }),
  );
  const { caseIds } = await town.addInvoice(creditorId, {}, { policy: { id: 'own', version: 1 } });
  return { creditorId, caseId: caseIds[0] ?? '' };
}

/** Days of what reached the debtor, by rung: calls reported and messages that left. */
async function contacts(creditorId: string): Promise<{ on: string; act: string; at: string | null }[]> {
  return town.read(async (tx) => {
    const calls = await tx.calls.all({ creditorId, state: 'reported' });
    const messages = await tx.messages.all({ creditorId, purpose: 'chase', state: ['ACCEPTED', 'CONFIRMED_SENT'] });
    const verdicts = await tx.stageVerdicts.all({ creditorId, verdict: 'SENT' });
    return [
      ...calls.map((call) => ({ on: String(call.openedOn), act: 'call', at: null })),
      ...messages
        .filter(({ channel }) => channel !== 'file')
        .map((m) => ({ on: String(m.slotOn), act: m.act, at: verdicts.find((v) => v.messageId === m.messageId)?.at ?? null })),
    ].sort((a, b) => (a.on < b.on ? -1 : 1));
  });
}

const toDay = (on: string) => Date.parse(on) / 86_400_000;

describe('N2: what late rungs do is said by their policy', () => {
  it('N2 I7 I10: three weeks of standstill end: one rung a day, gap, week and window kept, every rung that was due ends decided', async () => {
    const { creditorId, caseId } = await caseWith({});
    await town.moveTo(creditorId, OUTAGE_ENDS);
    await town.run(creditorId, '2026-07-31', CALM_STAFF);
    const done = await contacts(creditorId);
    expect(done.map(({ act }) => act)).toEqual(['call', 'courtesyMail', 'formalMail', 'firmMail', 'formalNotice', 'call']);
    expect(new Set(done.map(({ on }) => on)).size).toBe(done.length);
    const written = done.filter(({ act }) => act !== 'call').map(({ on }) => toDay(on));
    expect(Math.min(...written.slice(1).map((on, at) => on - (written[at] ?? 0)))).toBeGreaterThanOrEqual(5);
    for (const { on } of done)
      expect(done.filter((other) => toDay(other.on) >= toDay(on) && toDay(other.on) < toDay(on) + 7).length).toBeLessThanOrEqual(2);
    const hours = done.flatMap(({ at }) =>
      at
        ? [Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Paris' }).format(new Date(at)))]
        : [],
    );
    expect(hours).toHaveLength(4);
    for (const hour of hours) expect([hour >= 9, hour < 18]).toEqual([true, true]);
    const outcomes = await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId }));
    expect(outcomes.map(({ stage }) => stage).sort()).toEqual([
      'courtesyCall',
      'courtesyMail',
      'firmMail',
      'formalMail',
      'formalNotice',
      'lastCall',
      'referral',
    ]);
  });

  it('N2: the verdict of a rung that leaves late says since when and by how many business days', async () => {
    const { creditorId, caseId } = await caseWith({});
    await town.run(creditorId, '2026-03-02', CALM_STAFF);
    await town.moveTo(creditorId, OUTAGE_ENDS);
    await town.run(creditorId, '2026-03-23', CALM_STAFF);
    const [verdict] = await town.read((tx) => tx.stageVerdicts.all({ creditorId, caseId, stage: 'courtesyMail', verdict: 'SENT' }));
    expect(verdict?.because['late']).toEqual({ since: '2026-03-03', businessDays: 14 });
  });

  it('N2: `skip` leaves out what is too late, with its verdict, and goes on with the first rung that is not; within its days it still leaves', async () => {
    const skip = { lateness: 'skip' } as const;
    const { creditorId, caseId } = await caseWith({
      courtesyMail: skip,
      formalMail: { ...skip, lateWithinBusinessDays: 3 },
      firmMail: { ...skip, lateWithinBusinessDays: 10 },
    });
    await town.run(creditorId, '2026-03-02', CALM_STAFF);
    await town.moveTo(creditorId, OUTAGE_ENDS);
    const explained = await town.read(async (tx) =>
      explanationOf(await outlookOf(tx, town.deps, await town.caseRow(creditorId, caseId)), 'fr'),
    );
    expect(explained.sentences.join(' ')).toContain('trop tard pour sa politique');
    await town.run(creditorId, '2026-03-23', CALM_STAFF);
    // Due on 3, 6 and 13 March: 14, 11 and 6 business days late.
    expect((await town.verdictLines(creditorId, caseId)).slice(2)).toEqual([
      'courtesyMail NOT_SENT tooLate',
      'formalMail NOT_SENT tooLate',
      'firmMail SENT allChecksPassed',
    ]);
    const outcomes = await town.read((tx) => tx.stageOutcomes.all({ creditorId, caseId, outcome: 'skipped' }));
    expect(outcomes.map(({ stage, reason }) => `${stage} ${reason}`).sort()).toEqual(['courtesyMail tooLate', 'formalMail tooLate']);
  });

  it('N2: `ask` gives a late rung to a person, once; resumed it leaves, and the ladder waits for him meanwhile', async () => {
    const { creditorId, caseId } = await caseWith({ courtesyCall: { lateness: 'ask' }, courtesyMail: { lateness: 'ask' } });
    await town.moveTo(creditorId, OUTAGE_ENDS);
    await town.run(creditorId, '2026-03-27', CALM_STAFF);
    expect(await town.verdictLines(creditorId, caseId)).toEqual(['courtesyCall NOT_SENT tooLateAsked']);
    expect((await town.tasks(creditorId, 'lateStage')).map(({ title }) => title)).toEqual([
      'Appel de courtoisie pour Transports Vérendelle\u202f: prévu le 2 mars 2026, en retard. Reprendre les relances pour que l’appel soit fait.',
    ]);
    await town.shared(creditorId, (tx) => resumeLadder(tx, town.deps, creditorId, caseId, PERSON));
    await town.run(creditorId, '2026-03-27', CALM_STAFF);
    expect((await town.verdictLines(creditorId, caseId)).slice(1)).toEqual([
      'courtesyCall DONE callTaskOpened',
      'courtesyCall DONE call.attempted',
      'courtesyMail SENT allChecksPassed',
    ]);
    expect(await town.tasks(creditorId, 'lateStage')).toEqual([]);
  });

  it('N2: asked about a late mail, a person may strike it out: the ladder goes on without him saying so twice', async () => {
    const { creditorId, caseId } = await caseWith({ courtesyMail: { lateness: 'ask' } });
    await town.run(creditorId, '2026-03-02', CALM_STAFF);
    await town.moveTo(creditorId, OUTAGE_ENDS);
    await town.run(creditorId, '2026-03-23', CALM_STAFF);
    expect((await town.caseRow(creditorId, caseId)).wakeKind).toBe('review');
    const key = { creditorId, caseId, stage: 'courtesyMail', round: 1 };
    await town.shared(creditorId, (tx) => cancelMessage(tx, town.deps, key, { reason: 'other', mayDecideFormal: false }, PERSON));
    expect(await town.tasks(creditorId, 'lateStage')).toEqual([]);
    await town.run(creditorId, '2026-03-24', CALM_STAFF);
    expect((await town.verdictLines(creditorId, caseId)).slice(2)).toEqual([
      'courtesyMail NOT_SENT tooLateAsked',
      'courtesyMail SKIPPED cancelled',
      'formalMail SENT allChecksPassed',
    ]);
  });

  it('N2: what a pause or a person kept back is not late when it resumes', async () => {
    const { creditorId, caseId } = await caseWith({ courtesyMail: { lateness: 'skip' }, formalMail: { lateness: 'skip' } });
    await town.run(creditorId, '2026-03-02', CALM_STAFF);
    const key = { creditorId, caseId, stage: 'courtesyMail', round: 1 };
    await town.shared(creditorId, (tx) => holdMessage(tx, town.deps, key, { until: day('2026-03-20'), reason: 'other' }, PERSON));
    await town.run(creditorId, '2026-03-23', CALM_STAFF);
    expect((await town.verdictLines(creditorId, caseId)).at(-1)).toBe('courtesyMail SENT allChecksPassed');
  });
});
