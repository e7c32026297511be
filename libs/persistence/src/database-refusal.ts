import pg from 'pg';

/** What PostgreSQL refused: SQLSTATE (`23505` unique, `23503` foreign key, `23514` check…) and the constraint's name. */
export interface DatabaseRefusal {
  code: string;
  constraint: string | undefined;
  table: string | undefined;
}

/** Reads an error thrown by this area; undefined when it did not come from the database. */
export function databaseRefusal(error: unknown): DatabaseRefusal | undefined {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return undefined;
  return { code: error.code, constraint: error.constraint, table: error.table };
}

/** SQLSTATEs after which the same transaction may simply be run again: serialization, deadlock, lock time-out. */
const PASSING = new Set(['40001', '40P01', '55P03']);

/** True when nobody did anything wrong and a second run may succeed. */
export function isPassing(error: unknown): boolean {
  return PASSING.has(databaseRefusal(error)?.code ?? '');
}
