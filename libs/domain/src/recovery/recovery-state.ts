import type { Day, Instant } from '../calendar/day.js';
import type { FirstReminder } from '../claim/claim-facts.js';
import type { ClosedKind } from './snapshot.js';

/** What makes a rung wait for a person or an event; each is lifted by `blockerLifted` with the same code. */
export type Blocker =
  | 'debtorKindUnknown'
  | 'debtorKindNotServed'
  | 'lawUnknown'
  | 'creditorNotLive'
  | 'contactMissing'
  | 'documentDoubt'
  | 'messageUnknown'
  | 'messageRejected'
  | 'handedToPerson'
  | 'referralRefused'
  /** Never held by a case: names what a postponed rung waited for, when that is decided or lifted. */
  | 'parkedMoney'
  | 'brake';

/** Final outcome of one rung; at most one per (stage, round). */
export interface StageRecord {
  readonly stage: string;
  readonly round: number;
  readonly outcome: 'done' | 'skipped' | 'person';
  readonly on: Day;
  readonly reason?: string;
  readonly messageId?: string;
}

export interface ApprovalState {
  readonly approvalId: string;
  readonly stage: string;
  readonly round: number;
  readonly state: 'pending' | 'approved' | 'refused';
  /** Last day on which a pending request may be decided, or an approval used. */
  readonly until: Day;
}

/** A coming message that a person keeps back through a day. */
export interface HeldMessage {
  readonly stage: string;
  readonly round: number;
  readonly until: Day;
  readonly reason: string;
}

/** A time during which the ladder stood still: first day, and the day it resumed. */
export interface Pause {
  readonly from: Day;
  readonly to: Day;
}

/** Everything the ladder of one case depends on. Pure data; the row keeps it as JSON with amounts as digit strings. */
export interface RecoveryState {
  readonly caseId: string;
  readonly creditorId: string;
  readonly debtorId: string;
  readonly currency: string;
  readonly dueOn: Day;
  /** The day the case was made. */
  readonly openedOn: Day;
  readonly episode: number;
  readonly openPrincipalMinor: bigint;
  readonly toleranceMinor: bigint;
  readonly thresholdMinor: bigint;
  readonly policy: { readonly id: string; readonly version: number };
  readonly stages: readonly StageRecord[];
  /** Last day on which a call was made or a chasing message left for this case. */
  readonly lastContactOn?: Day;
  /** Last day on which a chasing *message* left for this case (pace, I10). */
  readonly lastMessageOn?: Day;
  /** True once any chasing message left: only then is a payment thanked for. */
  readonly everSent: boolean;
  readonly openCall?: {
    readonly callId: string;
    readonly stage: string;
    readonly round: number;
    readonly openedOn: Day;
    readonly expiresOn: Day;
  };
  readonly lastCall?: { readonly on: Day; readonly outcome: 'attempted' | 'reached' | 'notMade' | 'noPhone' };
  readonly prepared?: { readonly stage: string; readonly round: number; readonly messageId: string };
  readonly approval?: ApprovalState;
  readonly notice?: { readonly messageId: string; readonly sentOn: Day; readonly servedOn?: Day; readonly returnedOn?: Day };
  /** The free first reminder to a consumer, once it is proven to have left: what it allows to claim, and from which day. */
  readonly firstReminder?: FirstReminder & { readonly messageId: string };
  /** A reminder whose mail came back: its rung is owed again in this round, to another address (`email`) or by plain post (absent: post). */
  readonly again?: { readonly stage: string; readonly round: number; readonly on: Day; readonly by?: 'email' | 'post' };
  readonly promise?: {
    readonly promiseId: string;
    readonly amountMinor: bigint;
    readonly dueOn: Day;
    readonly judgedOn: Day;
    readonly madeOn: Day;
  };
  /** The last promise, where it was kept: broken after all when the money that kept it goes back. */
  readonly keptPromise?: { readonly promiseId: string };
  readonly promisesMade: number;
  readonly brokenPromises: number;
  /** A broken promise owes a call that day: round = number of broken promises. */
  readonly callOwed?: { readonly round: number; readonly on: Day };
  readonly dispute?: { readonly disputeId: string; readonly openedOn: Day; readonly reason: string; readonly dueOn: Day };
  readonly hold?: { readonly holdId: string; readonly placedOn: Day; readonly until: Day; readonly reason: string };
  readonly insolvency?: {
    readonly openedOn: Day;
    /** Over-indebtedness of a consumer stops the ladder like a collective procedure; interest is another matter. */
    readonly procedure?: 'collective' | 'overIndebtedness';
    readonly declareBy?: Day;
    /** Days on which a person is reminded of `declareBy`. */
    readonly warnOn?: readonly Day[];
  };
  /** First day of the pause now running, where a promise, dispute or hold pauses the ladder. */
  readonly pausedSince?: Day;
  /** Days by which remaining offsets are shifted for past pauses. */
  readonly shiftDays: number;
  /** Past pauses that shift what is left, `to` being the day the ladder resumed. An anchor later than a pause is not moved by it. */
  readonly pauses?: readonly Pause[];
  /** Day on which the blockers now standing began, so that each new fact does not push the review away. */
  readonly blockedSince?: Day;
  readonly postponed?: { readonly stage: string; readonly round: number; readonly until: Instant; readonly reason: string };
  /** Coming messages that a person keeps back; the ladder waits with them. */
  readonly held?: readonly HeldMessage[];
  /** Coming messages whose words a person wrote: the revision that counts, for each rung. */
  readonly edited?: readonly { readonly stage: string; readonly revision: number }[];
  /** A late rung about which a person was asked: once the blocker is lifted it leaves. */
  readonly askedLate?: { readonly stage: string; readonly round: number };
  readonly blockers: readonly Blocker[];
  readonly nextReviewOn?: Day;
  readonly closed?: { readonly kind: ClosedKind; readonly on: Day };
}
