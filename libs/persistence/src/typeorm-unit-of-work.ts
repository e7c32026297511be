import { createHash, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Instant } from '#domain';
import type { CaseRow, LockMode, Tables, TaskRow, Tx, UnitOfWork } from '#ports';
import { isPassing } from './database-refusal.js';
import { CaseEntity } from './entities/case.entities.js';
import { TaskEntity } from './entities/task.entities.js';
import { FreshStatistics } from './fresh-statistics.js';
import { type Session, type StatementSettings, withSession } from './session.js';
import { jsonText, shapeOf } from './table-shape.js';
import { tablesOn } from './tables.js';

export interface UnitOfWorkSettings extends StatementSettings {
  /** How long a lock is waited for; 2 s when absent. */
  lockTimeoutMs?: number;
}

const LOCK_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 15_000;
/** A process that was stopped inside a transaction gives its locks back after this. */
const IDLE_TIMEOUT_MS = 30_000;
const ATTEMPTS = 2;
/** Both sides of a deadlock may be turned away: they must not meet again in step. */
const RETRY_JITTER_MS = 100;

/** Number of the creditor's advisory lock: the first 64 bits of a hash, signed. */
function creditorLock(creditorId: string): bigint {
  return createHash('sha256').update(`creditor:${creditorId}`).digest().readBigInt64BE(0);
}

const isCaseOpen = `"closed_kind" is null`;

/**
 * The only thing that locks. `run` takes the creditor's advisory lock (shared for facts, exclusive for a claim), then whatever case
 * rows `work` asks for, in id order. `work` may run twice (deadlock, lock time-out): it keeps nothing outside the transaction.
 */
export class TypeormUnitOfWork implements UnitOfWork {
  private readonly statistics: FreshStatistics;

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: UnitOfWorkSettings = {},
  ) {
    this.statistics = new FreshStatistics(dataSource);
  }

  run<T>(creditorId: string, mode: LockMode, work: (tx: Tx) => Promise<T>): Promise<T> {
    const take = mode === 'exclusive' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
    return this.twice(`select ${take}(${creditorLock(creditorId)})`, (session) => work(this.transaction(session)));
  }

  plain<T>(work: (tx: Tables) => Promise<T>): Promise<T> {
    return this.twice(undefined, (session) => work(tablesOn(this.dataSource, session)));
  }

  private async twice<T>(lock: string | undefined, work: (session: Session) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { result, writes } = await withSession(this.dataSource, { ...this.settings, prepared: true }, (session) =>
          this.once(session, lock, work),
        );
        await this.statistics.wrote(writes);
        return result;
      } catch (error) {
        if (attempt >= ATTEMPTS || !isPassing(error)) throw error;
        await sleep(randomInt(RETRY_JITTER_MS));
      }
    }
  }

  private async once<T>(
    session: Session,
    lock: string | undefined,
    work: (session: Session) => Promise<T>,
  ): Promise<{ result: T; writes: number }> {
    try {
      await session.query(this.opening(lock));
      const result = await work(session);
      return { result, writes: await this.commit(session) };
    } catch (error) {
      await session.query('rollback').catch(() => undefined); // a broken connection has rolled back already, and the pool drops it
      throw error;
    }
  }

  /** The last writes and the commit travel together; a write that failed is what is thrown, and PostgreSQL has rolled back. */
  private async commit(session: Session): Promise<number> {
    const answer = session.query<never>('commit');
    await Promise.allSettled([answer]);
    const writes = await session.settled();
    if ((await answer).command !== 'COMMIT') throw new Error('The transaction had failed before its end: nothing was kept');
    return writes;
  }

  /** One round trip: begin, bounds, lock. */
  private opening(lock: string | undefined): string {
    return [
      'begin isolation level read committed',
      `set local lock_timeout = ${Number(this.settings.lockTimeoutMs ?? LOCK_TIMEOUT_MS)}`,
      `set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`,
      `set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT_MS}`,
      ...(lock ? [lock] : []),
    ].join('; ');
  }

  private transaction(session: Session): Tx {
    const cases = shapeOf(this.dataSource, CaseEntity);
    const tasks = shapeOf(this.dataSource, TaskEntity);
    const locked = async (condition: string, values: unknown[]): Promise<CaseRow[]> =>
      (
        await session.query<CaseRow>(
          `select ${cases.selection} from ${cases.name} where ${condition} order by "case_id" for update`,
          values,
        )
      ).rows;
    return {
      ...tablesOn(this.dataSource, session),
      lockCases: (creditorId, caseIds) => locked(`"creditor_id" = $1 and "case_id" = any($2::text[])`, [creditorId, caseIds]),
      lockCasesOfDebtor: (creditorId, debtorId) =>
        locked(`"creditor_id" = $1 and "debtor_id" = $2 and ${isCaseOpen}`, [creditorId, debtorId]),
      endTasks: async (creditorId, { caseId, invoiceId, debtorId, kinds, keysOfInvoice, keysOfDebtor }, { closedBy, closedAt }) =>
        (
          await session.query<TaskRow>(`${END_TASKS} returning ${tasks.selection}`, [
            ...[creditorId, closedBy, closedAt, caseId, kinds],
            ...[invoiceId, keysOfInvoice, debtorId, keysOfDebtor],
          ])
        ).rows,
      enqueue: async (row) => {
        await session.send(ENQUEUE, [row.creditorId, row.workflowId, row.kind, row.name, jsonText(row.payload), row.createdAt]);
      },
      hasUnreadPayments: (creditorId, debtorId, youngSince) => hasUnreadPayments(session, creditorId, debtorId, youngSince),
    };
  }
}

// Every branch has its index: the tasks of a case, and the open task of a key.
const END_TASKS = `
update task set state = 'cancelled', closed_by = $2, closed_at = $3
 where creditor_id = $1 and state = 'open' and (
   (case_id = $4 and kind = any($5::text[]))
   or (dedupe_key = any($7::text[]) and not exists (
     select 1 from recovery_case c where c.creditor_id = $1 and c.invoice_id = $6 and c.closed_kind is null))
   or (dedupe_key = any($9::text[]) and not exists (
     select 1 from recovery_case c where c.creditor_id = $1 and c.debtor_id = $8 and c.closed_kind is null)))`;

const ENQUEUE = `
insert into outbox (creditor_id, workflow_id, kind, name, payload, state, tries, created_at)
values ($1, $2, $3, $4, $5, 'pending', 0, $6)`;

// A file of payments that is half in may hold anybody's money: it counts for every debtor until it is through.
// Mail events travel through the same inbox and say nothing about money.
const UNREAD_PAYMENTS = `
select exists (
  select 1 from inbox
   where creditor_id = $1 and state = 'received' and provider <> 'sendgrid'
     and (debtor_id = $2 or (debtor_id is null and received_at > $3))
) or exists (
  select 1 from import_file where creditor_id = $1 and state = 'committing' and format = 'csvPayments'
) as unread`;

async function hasUnreadPayments(session: Session, creditorId: string, debtorId: string, youngSince: Instant): Promise<boolean> {
  const { rows } = await session.query<{ unread: boolean }>(UNREAD_PAYMENTS, [creditorId, debtorId, youngSince]);
  return rows[0]?.unread ?? false;
}
