import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBusinessDay } from '../calendar/business-calendar.js';
import { addDays, addSeconds, atTime, day, dayIn, daysBetween, instant, timeIn } from '../calendar/day.js';
import { isRefusal } from '../refusal.js';
import { decide } from './decide.js';
import { drawPlan } from './draw-plan.js';
import { decodeState, encodeState } from './encode-state.js';
import { evolve } from './evolve.js';
import { explainCase } from './explain-case.js';
import { jitterSecondsFor } from './jitter.js';
import { nextWake } from './next-wake.js';
import { isPaused } from './pause.js';
import type { RecoveryFact } from './recovery-fact.js';
import type { Blocker, RecoveryState } from './recovery-state.js';
import { shownState } from './shown-state.js';
import { snapshotOf } from './snapshot-of.js';
import { aState, LADDER, LYON } from './test-ladder.js';
import { isTransition } from './transitions.js';

/** A fact and the days that pass before it; for property specs. Ids come from small sets, so that facts meet. */
interface RandomStep {
  readonly afterDays: number;
  readonly fact: RecoveryFact;
}

const START = day('2026-03-02');
const STAGES = [
  'courtesyCall',
  'courtesyMail',
  'formalMail',
  'firmMail',
  'formalNotice',
  'lastCall',
  'referral',
  'promiseBrokenCall',
] as const;
const BLOCKERS: readonly Blocker[] = ['contactMissing', 'messageUnknown', 'handedToPerson', 'creditorNotLive'];

const stage = fc.constantFrom(...STAGES);
const round = fc.integer({ min: 1, max: 2 });
const id = fc.constantFrom('a', 'b');
const minor = fc.bigInt({ min: -100n, max: 600000n });
const someDay = fc.integer({ min: -5, max: 90 }).map((days) => addDays(START, days));
const blocker = fc.constantFrom(...BLOCKERS);

const money: fc.Arbitrary<RecoveryFact> = fc.oneof(
  fc.record({ type: fc.constant('paymentAllocated' as const), paymentId: id, amountMinor: minor, paidOn: someDay }),
  fc.record({ type: fc.constant('paymentReversed' as const), paymentId: id, amountMinor: minor, reversedOn: someDay }),
  fc.record({
    type: fc.constant('balanceCorrected' as const),
    openPrincipalMinor: fc.oneof(minor, fc.constantFrom(0n, 100n, 101n, 1999n)),
    cause: fc.constantFrom('creditNote' as const, 'correction' as const, 'creditNoteWithdrawn' as const),
  }),
  fc.constant({ type: 'settled' as const }),
  fc.record({ type: fc.constant('dueDateCorrected' as const), dueOn: someDay }),
  fc.record({
    type: fc.constant('policyChanged' as const),
    policyId: fc.constant('standard'),
    version: round,
    toleranceMinor: fc.constantFrom(0n, 100n, 500000n),
    thresholdMinor: fc.constantFrom(0n, 2000n),
  }),
);

const stops: fc.Arbitrary<RecoveryFact> = fc.oneof(
  fc.record({ type: fc.constant('promiseMade' as const), promiseId: id, amountMinor: minor, dueOn: someDay, judgedOn: someDay }),
  fc.record({
    type: fc.constant('promiseEnded' as const),
    promiseId: id,
    verdict: fc.constantFrom('kept' as const, 'broken' as const, 'withdrawn' as const),
  }),
  fc.record({ type: fc.constant('disputeOpened' as const), disputeId: id, reason: fc.constant('quality'), dueOn: someDay }),
  fc.record({ type: fc.constant('disputeEscalated' as const), disputeId: id, dueOn: someDay }),
  fc.record({
    type: fc.constant('disputeResolved' as const),
    disputeId: id,
    verdict: fc.constantFrom('confirmed' as const, 'creditNote' as const),
  }),
  fc.record({ type: fc.constant('holdPlaced' as const), holdId: id, until: someDay, reason: fc.constant('asked') }),
  fc.record({ type: fc.constant('holdReleased' as const), holdId: id, by: fc.constantFrom('end' as const, 'person' as const) }),
  fc.record({ type: fc.constant('insolvencyOpened' as const), openedOn: someDay }),
  fc.record({ type: fc.constant('blockerRaised' as const), blocker }),
  fc.record({ type: fc.constant('blockerLifted' as const), blocker }),
  fc.record({ type: fc.constant('reviewed' as const), nextReviewOn: someDay }),
  fc.record({
    type: fc.constant('caseClosed' as const),
    kind: fc.constantFrom('handedOver' as const, 'writtenOff' as const, 'withdrawn' as const, 'insolvency' as const),
    reason: fc.constantFrom('', 'decided'),
  }),
  fc.record({ type: fc.constant('caseReopened' as const), reason: fc.constant('approved') }),
);

