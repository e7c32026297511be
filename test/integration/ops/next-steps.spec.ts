import type { NextStepChange } from '#casework';
import { addDays, addSeconds, day, dayIn } from '#domain';
import { createDataSource } from '#persistence';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { compareNextSteps } from '../../../apps/ops/src/next-steps.js';
import { changeLine, runReplayGate, type ReplayGateOptions } from '../../../apps/ops/src/replay-gate-command.js';
import { Town } from '../../support/town.js';

const CREDITOR = 'gate';
const CASES = 5;

let town: Town;
let url = '';
let dataSource: DataSource;

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
  url = town['url'];
  dataSource = createDataSource(url, { poolSize: 2 });
  await dataSource.initialize();
  await town.addCreditor({ creditorId: CREDITOR });
  for (let index = 0; index < CASES; index++) {
    const dueOn = day(`2026-02-${String(3 + 3 * index).padStart(2, '0')}`);
    await town.addInvoice(CREDITOR, {
      number: `F-${index}`,
      issuedOn: day('2026-01-02'),
      terms: [{ dueOn }],
      grossMinor: 9_900n,
      payableMinor: 9_900n,
      buyer: { name: `Débiteur ${index}`, siren: `00000030${index}`, email: `d${index}@debiteur.example`, phone: `+3319900000${index}` },
    });
  }
  await town.run(CREDITOR, '2026-03-06', { calls: 'attempted' });
}, 120_000);
afterAll(async () => {
  await dataSource?.destroy();
  await town?.close();
});

const { signal } = new AbortController();

async function compared(pageSize = 4): Promise<{ cases: number; changed: number; changes: NextStepChange[] }> {
  const changes: NextStepChange[] = [];
  const { law, policies, clock } = town.deps;
  const outcome = await compareNextSteps({
    ...{ law, policies, clock, dataSource, creditorId: CREDITOR, pageSize },
    onChange: (change) => void changes.push(change),
  });
  if (!outcome) throw new Error('interrupted');
  return { ...outcome, changes };
}

async function gate(options: ReplayGateOptions = {}): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const code = await runReplayGate({ databaseUrl: url }, { histories: false, ...options }, { print, tell: print }, signal);
  return { code, lines };
}

const everybody = () => town.read((tx) => tx.cases.all({ closedKind: null }));
const open = () => town.read((tx) => tx.cases.all({ creditorId: CREDITOR, closedKind: null }, { by: 'caseId' }));

