import type { Instant } from '#domain';
import type { BrakeRow, MessageState, ReconcilerFindingRow } from '#ports';
import { BrakeEntity, ReconcilerFindingEntity } from '../entities/operation.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import { FAILING_NEWS, lateCondition } from './operation-counts.js';
import type { Reader } from './reader.js';

/** One creditor, or all that the reader may see. */
export interface OperationScope {
  creditorId?: string;
}

/** A message that crossed money, or whose fate nobody knows. No recipient, no text. */
export interface FlaggedMessage {
  creditorId: string;
  messageId: string;
  act: string;
  channel: string;
  purpose: string;
  debtorId: string;
  state: MessageState;
  claimedAt: Instant | null;
  acceptedAt: Instant | null;
  decidedAt: Instant | null;
  crossedWithPayment: boolean;
  at: Instant;
  caseIds: string[];
  taskId: string | null;
  taskDueOn: string | null;
}

const MESSAGE = `m.creditor_id as "creditorId", m.message_id as "messageId", m.act, m.channel, m.purpose, m.debtor_id as "debtorId", m.state,
  m.claimed_at as "claimedAt", m.accepted_at as "acceptedAt", m.decided_at as "decidedAt", m.crossed_with_payment as "crossedWithPayment",
  coalesce(m.claimed_at, m.created_at) as "at", t.task_id as "taskId", t.due_on::text as "taskDueOn",
  array(select distinct x.case_id from message_case x where x.creditor_id = m.creditor_id and x.message_id = m.message_id order by 1 limit 200) as "caseIds"`;
const MESSAGE_FROM = `outbound_message m left join task t on t.creditor_id = m.creditor_id and t.subject_id = m.message_id and t.state = 'open'
  and t.kind in ('messageUnknown', 'messageCrossed')`;

function messages(reader: Reader, which: string, request: OperationScope & PageRequest): Promise<Page<FlaggedMessage>> {
  const conditions = new Conditions().addSql(which).add('m.creditor_id = ?', request.creditorId);
  const sorts = { at: { expression: 'coalesce(m.claimed_at, m.created_at)', type: 'timestamptz' as const } };
  const shape = { selection: MESSAGE, from: MESSAGE_FROM, tie: 'm.message_id', sorts, sort: 'at' as const, direction: 'desc' as const };
  return readPage<FlaggedMessage, 'at'>(reader, shape, conditions, request);
}

/** Messages a payment crossed on the way out (I2), newest first. */
export function listCrossed(reader: Reader, request: OperationScope & PageRequest): Promise<Page<FlaggedMessage>> {
  return messages(reader, 'm.crossed_with_payment', request);
}

/** Messages of which nobody knows whether they left, newest first. */
export function listUncertain(reader: Reader, request: OperationScope & PageRequest): Promise<Page<FlaggedMessage>> {
  return messages(reader, `m.state in ('UNKNOWN', 'HUMAN')`, request);
}

/** Flagged messages whose task is not there yet. */
export function flaggedWithoutTask(
  reader: Reader,
  before: Instant,
  limit: number,
): Promise<{ creditorId: string; messageId: string; isCrossed: boolean }[]> {
  return reader.rows(
    `select m.creditor_id as "creditorId", m.message_id as "messageId", true as "isCrossed" from outbound_message m
      where m.crossed_with_payment and not exists (select 1 from task t where t.creditor_id = m.creditor_id and t.dedupe_key = 'messageCrossed:' || m.message_id)
     union all
     select m.creditor_id, m.message_id, false from outbound_message m
      where m.state in ('UNKNOWN', 'HUMAN') and coalesce(m.claimed_at, m.updated_at) <= $1
        and not exists (select 1 from task t where t.creditor_id = m.creditor_id and t.dedupe_key = 'messageUnknown:' || m.message_id)
     limit $2`,
    [before, limit],
  );
}

/** An open case whose wake is past and undecided (I7). */
export interface LateRung {
  creditorId: string;
  caseId: string;
  workflowId: string;
  state: string;
  wakeKind: string;
  wakeStage: string | null;
  wakeRound: number | null;
  wakeAt: Instant;
  updatedAt: Instant;
}

