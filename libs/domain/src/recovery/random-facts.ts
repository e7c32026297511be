import * as fc from 'fast-check';
import { addDays, day, instant } from '../calendar/day.js';
import type { RecoveryFact } from './recovery-fact.js';
import type { Blocker } from './recovery-state.js';

/** A fact and the days that pass before it; for property specs. Ids come from small sets, so that facts meet. */
export interface RandomStep {
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
export const randomSteps: fc.Arbitrary<RandomStep[]> = fc.array(
  fc.record({
    afterDays: fc.integer({ min: 0, max: 6 }),
    fact: fc.oneof({ weight: 2, arbitrary: money }, { weight: 5, arbitrary: stops }, { weight: 5, arbitrary: rungs }),
  }),
  { maxLength: 40 },
);

/** Any single fact. */
export const randomFact: fc.Arbitrary<RecoveryFact> = fc.oneof(money, stops, rungs);
