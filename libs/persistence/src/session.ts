import { createHash } from 'node:crypto';
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
  /** What PostgreSQL says it did: `COMMIT` of a transaction that had failed is answered by `ROLLBACK`. */
  command: string;
}

/** One connection in use. Only this folder sees it. */
export interface Session {
  query<T>(sql: string, values?: readonly unknown[]): Promise<Answer<T>>;
  /**
   * Sends a write whose answer nobody needs, and goes on: it is carried out in its turn, before whatever is sent after it. Its failure is thrown by
   * the next `query` in place of "the transaction is aborted", or by `settled`.
   */
  send(sql: string, values: readonly unknown[]): Promise<void>;
  /** Waits for everything sent; throws the first failure. Answers the number of writes sent so far. */
  settled(): Promise<number>;
}

/** Writes under way on one connection before the next one waits: the bound of what a transaction keeps in memory. */
const UNDER_WAY_MAX = 256;

/** Takes a connection of the pool for `work` and gives it back; pg drops it there when it broke meanwhile. `prepared`: statements whose texts repeat. */
export async function withSession<T>(
  dataSource: DataSource,
  settings: StatementSettings & { readonly prepared?: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work(new PipelinedSession((await runner.connect()) as PoolClient, settings));
  } finally {
    await runner.release();
  }
}

class PipelinedSession implements Session {
  private underWay: Promise<void>[] = [];
  private writes = 0;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly client: PoolClient,
    private readonly settings: StatementSettings & { readonly prepared?: boolean },
  ) {}

  async query<T>(sql: string, values?: readonly unknown[]): Promise<Answer<T>> {
    try {
      const result = await this.submit(sql, values);
      if (this.failure && result.command !== 'ROLLBACK') throw this.failure.error;
      return { rows: result.rows as T[], affected: result.rowCount ?? 0, command: result.command };
    } catch (error) {
      throw this.failure ? this.failure.error : error;
    }
  }

  async send(sql: string, values: readonly unknown[]): Promise<void> {
    const sent = this.submit(sql, values).then(
      () => undefined,
      (error: unknown) => {
        this.failure ??= { error };
      },
    );
    this.writes += 1;
    this.underWay.push(sent);
    if (this.underWay.length >= UNDER_WAY_MAX) await this.settled();
  }

  async settled(): Promise<number> {
    const sent = this.underWay;
    this.underWay = [];
    await Promise.all(sent);
    if (this.failure) throw this.failure.error;
    return this.writes;
  }

  private submit(sql: string, values?: readonly unknown[]): Promise<QueryResult> {
    this.settings.onStatement?.(sql);
    if (!values) return this.client.query(sql);
    const name = this.settings.prepared ? statementName(sql) : undefined;
    return this.client.query({ ...(name ? { name } : {}), text: sql, values: values as unknown[] });
  }
}

/** The few statements of the tables are prepared under a name, so that a connection parses and plans each once; past this number they go unnamed. */
const NAMES_MAX = 500;
const names = new Map<string, string>();

function statementName(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= NAMES_MAX) return known;
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, name);
  return name;
}
