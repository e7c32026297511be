import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessCalendar } from '../calendar/business-calendar.js';
import { isBusinessDay } from '../calendar/business-calendar.js';
import { addDays, type Day, day, daysBetween, timeIn } from '../calendar/day.js';
import { asksForCosts, type DunningPolicy, type PolicyStage } from '../policy/dunning-policy.js';
import type { PlanConstraints } from './plan-constraints.js';
import { drawPlan } from './draw-plan.js';
import { explainCase } from './explain-case.js';
import { nextWake } from './next-wake.js';
import type { RecoveryState } from './recovery-state.js';
import { simulate } from './simulate.js';
import { aState, called, days, GENT, happen, LADDER, LYON, mailed } from './test-ladder.js';

const ZONE = 'Europe/Brussels';
/** Fourteen days after the day a mail left, as the statutes count them. */
const claimFrom = (reminderOn: Day): Day => addDays(reminderOn, 15);
const HOURS = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '19:00' },
];

function rung(id: string, type: PolicyStage['act']['type'], offsetDays: number, more: Partial<PolicyStage> = {}): PolicyStage {
  return {
    id,
    title: { fr: id },
    act: { type, ...(type === 'mail' ? { template: id, tone: 'courteous' as const } : {}) },
    opens: { anchor: 'dueOn', offsetDays },
    needsApproval: false,
    prepareBusinessDays: 0,
    lateness: 'run',
    channels: ['email', 'post'],
    ...more,
  };
}

const CONSUMER: DunningPolicy = {
  ...LADDER,
  id: 'consumer-be',
  appliesTo: { laws: ['BE'], debtorKinds: ['consumer'] },
  notice: { deadlineDays: 15 },
  stages: [
    rung('courtesyCall', 'call', 3),
    rung('firstReminder', 'mail', 8),
    rung('indemnityMail', 'mail', 9, { claims: 'accessories' }),
    rung('formalNotice', 'formalNotice', 30, { needsApproval: true }),
    rung('referral', 'referral', 31, { needsApproval: true }),
  ],
};

function plan(state: RecoveryState, on: string, constraints: PlanConstraints, policy = CONSUMER, calendar: BusinessCalendar = GENT) {
  const today = day(on);
  const input = { state, policy, calendar, zone: ZONE, jitterSeconds: 0, now: `${on}T07:00:00.000Z` as never, today, constraints };
  const drawn = drawPlan(input);
  return { input, drawn, wake: state.closed ? undefined : nextWake({ ...input, plan: drawn }) };
}

const consumer = () => aState({ dueOn: day('2026-03-02'), openedOn: day('2026-03-02') });

