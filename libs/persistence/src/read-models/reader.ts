import type { DataSource } from 'typeorm';
import { type StatementSettings, withSession } from '../session.js';

/** Runs the selects of the read models, each on a connection of its own; nothing here writes. */
export class Reader {
  constructor(
    readonly dataSource: DataSource,
    readonly settings: StatementSettings,
  ) {}

  rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return withSession(this.dataSource, this.settings, async (session) => (await session.query<T>(sql, values)).rows);
  }
}
