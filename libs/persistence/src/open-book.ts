import type { DataSource } from 'typeorm';
import type { CaseRow, Tables } from '#ports';
import { CaseEntity } from './entities/case.entities.js';
import { withSession } from './session.js';
import { shapeOf } from './table-shape.js';
import { tablesOn } from './tables.js';

/** An open case without its plan, which nobody needs who values it. */
export type OpenCaseRow = Omit<CaseRow, 'plan'>;

export interface OpenBookRequest {
  readonly creditorId: string;
  /** Cases held in memory at once; 1,000 when absent. */
  readonly pageSize?: number;
}

const PAGE_SIZE = 1_000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** A reader that was stopped between two pages gives its snapshot back after this. */
const IDLE_TIMEOUT_MS = 60_000;

/**
 * The open cases of one creditor, every page as the book stood at one moment: what is paid or opened meanwhile is not seen, so totals of all
 * pages belong together. Pages go by case id, each found on the primary key. `tables` reads the same moment; a write is refused by PostgreSQL.
 * `onPage` ends the reading by answering `false`. Throws what `onPage` throws.
 */
export async function readOpenBook(
  dataSource: DataSource,
  { creditorId, pageSize = PAGE_SIZE }: OpenBookRequest,
  onPage: (cases: readonly OpenCaseRow[], tables: Tables) => Promise<boolean>,
): Promise<void> {
  const shape = shapeOf(dataSource, CaseEntity);
  const selection = shape.columns
    .filter(({ property }) => property !== 'plan')
    .map(({ quoted, property }) => `${quoted} as "${property}"`)
    .join(', ');
  const sql = `select ${selection} from ${shape.name}
    where "creditor_id" = $1 and "closed_kind" is null and "case_id" > $2 order by "case_id" limit ${Number(pageSize)}`;
  await withSession(dataSource, { prepared: true }, async (session) => {
    try {
      await session.query(
        `begin isolation level repeatable read read only; set local statement_timeout = ${STATEMENT_TIMEOUT_MS}; set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT_MS}`,
      );
      const tables = tablesOn(dataSource, session);
      for (let after = ''; ; ) {
        const { rows } = await session.query<OpenCaseRow>(sql, [creditorId, after]);
        const last = rows.at(-1);
        if (!last || !(await onPage(rows, tables)) || rows.length < pageSize) return;
        after = last.caseId;
      }
    } finally {
      // Nothing was written; a broken connection has rolled back already, and the pool drops it.
      await session.query('rollback').catch(() => undefined);
    }
  });
}

/** Open cases of a creditor: how far a reading has come is told against it. */
export async function countOpenCases(dataSource: DataSource, creditorId: string): Promise<number> {
  const { rows } = await withSession(dataSource, {}, (session) =>
    session.query<{ count: number }>(
      `select count(*)::integer as count from ${shapeOf(dataSource, CaseEntity).name} where "creditor_id" = $1 and "closed_kind" is null`,
      [creditorId],
    ),
  );
  return rows[0]?.count ?? 0;
}
