import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { createDataSource, databaseRefusal, TypeormUnitOfWork } from '#persistence';
import { freshDatabase } from '../../support/fresh-database.js';
import { caseRow, CLOSED, creditorRow, invoiceRow, journalRow, NOW, postingRow, seedBook, taskRow } from './seed.js';

let dataSource: DataSource;
let work: TypeormUnitOfWork;

beforeAll(async () => {
  dataSource = createDataSource(await freshDatabase(inject('pgBase')), { poolSize: 3 });
  await dataSource.initialize();
  work = new TypeormUnitOfWork(dataSource);
  await work.plain((tables) => seedBook(tables, 'acme', 3));
});
afterAll(() => dataSource.destroy());

async function refusal(write: () => Promise<unknown>): Promise<string> {
  try {
    await write();
  } catch (error) {
    const refused = databaseRefusal(error);
    return refused ? `${refused.code} ${refused.constraint}` : String(error);
  }
  return 'accepted';
}

const sql = (text: string) => () =>
  dataSource.query(text).catch((error: { driverError?: unknown }) => Promise.reject(error.driverError ?? error));

describe('the schema', () => {
  it('is exactly what the entities say: no drift', async () => {
    const log = await dataSource.driver.createSchemaBuilder().log();
    expect(log.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('needs no extension that makes ids', async () => {
    const rows = (await dataSource.query('select extname from pg_extension')) as { extname: string }[];
    expect(rows.map((row) => row.extname).sort()).toEqual(['pg_trgm', 'plpgsql']);
  });

  it('migrates down to nothing and up again', async () => {
    const other = createDataSource(await freshDatabase(inject('pgBase')), { poolSize: 1 });
    await other.initialize();
    for (let step = other.migrations.length; step > 0; step--) await other.undoLastMigration();
    const left = (await other.query(`select table_name from information_schema.tables where table_schema = 'public'`)) as {
      table_name: string;
    }[];
    expect(left.map((row) => row.table_name)).toEqual(['schema_migration']);
    expect(await other.runMigrations()).toHaveLength(other.migrations.length);
    await other.destroy();
  });
});

describe('what is written once', () => {
  beforeAll(async () => {
    await work.run('acme', 'shared', async (tx) => {
      await tx.journal.insert(journalRow('acme', 'c0', 1));
      await tx.postings.insert([postingRow('acme', 'e0', 1, 500n), postingRow('acme', 'e0', 2, -500n)]);
      await tx.stageVerdicts.insert({
        creditorId: 'acme',
        verdictId: 'v0',
        caseId: 'c0',
        stage: 's',
        round: 1,
        verdict: 'NOT_SENT',
        code: 'settled',
        because: {},
        until: null,
        messageId: null,
        at: NOW,
      });
      await tx.stageOutcomes.insert({
        creditorId: 'acme',
        caseId: 'c0',
        stage: 's',
        round: 1,
        outcome: 'done',
        reason: null,
        messageId: null,
        decidedAt: NOW,
      });
    });
  });

  it.each([
    ['I31', 'journal', 'kind'],
    ['I12', 'posting', 'cause'],
    ['I31', 'stage_verdict', 'code'],
  ])('%s: %s refuses update, delete and truncate', async (_id, table, column) => {
    const expected = `23001 ${table}_append_only`;
    expect(await refusal(sql(`update ${table} set ${column} = 'forged'`))).toBe(expected);
    expect(await refusal(sql(`delete from ${table}`))).toBe(expected);
    expect(await refusal(sql(`truncate ${table}`))).toBe(expected);
    expect(await refusal(sql(`update ${table} set ${column} = 'forged' where false`))).toBe(expected);
  });

  it('I5: the outcome of a rung is final and there is one of it', async () => {
    expect(await refusal(sql(`update stage_outcome set outcome = 'skipped'`))).toBe('23001 stage_outcome_append_only');
    const again = {
      creditorId: 'acme',
      caseId: 'c0',
      stage: 's',
      round: 1,
      outcome: 'skipped',
      reason: null,
      messageId: null,
      decidedAt: NOW,
    } as const;
    expect(await work.run('acme', 'shared', (tx) => tx.stageOutcomes.insertOnce(again))).toBe(false);
  });
});

describe('the ledger', () => {
  const book =
    (...rows: ReturnType<typeof postingRow>[]) =>
    () =>
      work.run('acme', 'shared', (tx) => tx.postings.insert(rows));

  it('I11: an entry whose postings do not sum to zero is refused when the transaction commits', async () => {
    expect(await refusal(book(postingRow('acme', 'e1', 1, 500n), postingRow('acme', 'e1', 2, -499n)))).toBe('23514 posting_entry_balanced');
    expect(await work.plain((tables) => tables.postings.count({ creditorId: 'acme', entryId: 'e1' }))).toBe(0);
  });

  it('I11: the sums are taken per currency', async () => {
    expect(await refusal(book(postingRow('acme', 'e2', 1, 500n, 'EUR'), postingRow('acme', 'e2', 2, -500n, 'USD')))).toBe(
      '23514 posting_entry_balanced',
    );
  });

  it('I11: lines may come one by one inside the transaction', async () => {
    const oneByOne = () =>
      work.run('acme', 'shared', async (tx) => {
        await tx.postings.insert(postingRow('acme', 'e3', 1, 500n));
        await tx.postings.insert(postingRow('acme', 'e3', 2, -500n));
      });
    expect(await refusal(oneByOne)).toBe('accepted');
  });

  it('I11: a line added later to a balanced entry is refused', async () => {
    expect(await refusal(book(postingRow('acme', 'e3', 3, 1n)))).toBe('23514 posting_entry_balanced');
  });
});

describe('a case', () => {
  const insert = (changes: Parameters<typeof caseRow>[4]) => () =>
    work.plain((tables) => tables.cases.insert(caseRow('acme', 'cx', 'i0', 'd0', { term: 2, ...changes })));

  it('I7: an open case has a wake, a closed one has none', async () => {
    expect(await refusal(insert({ wakeAt: null }))).toBe('23514 recovery_case_open_has_wake');
    expect(await refusal(insert({ wakeKind: null }))).toBe('23514 recovery_case_open_has_wake');
    expect(await refusal(insert({ ...CLOSED, wakeAt: NOW }))).toBe('23514 recovery_case_open_has_wake');
    expect(await refusal(() => work.plain((tables) => tables.cases.update({ creditorId: 'acme', caseId: 'c1' }, { wakeAt: null })))).toBe(
      '23514 recovery_case_open_has_wake',
    );
    expect(await refusal(() => work.plain((tables) => tables.cases.update({ creditorId: 'acme', caseId: 'c1' }, CLOSED)))).toBe('accepted');
  });

  it('I11: what is open is never negative and never more than the face value', async () => {
    expect(await refusal(insert({ openPrincipalMinor: -1n }))).toBe('23514 recovery_case_amounts_in_bounds');
    expect(await refusal(insert({ openPrincipalMinor: 124_001n }))).toBe('23514 recovery_case_amounts_in_bounds');
  });

  it('I25: one case per term and per workflow, of whatever creditor', async () => {
    expect(await refusal(insert({ term: 1 }))).toBe('23505 recovery_case_term_key');
    expect(await refusal(insert({ workflowId: 'recovery/acme/c0' }))).toBe('23505 recovery_case_workflow_key');
  });

  it('I33: cannot point to the invoice of another creditor', async () => {
    await work.plain(async (tables) => {
      await tables.creditors.insert(creditorRow('other'));
    });
    expect(await refusal(() => work.plain((tables) => tables.cases.insert(caseRow('other', 'cx', 'i0', 'd0'))))).toMatch(/^23503 /);
  });
});

describe('one of each', () => {
  it('an invoice is known by creditor, kind of document, number and year', async () => {
    const twin = (changes: Parameters<typeof invoiceRow>[3]) => () =>
      work.plain((tables) => tables.invoices.insert(invoiceRow('acme', 'twin', 'd0', { number: 'I0', ...changes })));
    expect(await refusal(twin({}))).toBe('23505 invoice_identity_key');
    expect(await refusal(twin({ documentKind: 'creditNote' }))).toBe('accepted');
  });

  it('one open task per cause; a closed one does not count', async () => {
    const task = (taskId: string, state: 'open' | 'done') => () =>
      work.plain((tables) => tables.tasks.insert(taskRow('acme', taskId, { dedupeKey: 'k', state })));
    expect(await refusal(task('t1', 'done'))).toBe('accepted');
    expect(await refusal(task('t2', 'open'))).toBe('accepted');
    expect(await refusal(task('t3', 'open'))).toBe('23505 task_one_open_key');
  });

  it('only a sandbox creditor has a clock', async () => {
    expect(await refusal(() => work.plain((tables) => tables.creditors.insert(creditorRow('x', { clockAt: NOW }))))).toBe(
      '23514 creditor_clock_only_in_sandbox',
    );
  });
});
