import type { Day, Instant } from '#domain';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

/** One line of a case's story. Fields that a source does not have are null. */
export interface TimelineEntry {
  at: Instant;
  source: 'journal' | 'verdict' | 'message' | 'delivery' | 'call';
  /** Fact, verdict, state or event: `paymentAllocated`, `POSTPONED`, `ACCEPTED`, `bounce`, `reached`. */
  kind: string;
  /** Id of the row behind it: journal `seq`, verdict, message, event or call id. */
  id: string;
  stage: string | null;
  round: number | null;
  /** Who did it, where a person, key or workflow stage is known. */
  actor: string | null;
  /** Reason code, note or provider's words. */
  reason: string | null;
  until: Instant | null;
  messageId: string | null;
  effectiveOn: Day | null;
  detail: Record<string, unknown>;
}

const JOURNAL = `
select j.recorded_at as at, 'journal' as source, j.kind, j.seq::text as id, null::text as stage, null::integer as round, j.actor, j.reason,
       null::timestamptz as until, null::text as "messageId", j.effective_on as "effectiveOn", j.cause as detail, 1 as rank, lpad(j.seq::text, 10, '0') as ord
  from journal j where j.creditor_id = $1 and j.stream_id = $2`;

const VERDICTS = `
select v.at, 'verdict', v.verdict, v.verdict_id, v.stage, v.round, null, v.code,
       v.until, v.message_id, null, v.because, 2, v.verdict_id
  from stage_verdict v where v.creditor_id = $1 and v.case_id = $2`;

const MESSAGES = `
select step.at, 'message', step.kind, m.message_id, m.stage, m.round, null, step.reason,
       null, m.message_id, m.slot_on,
       jsonb_build_object('act', m.act, 'channel', m.channel, 'purpose', m.purpose, 'revision', m.revision, 'subject', m.subject, 'recipient', m.recipient),
       3, m.message_id || step.n
  from outbound_message m
  cross join lateral (values
      (1, m.created_at, 'PLANNED', null),
      (2, m.claimed_at, 'CLAIMED', null),
      (3, m.accepted_at, 'ACCEPTED', null),
      (4, m.decided_at, m.state, m.provider_words)) as step (n, at, kind, reason)
 where m.creditor_id = $1 and step.at is not null
   and m.message_id in (select x.message_id from message_case x where x.creditor_id = $1 and x.case_id = $2)`;

const DELIVERIES = `
select e.at, 'delivery', e.kind, e.event_id, null, null, e.provider, null,
       null, e.message_id, null, e.detail, 4, e.event_id
  from delivery_event e
 where e.creditor_id = $1
   and e.message_id in (select x.message_id from message_case x where x.creditor_id = $1 and x.case_id = $2)`;

const CALLS = `
select k.reported_at, 'call', k.outcome, k.call_id, x.stage, x.round, k.reported_by, k.note,
       null, null, k.opened_on, jsonb_build_object('contactName', k.contact_name, 'taskId', k.task_id), 5, k.call_id
  from call k join call_case x on x.creditor_id = k.creditor_id and x.call_id = k.call_id
 where k.creditor_id = $1 and x.case_id = $2 and k.reported_at is not null and k.outcome is not null`;

/** What happened to a case, oldest first: facts, verdicts, messages, what became of them, calls. */
export function readTimeline(reader: Reader, creditorId: string, caseId: string, request: PageRequest): Promise<Page<TimelineEntry>> {
  const conditions = new Conditions();
  conditions.place(creditorId);
  conditions.place(caseId);
  return readPage<TimelineEntry, 'at'>(
    reader,
    {
      selection: 't.at, t.source, t.kind, t.id, t.stage, t.round, t.actor, t.reason, t.until, t."messageId", t."effectiveOn", t.detail',
      from: `(${[JOURNAL, VERDICTS, MESSAGES, DELIVERIES, CALLS].join('\nunion all\n')}) t`,
      tie: `t.rank || t.ord`,
      sorts: { at: { expression: 't.at', type: 'timestamptz' } },
      sort: 'at',
      direction: 'asc',
    },
    conditions,
    request,
  );
}
