import type { Instant } from '#domain';
import type { Reader } from './reader.js';

/** What is stuck, crossed or braked, in numbers and ages; of one creditor, or of all. */
export interface OperationCounts {
  crossed: number;
  crossedLastDay: number;
  /** Nobody knows whether these left: UNKNOWN waits for events, HUMAN for a person. */
  unknown: number;
  withPerson: number;
  unknownUnderHour: number;
  unknownUnderDay: number;
  unknownOldestAt: Instant | null;
  parkedEvents: number;
  quarantinedEvents: number;
  deadEventsOldestAt: Instant | null;
  failingNews: number;
  failingNewsOldestAt: Instant | null;
  lateRungs: number;
  latestRungAt: Instant | null;
  brakes: number;
  productBrakes: number;
  braked: number;
  openFindings: number;
  askedFindings: number;
  inboxWaiting: number;
  inboxOldestAt: Instant | null;
  outboxWaiting: number;
  outboxOldestAt: Instant | null;
  openTasks: number;
  overdueTasks: number;
}

/** A row of news that Temporal does not refuse for being away, tried this often, is for a person. */
export const FAILING_NEWS = `o.state = 'pending' and o.tries >= 5 and o.last_error not like 'outage: %'`;

/**
 * Due and not decided for longer than the slack. A sandbox's clock stands still between moves: there a case is late when its rows rest as well.
 * `$now` stands for the instant.
 */
export function lateCondition(now: string): string {
  return `c.closed_kind is null and c.wake_at <= (case when cr.sandbox then cr.clock_at else ${now}::timestamptz - interval '15 minutes' end)
    and c.updated_at <= ${now}::timestamptz - interval '15 minutes'`;
}

const COUNTS = `
with mine as (select creditor_id, sandbox, clock_at, zone, brake_on from creditor where $1::text is null or creditor_id = $1),
crossed as (select count(*) n, count(*) filter (where m.created_at > $2::timestamptz - interval '1 day') as of_day
  from outbound_message m where m.crossed_with_payment and ($1::text is null or m.creditor_id = $1)),
uncertain as (select count(*) filter (where m.state = 'UNKNOWN') unknown, count(*) filter (where m.state = 'HUMAN') human,
    count(*) filter (where m.claimed_at > $2::timestamptz - interval '1 hour') as of_hour,
    count(*) filter (where m.claimed_at <= $2::timestamptz - interval '1 hour' and m.claimed_at > $2::timestamptz - interval '1 day') as of_day,
    min(m.claimed_at) oldest
  from outbound_message m where m.state in ('UNKNOWN', 'HUMAN') and ($1::text is null or m.creditor_id = $1)),
dead as (select count(*) filter (where i.state = 'parked') parked, count(*) filter (where i.state = 'quarantined') quarantined, min(i.received_at) oldest
  from inbox i where i.state in ('parked', 'quarantined') and ($1::text is null or i.creditor_id = $1)),
failing as (select count(*) n, min(o.created_at) oldest from outbox o where ${FAILING_NEWS} and ($1::text is null or o.creditor_id = $1)),
late as (select count(*) n, min(case when cr.sandbox then c.updated_at else c.wake_at end) oldest from mine cr join recovery_case c on c.creditor_id = cr.creditor_id where ${lateCondition('$2')}),
live as (select count(*) n, count(*) filter (where b.scope = 'product') product from brake b
  where b.released_at is null and (b.until is null or b.until > $2) and ($1::text is null or b.creditor_id in ($1, '*'))),
findings as (select count(*) n, count(*) filter (where f.action = 'asked') asked from reconciler_finding f
  where f.resolved_at is null and ($1::text is null or f.creditor_id = $1)),
waiting_in as (select count(*) n, min(i.received_at) oldest from inbox i where i.state = 'received' and ($1::text is null or i.creditor_id = $1)),
waiting_out as (select count(*) n, min(o.created_at) oldest from outbox o where o.state = 'pending' and ($1::text is null or o.creditor_id = $1)),
asked as (select count(*) n, count(*) filter (where t.due_on < ((case when cr.sandbox then cr.clock_at else $2::timestamptz end) at time zone cr.zone)::date) overdue
  from mine cr join task t on t.creditor_id = cr.creditor_id where t.state = 'open')
select crossed.n::int "crossed", crossed.of_day::int "crossedLastDay", uncertain.unknown::int "unknown", uncertain.human::int "withPerson",
  uncertain.of_hour::int "unknownUnderHour", uncertain.of_day::int "unknownUnderDay", uncertain.oldest "unknownOldestAt",
  dead.parked::int "parkedEvents", dead.quarantined::int "quarantinedEvents", dead.oldest "deadEventsOldestAt",
  failing.n::int "failingNews", failing.oldest "failingNewsOldestAt", late.n::int "lateRungs", late.oldest "latestRungAt",
  live.n::int "brakes", live.product::int "productBrakes", (select count(*) from mine where brake_on)::int "braked",
  findings.n::int "openFindings", findings.asked::int "askedFindings",
  waiting_in.n::int "inboxWaiting", waiting_in.oldest "inboxOldestAt", waiting_out.n::int "outboxWaiting", waiting_out.oldest "outboxOldestAt",
  asked.n::int "openTasks", asked.overdue::int "overdueTasks"
from crossed, uncertain, dead, failing, late, live, findings, waiting_in, waiting_out, asked`;

/** Everything at once, in one statement. */
export async function countOperations(reader: Reader, now: Instant, creditorId?: string): Promise<OperationCounts> {
  const [row] = await reader.rows<OperationCounts>(COUNTS, [creditorId ?? null, now]);
  if (!row) throw new RangeError('A statement of aggregates gave no row');
  return row;
}
