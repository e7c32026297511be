import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, daysBetween, instant } from '../calendar/day.js';
import type { DunningPolicy, PolicyStage } from '../policy/dunning-policy.js';
import { businessDaysLate } from './lateness.js';
import { rungsNeeding } from './needed-rungs.js';
import { simulate } from './simulate.js';
import { aState, called, days, happen, LADDER, look, LYON } from './test-ladder.js';

function ladderWith(changes: Readonly<Record<string, Partial<PolicyStage>>>): DunningPolicy {
  return { ...LADDER, stages: LADDER.stages.map((stage) => ({ ...stage, ...changes[stage.id] })) };
}

const ofCall = () => happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));

describe('N2: what a late rung does', () => {
  it('counts business days: Friday to Monday is one, Easter is none', () => {
    expect(businessDaysLate(day('2026-03-06'), day('2026-03-09'), LYON)).toBe(1);
    expect(businessDaysLate(day('2026-04-02'), day('2026-04-07'), LYON)).toBe(2);
    expect(businessDaysLate(day('2026-03-09'), day('2026-03-09'), LYON)).toBe(0);
  });

  it('N2: run, skip and ask, and the days within which it leaves all the same', () => {
    const at = (more: Partial<PolicyStage>) =>
      look(ofCall(), '2026-03-10', { policy: ladderWith({ courtesyMail: more }) }).plan[0]?.lateness;
    const late = { since: '2026-03-03', businessDays: 5 };
    expect(at({ lateness: 'run' })).toEqual({ ...late, then: 'run' });
    expect(at({ lateness: 'skip' })).toEqual({ ...late, then: 'skip' });
    expect(at({ lateness: 'ask' })).toEqual({ ...late, then: 'ask' });
    expect(at({ lateness: 'skip', lateWithinBusinessDays: 5 })).toEqual({ ...late, then: 'run' });
    expect(at({ lateness: 'skip', lateWithinBusinessDays: 4 })).toEqual({ ...late, then: 'skip' });
  });

  it('N2: a person who was asked is not asked again; a later rung asks anew', () => {
    const policy = ladderWith({ courtesyMail: { lateness: 'ask' }, formalMail: { lateness: 'ask' } });
    const asked = happen(ofCall(), '2026-03-10', {
      type: 'blockerRaised',
      blocker: 'handedToPerson',
      late: { stage: 'courtesyMail', round: 1 },
    });
    const resumed = happen(asked, '2026-03-11', { type: 'blockerLifted', blocker: 'handedToPerson' });
    expect(look(resumed, '2026-03-11', { policy }).plan[0]?.lateness?.then).toBe('run');
    const sent = happen(resumed, '2026-03-11', { type: 'stageDone', stage: 'courtesyMail', round: 1, messageId: 'm', contact: 'message' });
    expect(sent.askedLate).toBeUndefined();
    expect(look(sent, '2026-03-25', { policy }).plan[0]).toMatchObject({ stage: 'formalMail', lateness: { then: 'ask' } });
  });

  it('N2: a simulation leaves out what the real run would', () => {
    const policy = ladderWith({ courtesyMail: { lateness: 'skip' } });
    const base = { state: ofCall(), policy, calendar: LYON, zone: 'Europe/Paris', jitterSeconds: 0 };
    const diary = simulate({ ...base, now: instant('2026-03-10T08:00:00.000Z'), today: day('2026-03-10') }, 60);
    expect(diary[0]).toMatchObject({ stage: 'courtesyMail', assumed: 'tooLate' });
    expect(diary[1]).toMatchObject({ stage: 'formalMail', on: '2026-03-10' });
  });

  it('I7 I10 N2: however long nothing ran and whatever the ladder says, no rung is forgotten, and no two that leave share a day or come nearer than the gap', () => {
    const lateness = fc.constantFrom<PolicyStage['lateness']>('run', 'respace', 'skip', 'ask');
    fc.assert(
      fc.property(fc.array(lateness, { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 120 }), (ways, outage) => {
        const ids = ['courtesyCall', 'courtesyMail', 'formalMail', 'firmMail'];
        const policy = ladderWith(Object.fromEntries(ids.map((id, at) => [id, { lateness: ways[at] ?? 'run' }])));
        const today = addDays(day('2026-03-02'), outage);
        const plan = look(aState(), today, { policy }).plan;
        expect(plan.map(({ stage }) => stage)).toEqual(LADDER.stages.map(({ id }) => id));
        const on = plan.map((rung) => rung.on);
        expect(new Set(on).size).toBe(on.length);
        const mails = plan.filter(({ act }) => act === 'mail' || act === 'formalNotice').map((rung) => rung.on);
        for (const [at, later] of mails.slice(1).entries()) expect(daysBetween(mails[at] ?? later, later)).toBeGreaterThanOrEqual(5);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a message that a person keeps back', () => {
  const held = (until: string) =>
    happen(ofCall(), '2026-03-03', { type: 'messageHeld', stage: 'courtesyMail', round: 1, until: day(until), reason: 'other' });

  it('N5: is planned after its last day, the next ones after it, and is not late then', () => {
    const { plan } = look(held('2026-03-12'), '2026-03-03');
    expect(days(plan).slice(0, 2)).toEqual([
      ['courtesyMail', '2026-03-13'],
      ['formalMail', '2026-03-18'],
    ]);
    expect(plan[0]).toMatchObject({ heldUntil: '2026-03-12', late: false });
    expect(look(held('2026-03-12'), '2026-03-13').plan[0]).toMatchObject({ on: '2026-03-13', late: false });
    expect(look(held('2026-03-12'), '2026-03-13').plan[0]).not.toHaveProperty('heldUntil');
  });

  it('said again the day moves; let go, nothing is left of it; decided, neither', () => {
    const moved = happen(held('2026-03-12'), '2026-03-04', {
      type: 'messageHeld',
      stage: 'courtesyMail',
      round: 1,
      until: day('2026-03-19'),
      reason: 'other',
    });
    expect(moved.held).toHaveLength(1);
    expect(days(look(moved, '2026-03-04').plan)[0]).toEqual(['courtesyMail', '2026-03-20']);
    expect(happen(moved, '2026-03-05', { type: 'messageReleased', stage: 'courtesyMail', round: 1 })).not.toHaveProperty('held');
    const skipped = { type: 'stageSkipped', stage: 'courtesyMail', round: 1, reason: 'cancelled' } as const;
    expect(happen(moved, '2026-03-05', skipped)).not.toHaveProperty('held');
  });
});

describe('what has no ground without a rung that was struck out', () => {
  it('A32: everything that counts from the notice, and the hand-over; other rungs stand alone', () => {
    expect(rungsNeeding('formalNotice', LADDER, {})).toEqual(['lastCall', 'referral']);
    expect(rungsNeeding('formalMail', LADDER, {})).toEqual([]);
    expect(rungsNeeding('courtesyMail', LADDER, {})).toEqual([]);
  });

  it('A25: whatever costs, where the law asks for a free first reminder, and what needs that', () => {
    const policy = ladderWith({ courtesyMail: { id: 'firstReminder' }, firmMail: { claims: 'accessories' } });
    const claimFrom = () => day('2026-04-01');
    expect(rungsNeeding('firstReminder', policy, { claimFrom })).toEqual(['firmMail', 'formalNotice', 'lastCall', 'referral']);
    expect(rungsNeeding('firstReminder', policy, {})).toEqual([]);
  });
});

describe('N20: a reminder that came back', () => {
  const bounced = (by?: 'email' | 'post') => {
    const sent = happen(ofCall(), '2026-03-03', { type: 'stageDone', stage: 'courtesyMail', round: 1, messageId: 'm', contact: 'message' });
    const again = { stage: 'courtesyMail', round: 2, ...(by ? { by } : {}) };
    return happen(sent, '2026-03-03', { type: 'deliveryReported', messageId: 'm', kind: 'bounced', channel: 'email', again });
  };

  it('N20: is owed to another address the same day, by post the next working day', () => {
    expect(days(look(bounced('email'), '2026-03-03').plan)[0]).toEqual(['courtesyMail', '2026-03-03']);
    expect(days(look(bounced('post'), '2026-03-03').plan)[0]).toEqual(['courtesyMail', '2026-03-04']);
    // Kept before there was a choice: by post.
    expect(days(look(bounced(), '2026-03-03').plan)[0]).toEqual(['courtesyMail', '2026-03-04']);
  });
});