const rungs: fc.Arbitrary<RecoveryFact> = fc.oneof(
  fc.record({ type: fc.constant('callTaskOpened' as const), callId: id, stage, round, expiresOn: someDay }),
  fc.record({
    type: fc.constant('callReported' as const),
    callId: id,
    outcome: fc.constantFrom('attempted' as const, 'reached' as const, 'notMade' as const, 'noPhone' as const),
    on: someDay,
  }),
  fc.record({ type: fc.constant('stagePrepared' as const), stage, round, messageId: id }),
  fc.record({ type: fc.constant('approvalRequested' as const), approvalId: id, stage, round, until: someDay }),
  fc.record({
    type: fc.constant('approvalDecided' as const),
    approvalId: id,
    verdict: fc.constantFrom('approved' as const, 'refused' as const),
    until: someDay,
  }),
  fc.record({ type: fc.constant('approvalExpired' as const), approvalId: id }),
  fc.record({
    type: fc.constant('stageDone' as const),
    stage,
    round,
    messageId: id,
    contact: fc.constantFrom('message' as const, 'none' as const),
  }),
  fc.record({ type: fc.constant('stageSkipped' as const), stage, round, reason: fc.constant('tested') }),
  fc.record({ type: fc.constant('stageHandedToPerson' as const), stage, round, reason: fc.constant('unknown') }),
  fc.record({
    type: fc.constant('stagePostponed' as const),
    stage,
    round,
    until: fc.constantFrom(instant('2026-03-20T10:00:00Z'), instant('2026-05-20T20:00:00Z')),
    reason: fc.constant('tested'),
  }),
  fc.record({
    type: fc.constant('deliveryReported' as const),
    messageId: id,
    kind: fc.constantFrom('bounced' as const, 'served' as const, 'returned' as const),
    channel: fc.constantFrom('email' as const, 'registeredPost' as const),
  }),
);

/** Up to forty facts of all kinds, most of which will be refused somewhere on the way. */
const randomSteps: fc.Arbitrary<RandomStep[]> = fc.array(
  fc.record({
    afterDays: fc.integer({ min: 0, max: 6 }),
    fact: fc.oneof({ weight: 2, arbitrary: money }, { weight: 5, arbitrary: stops }, { weight: 5, arbitrary: rungs }),
  }),
  { maxLength: 40 },
);

/** Any single fact. */
const randomFact: fc.Arbitrary<RecoveryFact> = fc.oneof(money, stops, rungs);

const ZONE = 'Europe/Paris';
const RUNS = { numRuns: 500 };
const someHour = fc.integer({ min: 0, max: 86_399 });
const jitter = fc.integer({ min: 0, max: 8099 });

function play(steps: readonly RandomStep[]): { state: RecoveryState; on: ReturnType<typeof day> } {
  let state = aState();
  let on = day('2026-03-02');
  for (const { afterDays, fact } of steps) {
    on = addDays(on, afterDays);
    const decision = decide(state, fact, on);
    if (!isRefusal(decision)) for (const event of decision.events) state = evolve(state, event, on);
  }
  return { state, on };
}

function drawn(steps: readonly RandomStep[], second: number, jitterSeconds: number) {
  const { state, on } = play(steps);
  const now = addSeconds(atTime(on, '00:00', ZONE), second);
  const today = dayIn(now, ZONE);
  const input = { state, policy: LADDER, calendar: LYON, zone: ZONE, now, today };
  return { ...input, plan: drawPlan({ ...input, jitterSeconds }), input };
}

