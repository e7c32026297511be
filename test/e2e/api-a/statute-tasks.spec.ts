import { type Instant, instant } from '#domain';
import type { TaskRow } from '#ports';
import { loadStatutes, type Statutes } from '#statutes';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Backend } from '../../../apps/api/src/backend.js';
import { Janitor } from '../../../apps/api/src/outbox/janitor.js';
import { CREDITOR, type RunningApi, startApi } from './start-api.js';

let run: RunningApi;
beforeAll(async () => {
  run = await startApi(inject('pgBase'));
  const operator = await run.key('operator', '*');
  await run.post('/api/v1/creditors', operator, { ...CREDITOR, sandbox: false }).expect(201);
  await run.post('/api/v1/creditors', operator, { ...CREDITOR, creditorId: 'bac', sandbox: true }).expect(201);
});
afterAll(() => run?.stop());
beforeEach(() => run.api.backend.plain((tx) => tx.tasks.delete({ creditorId: 'atelier' })));

const shipped = loadStatutes();
const ENDS_IN_2026 = 'fr.latePayment.defaultSpread';
const CHECKED_IN_2026 = 'fr.latePayment.fixedCompensation';

/** Only what the test speaks of: later lines in the shipped files change nothing here. */
function known(...keys: string[]): Statutes {
  return { ...shipped, territories: new Map(), parameters: new Map([...shipped.parameters].filter(([key]) => keys.includes(key))) };
}

/** The installation on another day, knowing other law. */
function backendOn(day: string, statutes: Statutes): Backend {
  const { deps } = run.api.backend;
  const now: Instant = instant(`${day}T08:00:00Z`);
  return Object.create(run.api.backend, {
    deps: { value: { ...deps, clock: { now: () => now }, law: { ...deps.law, statutes } } },
  }) as Backend;
}

const tasks = (creditorId: string): Promise<TaskRow[]> =>
  run.api.backend.plain((tx) => tx.tasks.all({ creditorId, kind: 'checkStatutes' }, { by: 'createdAt' }));

describe('the calendar check of legal values', () => {
  it('opens one finance task per kind of finding thirty days before the end, and none earlier or in the sandbox', async () => {
    const law = known(ENDS_IN_2026, CHECKED_IN_2026);
    await new Janitor(backendOn('2026-11-30', law)).once();
    expect(await tasks('atelier')).toEqual([]);
    await new Janitor(backendOn('2026-12-01', law)).once();
    const [task, ...others] = await tasks('atelier');
    expect(others).toEqual([]);
    expect(task).toMatchObject({ state: 'open', role: 'finance', dueOn: '2026-12-31' });
    expect(task?.title).toBe('Une valeur légale s’arrête le 31 décembre 2026\u202f: lire la suivante à sa source');
    expect(task?.detail).toMatchObject({ finding: 'seriesEnds', findings: [{ key: ENDS_IN_2026, on: '2026-12-31' }] });
    expect(await tasks('bac')).toEqual([]);
  });

  it('is not raised again the next day, nor after it was ticked, until something else is found', async () => {
    const law = known(ENDS_IN_2026);
    await new Janitor(backendOn('2026-12-01', law)).once();
    await new Janitor(backendOn('2026-12-02', law)).once();
    expect(await tasks('atelier')).toHaveLength(1);
    await run.api.backend.plain((tx) => tx.tasks.update({ creditorId: 'atelier' }, { state: 'done', closedBy: 'Paule' }));
    await new Janitor(backendOn('2026-12-03', law)).once();
    expect((await tasks('atelier')).map(({ state }) => state)).toEqual(['done']);
    await new Janitor(backendOn('2027-01-01', law)).once();
    expect((await tasks('atelier')).map(({ state, title }) => `${state} ${title.slice(0, 40)}`)).toEqual([
      'done Une valeur légale s’arrête le 31 décembr',
      'open Une valeur légale n’a pas de suite connu',
    ]);
  });

  it('takes an open task back once the missing line is there', async () => {
    await new Janitor(backendOn('2026-12-01', known(ENDS_IN_2026, CHECKED_IN_2026))).once();
    await new Janitor(backendOn('2026-12-02', known(CHECKED_IN_2026))).once();
    expect((await tasks('atelier')).map(({ state, closedBy }) => [state, closedBy])).toEqual([['cancelled', 'system']]);
  });

  it('asks to read a value again a year after its last check', async () => {
    const law = known(CHECKED_IN_2026);
    await new Janitor(backendOn('2027-11-22', law)).once();
    expect(await tasks('atelier')).toEqual([]);
    await new Janitor(backendOn('2027-11-23', law)).once();
    expect((await tasks('atelier')).map(({ title }) => title)).toEqual(['Une valeur légale n’a pas été revérifiée depuis un an']);
  });

  it('looks once a day only', async () => {
    const backend = backendOn('2026-12-01', known(ENDS_IN_2026));
    const janitor = new Janitor(backend);
    await janitor.once();
    await run.api.backend.plain((tx) => tx.tasks.delete({ creditorId: 'atelier' }));
    await janitor.once();
    expect(await tasks('atelier')).toEqual([]);
  });

  it('is one word on the health page, which stays ready', async () => {
    const { body } = await run.raw().get('/health/ready').expect(200);
    expect(body).toMatchObject({ status: 'ok', statutes: expect.stringMatching(/^(ok|toCheck|endsSoon|ended)$/) });
  });
});
