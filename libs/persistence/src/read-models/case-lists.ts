import { type CaseState, type Day, type Instant, parseMoney } from '#domain';
import type { CaseRow } from '#ports';
import { CaseEntity } from '../entities/case.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions, likePattern } from './conditions.js';
import { type ListShape, type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

export type CaseSort = 'dueOn' | 'openPrincipal' | 'nextActionAt' | 'createdAt' | 'debtor';

export interface CaseFilter {
  state?: readonly CaseState[];
  open?: boolean;
  debtorId?: string;
  invoiceId?: string;
  dueFrom?: Day;
  dueTo?: Day;
  /** Bounds of the open principal, minor units, both included. */
  amountMin?: bigint;
  amountMax?: bigint;
  currency?: string;
  wakeBefore?: Instant;
  disputed?: boolean;
  policyId?: string;
  /** Part of an invoice number or debtor's name, or an exact amount (`1240.00`, `1 240,00 €`) of two decimals. */
  search?: string;
}

export interface CaseListItem extends Omit<CaseRow, 'recovery' | 'plan'> {
  debtorName: string;
  debtorKind: string;
  invoiceNumber: string;
  disputed: boolean;
}

export interface CaseCount {
  state: CaseState;
  currency: string;
  count: number;
  openPrincipalMinor: bigint;
}

const OPEN_DISPUTE = `exists (select 1 from dispute x where x.creditor_id = c.creditor_id and x.case_id = c.case_id and x.state = 'open')`;

function caseList(reader: Reader): ListShape<CaseSort> {
  const shape = shapeOf(reader.dataSource, CaseEntity);
  const lean = { ...shape, columns: shape.columns.filter((column) => column.type !== 'jsonb') };
  return {
    selection: `${selectionUnder(lean, 'c')}, d.name as "debtorName", d.kind as "debtorKind", i.number as "invoiceNumber", ${OPEN_DISPUTE} as "disputed"`,
    from: `recovery_case c
      join debtor d on d.creditor_id = c.creditor_id and d.debtor_id = c.debtor_id
      join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id`,
    tie: 'c.case_id',
    sorts: {
      dueOn: { expression: 'c.due_on', type: 'date' },
      openPrincipal: { expression: 'c.open_principal_minor', type: 'bigint' },
      nextActionAt: { expression: `coalesce(c.wake_at, 'infinity'::timestamptz)`, type: 'timestamptz' },
      createdAt: { expression: 'c.created_at', type: 'timestamptz' },
      debtor: { expression: 'lower(d.name)', type: 'text' },
    },
    sort: 'dueOn',
    direction: 'asc',
  };
}

/** Cases of a creditor with debtor and invoice, filtered, sorted, a page at a time. */
export function listCases(reader: Reader, creditorId: string, request: CaseFilter & PageRequest<CaseSort>): Promise<Page<CaseListItem>> {
  const conditions = new Conditions()
    .add('c.creditor_id = ?', creditorId)
    .addOneOf('c.state', request.state)
    .add('c.debtor_id = ?', request.debtorId)
    .add('c.invoice_id = ?', request.invoiceId)
    .add('c.due_on >= ?', request.dueFrom)
    .add('c.due_on <= ?', request.dueTo)
    .add('c.open_principal_minor >= ?', request.amountMin)
    .add('c.open_principal_minor <= ?', request.amountMax)
    .add('c.currency = ?', request.currency)
    .add('c.wake_at < ?', request.wakeBefore)
    .add('c.policy_id = ?', request.policyId);
  if (request.open !== undefined) conditions.addSql(`c.closed_kind is ${request.open ? 'null' : 'not null'}`);
  if (request.disputed !== undefined) conditions.addSql(`${request.disputed ? '' : 'not '}${OPEN_DISPUTE}`);
  search(conditions, creditorId, request.search);
  return readPage<CaseListItem, CaseSort>(reader, caseList(reader), conditions, request);
}

/** Each way in is looked up on its own index; a disjunction over joined tables would read every case. */
function search(conditions: Conditions, creditorId: string, text: string | undefined): void {
  const wanted = text?.trim();
  if (!wanted) return;
  const creditor = conditions.place(creditorId);
  const pattern = conditions.place(likePattern(wanted));
  const ways = [
    `c.invoice_id in (select s.invoice_id from invoice s where s.creditor_id = ${creditor} and lower(s.number) like ${pattern})`,
    `c.debtor_id in (select s.debtor_id from debtor s where s.creditor_id = ${creditor} and lower(s.name) like ${pattern})`,
  ];
  const amount = exactAmount(wanted);
  if (amount !== undefined) {
    const place = conditions.place(amount);
    ways.push(`c.open_principal_minor = ${place}`, `c.face_minor = ${place}`);
  }
  conditions.addSql(`(${ways.join(' or ')})`);
}

function exactAmount(text: string): bigint | undefined {
  const parsed = parseMoney(text.replace(/[\s\u{a0}\u{202f}€]/gu, '').replace(',', '.'), 'EUR');
  return 'problem' in parsed ? undefined : parsed.minor;
}

/** Cases per state and currency, with the sum of what is open. */
export function countCases(reader: Reader, creditorId: string): Promise<CaseCount[]> {
  return reader.rows<CaseCount>(
    `select state, currency, count(*)::integer as count, sum(open_principal_minor)::bigint as "openPrincipalMinor"
       from recovery_case where creditor_id = $1 group by state, currency order by state, currency`,
    [creditorId],
  );
}