describe('whatever happens to a case', () => {
  it('an open case always has a wake, a closed one has neither wake nor plan', () => {
    fc.assert(
      fc.property(randomSteps, someHour, jitter, (steps, second, jitterSeconds) => {
        const { input, plan, state, now } = drawn(steps, second, jitterSeconds);
        if (state.closed) {
          expect(plan).toEqual([]);
          expect(() => nextWake({ ...input, plan })).toThrow('has no wake');
          return;
        }
        const wake = nextWake({ ...input, plan });
        expect(daysBetween(dayIn(now, ZONE), dayIn(wake.at, ZONE))).toBeLessThan(400);
        const mayChase = !isPaused(state) && state.blockers.length === 0 && !state.insolvency && !state.openCall;
        if (['call', 'mail', 'formalNotice', 'referral'].includes(wake.kind)) expect(mayChase).toBe(true);
        if (state.blockers.length > 0) expect(daysBetween(dayIn(now, ZONE), dayIn(wake.at, ZONE))).toBeLessThan(40);
        const { sentences, codes } = explainCase(state, plan, wake, LADDER);
        expect([sentences.fr.length, sentences.en.length, sentences.nl.length]).toEqual([codes.length, codes.length, codes.length]);
        expect([...sentences.fr, ...sentences.en, ...sentences.nl].join(' ')).not.toMatch(/\{|undefined/);
        expect(snapshotOf({ state, plan, wake, debtorRef: 'r', epoch: 1, factSeq: 2 }).wake).toEqual(wake);
      }),
      RUNS,
    );
  });

  it('I10: the plan keeps its order, one rung a day, the gap between messages, the window, business days, and never the past', () => {
    fc.assert(
      fc.property(randomSteps, someHour, jitter, (steps, second, jitterSeconds) => {
        const { plan, state, now, today } = drawn(steps, second, jitterSeconds);
        let lastMessageOn = state.lastMessageOn;
        plan.forEach((planned, index) => {
          const before = plan[index - 1];
          if (before) expect(planned.on > before.on && planned.at > before.at).toBe(true);
          expect(planned.on > state.dueOn || planned.stage === 'promiseBrokenCall').toBe(true);
          if (state.lastContactOn) expect(planned.on > state.lastContactOn).toBe(true);
          expect(planned.on >= today && planned.at >= now && dayIn(planned.at, ZONE) === planned.on).toBe(true);
          expect(isBusinessDay(planned.on, LYON)).toBe(true);
          expect(timeIn(planned.at, ZONE) >= '09:00' && timeIn(planned.at, ZONE) < '18:00').toBe(true);
          if (planned.prepareAt) expect(planned.prepareAt <= planned.at && planned.prepareAt >= now).toBe(true);
          if (planned.act === 'mail' || planned.act === 'formalNotice') {
            if (lastMessageOn) expect(daysBetween(lastMessageOn, planned.on)).toBeGreaterThanOrEqual(LADDER.limits.messageGapDays);
            lastMessageOn = planned.on;
          }
        });
      }),
      RUNS,
    );
  });

  it('the hand-over is never planned inside the deadline of the notice', () => {
    fc.assert(
      fc.property(randomSteps, someHour, jitter, (steps, second, jitterSeconds) => {
        const { plan, state } = drawn(steps, second, jitterSeconds);
        const referral = plan.find((planned) => planned.act === 'referral');
        const notice = plan.find((planned) => planned.act === 'formalNotice');
        const from = notice?.on ?? state.notice?.servedOn ?? state.notice?.sentOn;
        if (referral && from) expect(daysBetween(from, referral.on)).toBeGreaterThan(LADDER.notice.deadlineDays);
      }),
      RUNS,
    );
  });

  it('applying any fact to any state never throws, and the state survives JSON', () => {
    fc.assert(
      fc.property(randomSteps, fc.array(randomFact, { maxLength: 10 }), (steps, facts) => {
        const { state, on } = play(steps);
        // Straight into evolve, without asking decide: also what would have been refused.
        const after = facts.reduce((current, fact) => evolve(current, fact, on), state);
        expect(after.openPrincipalMinor >= 0n || facts.some((fact) => fact.type === 'paymentReversed')).toBe(true);
        expect(decodeState(JSON.parse(JSON.stringify(encodeState(state))))).toEqual(state);
      }),
      RUNS,
    );
  });

  it('I14: holds for whatever sequence of facts', () => {
    fc.assert(
      fc.property(randomSteps, (steps) => {
        let state = aState();
        let today = day('2026-03-02');
        for (const { afterDays, fact } of steps) {
          today = addDays(today, afterDays);
          const decision = decide(state, fact, today);
          for (const event of isRefusal(decision) ? [] : decision.events) {
            const next = evolve(state, event, today);
            if (!isTransition(shownState(state), shownState(next), event.type)) {
              throw new Error(`${shownState(state)} → ${shownState(next)} by ${event.type}`);
            }
            state = next;
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('planning twice gives the same plan, and the jitter of a debtor stays in the first quarter of the window', () => {
    fc.assert(
      fc.property(randomSteps, someHour, jitter, (steps, second, jitterSeconds) => {
        expect(drawn(steps, second, jitterSeconds).plan).toEqual(drawn(steps, second, jitterSeconds).plan);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 86_400 }), (debtorId, seconds) => {
        const drawnJitter = jitterSecondsFor(debtorId, seconds);
        expect(drawnJitter >= 0 && drawnJitter <= seconds / 4 && drawnJitter === jitterSecondsFor(debtorId, seconds)).toBe(true);
      }),
    );
  });
});
