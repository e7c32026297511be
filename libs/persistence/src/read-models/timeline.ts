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
  /** Id of the row behind it: journal `seq` (`accessories/<seq>` in that stream), verdict, message, event or call id. */
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

/** Facts of the case, and what became of the interest and indemnity of its claim, which has a stream of its own. */
const JOURNAL = `
select j.recorded_at as at, 'journal' as source, j.kind, case when j.stream_id = $2 then '' else 'accessories/' end || j.seq as id, null::text as stage, null::integer as round, j.actor, j.reason,
       null::timestamptz as until, null::text as "messageId", j.effective_on as "effectiveOn", j.cause as detail, 1 as rank,
       case when j.stream_id = $2 then '' else 'a' end || lpad(j.seq::text, 10, '0') as ord,
       true as is_wall, j.recorded_at as wall
  from journal j where j.creditor_id = $1 and j.stream_id in ($2, 'accessories:' || $2)`;

/** The moment in an id of version 7, for the order of what a standing clock puts at one instant. */
const MADE_AT = `case when v.verdict_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7'
            then to_timestamp(('x' || substr(replace(v.verdict_id, '-', ''), 1, 12))::bit(48)::bigint / 1000.0) else v.at end`;

const VERDICTS = `
select v.at, 'verdict', v.verdict, v.verdict_id, v.stage, v.round, null, v.code,
       v.until, v.message_id, null, v.because, 2, v.verdict_id, false, ${MADE_AT}
  from stage_verdict v where v.creditor_id = $1 and v.case_id = $2`;

const MESSAGES = `
select step.at, 'message', step.kind, m.message_id, m.stage, m.round, null, step.reason,
       null, m.message_id, m.slot_on,
       jsonb_build_object('act', m.act, 'channel', m.channel, 'purpose', m.purpose, 'revision', m.revision, 'subject', m.subject, 'recipient', m.recipient,
         'asks', m.statement->'asks'),
       3, m.message_id || step.n, true, step.at
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
       null, e.message_id, null, e.detail, 4, e.event_id, false, e.recorded_at
  from delivery_event e
 where e.creditor_id = $1
   and e.message_id in (select x.message_id from message_case x where x.creditor_id = $1 and x.case_id = $2)`;

const CALLS = `
select k.reported_at, 'call', k.outcome, k.call_id, x.stage, x.round, k.reported_by, k.note,
       null, null, k.opened_on, jsonb_build_object('contactName', k.contact_name, 'taskId', k.task_id), 5, k.call_id,
       true, k.reported_at
  from call k join call_case x on x.creditor_id = k.creditor_id and x.call_id = k.call_id
 where k.creditor_id = $1 and x.case_id = $2 and k.reported_at is not null and k.outcome is not null`;

/**
 * A sandbox lives on its own clock, verdicts and provider events with it, while facts, messages and calls carry the wall clock: they are told at the
 * instant where the creditor's clock then stood, which its journal says. A real creditor has no such rows.
 */
const TOLD = `
select coalesce(case when u.is_wall then
                  (select (c.cause->>'clockAt')::timestamptz
                     from journal c
                    where c.creditor_id = $1 and c.stream_id = 'creditor:' || $1 and c.cause->>'clockAt' is not null and c.recorded_at <= u.wall
                    order by c.seq desc limit 1) end, u.at) as at,
       u.source, u.kind, u.id, u.stage, u.round, u.actor, u.reason, u.until, u."messageId", u."effectiveOn", u.detail,
       lpad(coalesce(floor(extract(epoch from u.wall) * 1000), 0)::bigint::text, 15, '0') || u.rank || u.ord as ord
  from (${[JOURNAL, VERDICTS, MESSAGES, DELIVERIES, CALLS].join('\nunion all\n')}) u`;

/** What happened to a case, oldest first: facts, verdicts, messages, what became of them, calls. */
export function readTimeline(reader: Reader, creditorId: string, caseId: string, request: PageRequest): Promise<Page<TimelineEntry>> {
  const conditions = new Conditions();
  conditions.place(creditorId);
  conditions.place(caseId);
  return readPage<TimelineEntry, 'at'>(
    reader,
    {
      selection: 't.at, t.source, t.kind, t.id, t.stage, t.round, t.actor, t.reason, t.until, t."messageId", t."effectiveOn", t.detail',
      from: `(${TOLD}) t`,
      tie: 't.ord',
      sorts: { at: { expression: 't.at', type: 'timestamptz' } },
      sort: 'at',
      direction: 'asc',
    },
    conditions,
    request,
  );
}
