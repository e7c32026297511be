import type { Instant } from '#domain';
import type { ApiKeyRow, CreditorRow, DebtorContactRow, DebtorRow, WebhookEndpointRow } from './rows/party-rows.js';
import type {
  ImportFileRow,
  ImportRowRow,
  InvoiceAliasRow,
  InvoiceRow,
  InvoiceTermRow,
  SealedObjectRow,
  SealingKeyRow,
} from './rows/invoice-rows.js';
import type {
  ApprovalRow,
  CallCaseRow,
  CallRow,
  CaseRow,
  DisputeRow,
  HandOverRow,
  HoldRow,
  JournalRow,
  PromiseRow,
  StageOutcomeRow,
  StageVerdictRow,
  TaskRow,
} from './rows/case-rows.js';
import type {
  DeliveryEventRow,
  MessageCaseRow,
  MessageEditRow,
  MessageLeaseRow,
  OutboundMessageRow,
  PostItemRow,
} from './rows/message-rows.js';
import type {
  AllocationRow,
  CreditAllocationRow,
  IdempotencyRow,
  InboxRow,
  OutboxRow,
  PaymentRow,
  PolicyVersionRow,
  PostingRow,
} from './rows/money-rows.js';
import type { BrakeRow, ProviderSweepRow, ReconcilerFindingRow, ReconcilerPassRow } from './rows/operation-rows.js';

/** Equality on columns; a list means "one of". `null` matches NULL. An undefined value throws: it never widens a query. */
export type Where<R> = { [K in keyof R]?: R[K] | readonly R[K][] };

/** One table, typed by its row. Every method names its creditor through the row or the condition. */
export interface Rows<R> {
  insert(rows: R | readonly R[]): Promise<void>;
  /** Inserts unless a unique key is taken; tells whether the row is new. */
  insertOnce(row: R): Promise<boolean>;
  /** The row, or undefined; throws when more than one matches. */
  one(where: Where<R>): Promise<R | undefined>;
  all(where: Where<R>, order?: { by: keyof R; direction?: 'asc' | 'desc'; limit?: number }): Promise<R[]>;
  count(where: Where<R>): Promise<number>;
  /** Number of rows changed. A condition on `version` makes it optimistic. */
  update(where: Where<R>, patch: Partial<R>): Promise<number>;
  delete(where: Where<R>): Promise<number>;
}

/** The tables that casework, activities and API services may touch inside one transaction. */
export interface Tables {
  readonly creditors: Rows<CreditorRow>;
  readonly debtors: Rows<DebtorRow>;
  readonly contacts: Rows<DebtorContactRow>;
  readonly apiKeys: Rows<ApiKeyRow>;
  readonly webhookEndpoints: Rows<WebhookEndpointRow>;
  readonly invoices: Rows<InvoiceRow>;
  readonly invoiceAliases: Rows<InvoiceAliasRow>;
  readonly invoiceTerms: Rows<InvoiceTermRow>;
  readonly importFiles: Rows<ImportFileRow>;
  readonly importRows: Rows<ImportRowRow>;
  readonly sealingKeys: Rows<SealingKeyRow>;
  readonly sealedObjects: Rows<SealedObjectRow>;
  readonly cases: Rows<CaseRow>;
  readonly stageOutcomes: Rows<StageOutcomeRow>;
  readonly stageVerdicts: Rows<StageVerdictRow>;
  readonly calls: Rows<CallRow>;
  readonly callCases: Rows<CallCaseRow>;
  readonly promises: Rows<PromiseRow>;
  readonly disputes: Rows<DisputeRow>;
  readonly holds: Rows<HoldRow>;
  readonly approvals: Rows<ApprovalRow>;
  readonly tasks: Rows<TaskRow>;
  readonly handOvers: Rows<HandOverRow>;
  readonly messages: Rows<OutboundMessageRow>;
  readonly messageCases: Rows<MessageCaseRow>;
  /** Append-only. */
  readonly messageEdits: Pick<Rows<MessageEditRow>, 'insert' | 'all' | 'one' | 'count'>;
  readonly messageLeases: Rows<MessageLeaseRow>;
  readonly deliveryEvents: Rows<DeliveryEventRow>;
  readonly postItems: Rows<PostItemRow>;
  readonly payments: Rows<PaymentRow>;
  readonly allocations: Rows<AllocationRow>;
  readonly creditAllocations: Rows<CreditAllocationRow>;
  readonly postings: Rows<PostingRow>;
  readonly inbox: Rows<InboxRow>;
  readonly idempotencyKeys: Rows<IdempotencyRow>;
  readonly policyVersions: Rows<PolicyVersionRow>;
  readonly brakes: Rows<BrakeRow>;
  readonly reconcilerFindings: Rows<ReconcilerFindingRow>;
  readonly reconcilerPasses: Rows<ReconcilerPassRow>;
  readonly providerSweeps: Rows<ProviderSweepRow>;
  /** News goes in by `Tx.enqueue` only. */
  readonly outbox: Pick<Rows<OutboxRow>, 'one' | 'all' | 'count' | 'update'>;
  /** Append-only: no update, no delete; the database refuses both as well. */
  readonly journal: Pick<Rows<JournalRow>, 'insert' | 'all' | 'one' | 'count'>;
}