export function listLateRungs(reader: Reader, now: Instant, request: OperationScope & PageRequest): Promise<Page<LateRung>> {
  const conditions = new Conditions();
  conditions.addSql(lateCondition(conditions.place(now))).add('c.creditor_id = ?', request.creditorId);
  const selection = `c.creditor_id as "creditorId", c.case_id as "caseId", c.workflow_id as "workflowId", c.state, c.wake_kind as "wakeKind",
    c.wake_stage as "wakeStage", c.wake_round as "wakeRound", c.wake_at as "wakeAt", c.updated_at as "updatedAt"`;
  const from = 'recovery_case c join creditor cr on cr.creditor_id = c.creditor_id';
  const sorts = { wakeAt: { expression: 'c.wake_at', type: 'timestamptz' as const } };
  return readPage<LateRung, 'wakeAt'>(
    reader,
    { selection, from, tie: 'c.case_id', sorts, sort: 'wakeAt', direction: 'asc' },
    conditions,
    request,
  );
}

/** An event or a piece of news that machines gave up, or that keeps failing. */
export interface DeadLetter {
  queue: 'inbox' | 'outbox';
  creditorId: string;
  /** Parts of its key: provider, account and event id, or the number of the outbox row. */
  key: string[];
  kind: string;
  state: string;
  reason: string | null;
  tries: number;
  since: Instant;
  caseId: string | null;
}

export function listDeadLetters(
  reader: Reader,
  request: OperationScope & PageRequest & { queue?: 'inbox' | 'outbox' },
): Promise<Page<DeadLetter>> {
  const conditions = new Conditions().add('d.creditor_id = ?', request.creditorId).add('d.queue = ?', request.queue);
  const from = `(
    select 'inbox' queue, i.creditor_id, jsonb_build_array(i.provider, i.account, i.event_id) key, i.kind, i.state, i.last_error reason, i.tries,
      i.received_at since, null::text case_id, 'i:' || i.creditor_id || ':' || i.provider || ':' || i.account || ':' || i.event_id tie
      from inbox i where i.state in ('parked', 'quarantined')
    union all
    select 'outbox', o.creditor_id, jsonb_build_array(o.outbox_id::text), o.name, o.state, o.last_error, o.tries, o.created_at,
      o.payload ->> 'caseId', 'o:' || o.outbox_id from outbox o where ${FAILING_NEWS}) d`;
  const selection = `d.queue, d.creditor_id as "creditorId", d.key, d.kind, d.state, d.reason, d.tries, d.since, d.case_id as "caseId"`;
  const sorts = { since: { expression: 'd.since', type: 'timestamptz' as const } };
  return readPage<DeadLetter, 'since'>(
    reader,
    { selection, from, tie: 'd.tie', sorts, sort: 'since', direction: 'asc' },
    conditions,
    request,
  );
}

export function listBrakes(reader: Reader, request: OperationScope & PageRequest & { live?: boolean }): Promise<Page<BrakeRow>> {
  const conditions = new Conditions().add(`b.creditor_id in (?, '*')`, request.creditorId);
  if (request.live === true) conditions.addSql('b.released_at is null');
  if (request.live === false) conditions.addSql('b.released_at is not null');
  const shape = shapeOf(reader.dataSource, BrakeEntity);
  const sorts = { since: { expression: 'b.since', type: 'timestamptz' as const } };
  return readPage<BrakeRow, 'since'>(
    reader,
    { selection: selectionUnder(shape, 'b'), from: 'brake b', tie: 'b.brake_id', sorts, sort: 'since', direction: 'desc' },
    conditions,
    request,
  );
}

export function listFindings(
  reader: Reader,
  request: OperationScope & PageRequest & { open?: boolean },
): Promise<Page<ReconcilerFindingRow>> {
  const conditions = new Conditions().add('f.creditor_id = ?', request.creditorId);
  if (request.open === true) conditions.addSql('f.resolved_at is null');
  if (request.open === false) conditions.addSql('f.resolved_at is not null');
  const shape = shapeOf(reader.dataSource, ReconcilerFindingEntity);
  const sorts = { foundAt: { expression: 'f.found_at', type: 'timestamptz' as const } };
  return readPage<ReconcilerFindingRow, 'foundAt'>(
    reader,
    { selection: selectionUnder(shape, 'f'), from: 'reconciler_finding f', tie: 'f.finding_id', sorts, sort: 'foundAt', direction: 'desc' },
    conditions,
    request,
  );
}
