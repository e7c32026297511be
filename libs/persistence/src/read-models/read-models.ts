import type { Day } from '#domain';
import type { DataSource } from 'typeorm';
import type { CreditorRow, ImportFileRow, ImportRowRow, JournalRow, PolicyVersionRow } from '#ports';
import type { StatementSettings } from '../session.js';
import { type AgeingRow, readAgeing } from './ageing.js';
import { type CaseDetail, readCaseDetail } from './case-detail.js';
import { type CaseCount, type CaseFilter, type CaseListItem, type CaseSort, countCases, listCases } from './case-lists.js';
import {
  type ImportFilter,
  type ImportRowFilter,
  type InvoiceFilter,
  type InvoiceListItem,
  type InvoiceSort,
  listImportRows,
  listImports,
  listInvoices,
} from './invoice-lists.js';
import { type JournalFilter, listJournal } from './journal-list.js';
import type { Page, PageRequest } from './keyset-page.js';
import {
  type CommunicationFilter,
  type CommunicationListItem,
  type CommunicationSort,
  type HandOverFilter,
  type HandOverListItem,
  listCommunications,
  listHandOvers,
  listPostTray,
  type PostTrayFilter,
  type PostTrayItem,
} from './message-lists.js';
import { countOutgoing, listOutgoing, type OutgoingCounts, type OutgoingFilter, type OutgoingItem } from './outgoing-lists.js';
import { listPayments, type PaymentFilter, type PaymentListItem, type PaymentSort } from './money-lists.js';
import {
  type ApiKeyListItem,
  type CreditorFilter,
  type DebtorFilter,
  type DebtorListItem,
  type DebtorSort,
  listApiKeys,
  listCreditors,
  listDebtors,
  listPolicies,
  type PolicyFilter,
} from './party-lists.js';
import { Reader } from './reader.js';
import {
  type ApprovalFilter,
  type ApprovalListItem,
  listApprovals,
  listTasks,
  type TaskFilter,
  type TaskListItem,
  type TaskSort,
} from './task-lists.js';
import { readTimeline, type TimelineEntry } from './timeline.js';

/**
 * The lists of the REST API: joins, never a write. Every method but `creditors` is bounded to one creditor, every answer to 200 rows.
 * A cursor that does not fit throws `BadCursor`.
 */
export class ReadModels {
  private readonly reader: Reader;

  constructor(dataSource: DataSource, settings: StatementSettings = {}) {
    this.reader = new Reader(dataSource, settings);
  }

  cases(creditorId: string, request: CaseFilter & PageRequest<CaseSort> = {}): Promise<Page<CaseListItem>> {
    return listCases(this.reader, creditorId, request);
  }

  caseCounts(creditorId: string): Promise<CaseCount[]> {
    return countCases(this.reader, creditorId);
  }

  ageing(creditorId: string, on: Day): Promise<AgeingRow[]> {
    return readAgeing(this.reader, creditorId, on);
  }

  caseDetail(creditorId: string, caseId: string): Promise<CaseDetail | undefined> {
    return readCaseDetail(this.reader, creditorId, caseId);
  }

  timeline(creditorId: string, caseId: string, request: PageRequest = {}): Promise<Page<TimelineEntry>> {
    return readTimeline(this.reader, creditorId, caseId, request);
  }

  invoices(creditorId: string, request: InvoiceFilter & PageRequest<InvoiceSort> = {}): Promise<Page<InvoiceListItem>> {
    return listInvoices(this.reader, creditorId, request);
  }

  debtors(creditorId: string, request: DebtorFilter & PageRequest<DebtorSort> = {}): Promise<Page<DebtorListItem>> {
    return listDebtors(this.reader, creditorId, request);
  }

  payments(creditorId: string, request: PaymentFilter & PageRequest<PaymentSort> = {}): Promise<Page<PaymentListItem>> {
    return listPayments(this.reader, creditorId, request);
  }

  tasks(creditorId: string, request: TaskFilter & PageRequest<TaskSort> = {}): Promise<Page<TaskListItem>> {
    return listTasks(this.reader, creditorId, request);
  }

  approvals(creditorId: string, request: ApprovalFilter & PageRequest<'requestedAt'> = {}): Promise<Page<ApprovalListItem>> {
    return listApprovals(this.reader, creditorId, request);
  }

  communications(
    creditorId: string,
    request: CommunicationFilter & PageRequest<CommunicationSort> = {},
  ): Promise<Page<CommunicationListItem>> {
    return listCommunications(this.reader, creditorId, request);
  }

  outgoing(creditorId: string, request: OutgoingFilter & PageRequest<'at'>): Promise<Page<OutgoingItem>> {
    return listOutgoing(this.reader, creditorId, request);
  }

  outgoingCounts(creditorId: string, filter: OutgoingFilter): Promise<OutgoingCounts> {
    return countOutgoing(this.reader, creditorId, filter);
  }

  postTray(creditorId: string, request: PostTrayFilter & PageRequest<'createdAt'> = {}): Promise<Page<PostTrayItem>> {
    return listPostTray(this.reader, creditorId, request);
  }

  handOvers(creditorId: string, request: HandOverFilter & PageRequest<'createdAt'> = {}): Promise<Page<HandOverListItem>> {
    return listHandOvers(this.reader, creditorId, request);
  }

  journal(creditorId: string, request: JournalFilter & PageRequest<'recordedAt'> = {}): Promise<Page<JournalRow>> {
    return listJournal(this.reader, creditorId, request);
  }

  imports(creditorId: string, request: ImportFilter & PageRequest<'createdAt'> = {}): Promise<Page<ImportFileRow>> {
    return listImports(this.reader, creditorId, request);
  }

  importRows(creditorId: string, importId: string, request: ImportRowFilter & PageRequest<'row'> = {}): Promise<Page<ImportRowRow>> {
    return listImportRows(this.reader, creditorId, importId, request);
  }

  creditors(request: CreditorFilter & PageRequest<'legalName'> = {}): Promise<Page<CreditorRow>> {
    return listCreditors(this.reader, request);
  }

  apiKeys(creditorId: string, request: PageRequest<'createdAt'> = {}): Promise<Page<ApiKeyListItem>> {
    return listApiKeys(this.reader, creditorId, request);
  }

  policies(creditorId: string, request: PolicyFilter & PageRequest<'policyId'> = {}): Promise<Page<PolicyVersionRow>> {
    return listPolicies(this.reader, creditorId, request);
  }
}