describe('the next step of every open case, planned again', () => {
  it('I26: the code that wrote the rows changes nothing, on every day of the ladder and in whatever pages', async () => {
    for (const until of ['2026-03-06', '2026-03-13', '2026-03-31', '2026-05-29']) {
      await town.run(CREDITOR, until, { calls: 'attempted' });
      const { cases, changes } = await compared();
      expect(changes.map(changeLine)).toEqual([]);
      expect(cases).toBe((await open()).length);
    }
    for (const size of [1, 100]) expect((await compared(size)).changed).toBe(0);
    expect((await open()).length).toBeGreaterThan(3);
  }, 120_000);

  it('I26: a clock that moved on without the workers, and a pause, change nothing either', async () => {
    const [row] = await open();
    await town.moveTo(CREDITOR, addSeconds(row?.wakeAt ?? (await town.clock(CREDITOR)), 3 * 86_400));
    expect((await compared()).changes.map(changeLine)).toEqual([]);
  });

  it('I26: a creditor of the real clock is planned again for the moment at which each row was written', async () => {
    const creditorId = await town.addCreditor({ creditorId: 'real', sandbox: false, clockAt: null });
    const today = dayIn(town.deps.clock.now(), 'Europe/Paris');
    for (const days of [-60, -31, -10, -3, -1, 0, 1, 20]) {
      const dueOn = addDays(today, days);
      await town.addInvoice(creditorId, { number: `R${days}`, issuedOn: addDays(dueOn, -30), terms: [{ dueOn }] });
    }
    const { law, policies, clock } = town.deps;
    const changes: string[] = [];
    const request = { law, policies, dataSource, creditorId, onChange: (change: NextStepChange) => void changes.push(changeLine(change)) };
    for (const later of [0, 3_600, 86_400, 5 * 86_400]) {
      const outcome = await compareNextSteps({ ...request, clock: { now: () => addSeconds(clock.now(), later) } });
      expect([outcome?.cases, changes]).toEqual([8, []]);
    }
  });

  it('N17: says which case would do what else, on which day instead, and ends with 1 until somebody accepts it', async () => {
    const before = await gate();
    expect(before).toEqual({ code: 0, lines: [`0 of ${(await everybody()).length} cases change their next step`] });
    const [one, two] = await open();
    const total = (await everybody()).length;
    // As if the build that runs had planned these two otherwise: one a week earlier, one another rung.
    const moved = addSeconds(one?.wakeAt ?? (await town.clock(CREDITOR)), -7 * 86_400);
    await town.sql('update recovery_case set wake_at = $2 where case_id = $1', [one?.caseId, moved]);
    await town.sql(`update recovery_case set wake_kind = 'mail', wake_stage = 'courtesyMail' where case_id = $1`, [two?.caseId]);
    const { code, lines } = await gate();
    expect([code, lines.length]).toEqual([1, 4]);
    expect(lines.at(-2)).toBe(`2 of ${total} cases change their next step`);
    expect(lines.slice(0, 2).every((line) => line.startsWith(`${CREDITOR} F-`) && line.includes(' → '))).toBe(true);
    expect(lines.join('\n')).toContain(`(${one?.caseId})`);
    expect(lines.find((line) => line.includes(two?.caseId ?? '?'))).toContain('courtesyMail le ');
    expect((await gate({ accept: true })).code).toBe(0);
    expect((await gate({ creditor: CREDITOR })).code).toBe(1);
    await expect(gate({ creditor: 'nobody' })).rejects.toThrow('inconnu');
    // It only looked.
    const after = await open();
    expect([after[0]?.wakeAt, after[1]?.wakeStage]).toEqual([moved, 'courtesyMail']);
    await town.sql('update recovery_case set wake_at = $2 where case_id = $1', [one?.caseId, one?.wakeAt]);
    await town.sql(`update recovery_case set wake_kind = $2, wake_stage = $3 where case_id = $1`, [
      two?.caseId,
      two?.wakeKind,
      two?.wakeStage,
    ]);
    expect((await gate()).code).toBe(0);
  });

  it('N17: another calendar or ladder in the new build shows, also where only the rung behind the next step moves', async () => {
    const { law, policies, clock } = town.deps;
    const slower = {
      ...policies,
      find: async (...args: Parameters<typeof policies.find>) => {
        const policy = await policies.find(...args);
        return { ...policy, limits: { ...policy.limits, window: { from: '14:00', to: '14:30' } } };
      },
    };
    let changes = 0;
    const request = { law, clock, dataSource, creditorId: CREDITOR, onChange: () => void (changes += 1) };
    const outcome = await compareNextSteps({ ...request, policies: slower });
    expect(outcome?.changed).toBe(outcome?.cases);
    expect(changes).toBe(outcome?.cases);
  });

  it('a case that the new build cannot plan at all is named with the reason, and stops no other', async () => {
    const [row] = await open();
    await town.sql(`update recovery_case set policy_version = 999 where case_id = $1`, [row?.caseId]);
    const { changes, cases } = await compared();
    await town.sql(`update recovery_case set policy_version = $2 where case_id = $1`, [row?.caseId, row?.policyVersion]);
    expect([cases, changes.length]).toEqual([(await open()).length, 1]);
    expect(changes.map(changeLine)[0]).toContain('ne peut plus être planifié');
  });

  it('Ctrl-C leaves no conclusion', async () => {
    const stopped = new AbortController();
    const { law, policies, clock } = town.deps;
    const request = { law, policies, clock, dataSource, creditorId: CREDITOR, pageSize: 2, onChange: () => undefined };
    expect(await compareNextSteps({ ...request, signal: stopped.signal, onPage: () => stopped.abort() })).toBeUndefined();
  });
});
