export type {
  ApiKeyRow,
  ContactChannel,
  ContactRole,
  CreditorMentions,
  CreditorRow,
  DebtorContactRow,
  DebtorRow,
  KeptTerms,
  PostalAddress,
  TermsByKind,
  WebhookEndpointRow,
} from './rows/party-rows.js';
export type {
  ImportFileRow,
  ImportRowRow,
  InvoiceAliasRow,
  InvoiceRow,
  InvoiceTermRow,
  SealedObjectRow,
  SealingKeyRow,
} from './rows/invoice-rows.js';
export type {
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
export type {
  DeliveryEventRow,
  MessageCaseRow,
  MessageEditRow,
  MessageLeaseRow,
  MessageState,
  OutboundMessageRow,
  PostItemRow,
} from './rows/message-rows.js';
export type {
  AllocationRow,
  CreditAllocationRow,
  IdempotencyRow,
  InboxRow,
  OutboxRow,
  PaymentRow,
  PolicyVersionRow,
  PostingRow,
} from './rows/money-rows.js';
export type {
  BrakeRow,
  BrakeScope,
  FindingKind,
  ProviderSweepRow,
  ReconcilerFindingRow,
  ReconcilerPassRow,
} from './rows/operation-rows.js';
export type { DueCases, InboxQueue, LockMode, OutboxQueue, Rows, Tables, Tx, UnitOfWork, Where } from './unit-of-work.js';
export type { Clock, Ids } from './clock.js';
export type {
  MailAddress,
  MailAttachment,
  MailEvent,
  MailEventKind,
  MailHandOver,
  MailPort,
  OutgoingMail,
  PreparedMail,
} from './mail-port.js';
export type { MailActivityPort, MailLookUp } from './mail-activity-port.js';
export type { PaymentEventReading, PaymentHints, PaymentNotice } from './payment-notice.js';
export type { LetterState, LetterStatus, PostHandOver, PostPort, PostReport, RegisteredLetter, ReportedLetterState } from './post-port.js';
export type { SealedBytes, Sealer, SealingFailure, SealingProblem } from './sealing-port.js';
export type {
  AlreadyStarted,
  DescribeResult,
  DirectoryRefused,
  DirectoryUnavailable,
  ListOpenResult,
  NotFound,
  OpenWorkflow,
  ShownCase,
  SignalResult,
  StartMessage,
  StartRecovery,
  StartResult,
  WorkflowDescription,
  WorkflowDirectory,
  WorkflowStatus,
} from './workflow-directory.js';
