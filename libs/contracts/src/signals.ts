import type { CaseSnapshot, Instant, SandboxClock } from '#domain';
import { defineSignal, type SignalDefinition } from '@temporalio/workflow';

/** Why a case is told something: ids, amounts as digit strings, days and codes. Never names, addresses or free text. */
export type Cause = Readonly<Record<string, string | number | boolean | null>>;

/** The one shape every signal of a case carries. `recordedAt` is the commit time of the fact. */
export interface CaseNews {
  readonly cause: Cause;
  readonly snapshot: CaseSnapshot;
  readonly recordedAt: Instant;
}

/** Named after the cause, so that the history tells an auditor what happened. */
export const CASE_SIGNALS = [
  'paymentReceived',
  'paymentReversed',
  'balanceCorrected',
  'promiseMade',
  'promiseEnded',
  'planAgreed',
  'disputeOpened',
  'disputeResolved',
  'holdPlaced',
  'holdReleased',
  'approvalDecided',
  'callReported',
  'deliveryReported',
  'insolvencyOpened',
  'policyChanged',
  'stageDecidedElsewhere',
  'blockerLifted',
  'closed',
] as const;

export type CaseSignal = (typeof CASE_SIGNALS)[number];

/** The definition of each case signal, in the order of `CASE_SIGNALS`. */
export const caseSignals: readonly SignalDefinition<[CaseNews], CaseSignal>[] = CASE_SIGNALS.map((name) =>
  defineSignal<[CaseNews], CaseSignal>(name),
);

export const SANDBOX_CLOCK_MOVED = 'sandboxClockMoved';

/** The sandbox clock of the creditor stands at another instant; merged by its own version, so it needs no snapshot. */
export const sandboxClockMoved: SignalDefinition<[SandboxClock], typeof SANDBOX_CLOCK_MOVED> = defineSignal<
  [SandboxClock],
  typeof SANDBOX_CLOCK_MOVED
>(SANDBOX_CLOCK_MOVED);

export type SignalName = CaseSignal | typeof SANDBOX_CLOCK_MOVED;
