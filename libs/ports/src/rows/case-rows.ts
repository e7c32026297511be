import type { CaseState, ClosedKind, Day, GoverningLaw, Instant, JsonObject, WakeKind } from '#domain';

/** One recovery case: one due term of one invoice, one workflow. */
export interface CaseRow {
  creditorId: string;
  caseId: string;
  invoiceId: string;
  term: number;
  debtorId: string;
  /** Unique in the installation; fixed when the case is made. */
  workflowId: string;
  episode: number;
  epoch: number;
  factSeq: number;
  state: CaseState;
  currency: string;
  /** Governing law of the invoice, kept here because every plan of the case depends on it. */
  law: GoverningLaw;
  dueOn: Day;
  /** Last day on which the claim can be brought; null while the law or the kind is unknown. */
  limitationOn: Day | null;
  faceMinor: bigint;
  openPrincipalMinor: bigint;
  policyId: string;
  policyVersion: number;
  /** `encodeState(RecoveryState)`. */
  recovery: JsonObject;
  /** Dated plan as it stands (DatedStage[] as JSON). */
  plan: Record<string, unknown>[];
  wakeKind: WakeKind | null;
  wakeAt: Instant | null;
  wakeStage: string | null;
  wakeRound: number | null;
  closedKind: ClosedKind | null;
  closedAt: Instant | null;
  /** Last journal hash of this case. */
  chainHash: string;
  createdAt: Instant;
  updatedAt: Instant;
}

/** Append-only record of facts, chained per stream (a case, or another subject such as `debtor:<id>`). */
export interface JournalRow {
  creditorId: string;
  streamId: string;
  seq: number;
  kind: string;
  /** Person, API key, webhook or workflow stage that caused it. */
  actor: string;
  role: string;
  reason: string | null;
  requestId: string | null;
  recordedAt: Instant;
  effectiveOn: Day;
  /** Ids, amounts, days and codes. */
  cause: Record<string, unknown>;
  beforeHash: string;
  afterHash: string;
  previousHash: string;
  hash: string;
}

export interface StageOutcomeRow {
  creditorId: string;
  caseId: string;
  stage: string;
  round: number;
  outcome: 'done' | 'skipped' | 'person';
  reason: string | null;
  messageId: string | null;
  decidedAt: Instant;
}

export interface StageVerdictRow {
  creditorId: string;
  verdictId: string;
  caseId: string;
  stage: string;
  round: number;
  verdict: 'SENT' | 'NOT_SENT' | 'POSTPONED' | 'DONE' | 'SKIPPED';
  code: string;
  because: Record<string, unknown>;
  until: Instant | null;
  messageId: string | null;
  at: Instant;
}

export interface CallRow {
  creditorId: string;
  callId: string;
  debtorId: string;
  taskId: string;
  state: 'open' | 'reported' | 'expired' | 'cancelled';
  openedOn: Day;
  expiresOn: Day;
  outcome: 'attempted' | 'reached' | 'notMade' | 'noPhone' | null;
  note: string | null;
  contactName: string | null;
  reportedBy: string | null;
  reportedAt: Instant | null;
}

export interface CallCaseRow {
  creditorId: string;
  callId: string;
  caseId: string;
  stage: string;
  round: number;
  left: boolean;
}

export interface PromiseRow {
  creditorId: string;
  promiseId: string;
  caseId: string;
  amountMinor: bigint;
  dueOn: Day;
  judgedOn: Day;
  madeOn: Day;
  madeBy: string | null;
  takenBy: string;
  channel: string;
  wording: string | null;
  state: 'running' | 'kept' | 'broken' | 'withdrawn';
  /** Principal received for the case when the promise was made: what came since counts. */
  receivedMinorAtStart: bigint;
  endedAt: Instant | null;
  createdAt: Instant;
}

export interface DisputeRow {
  creditorId: string;
  disputeId: string;
  caseId: string;
  reason: string;
  note: string | null;
  openedBy: string;
  openedOn: Day;
  dueOn: Day;
  state: 'open' | 'confirmed' | 'creditNote' | 'withdrawn';
  resolvedBy: string | null;
  resolution: string | null;
  resolvedAt: Instant | null;
}

export interface HoldRow {
  creditorId: string;
  holdId: string;
  caseId: string;
  reason: string;
  note: string | null;
  placedBy: string;
  placedOn: Day;
  until: Day;
  state: 'running' | 'ended' | 'released';
  endedAt: Instant | null;
}

export interface ApprovalRow {
  creditorId: string;
  approvalId: string;
  caseId: string;
  stage: string;
  round: number;
  messageId: string;
  basis: string;
  revision: number;
  state: 'pending' | 'approved' | 'refused' | 'expired' | 'superseded';
  requestedAt: Instant;
  until: Day;
  decidedBy: string | null;
  decidedAt: Instant | null;
  note: string | null;
}

/** Something a person is asked to do. */
export interface TaskRow {
  creditorId: string;
  taskId: string;
  kind: string;
  /** Stable key that keeps one open task per cause. */
  dedupeKey: string;
  caseId: string | null;
  debtorId: string | null;
  subjectId: string | null;
  state: 'open' | 'done' | 'cancelled';
  role: 'controller' | 'finance';
  /** French sentence shown to the person. */
  title: string;
  detail: Record<string, unknown>;
  dueOn: Day | null;
  createdAt: Instant;
  closedBy: string | null;
  closedAt: Instant | null;
}

export interface HandOverRow {
  creditorId: string;
  handOverId: string;
  caseId: string;
  messageId: string;
  route: string;
  state: 'prepared' | 'handedOver' | 'recallAsked' | 'recalled';
  objectId: string;
  sha256: string;
  manifest: Record<string, unknown>;
  createdAt: Instant;
  handedOverAt: Instant | null;
}
