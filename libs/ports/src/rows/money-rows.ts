import type { Day, Instant } from '#domain';

export interface PaymentRow {
  creditorId: string;
  paymentId: string;
  provider: string;
  providerRef: string;
  amountMinor: bigint;
  currency: string;
  paidOn: Day;
  recordedAt: Instant;
  /** Remittance text as received. */
  remittance: string | null;
  payerName: string | null;
  payerIban: string | null;
  state: 'allocated' | 'parked' | 'reversed' | 'returned';
  debtorId: string | null;
  /** Given to cases, principal and accessories together. */
  allocatedMinor: bigint;
  /** What no case of the debtor's could take: the debtor's credit. */
  creditMinor: bigint;
  /** Ids of the invoices it was for; null where nobody knows (parked, or recorded before this was kept). */
  designates: string[] | null;
  parkedReason: string | null;
  recordedBy: string;
  reversedAt: Instant | null;
}

export interface AllocationRow {
  creditorId: string;
  allocationId: string;
  paymentId: string;
  caseId: string;
  /** What the principal took of the payment; nothing of one that came for the accessories alone. */
  amountMinor: bigint;
  /** What beyond the principal is for interest of the case, and for its indemnity. */
  interestMinor: bigint;
  indemnityMinor: bigint;
  paidOn: Day;
  designation: string;
  recordedAt: Instant;
  reversedOn: Day | null;
  reversedAt: Instant | null;
}

/** What a credit note took off a case. */
export interface CreditAllocationRow {
  creditorId: string;
  creditNoteId: string;
  caseId: string;
  amountMinor: bigint;
  onDay: Day;
  recordedAt: Instant;
}

/** Double entry: the postings of one entry sum to zero per currency. Never updated. */
export interface PostingRow {
  creditorId: string;
  postingId: string;
  entryId: string;
  line: number;
  /** `receivable:<caseId>`, `interest:<caseId>`, `indemnity:<caseId>`, `bank`, `suspense`, `credit:<debtorId>`, `sales`. */
  account: string;
  amountMinor: bigint;
  currency: string;
  effectiveOn: Day;
  recordedAt: Instant;
  cause: string;
}

/** What came in from outside, once per (provider, account, event). */
export interface InboxRow {
  creditorId: string;
  provider: string;
  account: string;
  eventId: string;
  kind: string;
  state: 'received' | 'applied' | 'parked' | 'quarantined' | 'ignored';
  debtorId: string | null;
  /** Parsed notice (ids, amounts, days). */
  notice: Record<string, unknown>;
  rawObjectId: string | null;
  tries: number;
  nextTryAt: Instant | null;
  lastError: string | null;
  receivedAt: Instant;
  appliedAt: Instant | null;
}

export interface OutboxRow {
  outboxId: bigint;
  creditorId: string;
  workflowId: string;
  kind: 'startRecovery' | 'startMessage' | 'signal';
  name: string;
  payload: Record<string, unknown>;
  /** `dismissed`: a person gave it up; the reconciler repairs what it would have said. */
  state: 'pending' | 'delivered' | 'superseded' | 'afterClose' | 'dismissed';
  leaseUntil: Instant | null;
  tries: number;
  lastError: string | null;
  createdAt: Instant;
  deliveredAt: Instant | null;
}

export interface IdempotencyRow {
  creditorId: string;
  key: string;
  route: string;
  bodySha256: string;
  state: 'running' | 'done';
  status: number | null;
  response: Record<string, unknown> | null;
  createdAt: Instant;
}

export interface PolicyVersionRow {
  creditorId: string;
  policyId: string;
  version: number;
  sha256: string;
  body: Record<string, unknown>;
  publishedBy: string;
  publishedAt: Instant;
}
