import type { DataSource } from 'typeorm';
import type { Instant } from '#domain';
import type { OutboxQueue, OutboxRow } from '#ports';
import { OutboxEntity } from './entities/border.entities.js';
import { type StatementSettings, withSession } from './session.js';
import { selectionUnder, shapeOf } from './table-shape.js';

/** A signal that failed this often gives way to a newer one of its workflow. */
const TRIES_MAX = 5;
const ERROR_CHARACTERS_MAX = 2_000;

// Only the oldest pending row of a workflow is a candidate, leased or not: two relays never hold two rows of one workflow, and a
// signal never overtakes the start before it. Rows of one workflow are committed in id order, because its case row is locked.
// Between workflows signals go before starts (the kinds sort so): a payment does not wait behind ten thousand cases of an import.
const HEADS = `
with head as (
  select o.outbox_id from outbox o
   where o.state = 'pending' and ($4 = 'all' or o.kind = 'signal') and (o.lease_until is null or o.lease_until <= $2)
     and not exists (select 1 from outbox older
                      where older.workflow_id = o.workflow_id and older.state = 'pending' and older.outbox_id < o.outbox_id)
   order by o.kind, o.outbox_id
   limit $1
   for update of o skip locked
)
update outbox o set lease_until = $3 from head where o.outbox_id = head.outbox_id
returning `;

const DELIVERED = `
update outbox set state = case when $3 then 'afterClose' else 'delivered' end, delivered_at = $2, lease_until = null
 where outbox_id = $1 and state = 'pending'`;

// The newer signal carries a newer snapshot, so nothing is lost by leaving the older one out. A start has no substitute.
const FAILED = `
update outbox o set
  tries = o.tries + 1,
  last_error = $2,
  lease_until = $3,
  state = case when o.kind = 'signal' and o.tries + 1 >= ${TRIES_MAX} and exists (
      select 1 from outbox newer
       where newer.workflow_id = o.workflow_id and newer.state = 'pending' and newer.kind = 'signal' and newer.outbox_id > o.outbox_id)
    then 'superseded' else 'pending' end
 where o.outbox_id = $1 and o.state = 'pending'`;

/** News waiting for Temporal, one statement per call. */
export class TypeormOutboxQueue implements OutboxQueue {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: StatementSettings = {},
  ) {}

  async lease(limit: number, now: Instant, until: Instant, which: 'all' | 'signals' = 'all'): Promise<OutboxRow[]> {
    const sql = `${HEADS}${selectionUnder(shapeOf(this.dataSource, OutboxEntity), 'o')}`;
    const rows = await this.rows<OutboxRow>(sql, [limit, now, until, which]);
    return rows.sort((a, b) => (a.outboxId < b.outboxId ? -1 : 1));
  }

  async delivered(outboxId: bigint, at: Instant, afterClose: boolean): Promise<void> {
    await this.rows(DELIVERED, [outboxId, at, afterClose]);
  }

  async failed(outboxId: bigint, error: string, retryAt: Instant): Promise<void> {
    await this.rows(FAILED, [outboxId, error.slice(0, ERROR_CHARACTERS_MAX), retryAt]);
  }

  async pending(creditorId?: string): Promise<number> {
    const rows = await this.rows<{ count: number }>(
      `select count(*)::integer as count from outbox where state = 'pending' and ($1::text is null or creditor_id = $1)`,
      [creditorId ?? null],
    );
    return rows[0]?.count ?? 0;
  }

  private rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return withSession(this.dataSource, this.settings, async (session) => (await session.query<T>(sql, values)).rows);
  }
}
