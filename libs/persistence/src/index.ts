export { createDataSource, type DataSourceSettings } from './create-data-source.js';
export { DatabaseClock } from './database-clock.js';
export { type DatabaseRefusal, databaseRefusal } from './database-refusal.js';
export { TypeormDueCases } from './due-cases.js';
export { systemClock, uuidV7Ids } from './ids.js';
export { TypeormInboxQueue } from './inbox-queue.js';
export { countOpenCases, type OpenBookRequest, type OpenCaseRow, readOpenBook } from './open-book.js';
export { TypeormOutboxQueue } from './outbox-queue.js';
export type { OnStatement, StatementSettings } from './session.js';
export { TypeormUnitOfWork, type UnitOfWorkSettings } from './typeorm-unit-of-work.js';
export type { AgeingPart, AgeingRow } from './read-models/ageing.js';
export type { CaseDetail } from './read-models/case-detail.js';
export type { CaseCount, CaseFilter, CaseListItem, CaseSort } from './read-models/case-lists.js';
export type { ImportFilter, ImportRowFilter, InvoiceFilter, InvoiceListItem, InvoiceSort } from './read-models/invoice-lists.js';
export type { JournalFilter } from './read-models/journal-list.js';
export { BadCursor, type Direction, type Page, PAGE_LIMIT, PAGE_LIMIT_MAX, type PageRequest } from './read-models/keyset-page.js';
export type {
  CommunicationFilter,
  CommunicationListItem,
  CommunicationSort,
  HandOverFilter,
  HandOverListItem,
  PostTrayFilter,
  PostTrayItem,
} from './read-models/message-lists.js';
export type { PaymentFilter, PaymentListItem, PaymentSort } from './read-models/money-lists.js';
export type { ApiKeyListItem, CreditorFilter, DebtorFilter, DebtorListItem, DebtorSort, PolicyFilter } from './read-models/party-lists.js';
export type { OperationCounts } from './read-models/operation-counts.js';
export type { DeadLetter, FlaggedMessage, LateRung, OperationScope } from './read-models/operation-lists.js';
export { OperationReads } from './read-models/operation-reads.js';
export type { CaseToCompare, InformToCompare } from './read-models/reconcile-reads.js';
export type { OutgoingCounts, OutgoingFilter, OutgoingItem, OutgoingStatus } from './read-models/outgoing-lists.js';
export { ReadModels } from './read-models/read-models.js';
export type { ApprovalFilter, ApprovalListItem, TaskFilter, TaskListItem, TaskSort } from './read-models/task-lists.js';
export type { TimelineEntry } from './read-models/timeline.js';
