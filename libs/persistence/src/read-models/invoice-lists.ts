import type { Day } from '#domain';
import type { ImportFileRow, ImportRowRow, InvoiceRow } from '#ports';
import { ImportFileEntity, ImportRowEntity } from '../entities/import.entities.js';
import { InvoiceEntity } from '../entities/invoice.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

export type InvoiceSort = 'issuedOn' | 'number' | 'createdAt' | 'payable';

export interface InvoiceFilter {
  documentKind?: InvoiceRow['documentKind'];
  debtorId?: string;
  status?: InvoiceRow['status'];
  creditState?: NonNullable<InvoiceRow['creditState']>;
  issuedFrom?: Day;
  issuedTo?: Day;
  /** Creditor's own id of the invoice. */
  externalId?: string;
  /** Part of the number or of the debtor's name. */
  search?: string;
}

export interface InvoiceListItem extends InvoiceRow {
  debtorName: string;
  /** First due day of its terms. */
  dueOn: Day | null;
  externalIds: string[];
}

export function listInvoices(
  reader: Reader,
  creditorId: string,
  request: InvoiceFilter & PageRequest<InvoiceSort>,
): Promise<Page<InvoiceListItem>> {
  const conditions = new Conditions()
    .add('i.creditor_id = ?', creditorId)
    .add('i.document_kind = ?', request.documentKind)
    .add('i.debtor_id = ?', request.debtorId)
    .add('i.status = ?', request.status)
    .add('i.credit_state = ?', request.creditState)
    .add('i.issued_on >= ?', request.issuedFrom)
    .add('i.issued_on <= ?', request.issuedTo)
    .add(
      'exists (select 1 from invoice_alias a where a.creditor_id = i.creditor_id and a.invoice_id = i.invoice_id and a.external_id = ?)',
      request.externalId,
    )
    .addContains(['lower(i.number)', 'lower(d.name)'], request.search);
  return readPage<InvoiceListItem, InvoiceSort>(
    reader,
    {
      selection: `${selectionUnder(shapeOf(reader.dataSource, InvoiceEntity), 'i')}, d.name as "debtorName",
        (select min(t.due_on) from invoice_term t where t.creditor_id = i.creditor_id and t.invoice_id = i.invoice_id) as "dueOn",
        array(select a.external_id from invoice_alias a where a.creditor_id = i.creditor_id and a.invoice_id = i.invoice_id order by 1 limit 20) as "externalIds"`,
      from: 'invoice i join debtor d on d.creditor_id = i.creditor_id and d.debtor_id = i.debtor_id',
      tie: 'i.invoice_id',
      sorts: {
        issuedOn: { expression: 'i.issued_on', type: 'date' },
        number: { expression: 'i.number', type: 'text' },
        createdAt: { expression: 'i.created_at', type: 'timestamptz' },
        payable: { expression: 'i.payable_minor', type: 'bigint' },
      },
      sort: 'issuedOn',
      direction: 'desc',
    },
    conditions,
    request,
  );
}

export interface ImportFilter {
  state?: ImportFileRow['state'];
  sha256?: string;
}

export function listImports(
  reader: Reader,
  creditorId: string,
  request: ImportFilter & PageRequest<'createdAt'>,
): Promise<Page<ImportFileRow>> {
  const conditions = new Conditions()
    .add('f.creditor_id = ?', creditorId)
    .add('f.state = ?', request.state)
    .add('f.sha256 = ?', request.sha256);
  return readPage<ImportFileRow, 'createdAt'>(
    reader,
    {
      selection: selectionUnder(shapeOf(reader.dataSource, ImportFileEntity), 'f'),
      from: 'import_file f',
      tie: 'f.import_id',
      sorts: { createdAt: { expression: 'f.created_at', type: 'timestamptz' } },
      sort: 'createdAt',
      direction: 'desc',
    },
    conditions,
    request,
  );
}

export interface ImportRowFilter {
  state?: readonly ImportRowRow['state'][];
}

/** Rows of a file in their order, the refused ones among them. */
export function listImportRows(
  reader: Reader,
  creditorId: string,
  importId: string,
  request: ImportRowFilter & PageRequest<'row'>,
): Promise<Page<ImportRowRow>> {
  const conditions = new Conditions()
    .add('r.creditor_id = ?', creditorId)
    .add('r.import_id = ?', importId)
    .addOneOf('r.state', request.state);
  return readPage<ImportRowRow, 'row'>(
    reader,
    {
      selection: selectionUnder(shapeOf(reader.dataSource, ImportRowEntity), 'r'),
      from: 'import_row r',
      tie: 'r.import_id',
      sorts: { row: { expression: 'r."row"', type: 'integer' } },
      sort: 'row',
      direction: 'asc',
    },
    conditions,
    request,
  );
}
