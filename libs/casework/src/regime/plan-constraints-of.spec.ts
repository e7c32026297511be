import {
  addDays,
  asksForCosts,
  type DebtorKind,
  type DunningPolicy,
  day,
  daysBetween,
  FIRST_REMINDER_STAGE,
  type GoverningLaw,
  instant,
  isBusinessDay,
  openState,
  simulate,
  timeIn,
} from '#domain';
import { presetOfRegime } from '#policies';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLawBook } from '../law-book.js';
import { openPolicyBook } from '../policy-book.js';
import { claimFromOf, planConstraintsOf } from './plan-constraints-of.js';

const book = openLawBook();
const { presets } = openPolicyBook();
const ZONE = 'Europe/Paris';

function followed(law: GoverningLaw, kind: DebtorKind, policy: DunningPolicy, due: number, territory: string, limitationOn: string | null) {
  const today = day('2026-01-05');
  const dueOn = addDays(today, due);
  const state = openState({
    caseId: 'c',
    creditorId: 'k',
    debtorId: 'd',
    currency: 'EUR',
    dueOn,
    openedOn: today,
    openPrincipalMinor: 100_000n,
    toleranceMinor: 100n,
    thresholdMinor: 2_000n,
    policy: { id: policy.id, version: policy.version },
  });
  const constraints = planConstraintsOf(book, policy, { law, kind, limitationOn: limitationOn ? day(limitationOn) : null, today });
  const calendar = book.calendar(territory);
  const input = { state, policy, calendar, zone: ZONE, jitterSeconds: 900, now: instant('2026-01-05T07:00:00.000Z'), today, constraints };
  return { acts: simulate(input, 300), constraints, calendar };
}

describe('what the statutes add to any ladder', () => {
  it('A25: the first day to claim is the statutes’ own, by mail and by post', () => {
    expect(claimFromOf(book, day('2023-09-18'), 'post')).toBe('2023-10-05');
    expect(claimFromOf(book, day('2023-09-18'), 'electronic')).toBe('2023-10-03');
    expect(claimFromOf(book, day('2026-11-10'), 'post')).toBe('2026-11-30');
    expect(claimFromOf(book, day('2026-12-23'), 'post')).toBe('2027-01-12');
    expect(claimFromOf(book, day('2026-12-23'), 'electronic')).toBe('2027-01-07');
  });

  it('a business keeps its own days: nothing is added but the nearness of limitation', () => {
    const standard = presetOfRegime(presets, { law: 'FR', kind: 'business' });
    if (!standard) throw new Error('no preset');
    const regime = { law: 'FR', kind: 'business', limitationOn: day('2031-03-02'), today: day('2026-03-02') } as const;
    expect(planConstraintsOf(book, standard, regime)).toEqual({ courtRouteFrom: '2030-12-03' });
    expect(planConstraintsOf(book, standard, { ...regime, limitationOn: null })).toEqual({});
  });

  it('whatever ladder is climbed under whatever regime, from whatever due day: free days, calling hours, the week and the notice are kept', () => {
    const regimes = (['FR', 'BE'] as const).flatMap((law) =>
      (['consumer', 'publicBody', 'coOwners'] as const).map((kind) => ({ law, kind: kind as DebtorKind })),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...regimes),
        fc.constantFrom(...presets),
        fc.integer({ min: -40, max: 120 }),
        fc.constantFrom('FR', 'FR-67', 'BE'),
        ({ law, kind }, policy, due, territory) => {
          const { acts, constraints, calendar } = followed(law, kind, policy, due, territory, null);
          const reminder = acts.find((act) => act.stage === FIRST_REMINDER_STAGE && act.kind === 'mail');
          const served = acts.find((act) => act.kind === 'served');
          const contacts = acts.filter((act) => act.kind === 'call' || act.kind === 'mail' || act.kind === 'formalNotice');
          for (const act of acts) {
            const stage = policy.stages.find(({ id }) => id === act.stage);
            if (stage && act.kind !== 'served' && act.kind !== 'prepare') expect(isBusinessDay(act.on, calendar)).toBe(true);
            const isCostly = stage !== undefined && asksForCosts(stage) && ['mail', 'formalNotice', 'referral'].includes(act.kind);
            if (constraints.claimFrom && reminder && isCostly) expect(act.on >= claimFromOf(book, reminder.on, 'electronic')).toBe(true);
            if (act.kind === 'call' && constraints.callWindows) {
              const time = timeIn(act.at, ZONE);
              expect(constraints.callWindows.some(({ from, to }) => time >= from && time < to)).toBe(true);
            }
            if (act.kind === 'referral' && served) expect(daysBetween(served.on, act.on)).toBeGreaterThan(policy.notice.deadlineDays);
            if (act.kind === 'referral' && served && kind !== 'publicBody') expect(daysBetween(served.on, act.on)).toBeGreaterThan(15);
          }
          contacts.forEach((act, index) => {
            const week = contacts.slice(0, index + 1).filter((other) => daysBetween(other.on, act.on) < 7);
            if (kind !== 'publicBody') expect(week.length).toBeLessThanOrEqual(2);
          });
        },
      ),
      { numRuns: 120 },
    );
  });

  it('A38: ninety days before limitation nothing but the hand-over is left', () => {
    const policy = presetOfRegime(presets, { law: 'FR', kind: 'consumer' });
    if (!policy) throw new Error('no preset');
    const { acts } = followed('FR', 'consumer', policy, -20, 'FR', '2026-03-01');
    expect(acts.map((act) => [act.kind, act.stage])).toEqual([
      ['prepare', 'referral'],
      ['referral', 'referral'],
    ]);
  });
});