describe('what the law adds to a policy that asks too early', () => {
  const constraints = { claimFrom, noticeDays: 15, callWindows: HOURS };

  it('BE-3: costs wait for the end of the free days, the hand-over for the end of the notice', () => {
    const { drawn } = plan(consumer(), '2026-03-02', constraints);
    expect(days(drawn)).toEqual([
      ['courtesyCall', '2026-03-05'],
      ['firstReminder', '2026-03-10'],
      ['indemnityMail', '2026-03-25'],
      ['formalNotice', '2026-04-01'],
      ['referral', '2026-04-20'],
    ]);
    expect(drawn.at(-1)?.waitsFor).toBe('noticeServed');
  });

  it('a reminder that has left counts by its own day; one still in the tray holds back everything that costs', () => {
    const firstReminder = { sentOn: day('2026-03-12'), by: 'post' as const, claimFrom: day('2026-03-31'), isComplete: true };
    const sent = happen(consumer(), '2026-03-10', ...called('courtesyCall', '2026-03-05'), mailed('firstReminder'));
    const waiting = plan(sent, '2026-03-25', constraints);
    expect(waiting.drawn[0]).toMatchObject({ stage: 'indemnityMail', waitsFor: 'firstReminderPosted' });
    expect(waiting.wake?.kind).toBe('review');
    expect(explainCase(sent, waiting.drawn, waiting.wake, CONSUMER).codes).toContain('waitsForPosting');
    const posted = happen(sent, '2026-03-12', {
      type: 'deliveryReported',
      messageId: 'firstReminder-1',
      kind: 'posted',
      channel: 'post',
      firstReminder,
    });
    expect(plan(posted, '2026-03-25', constraints).drawn[0]).toMatchObject({ stage: 'indemnityMail', on: '2026-03-31' });
  });

  it('A6: a mail that came back is owed again by post the next working day, at once, and its days begin anew', () => {
    const firstReminder = {
      sentOn: day('2026-03-10'),
      by: 'electronic' as const,
      claimFrom: claimFrom(day('2026-03-10')),
      isComplete: true,
    };
    const mailedOnce = happen(consumer(), '2026-03-10', ...called('courtesyCall', '2026-03-05'), {
      type: 'stageDone',
      stage: 'firstReminder',
      round: 1,
      messageId: 'm1',
      contact: 'message',
      firstReminder,
    });
    expect(mailedOnce.firstReminder).toEqual({ ...firstReminder, messageId: 'm1' });
    const bounced = happen(mailedOnce, '2026-03-10', {
      type: 'deliveryReported',
      messageId: 'm1',
      kind: 'bounced',
      channel: 'email',
      again: { stage: 'firstReminder', round: 2 },
    });
    expect(bounced.firstReminder).toBeUndefined();
    const { drawn } = plan(bounced, '2026-03-10', constraints);
    expect(drawn[0]).toMatchObject({ stage: 'firstReminder', round: 2, on: '2026-03-11' });
    expect(drawn[1]).toMatchObject({ stage: 'indemnityMail', on: '2026-03-26' });
    const letter = { type: 'stageDone', stage: 'firstReminder', round: 2, messageId: 'm2', contact: 'message' } as const;
    const again = happen(bounced, '2026-03-11', letter);
    expect(again.again).toBeUndefined();
    expect(plan(again, '2026-03-12', constraints).drawn.map((planned) => planned.stage)).not.toContain('firstReminder');
  });

  it('A40: the free first reminder is never owed a second time, even after a payment is taken back', () => {
    const done = happen(consumer(), '2026-03-10', ...called('courtesyCall', '2026-03-05'), mailed('firstReminder'));
    const paid = happen(done, '2026-03-12', { type: 'paymentAllocated', paymentId: 'p', amountMinor: 486000n, paidOn: day('2026-03-12') });
    const back = happen(paid, '2026-03-30', {
      type: 'paymentReversed',
      paymentId: 'p',
      amountMinor: 486000n,
      reversedOn: day('2026-03-30'),
    });
    expect(back.closed).toBeUndefined();
    expect(plan(back, '2026-03-30', constraints).drawn.map((planned) => planned.stage)).not.toContain('firstReminder');
  });

  it('a consumer is called between nine and noon or two and seven, never at lunch', () => {
    const at = (now: string) => {
      const input = { state: consumer(), policy: CONSUMER, calendar: GENT, zone: ZONE, jitterSeconds: 0, today: day('2026-03-05') };
      return drawPlan({ ...input, now: now as never, constraints })[0]?.at;
    };
    expect(at('2026-03-05T06:00:00.000Z')).toBe('2026-03-05T08:00:00.000Z');
    expect(at('2026-03-05T11:20:00.000Z')).toBe('2026-03-05T13:00:00.000Z');
    expect(at('2026-03-05T18:05:00.000Z')).toBe('2026-03-06T08:00:00.000Z');
  });
});

describe('A38: less than ninety days before the limitation', () => {
  it('the lower steps are left out and the hand-over comes at once, whatever it would wait for', () => {
    const state = aState({ dueOn: day('2021-05-15'), openedOn: day('2026-03-02') });
    const { drawn, wake } = plan(state, '2026-03-02', { courtRouteFrom: day('2026-02-14') }, LADDER, LYON);
    expect(drawn.map(({ stage, waitsFor }) => [stage, waitsFor])).toEqual([['referral', undefined]]);
    expect(wake).toMatchObject({ kind: 'prepare', stage: 'referral', at: '2026-03-02T08:00:00.000Z' });
  });

  it('steps before that day are climbed, and nothing is left out while the day is far', () => {
    const near = plan(aState(), '2026-03-02', { courtRouteFrom: day('2026-03-10') }, LADDER, LYON).drawn;
    expect(days(near)).toEqual([
      ['courtesyCall', '2026-03-02'],
      ['courtesyMail', '2026-03-03'],
      ['formalMail', '2026-03-09'],
      ['referral', '2026-03-10'],
    ]);
    const far = plan(aState(), '2026-03-02', { courtRouteFrom: day('2030-11-28') }, LADDER, LYON).drawn;
    expect(far).toEqual(plan(aState(), '2026-03-02', {}, LADDER, LYON).drawn);
  });
});

