import type { BusinessCalendar } from '../calendar/business-calendar.js';
import { atTime, type Day, day, dayIn, type Instant } from '../calendar/day.js';
import type { DunningPolicy, PolicyStage } from '../policy/dunning-policy.js';
import { isRefusal } from '../refusal.js';
import { decide } from './decide.js';
import { type DatedStage, drawPlan } from './draw-plan.js';
import { evolve } from './evolve.js';
import { nextWake } from './next-wake.js';
import { type OpenStateInput, openState } from './open-state.js';
import type { RecoveryFact } from './recovery-fact.js';
import type { RecoveryState } from './recovery-state.js';
import type { Wake } from './snapshot.js';

/** A calendar for specs: the spring of 2026 in France, Alsace-Moselle and Belgium. */
function calendarOf(territory: string, holidays: readonly string[]): BusinessCalendar {
  return { territory, isHoliday: (on) => holidays.includes(on) };
}
const SPRING = ['2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25'];
export const LYON = calendarOf('FR', [...SPRING, '2026-05-08']);
export const STRASBOURG = calendarOf('FR-67', [...SPRING, '2026-04-03', '2026-05-08']);
export const GENT = calendarOf('BE', SPRING);

function stage(
  id: string,
  type: PolicyStage['act']['type'],
  opens: PolicyStage['opens'],
  more: Partial<Omit<PolicyStage, 'id' | 'act' | 'opens'>> = {},
): PolicyStage {
  return {
    id,
    title: { fr: id },
    act: { type },
    opens,
    needsApproval: false,
    prepareBusinessDays: 0,
    lateness: 'run',
    channels: ['email'],
    ...more,
  };
}

/** The standard ladder as specs of the domain see it (the published one lives in `libs/policies`). */
export const LADDER: DunningPolicy = {
  id: 'standard',
  version: 1,
  title: { fr: 'Standard' },
  appliesTo: { laws: ['FR', 'BE'], debtorKinds: ['business'] },
  stages: [
    stage('courtesyCall', 'call', { anchor: 'dueOn', offsetDays: 1 }),
    stage('courtesyMail', 'mail', { anchor: 'courtesyCall.done', offsetDays: 1, businessDays: true }),
    stage('formalMail', 'mail', { anchor: 'dueOn', offsetDays: 8 }),
    stage('firmMail', 'mail', { anchor: 'dueOn', offsetDays: 15 }),
    stage('formalNotice', 'formalNotice', { anchor: 'dueOn', offsetDays: 30 }, { needsApproval: true, prepareBusinessDays: 3 }),
    stage('lastCall', 'call', { anchor: 'notice.sent', offsetDays: 11 }),
    stage(
      'referral',
      'referral',
      { anchor: 'dueOn', offsetDays: 45 },
      {
        needsApproval: true,
        prepareBusinessDays: 3,
        notBefore: [
          { anchor: 'notice.served', offsetDays: 9 },
          { anchor: 'lastCall.done', offsetDays: 1, businessDays: true },
        ],
      },
    ),
  ],
  limits: { messageGapDays: 5, contactsPerWeek: 2, window: { from: '09:00', to: '18:00' } },
  call: { expiresBusinessDays: 2 },
  promise: { maxDays: 15, graceBusinessDays: 2, maxCount: 2 },
  dispute: { dueBusinessDays: 10 },
  hold: { maxDays: 90 },
  approval: { validBusinessDays: 5 },
  notice: { deadlineDays: 8 },
  reviewDays: 14,
  threshold: { EUR: '20.00' },
  tolerance: { EUR: '1.00' },
  waiveBelow: { EUR: '15.00' },
};

export function aState(more: Partial<OpenStateInput> = {}): RecoveryState {
  return openState({
    caseId: 'A2',
    creditorId: 'A',
    debtorId: 'verendelle',
    currency: 'EUR',
    dueOn: day('2026-02-26'),
    openedOn: day('2026-03-02'),
    openPrincipalMinor: 486000n,
    toleranceMinor: 100n,
    thresholdMinor: 2000n,
    policy: { id: 'standard', version: 1 },
    ...more,
  });
}

/** Judges and applies facts of one day; throws on a refusal, so that a story in a spec cannot silently stop. */
export function happen(state: RecoveryState, on: string, ...facts: readonly RecoveryFact[]): RecoveryState {
  return facts.reduce((current, fact) => {
    const decision = decide(current, fact, day(on));
    if (isRefusal(decision)) throw new Error(`${fact.type} refused: ${decision.refusal}`);
    return decision.events.reduce((next, event) => evolve(next, event, day(on)), current);
  }, state);
}

export interface Look {
  readonly now?: Instant;
  readonly calendar?: BusinessCalendar;
  readonly policy?: DunningPolicy;
  readonly jitterSeconds?: number;
}

/** The plan and wake of a case as seen at eight in the morning of a day, unless `now` says otherwise. */
export function look(state: RecoveryState, on: string, more: Look = {}): { plan: readonly DatedStage[]; wake: Wake | undefined } {
  const zone = 'Europe/Paris';
  const now = more.now ?? atTime(day(on), '08:00', zone);
  const today: Day = dayIn(now, zone);
  const input = { state, policy: more.policy ?? LADDER, calendar: more.calendar ?? LYON, zone, now, today };
  const plan = drawPlan({ ...input, jitterSeconds: more.jitterSeconds ?? 0 });
  return { plan, wake: state.closed ? undefined : nextWake({ ...input, plan }) };
}

/** `[stage, day]` pairs, to be read like a diary. */
export function days(plan: readonly DatedStage[]): [string, string][] {
  return plan.map((planned) => [planned.stage, planned.on]);
}

export function called(stageId: string, on: string, round = 1): RecoveryFact[] {
  const callId = `${stageId}-${round}`;
  return [
    { type: 'callTaskOpened', callId, stage: stageId, round, expiresOn: day('2026-12-31') },
    { type: 'callReported', callId, outcome: 'attempted', on: day(on) },
    { type: 'stageDone', stage: stageId, round, contact: 'call' },
  ];
}

export function mailed(stageId: string, round = 1): RecoveryFact {
  return { type: 'stageDone', stage: stageId, round, messageId: `${stageId}-${round}`, contact: 'message' };
}
