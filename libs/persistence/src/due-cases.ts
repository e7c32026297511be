import type { DataSource } from 'typeorm';
import type { Instant } from '#domain';
import type { DueCases } from '#ports';
import { type StatementSettings, withSession } from './session.js';

const EARLIEST = `
select case_id as "caseId", wake_at as "at" from recovery_case
 where creditor_id = $1 and closed_kind is null
 order by wake_at, case_id
 limit 1`;

const DUE = `
select case_id as "caseId", workflow_id as "workflowId" from recovery_case
 where creditor_id = $1 and closed_kind is null and wake_at <= $2
 order by wake_at, case_id
 limit $3`;

/** Open cases by their next wake. */
export class TypeormDueCases implements DueCases {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: StatementSettings = {},
  ) {}

  async earliestWake(creditorId: string): Promise<{ caseId: string; at: Instant } | undefined> {
    const rows = await this.rows<{ caseId: string; at: Instant }>(EARLIEST, [creditorId]);
    return rows[0];
  }

  dueBy(creditorId: string, at: Instant, limit: number): Promise<{ caseId: string; workflowId: string }[]> {
    return this.rows(DUE, [creditorId, at, limit]);
  }

  private rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return withSession(this.dataSource, this.settings, async (session) => (await session.query<T>(sql, values)).rows);
  }
}
