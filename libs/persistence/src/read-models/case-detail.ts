import type {
  AllocationRow,
  ApprovalRow,
  CallRow,
  CaseRow,
  CreditAllocationRow,
  DebtorContactRow,
  DebtorRow,
  DisputeRow,
  HandOverRow,
  HoldRow,
  InvoiceRow,
  InvoiceTermRow,
  OutboundMessageRow,
  PostItemRow,
  PromiseRow,
  StageOutcomeRow,
  StageVerdictRow,
  TaskRow,
} from '#ports';
import { OutboundMessageEntity } from '../entities/message.entities.js';
import { CallEntity } from '../entities/task.entities.js';
import { type Session, withSession } from '../session.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { tablesOn } from '../tables.js';
import type { Reader } from './reader.js';

/** Everything about one case; every list newest first and at most 200 long. */
export interface CaseDetail {
  case: CaseRow;
  invoice: InvoiceRow;
  /** All terms of the invoice, this case's among them. */
  terms: InvoiceTermRow[];
  debtor: DebtorRow;
  contacts: DebtorContactRow[];
  outcomes: StageOutcomeRow[];
  verdicts: StageVerdictRow[];
  calls: CallRow[];
  promises: PromiseRow[];
  disputes: DisputeRow[];
  holds: HoldRow[];
  approvals: ApprovalRow[];
  tasks: TaskRow[];
  messages: OutboundMessageRow[];
  postItems: PostItemRow[];
  handOvers: HandOverRow[];
  allocations: AllocationRow[];
  creditAllocations: CreditAllocationRow[];
}

const LIMIT = 200;

/** One case with what belongs to it; undefined when this creditor has no such case. */
export function readCaseDetail(reader: Reader, creditorId: string, caseId: string): Promise<CaseDetail | undefined> {
  return withSession(reader.dataSource, reader.settings, async (session) => {
    const tables = tablesOn(reader.dataSource, session);
    const row = await tables.cases.one({ creditorId, caseId });
    if (!row) return undefined;
    const { invoiceId, debtorId } = row;
    const ofCase = { creditorId, caseId };
    const invoice = await tables.invoices.one({ creditorId, invoiceId });
    const debtor = await tables.debtors.one({ creditorId, debtorId });
    if (!invoice || !debtor) throw new Error(`Case ${caseId} without its invoice or debtor`);
    return {
      case: row,
      invoice,
      debtor,
      terms: await tables.invoiceTerms.all({ creditorId, invoiceId }, { by: 'term', limit: LIMIT }),
      contacts: await tables.contacts.all({ creditorId, debtorId }, { by: 'createdAt', direction: 'desc', limit: LIMIT }),
      outcomes: await tables.stageOutcomes.all(ofCase, { by: 'decidedAt', direction: 'desc', limit: LIMIT }),
      verdicts: await tables.stageVerdicts.all(ofCase, { by: 'at', direction: 'desc', limit: LIMIT }),
      calls: await callsOf(reader, session, creditorId, caseId),
      promises: await tables.promises.all(ofCase, { by: 'createdAt', direction: 'desc', limit: LIMIT }),
      disputes: await tables.disputes.all(ofCase, { by: 'openedOn', direction: 'desc', limit: LIMIT }),
      holds: await tables.holds.all(ofCase, { by: 'placedOn', direction: 'desc', limit: LIMIT }),
      approvals: await tables.approvals.all(ofCase, { by: 'requestedAt', direction: 'desc', limit: LIMIT }),
      tasks: await tables.tasks.all(ofCase, { by: 'createdAt', direction: 'desc', limit: LIMIT }),
      messages: await messagesOf(reader, session, creditorId, caseId),
      postItems: await tables.postItems.all(ofCase, { by: 'createdAt', direction: 'desc', limit: LIMIT }),
      handOvers: await tables.handOvers.all(ofCase, { by: 'createdAt', direction: 'desc', limit: LIMIT }),
      allocations: await tables.allocations.all(ofCase, { by: 'recordedAt', direction: 'desc', limit: LIMIT }),
      creditAllocations: await tables.creditAllocations.all(ofCase, { by: 'recordedAt', direction: 'desc', limit: LIMIT }),
    };
  });
}

async function callsOf(reader: Reader, session: Session, creditorId: string, caseId: string): Promise<CallRow[]> {
  const sql = `select ${selectionUnder(shapeOf(reader.dataSource, CallEntity), 'k')} from call k
    where k.creditor_id = $1 and k.call_id in (select x.call_id from call_case x where x.creditor_id = $1 and x.case_id = $2)
    order by k.opened_on desc, k.call_id desc limit ${LIMIT}`;
  return (await session.query<CallRow>(sql, [creditorId, caseId])).rows;
}

async function messagesOf(reader: Reader, session: Session, creditorId: string, caseId: string): Promise<OutboundMessageRow[]> {
  const sql = `select ${selectionUnder(shapeOf(reader.dataSource, OutboundMessageEntity), 'm')} from outbound_message m
    where m.creditor_id = $1 and m.message_id in (select x.message_id from message_case x where x.creditor_id = $1 and x.case_id = $2)
    order by m.created_at desc, m.message_id desc limit ${LIMIT}`;
  return (await session.query<OutboundMessageRow>(sql, [creditorId, caseId])).rows;
}