const TYPES = ['call', 'mail', 'mail', 'mail', 'formalNotice', 'referral'] as const;
/** Ladders nobody would publish: rungs in any order, on any day, asking for anything. */
const anyPolicy: fc.Arbitrary<DunningPolicy> = fc
  .record({
    acts: fc.array(fc.record({ at: fc.nat({ max: TYPES.length - 1 }), offset: fc.integer({ min: 0, max: 60 }), costs: fc.boolean() }), {
      minLength: 1,
      maxLength: 7,
    }),
    reminderAt: fc.nat({ max: 7 }),
    reminderOffset: fc.integer({ min: 0, max: 60 }),
    perWeek: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ acts, reminderAt, reminderOffset, perWeek }) => {
    const stages = acts.map(({ at, offset, costs }, index) => {
      const type = TYPES[at] ?? 'mail';
      const id = type === 'formalNotice' ? 'formalNotice' : `rung${index}`;
      return rung(id, type, offset, type === 'mail' ? { claims: costs ? 'accessories' : 'principal' } : {});
    });
    const single = stages.filter((stage, index) => stages.findIndex((other) => other.id === stage.id) === index);
    single.splice(Math.min(reminderAt, single.length), 0, rung('firstReminder', 'mail', reminderOffset));
    return { ...CONSUMER, stages: single, limits: { ...CONSUMER.limits, contactsPerWeek: perWeek } };
  });

describe('whatever a policy says', () => {
  it('no plan of any policy dates a cost before its free days are over, a call out of hours, a third contact in a week, or a hand-over inside a notice', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        fc.constantFrom(LYON, GENT),
        fc.integer({ min: -20, max: 40 }),
        fc.integer({ min: 0, max: 32_000 }),
        (policy, calendar, age, jitterSeconds) => {
          const today = day('2026-03-02');
          const state = aState({ dueOn: addDays(today, -age), openedOn: today });
          const constraints = { claimFrom, noticeDays: 15, callWindows: HOURS, contactsPerWeek: 2 };
          const input = {
            state,
            policy,
            calendar,
            zone: ZONE,
            jitterSeconds,
            now: '2026-03-02T10:00:00.000Z' as never,
            today,
            constraints,
          };
          const drawn = drawPlan(input);
          const stageOf = (id: string) => policy.stages.find((stage) => stage.id === id);
          const reminder = drawn.findIndex((planned) => planned.stage === 'firstReminder');
          const notice = drawn.findIndex((planned) => planned.act === 'formalNotice');
          drawn.forEach((planned, index) => {
            const stage = stageOf(planned.stage);
            expect(isBusinessDay(planned.on, calendar)).toBe(true);
            const sentOn = drawn[reminder]?.on;
            if (stage && asksForCosts(stage) && reminder >= 0 && sentOn) expect(planned.on >= claimFrom(sentOn)).toBe(true);
            if (planned.act === 'call') {
              const time = timeIn(planned.at, ZONE);
              expect(HOURS.some(({ from, to }) => time >= from && time < to)).toBe(true);
            }
            const noticeOn = drawn[notice]?.on;
            if (planned.act === 'referral' && notice >= 0 && index > notice && noticeOn)
              expect(daysBetween(noticeOn, planned.on)).toBeGreaterThan(15);
            const contacts = drawn.slice(0, index + 1).filter((each) => each.act !== 'referral' && daysBetween(each.on, planned.on) < 7);
            if (planned.act !== 'referral') expect(contacts.length).toBeLessThanOrEqual(2);
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('followed to the end, nothing that costs leaves before the free days of the reminder that really left', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(LYON, GENT), (policy, calendar) => {
        const today = day('2026-03-02');
        const state = aState({ dueOn: today, openedOn: today });
        const constraints = { claimFrom, noticeDays: 15, callWindows: HOURS, contactsPerWeek: 2 };
        const input = {
          state,
          policy,
          calendar,
          zone: ZONE,
          jitterSeconds: 0,
          now: '2026-03-02T07:00:00.000Z' as never,
          today,
          constraints,
        };
        const acts = simulate(input, 400).filter(({ kind }) => ['mail', 'formalNotice', 'referral'].includes(kind));
        const reminderAt = acts.findIndex(({ stage }) => stage === 'firstReminder');
        const sentOn = acts[reminderAt]?.on;
        expect(reminderAt).toBeGreaterThanOrEqual(0);
        for (const act of acts) {
          const stage = policy.stages.find(({ id }) => id === act.stage);
          if (stage && sentOn && asksForCosts(stage)) expect(act.on >= claimFrom(sentOn)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});