/** Open tasks whose cause is gone: those of a case by kind, and by key those of its invoice or debtor that none of their open cases needs any more. */
interface EndedTasks {
  readonly caseId: string;
  readonly invoiceId: string;
  readonly debtorId: string;
  readonly kinds: readonly string[];
  readonly keysOfInvoice: readonly string[];
  readonly keysOfDebtor: readonly string[];
}

/** A transaction under the creditor's lock. Nothing may be rendered and no network call made inside. */
export interface Tx extends Tables {
  /** Locks case rows in id order (FOR UPDATE) and reads them fresh. Call once, with all ids. */
  lockCases(creditorId: string, caseIds: readonly string[]): Promise<CaseRow[]>;
  /** Locks the open cases of a debtor in id order. */
  lockCasesOfDebtor(creditorId: string, debtorId: string): Promise<CaseRow[]>;
  /** Cancels open tasks in one statement and gives them as they are afterwards. The case's own row must have been written. */
  endTasks(creditorId: string, which: EndedTasks, by: { readonly closedBy: string; readonly closedAt: Instant }): Promise<TaskRow[]>;
  /** Queues news for a workflow; ids rise in commit order per case because the case row is locked. */
  enqueue(row: Omit<OutboxRow, 'outboxId' | 'state' | 'leaseUntil' | 'tries' | 'lastError' | 'deliveredAt'>): Promise<void>;
  /** True while a payment event of that debtor is not applied yet, one younger than `youngSince` belongs to nobody yet, or a file of payments is half in. */
  hasUnreadPayments(creditorId: string, debtorId: string, youngSince: Instant): Promise<boolean>;
}

export type LockMode = 'shared' | 'exclusive';

/** The only thing that locks: creditor's advisory lock first, then case rows in id order. Retries once on deadlock or lock time-out. */
export interface UnitOfWork {
  run<T>(creditorId: string, mode: LockMode, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction without the creditor's lock: lists, tokens, sealed bytes, leases. */
  plain<T>(work: (tx: Tables) => Promise<T>): Promise<T>;
}

/** Leases and results of the relay and the other background readers (one statement each, SKIP LOCKED). */
export interface OutboxQueue {
  /** Oldest pending row of each workflow, never two of one workflow, leased until `until`; `signals` leaves starts where they are. */
  lease(limit: number, now: Instant, until: Instant, which?: 'all' | 'signals'): Promise<OutboxRow[]>;
  delivered(outboxId: bigint, at: Instant, afterClose: boolean): Promise<void>;
  /** Puts the row back; after five tries a signal with a newer one of its workflow is superseded, a start never. */
  failed(outboxId: bigint, error: string, retryAt: Instant): Promise<void>;
  pending(creditorId?: string): Promise<number>;
}

export interface InboxQueue {
  lease(limit: number, now: Instant, until: Instant): Promise<InboxRow[]>;
  pending(creditorId?: string): Promise<number>;
}

/** Cases whose wake is due, for the sandbox clock and the reconciler. */
export interface DueCases {
  earliestWake(creditorId: string): Promise<{ caseId: string; at: Instant } | undefined>;
  dueBy(creditorId: string, at: Instant, limit: number): Promise<{ caseId: string; workflowId: string }[]>;
}
