import type { DataSource } from 'typeorm';
import { withSession } from './session.js';

const FIRST_LOOK = 500;

// A table that more than doubled since it was last looked at, or was never looked at.
const OUTGROWN = `
select s.relname as name from pg_stat_user_tables s join pg_class c on c.oid = s.relid
 where s.schemaname = current_schema() and s.n_mod_since_analyze > greatest(${FIRST_LOOK} / 10, c.reltuples)`;

/**
 * PostgreSQL chooses its ways by statistics that autovacuum refreshes once a minute; ten thousand invoices in a new book are in before that, each row
 * slower than the one before because the plans were made for empty tables. So the writer looks after 500 rows, then each time twice as many came.
 */
export class FreshStatistics {
  private written = 0;
  private nextLook = FIRST_LOOK;

  constructor(private readonly dataSource: DataSource) {}

  /** Counts rows that were committed. Where the time has come it has the outgrown tables analyzed; a role that may not is left alone by PostgreSQL. */
  async wrote(rows: number): Promise<void> {
    this.written += rows;
    if (this.written < this.nextLook) return;
    while (this.nextLook <= this.written) this.nextLook *= 2;
    // The rows are committed: whatever happens here must not look as if they were not. Autovacuum comes anyway.
    await this.look().catch(() => undefined);
  }

  private look(): Promise<void> {
    return withSession(this.dataSource, {}, async (session) => {
      const { rows: outgrown } = await session.query<{ name: string }>(OUTGROWN);
      if (outgrown.length > 0) await session.query(`analyze ${outgrown.map(({ name }) => `"${name}"`).join(', ')}`);
    });
  }
}
