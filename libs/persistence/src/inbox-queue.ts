import type { DataSource } from 'typeorm';
import type { Instant } from '#domain';
import type { InboxQueue, InboxRow } from '#ports';
import { InboxEntity } from './entities/border.entities.js';
import { type StatementSettings, withSession } from './session.js';
import { selectionUnder, shapeOf } from './table-shape.js';

// `tries` rises with the lease, not with the failure: an event that kills its reader is counted too, and gets parked in the end.
const LEASE = `
with next as (
  select creditor_id, provider, account, event_id from inbox
   where state = 'received' and (next_try_at is null or next_try_at <= $2)
   order by received_at
   limit $1
   for update skip locked
)
update inbox i set next_try_at = $3, tries = i.tries + 1 from next
 where (i.creditor_id, i.provider, i.account, i.event_id) = (next.creditor_id, next.provider, next.account, next.event_id)
returning `;

/** Events received and not applied yet, oldest first. `nextTryAt` is the lease. */
export class TypeormInboxQueue implements InboxQueue {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: StatementSettings = {},
  ) {}

  async lease(limit: number, now: Instant, until: Instant): Promise<InboxRow[]> {
    const sql = `${LEASE}${selectionUnder(shapeOf(this.dataSource, InboxEntity), 'i')}`;
    const rows = await this.rows<InboxRow>(sql, [limit, now, until]);
    return rows.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  }

  async pending(creditorId?: string): Promise<number> {
    const rows = await this.rows<{ count: number }>(
      `select count(*)::integer as count from inbox where state = 'received' and ($1::text is null or creditor_id = $1)`,
      [creditorId ?? null],
    );
    return rows[0]?.count ?? 0;
  }

  private rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return withSession(this.dataSource, this.settings, async (session) => (await session.query<T>(sql, values)).rows);
  }
}
