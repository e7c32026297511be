import type { Day, Instant } from '../calendar/day.js';
import type { FirstReminder } from '../claim/claim-facts.js';
import type { Blocker } from './recovery-state.js';
import type { ClosedKind } from './snapshot.js';

/** Everything that can happen to a case, in the past tense. `decide` answers with these, `evolve` applies them, the journal keeps them. */
export type RecoveryFact =
  | {
      readonly type: 'caseOpened';
      readonly openPrincipalMinor: bigint;
      readonly blockers: readonly Blocker[];
      readonly startingStage?: string;
    }
  | { readonly type: 'paymentAllocated'; readonly paymentId: string; readonly amountMinor: bigint; readonly paidOn: Day }
  | { readonly type: 'paymentReversed'; readonly paymentId: string; readonly amountMinor: bigint; readonly reversedOn: Day }
  /** A credit note, a correction by the creditor, or the books saying less. The new figure, not a difference. */
  | {
      readonly type: 'balanceCorrected';
      readonly openPrincipalMinor: bigint;
      readonly cause: 'creditNote' | 'creditNoteWithdrawn' | 'correction' | 'openAmount';
      readonly reference?: string;
    }
  | { readonly type: 'dueDateCorrected'; readonly dueOn: Day }
  | { readonly type: 'promiseMade'; readonly promiseId: string; readonly amountMinor: bigint; readonly dueOn: Day; readonly judgedOn: Day }
  | { readonly type: 'promiseEnded'; readonly promiseId: string; readonly verdict: 'kept' | 'broken' | 'withdrawn' }
  | { readonly type: 'disputeOpened'; readonly disputeId: string; readonly reason: string; readonly dueOn: Day }
  | { readonly type: 'disputeEscalated'; readonly disputeId: string; readonly dueOn: Day }
  | { readonly type: 'disputeResolved'; readonly disputeId: string; readonly verdict: 'confirmed' | 'creditNote' | 'withdrawn' }
  | { readonly type: 'holdPlaced'; readonly holdId: string; readonly until: Day; readonly reason: string }
  | { readonly type: 'holdReleased'; readonly holdId: string; readonly by: 'end' | 'person' }
  | {
      readonly type: 'insolvencyOpened';
      readonly openedOn: Day;
      readonly procedure?: 'collective' | 'overIndebtedness';
      readonly declareBy?: Day;
      readonly warnOn?: readonly Day[];
    }
  | { readonly type: 'callTaskOpened'; readonly callId: string; readonly stage: string; readonly round: number; readonly expiresOn: Day }
  | {
      readonly type: 'callReported';
      readonly callId: string;
      readonly outcome: 'attempted' | 'reached' | 'notMade' | 'noPhone';
      readonly on: Day;
    }
  | { readonly type: 'stagePrepared'; readonly stage: string; readonly round: number; readonly messageId: string }
  | { readonly type: 'approvalRequested'; readonly approvalId: string; readonly stage: string; readonly round: number; readonly until: Day }
  | { readonly type: 'approvalDecided'; readonly approvalId: string; readonly verdict: 'approved' | 'refused'; readonly until: Day }
  | { readonly type: 'approvalExpired'; readonly approvalId: string }
  /** The rung is done: a call reported, a message accepted or confirmed, a file handed over. */
  | {
      readonly type: 'stageDone';
      readonly stage: string;
      readonly round: number;
      readonly messageId?: string;
      readonly contact: 'call' | 'message' | 'none';
      /** Present when this letter was the free first reminder and has left. */
      readonly firstReminder?: FirstReminder;
    }
  | { readonly type: 'stageSkipped'; readonly stage: string; readonly round: number; readonly reason: string }
  | { readonly type: 'stageHandedToPerson'; readonly stage: string; readonly round: number; readonly reason: string }
  | { readonly type: 'stagePostponed'; readonly stage: string; readonly round: number; readonly until: Instant; readonly reason: string }
  | {
      readonly type: 'deliveryReported';
      readonly messageId: string;
      readonly kind: 'bounced' | 'served' | 'returned' | 'posted';
      readonly channel: 'email' | 'registeredPost' | 'post';
      /** The day it happened, where that is not the day we heard of it. */
      readonly on?: Day;
      /** `bounced`: the rung is owed again, to another address or by post (absent: post). */
      readonly again?: { readonly stage: string; readonly round: number; readonly by?: 'email' | 'post' };
      /** `posted`: the free first reminder that left by post. */
      readonly firstReminder?: FirstReminder;
    }
  /** A person keeps a coming message back through a day. Said again, it moves that day. */
  | { readonly type: 'messageHeld'; readonly stage: string; readonly round: number; readonly until: Day; readonly reason: string }
  | { readonly type: 'messageReleased'; readonly stage: string; readonly round: number }
  /** A person wrote words of a coming message; the words themselves are sealed elsewhere. */
  | { readonly type: 'messageEdited'; readonly stage: string; readonly round: number; readonly revision: number }
  | {
      readonly type: 'blockerRaised';
      readonly blocker: Blocker;
      /** The late rung about which a person is asked. */
      readonly late?: { readonly stage: string; readonly round: number };
    }
  | { readonly type: 'blockerLifted'; readonly blocker: Blocker }
  | {
      readonly type: 'policyChanged';
      readonly policyId: string;
      readonly version: number;
      readonly toleranceMinor: bigint;
      readonly thresholdMinor: bigint;
      /** Why the ladder changed, for the journal. */
      readonly because?: string;
    }
  | { readonly type: 'reviewed'; readonly nextReviewOn: Day }
  | { readonly type: 'settled' }
  | { readonly type: 'caseClosed'; readonly kind: Exclude<ClosedKind, 'settled'>; readonly reason: string }
  | { readonly type: 'caseReopened'; readonly reason: string };

export type RecoveryFactType = RecoveryFact['type'];
