import type { Instant } from '../calendar/day.js';
import type { CaseState } from './case-state.js';

/** What an act does. The workflow maps each to an activity of its own name (see `workflows/recovery`). */
export type WakeKind =
  | 'call'
  | 'mail'
  | 'formalNotice'
  | 'referral'
  | 'prepare'
  | 'promiseEnds'
  | 'holdEnds'
  | 'disputeDue'
  | 'callExpires'
  | 'approvalExpires'
  | 'review';

/** The next moment at which a case must be looked at. An open case always has one. */
export interface Wake {
  readonly kind: WakeKind;
  readonly at: Instant;
  readonly stage?: string;
  readonly round?: number;
}

/** One dated rung of the plan, as the auditor reads it in the Temporal UI. `summary` holds no personal data. */
export interface PlannedStage {
  readonly stage: string;
  readonly round: number;
  readonly at: Instant;
  readonly summary: string;
}

/** The sandbox clock of a creditor: absolute instant, merged by its own version. */
export interface SandboxClock {
  readonly version: number;
  readonly at: Instant;
}

export type ClosedKind = 'settled' | 'handedOver' | 'writtenOff' | 'withdrawn' | 'insolvency';

/** The one shape that crosses the border between facts and workflow, in both directions. The higher `(epoch, factSeq)` wins. Plain JSON. */
export interface CaseSnapshot {
  readonly caseId: string;
  readonly creditorId: string;
  readonly debtorRef: string;
  readonly episode: number;
  readonly epoch: number;
  readonly factSeq: number;
  readonly state: CaseState;
  /** Minor units as a digit string. */
  readonly openPrincipal: string;
  readonly currency: string;
  readonly dueOn: string;
  /** The stage last done, for the search attribute `CaseStage`; absent before the first. */
  readonly lastStage?: string;
  readonly disputed: boolean;
  readonly plan: readonly PlannedStage[];
  readonly wake: Wake;
  readonly clock?: SandboxClock;
  readonly closed?: ClosedKind;
}
