import type { Day, Instant } from '#domain';
import type { ApprovalRow, TaskRow } from '#ports';
import { ApprovalEntity, TaskEntity } from '../entities/task.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

export type TaskSort = 'createdAt' | 'dueOn';

export interface TaskFilter {
  state?: readonly TaskRow['state'][];
  role?: TaskRow['role'];
  kind?: readonly string[];
  caseId?: string;
  debtorId?: string;
  dueTo?: Day;
}

export interface TaskListItem extends TaskRow {
  debtorName: string | null;
  invoiceNumber: string | null;
}

/** What people are asked to do; without a filter on state, all of it. */
export function listTasks(reader: Reader, creditorId: string, request: TaskFilter & PageRequest<TaskSort>): Promise<Page<TaskListItem>> {
  const conditions = new Conditions()
    .add('t.creditor_id = ?', creditorId)
    .addOneOf('t.state', request.state)
    .add('t.role = ?', request.role)
    .addOneOf('t.kind', request.kind)
    .add('t.case_id = ?', request.caseId)
    .add('t.debtor_id = ?', request.debtorId)
    .add('t.due_on <= ?', request.dueTo);
  return readPage<TaskListItem, TaskSort>(
    reader,
    {
      selection: `${selectionUnder(shapeOf(reader.dataSource, TaskEntity), 't')}, d.name as "debtorName", i.number as "invoiceNumber"`,
      from: `task t
        left join recovery_case c on c.creditor_id = t.creditor_id and c.case_id = t.case_id
        left join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
        left join debtor d on d.creditor_id = t.creditor_id and d.debtor_id = coalesce(t.debtor_id, c.debtor_id)`,
      tie: 't.task_id',
      sorts: {
        createdAt: { expression: 't.created_at', type: 'timestamptz' },
        dueOn: { expression: `coalesce(t.due_on, '9999-12-31'::date)`, type: 'date' },
      },
      sort: 'createdAt',
      direction: 'asc',
    },
    conditions,
    request,
  );
}

export interface ApprovalFilter {
  state?: readonly ApprovalRow['state'][];
  caseId?: string;
}

/** An approval with the letter and sum it is about. */
export interface ApprovalListItem extends ApprovalRow {
  debtorId: string;
  debtorName: string;
  invoiceNumber: string;
  openPrincipalMinor: bigint;
  currency: string;
  dueOn: Day;
  act: string | null;
  slotOn: Day | null;
  subject: string | null;
  letterObjectId: string | null;
  letterSha256: string | null;
  bytesObjectId: string | null;
  messageRevision: number | null;
  preparedAt: Instant | null;
}

export function listApprovals(
  reader: Reader,
  creditorId: string,
  request: ApprovalFilter & PageRequest<'requestedAt'>,
): Promise<Page<ApprovalListItem>> {
  const conditions = new Conditions()
    .add('a.creditor_id = ?', creditorId)
    .addOneOf('a.state', request.state)
    .add('a.case_id = ?', request.caseId);
  return readPage<ApprovalListItem, 'requestedAt'>(
    reader,
    {
      selection: `${selectionUnder(shapeOf(reader.dataSource, ApprovalEntity), 'a')}, c.debtor_id as "debtorId", d.name as "debtorName",
        i.number as "invoiceNumber", c.open_principal_minor as "openPrincipalMinor", c.currency, c.due_on as "dueOn", m.act, m.slot_on as "slotOn",
        m.subject, m.letter_object_id as "letterObjectId", m.letter_sha256 as "letterSha256", m.bytes_object_id as "bytesObjectId",
        m.revision as "messageRevision", m.updated_at as "preparedAt"`,
      from: `approval a
        join recovery_case c on c.creditor_id = a.creditor_id and c.case_id = a.case_id
        join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
        join debtor d on d.creditor_id = c.creditor_id and d.debtor_id = c.debtor_id
        left join outbound_message m on m.creditor_id = a.creditor_id and m.message_id = a.message_id`,
      tie: 'a.approval_id',
      sorts: { requestedAt: { expression: 'a.requested_at', type: 'timestamptz' } },
      sort: 'requestedAt',
      direction: 'asc',
    },
    conditions,
    request,
  );
}
