import type { Day, Instant } from '#domain';

export type MessageState =
  | 'PLANNED'
  | 'CLAIMED'
  | 'ACCEPTED'
  | 'REJECTED'
  | 'UNKNOWN'
  | 'CONFIRMED_SENT'
  | 'CONFIRMED_NOT_SENT'
  | 'HUMAN'
  | 'ABANDONED';

/** One message to a debtor (or partner), for one or several cases. The mail's custom argument `mid` is `messageId`. */
export interface OutboundMessageRow {
  creditorId: string;
  messageId: string;
  purpose: 'chase' | 'inform';
  act: string;
  channel: 'email' | 'registeredPost' | 'post' | 'file';
  debtorId: string;
  stage: string | null;
  round: number | null;
  slotOn: Day;
  revision: number;
  basis: string;
  state: MessageState;
  claimToken: string | null;
  claimedAt: Instant | null;
  acceptedAt: Instant | null;
  decidedAt: Instant | null;
  providerMessageId: string | null;
  providerWords: string | null;
  recipient: string;
  language: string;
  template: string;
  subject: string;
  /** Exact request bytes (mail) or PDF (post), sealed. */
  bytesObjectId: string | null;
  bytesSha256: string | null;
  letterObjectId: string | null;
  letterSha256: string | null;
  /** Frozen statement of the claim and figures printed (JSON, amounts as digit strings). */
  statement: Record<string, unknown> | null;
  /** Workflow that delivers an inform message. */
  workflowId: string | null;
  crossedWithPayment: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface MessageCaseRow {
  creditorId: string;
  messageId: string;
  caseId: string;
  stage: string;
  round: number;
  /** One live row per (case, stage, round). */
  live: boolean;
}

/** Words that a person wrote for a coming message, sealed under its debtor's key: one row for each revision, never changed. */
export interface MessageEditRow {
  creditorId: string;
  caseId: string;
  stage: string;
  /** Counted from 1, over all rounds of the rung. */
  revision: number;
  round: number;
  /** Sealed JSON of subject and opening; null where the revision went back to the template's words. */
  objectId: string | null;
  sha256: string | null;
  editedBy: string;
  editedAt: Instant;
}

/** Lease so that one of a debtor's cases prepares for all. */
export interface MessageLeaseRow {
  creditorId: string;
  leaseKey: string;
  holder: string;
  until: Instant;
}

export interface DeliveryEventRow {
  creditorId: string;
  eventId: string;
  messageId: string;
  provider: string;
  kind: string;
  at: Instant;
  recordedAt: Instant;
  detail: Record<string, unknown>;
}

/** A letter in the post tray: a registered notice, or a reminder that goes by plain post. */
export interface PostItemRow {
  creditorId: string;
  postItemId: string;
  messageId: string;
  caseId: string;
  channel: 'print' | 'provider';
  service: 'registered' | 'plain';
  state: 'toPrint' | 'sentToProvider' | 'deposited' | 'presented' | 'delivered' | 'unclaimed' | 'refused' | 'returnedUnknown' | 'cancelled';
  trackingNumber: string | null;
  depositedOn: Day | null;
  /** First presentation of a registered letter, where the operator tells it. */
  presentedOn: Day | null;
  servedOn: Day | null;
  proofObjectId: string | null;
  updatedBy: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  version: number;
}
