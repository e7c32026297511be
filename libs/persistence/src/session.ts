import type { PoolClient, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';

/** Called with the text of every statement sent, one call per round trip: tests count what a request costs. */
export type OnStatement = (sql: string) => void;

export interface StatementSettings {
  onStatement?: OnStatement;
}

export interface Answer<T> {
  rows: T[];
  /** Rows written, or read by a select. */
  affected: number;
}

/** One connection in use. Only this folder sees it. */
export interface Session {
  query<T>(sql: string, values?: readonly unknown[]): Promise<Answer<T>>;
}

/** Takes a connection of the pool for `work` and gives it back; pg drops it there when it broke meanwhile. */
export async function withSession<T>(
  dataSource: DataSource,
  settings: StatementSettings,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    return await work({
      async query<R>(sql: string, values?: readonly unknown[]): Promise<Answer<R>> {
        settings.onStatement?.(sql);
        const result: QueryResult = await client.query(sql, values as unknown[] | undefined);
        return { rows: result.rows as R[], affected: result.rowCount ?? 0 };
      },
    });
  } finally {
    await runner.release();
  }
}
