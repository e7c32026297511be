import type { Instant } from '#domain';

/** What a brake stops: everything, one creditor, one of his policies, one debtor, one channel. */
export type BrakeScope = 'product' | 'creditor' | 'policy' | 'debtor' | 'channel';

/** Sending stopped by a person or a rule, until released. Read in the transaction that claims a message. */
export interface BrakeRow {
  /** `*` for a brake on the whole product. */
  creditorId: string;
  brakeId: string;
  scope: BrakeScope;
  /** Policy id, debtor id or channel; `*` where the scope alone says it. */
  key: string;
  reason: string;
  setBy: string;
  since: Instant;
  /** Ends by itself at this instant of real time; null: only by release. */
  until: Instant | null;
  releasedBy: string | null;
  releasedAt: Instant | null;
  releaseReason: string | null;
}

export type FindingKind =
  | 'workflowMissing'
  | 'workflowEnded'
  | 'snapshotStale'
  | 'caseClosed'
  | 'workflowUnknown'
  | 'messageWorkflowMissing'
  | 'messageWorkflowEnded';

/** Where rows and workflows did not agree, and what was done. */
export interface ReconcilerFindingRow {
  creditorId: string;
  findingId: string;
  kind: FindingKind;
  workflowId: string;
  caseId: string | null;
  /** `startedAgain` and `told` went through the outbox; `asked` waits for a person. */
  action: 'startedAgain' | 'told' | 'asked' | 'none';
  /** Numbers and states of both sides; no personal data. */
  detail: Record<string, unknown>;
  /** Passes in a row that saw it. */
  times: number;
  foundAt: Instant;
  lastSeenAt: Instant;
  /** A whole pass later did not see it again. */
  resolvedAt: Instant | null;
}

/** One comparison of every open case with Temporal. */
export interface ReconcilerPassRow {
  /** `*`: all creditors. */
  creditorId: string;
  passId: string;
  startedAt: Instant;
  endedAt: Instant | null;
  outcome: 'running' | 'complete' | 'bounded' | 'temporalAway' | 'failed';
  cases: number;
  differing: number;
  repaired: number;
}

/** How far the events of a provider were asked for again. */
export interface ProviderSweepRow {
  creditorId: string;
  provider: string;
  account: string;
  sweptUntil: Instant;
  lastRunAt: Instant;
  /** Events found that no webhook had brought, since the beginning. */
  recovered: number;
  lastError: string | null;
}
