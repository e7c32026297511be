import type { Day, Instant } from '#domain';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

/** `leaves`: at its slot; `awaitsApproval`, `held` by a person, `waits` for a proof, `stopped` by a fact of its case (dispute, promise, blocker…). */
export type OutgoingStatus = 'leaves' | 'awaitsApproval' | 'held' | 'waits' | 'stopped';

export interface OutgoingFilter {
  /** Rungs planned up to this instant, those overdue included. */
  readonly until: Instant;
  /** The creditor's day: a hold lasts through its own last day. */
  readonly today: Day;
  readonly status?: readonly OutgoingStatus[];
  readonly act?: 'mail' | 'formalNotice';
  readonly stage?: readonly string[];
  readonly debtorId?: string;
  readonly caseId?: string;
  readonly edited?: boolean;
  readonly late?: boolean;
}

/** One message that will leave: a rung of the plan of an open case. */
export interface OutgoingItem {
  caseId: string;
  version: number;
  debtorId: string;
  debtorName: string;
  invoiceNumber: string;
  currency: string;
  openPrincipalMinor: bigint;
  stage: string;
  round: number;
  act: 'mail' | 'formalNotice';
  on: Day;
  at: Instant;
  needsApproval: boolean;
  late: boolean;
  status: OutgoingStatus;
  heldUntil: Day | null;
  /** Revision of the words a person wrote; null while they are the template's. */
  revision: number | null;
  /** The message prepared for it, if it is. */
  messageId: string | null;
}

const RUNG = (field: string) => `(p.rung ->> '${field}')`;
const IS_STOPPED = `(c.state in ('disputed', 'onHold', 'promised', 'inPlan', 'insolvency') or jsonb_array_length(c.recovery -> 'blockers') > 0)`;
const IS_APPROVED = `(c.recovery #>> '{approval,stage}' = ${RUNG('stage')} and c.recovery #>> '{approval,round}' = ${RUNG('round')}
  and c.recovery #>> '{approval,state}' = 'approved')`;
const HELD = `(select (h.held ->> 'until')::date from jsonb_array_elements(coalesce(c.recovery -> 'held', '[]'::jsonb)) h(held)
  where h.held ->> 'stage' = ${RUNG('stage')} and h.held ->> 'round' = ${RUNG('round')})`;
const EDITED = `(select (e.edited ->> 'revision')::integer from jsonb_array_elements(coalesce(c.recovery -> 'edited', '[]'::jsonb)) e(edited)
  where e.edited ->> 'stage' = ${RUNG('stage')})`;

const FROM = `recovery_case c
  join debtor d on d.creditor_id = c.creditor_id and d.debtor_id = c.debtor_id
  join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
  cross join lateral jsonb_array_elements(c.plan) p(rung)
  left join message_case l on l.creditor_id = c.creditor_id and l.case_id = c.case_id and l.live
    and l.stage = ${RUNG('stage')} and l.round = ${RUNG('round')}::integer
  left join outbound_message m on m.creditor_id = l.creditor_id and m.message_id = l.message_id`;

function statusSql(today: string): string {
  return `case when ${HELD} >= ${today}::date then 'held' when ${IS_STOPPED} then 'stopped' when ${RUNG('waitsFor')} is not null then 'waits'
    when ${RUNG('needsApproval')}::boolean and not coalesce(${IS_APPROVED}, false) then 'awaitsApproval' else 'leaves' end`;
}

/** The fixed part of the question and its filters; `status` last, so that counts can leave it out. */
function conditionsOf(creditorId: string, filter: OutgoingFilter): { conditions: Conditions; status: string } {
  const conditions = new Conditions()
    .add('c.creditor_id = ?', creditorId)
    .addSql(`c.closed_kind is null and ${RUNG('act')} in ('mail', 'formalNotice') and (m.state is null or m.state = 'PLANNED')`)
    .add(`${RUNG('at')}::timestamptz <= ?::timestamptz`, filter.until)
    .add(`${RUNG('act')} = ?`, filter.act)
    .addOneOf(RUNG('stage'), filter.stage)
    .add('c.debtor_id = ?', filter.debtorId)
    .add('c.case_id = ?', filter.caseId);
  if (filter.edited !== undefined) conditions.addSql(`${EDITED} is ${filter.edited ? 'not null' : 'null'}`);
  if (filter.late !== undefined) conditions.addSql(`${filter.late ? '' : 'not '}${RUNG('late')}::boolean`);
  return { conditions, status: statusSql(conditions.place(filter.today)) };
}

/** What will leave, in the order in which it will: (instant, case, rung). */
export function listOutgoing(reader: Reader, creditorId: string, request: OutgoingFilter & PageRequest<'at'>): Promise<Page<OutgoingItem>> {
  const { conditions, status } = conditionsOf(creditorId, request);
  conditions.addOneOf(`(${status})`, request.status);
  return readPage<OutgoingItem, 'at'>(
    reader,
    {
      selection: `c.case_id as "caseId", c.fact_seq as "version", c.debtor_id as "debtorId", d.name as "debtorName", i.number as "invoiceNumber",
        c.currency, c.open_principal_minor as "openPrincipalMinor", ${RUNG('stage')} as "stage", ${RUNG('round')}::integer as "round",
        ${RUNG('act')} as "act", ${RUNG('on')}::date as "on", ${RUNG('at')}::timestamptz as "at", ${RUNG('needsApproval')}::boolean as "needsApproval",
        ${RUNG('late')}::boolean as "late", ${status} as "status", ${HELD} as "heldUntil", ${EDITED} as "revision", m.message_id as "messageId"`,
      from: FROM,
      tie: `(c.case_id || '/' || ${RUNG('stage')} || '/' || ${RUNG('round')})`,
      sorts: { at: { expression: `${RUNG('at')}::timestamptz`, type: 'timestamptz' } },
      sort: 'at',
      direction: 'asc',
    },
    conditions,
    request,
  );
}

export type OutgoingCounts = Readonly<Record<OutgoingStatus, number>>;

/** How many of each, over the whole question whatever its page and status. */
export async function countOutgoing(reader: Reader, creditorId: string, filter: OutgoingFilter): Promise<OutgoingCounts> {
  const { conditions, status } = conditionsOf(creditorId, filter);
  const rows = await reader.rows<{ status: OutgoingStatus; count: string }>(
    `select s.status, count(*)::text as count from (select ${status} as status from ${FROM} where ${conditions.sql}) s group by s.status`,
    conditions.values,
  );
  const counts: Record<OutgoingStatus, number> = { leaves: 0, awaitsApproval: 0, held: 0, waits: 0, stopped: 0 };
  for (const { status: known, count } of rows) counts[known] = Number(count);
  return counts;
}
