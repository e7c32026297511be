import type { Day } from '#domain';
import type { HandOverRow, MessageState, OutboundMessageRow, PostItemRow, PostalAddress } from '#ports';
import { OutboundMessageEntity, PostItemEntity } from '../entities/message.entities.js';
import { HandOverEntity } from '../entities/task.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

export type CommunicationSort = 'createdAt' | 'slotOn';

export interface CommunicationFilter {
  state?: readonly MessageState[];
  act?: readonly string[];
  channel?: OutboundMessageRow['channel'];
  purpose?: OutboundMessageRow['purpose'];
  debtorId?: string;
  caseId?: string;
}

export interface CommunicationListItem extends Omit<OutboundMessageRow, 'statement' | 'claimToken'> {
  debtorName: string;
  caseIds: string[];
  /** The sum asked as kept with the message, if it was. */
  asks: unknown;
}

export function listCommunications(
  reader: Reader,
  creditorId: string,
  request: CommunicationFilter & PageRequest<CommunicationSort>,
): Promise<Page<CommunicationListItem>> {
  const conditions = new Conditions()
    .add('m.creditor_id = ?', creditorId)
    .addOneOf('m.state', request.state)
    .addOneOf('m.act', request.act)
    .add('m.channel = ?', request.channel)
    .add('m.purpose = ?', request.purpose)
    .add('m.debtor_id = ?', request.debtorId)
    .add(
      'exists (select 1 from message_case x where x.creditor_id = m.creditor_id and x.message_id = m.message_id and x.case_id = ?)',
      request.caseId,
    );
  const shape = shapeOf(reader.dataSource, OutboundMessageEntity);
  const lean = { ...shape, columns: shape.columns.filter(({ property }) => property !== 'statement' && property !== 'claimToken') };
  return readPage<CommunicationListItem, CommunicationSort>(
    reader,
    {
      selection: `${selectionUnder(lean, 'm')}, d.name as "debtorName", m.statement->'asks' as asks,
        array(select distinct x.case_id from message_case x where x.creditor_id = m.creditor_id and x.message_id = m.message_id order by 1 limit 200) as "caseIds"`,
      from: 'outbound_message m join debtor d on d.creditor_id = m.creditor_id and d.debtor_id = m.debtor_id',
      tie: 'm.message_id',
      sorts: { createdAt: { expression: 'm.created_at', type: 'timestamptz' }, slotOn: { expression: 'm.slot_on', type: 'date' } },
      sort: 'createdAt',
      direction: 'desc',
    },
    conditions,
    request,
  );
}

export interface PostTrayFilter {
  state?: readonly PostItemRow['state'][];
  caseId?: string;
}

export interface PostTrayItem extends PostItemRow {
  act: string;
  subject: string;
  recipient: string;
  slotOn: Day;
  letterObjectId: string | null;
  letterSha256: string | null;
  debtorId: string;
  debtorName: string;
  debtorAddress: PostalAddress | null;
  invoiceNumber: string;
}

/** Registered letters, oldest first. */
export function listPostTray(
  reader: Reader,
  creditorId: string,
  request: PostTrayFilter & PageRequest<'createdAt'>,
): Promise<Page<PostTrayItem>> {
  const conditions = new Conditions()
    .add('p.creditor_id = ?', creditorId)
    .addOneOf('p.state', request.state)
    .add('p.case_id = ?', request.caseId);
  return readPage<PostTrayItem, 'createdAt'>(
    reader,
    {
      selection: `${selectionUnder(shapeOf(reader.dataSource, PostItemEntity), 'p')}, m.act, m.subject, m.recipient, m.slot_on as "slotOn",
        m.letter_object_id as "letterObjectId", m.letter_sha256 as "letterSha256", d.debtor_id as "debtorId", d.name as "debtorName",
        d.address as "debtorAddress", i.number as "invoiceNumber"`,
      from: `post_item p
        join outbound_message m on m.creditor_id = p.creditor_id and m.message_id = p.message_id
        join recovery_case c on c.creditor_id = p.creditor_id and c.case_id = p.case_id
        join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
        join debtor d on d.creditor_id = c.creditor_id and d.debtor_id = c.debtor_id`,
      tie: 'p.post_item_id',
      sorts: { createdAt: { expression: 'p.created_at', type: 'timestamptz' } },
      sort: 'createdAt',
      direction: 'asc',
    },
    conditions,
    request,
  );
}

export interface HandOverFilter {
  state?: readonly HandOverRow['state'][];
  caseId?: string;
}

export interface HandOverListItem extends HandOverRow {
  debtorId: string;
  debtorName: string;
  invoiceNumber: string;
}

export function listHandOvers(
  reader: Reader,
  creditorId: string,
  request: HandOverFilter & PageRequest<'createdAt'>,
): Promise<Page<HandOverListItem>> {
  const conditions = new Conditions()
    .add('h.creditor_id = ?', creditorId)
    .addOneOf('h.state', request.state)
    .add('h.case_id = ?', request.caseId);
  return readPage<HandOverListItem, 'createdAt'>(
    reader,
    {
      selection: `${selectionUnder(shapeOf(reader.dataSource, HandOverEntity), 'h')}, d.debtor_id as "debtorId", d.name as "debtorName", i.number as "invoiceNumber"`,
      from: `hand_over h
        join recovery_case c on c.creditor_id = h.creditor_id and c.case_id = h.case_id
        join invoice i on i.creditor_id = c.creditor_id and i.invoice_id = c.invoice_id
        join debtor d on d.creditor_id = c.creditor_id and d.debtor_id = c.debtor_id`,
      tie: 'h.hand_over_id',
      sorts: { createdAt: { expression: 'h.created_at', type: 'timestamptz' } },
      sort: 'createdAt',
      direction: 'desc',
    },
    conditions,
    request,
  );
}
