import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { addSeconds, day } from '#domain';
import { BadCursor, type CaseSort, createDataSource, type Direction, type Page, ReadModels, TypeormUnitOfWork } from '#persistence';
import { freshDatabase } from '../../support/fresh-database.js';
import { CASES, fullBook } from './full-book.js';
import { caseRow, invoiceRow, journalRow, NOW } from './seed.js';

let dataSource: DataSource;
let work: TypeormUnitOfWork;
let lists: ReadModels;
const sent: string[] = [];

beforeAll(async () => {
  dataSource = createDataSource(await freshDatabase(inject('pgBase')), { poolSize: 4 });
  await dataSource.initialize();
  work = new TypeormUnitOfWork(dataSource);
  lists = new ReadModels(dataSource, { onStatement: (sql) => sent.push(sql) });
  await work.plain(async (tables) => {
    await fullBook(tables, 'acme');
    await fullBook(tables, 'other');
    await tables.policyVersions.insert({
      creditorId: '*',
      policyId: 'calm',
      version: 1,
      sha256: 's',
      body: {},
      publishedBy: 'p',
      publishedAt: NOW,
    });
  });
});
afterAll(() => dataSource.destroy());

async function walk<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

describe('pages', () => {
  const sorts: CaseSort[] = ['dueOn', 'openPrincipal', 'nextActionAt', 'createdAt', 'debtor'];

  it('are complete and without repetition for any sort, direction and size, however many rows share a key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sorts),
        fc.constantFrom<Direction>('asc', 'desc'),
        fc.integer({ min: 1, max: 70 }),
        async (sort, direction, limit) => {
          const ids = (await walk((cursor) => lists.cases('acme', { sort, direction, limit, ...(cursor ? { cursor } : {}) }))).map(
            (item) => item.caseId,
          );
          const whole = (await lists.cases('acme', { sort, direction, limit: 200 })).items.map((item) => item.caseId);
          expect(ids).toEqual(whole);
          expect(new Set(ids).size).toBe(CASES);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('run through the other way round in reverse', async () => {
    for (const sort of sorts) {
      const up = (await lists.cases('acme', { sort, direction: 'asc', limit: 200 })).items.map((item) => item.caseId);
      const down = (await lists.cases('acme', { sort, direction: 'desc', limit: 200 })).items.map((item) => item.caseId);
      expect(down).toEqual(up.reverse());
    }
  });

  it('stay stable when rows come and go between two pages', async () => {
    const first = await lists.cases('acme', { limit: 20 });
    const whole = (await lists.cases('acme', { limit: 200 })).items.map((item) => item.caseId);
    await work.plain(async (tables) => {
      await tables.invoices.insert(invoiceRow('acme', 'early', 'd0'));
      await tables.cases.insert(caseRow('acme', 'early', 'early', 'd0', { dueOn: day('2026-01-01') }));
    });
    const rest = await walk((cursor) => lists.cases('acme', { limit: 20, cursor: cursor ?? first.nextCursor ?? '' }));
    expect([...first.items, ...rest].map((item) => item.caseId)).toEqual(whole);
    await work.plain((tables) => tables.cases.delete({ creditorId: 'acme', caseId: 'early' }));
  });

  it('are never longer than 200 and one statement each', async () => {
    sent.length = 0;
    expect((await lists.cases('acme', { limit: 1_000_000 })).items).toHaveLength(CASES);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('limit 201');
  });

  it('I24: a forged cursor, or one of another sort, is refused before it reaches the database', async () => {
    const { nextCursor } = await lists.cases('acme', { limit: 1 });
    const forge = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const forged = [
      '',
      '%%%',
      forge('dueOn'),
      forge('dueOn', 'asc', '2026-02-31; drop', 'x'),
      forge('dueOn', 'asc', '2026-99-99', 'x'),
      forge('dueOn', 'asc', '2026-02-01', 'a\0b'),
      forge('dueOn', 'asc', 5, null),
    ];
    for (const cursor of forged) await expect(lists.cases('acme', { cursor }), cursor).rejects.toThrow(BadCursor);
    await expect(lists.cases('acme', { cursor: nextCursor ?? '', sort: 'debtor' })).rejects.toThrow(BadCursor);
    await expect(lists.cases('acme', { cursor: nextCursor ?? '', direction: 'desc' })).rejects.toThrow(BadCursor);
  });
});

describe('filters of cases', () => {
  const count = async (filter: Parameters<ReadModels['cases']>[1]) => (await lists.cases('acme', { ...filter, limit: 200 })).items.length;

  it('select what they say', async () => {
    expect(await count({ open: true })).toBe(40);
    expect(await count({ open: false, debtorId: 'd0' })).toBe(20);
    expect(await count({ state: ['scheduled'] })).toBe(40);
    expect(await count({ state: [] })).toBe(0);
    expect(await count({ dueFrom: day('2026-02-02'), dueTo: day('2026-02-03') })).toBe(30);
    expect(await count({ open: true, amountMin: 104_000n, amountMax: 104_000n })).toBe(8);
    expect(await count({ wakeBefore: NOW })).toBe(0);
    expect(await count({ disputed: true })).toBe(1);
    expect(await count({ disputed: false })).toBe(59);
  });

  it('search by part of a number, part of a name, or an exact amount as people write it', async () => {
    expect(await count({ search: 'fa-2026-00' })).toBe(10);
    expect(await count({ search: 'BÉTA' })).toBe(40);
    expect(await count({ search: 'Alpha_1' })).toBe(20);
    expect(await count({ search: 'a%1' })).toBe(0); // signs of a pattern are only signs
    for (const amount of ['1040.00', '1040,00', '1\u{202f}040,00\u{a0}€'])
      expect(await count({ search: amount, open: true }), amount).toBe(8);
    expect(await count({ search: `x'; drop table invoice; --\0` })).toBe(0);
  });

  it('count per state and currency with sums', async () => {
    expect(await lists.caseCounts('acme')).toEqual([
      { state: 'scheduled', currency: 'EUR', count: 40, openPrincipalMinor: 4_080_000n },
      { state: 'settled', currency: 'EUR', count: 20, openPrincipalMinor: 0n },
    ]);
  });
});

describe('one case', () => {
  it('comes with everything that belongs to it', async () => {
    const detail = await lists.caseDetail('acme', 'c1');
    expect(detail).toMatchObject({
      case: { caseId: 'c1', openPrincipalMinor: 101_000n },
      invoice: { number: 'FA-2026-001' },
      debtor: { name: 'Béta SA' },
    });
    const lengths = Object.fromEntries(
      Object.entries(detail ?? {}).flatMap(([name, value]) => (Array.isArray(value) ? [[name, value.length]] : [])),
    );
    expect(lengths).toMatchObject({
      verdicts: 1,
      calls: 1,
      disputes: 1,
      approvals: 1,
      tasks: 1,
      messages: 1,
      postItems: 1,
      handOvers: 1,
      allocations: 1,
    });
    expect(await lists.caseDetail('acme', 'nobody')).toBeUndefined();
  });

  it('tells its story in order of time, all sources merged, a page at a time', async () => {
    const story = await walk((cursor) => lists.timeline('acme', 'c1', { limit: 2, ...(cursor ? { cursor } : {}) }));
    expect(story.map((entry) => `${entry.source}:${entry.kind}`)).toEqual([
      'journal:caseOpened',
      'journal:caseOpened',
      'journal:caseOpened',
      'verdict:POSTPONED',
      'message:PLANNED',
      'message:CLAIMED',
      'message:ACCEPTED',
      'call:reached',
      'delivery:delivered',
    ]);
    expect(story[3]).toMatchObject({ at: NOW, until: addSeconds(NOW, 60), reason: 'window', stage: 'courtesyMail', round: 1 });
    expect(story[0]).toMatchObject({ id: '1', actor: 'key:k1', effectiveOn: '2026-03-02', detail: { amountMinor: '124000' } });
  });

  it('N8: tells what became of interest and indemnity after the fact of its case written in the same millisecond, on whatever page', async () => {
    await work.plain(async (tables) => {
      await fullBook(tables, 'shop');
      const received = journalRow('shop', 'accessories:c1', 1);
      await tables.journal.insert(
        [received, journalRow('shop', 'accessories:c2', 1)].map((row) => ({ ...row, kind: 'accessoriesReceived' })),
      );
    });
    const story = await walk((cursor) => lists.timeline('shop', 'c1', { limit: 2, ...(cursor ? { cursor } : {}) }));
    expect(story.slice(0, 5).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'caseOpened 1',
      'caseOpened 2',
      'caseOpened 3',
      'accessoriesReceived accessories/1',
      expect.stringMatching(/^POSTPONED /),
    ]);
  });

  it('tells the story of a sandbox on its own clock, whatever the wall clock was when it was written', async () => {
    const clockAt = addSeconds(NOW, -86_400);
    await work.plain(async (tables) => {
      await fullBook(tables, 'toy');
      await tables.journal.insert({ ...journalRow('toy', 'creditor:toy', 1), cause: { clockAt }, recordedAt: addSeconds(NOW, -3600) });
    });
    const { items } = await lists.timeline('toy', 'c1');
    expect(items.filter(({ source }) => ['journal', 'message', 'call'].includes(source)).map(({ at }) => at)).toEqual(
      Array(7).fill(clockAt),
    );
    expect(items.filter(({ source }) => source === 'verdict').map(({ at }) => at)).toEqual([NOW]);
  });
});

describe('the other lists', () => {
  it('join what the screen needs', async () => {
    expect((await lists.invoices('acme', { search: 'FA-2026-007' })).items).toMatchObject([
      { invoiceId: 'i7', debtorName: 'Béta SA', externalIds: [] },
    ]);
    expect((await lists.debtors('acme', { search: 'alpha' })).items).toMatchObject([{ debtorId: 'd0', openCases: 0, open: [] }]);
    expect((await lists.debtors('acme', { sort: 'createdAt' })).items[1]).toMatchObject({
      openCases: 20,
      open: [{ currency: 'EUR', minor: '2040000' }],
    });
    expect((await lists.tasks('acme', { state: ['open'] })).items).toMatchObject([
      { taskId: 't1', invoiceNumber: 'FA-2026-001', debtorName: 'Béta SA' },
    ]);
    expect((await lists.approvals('acme', { state: ['pending'] })).items).toMatchObject([
      { subject: 'Votre facture', openPrincipalMinor: 101_000n },
    ]);
    expect((await lists.communications('acme', { caseId: 'c1' })).items).toMatchObject([{ messageId: 'm1', caseIds: ['c1'] }]);
    expect((await lists.communications('acme', { caseId: 'c2' })).items).toEqual([]);
    expect((await lists.payments('acme', { caseId: 'c1' })).items).toMatchObject([{ paymentId: 'p1', debtorName: 'Béta SA' }]);
    expect((await lists.policies('acme')).items.map((policy) => [policy.policyId, policy.version])).toEqual([
      ['calm', 1],
      ['own', 2],
      ['own', 1],
    ]);
    expect((await lists.journal('acme', { streamId: 'c1', direction: 'asc', sort: 'recordedAt' })).items.map((row) => row.seq)).toEqual([
      1, 2, 3,
    ]);
    expect((await lists.importRows('acme', 'f1')).items.map((row) => row.row)).toEqual([1, 2]);
    expect((await lists.creditors({ creditorIds: ['other'] })).items.map((row) => row.creditorId)).toEqual(['other']);
  });

  it('never show the hash of a key', async () => {
    expect(JSON.stringify(await lists.apiKeys('acme'))).not.toContain('secret');
  });
});

describe('I33: lists', () => {
  it('hold rows of their creditor only, and every one of them pages', async () => {
    const all: Record<string, (creditorId: string) => Promise<Page<{ creditorId: string }>>> = {
      cases: (c) => lists.cases(c, { limit: 200 }),
      invoices: (c) => lists.invoices(c, { limit: 200 }),
      debtors: (c) => lists.debtors(c),
      payments: (c) => lists.payments(c),
      tasks: (c) => lists.tasks(c),
      approvals: (c) => lists.approvals(c),
      communications: (c) => lists.communications(c),
      postTray: (c) => lists.postTray(c),
      handOvers: (c) => lists.handOvers(c),
      journal: (c) => lists.journal(c),
      imports: (c) => lists.imports(c),
      importRows: (c) => lists.importRows(c, 'f1'),
      apiKeys: (c) => lists.apiKeys(c),
    };
    for (const [name, read] of Object.entries(all)) {
      const own = (await read('acme')).items;
      expect(own.length, name).toBeGreaterThan(0);
      expect([...new Set(own.map((row) => row.creditorId))], name).toEqual(['acme']);
      expect((await read('stranger')).items, name).toEqual([]);
    }
    expect(await lists.caseDetail('stranger', 'c1')).toBeUndefined();
    expect((await lists.timeline('stranger', 'c1')).items).toEqual([]);
    expect(await lists.caseCounts('stranger')).toEqual([]);
    expect((await lists.policies('stranger')).items.map((policy) => policy.creditorId)).toEqual(['*']);
  });

  it('a cursor of one creditor opens nothing of another', async () => {
    const { nextCursor } = await lists.cases('acme', { limit: 5 });
    const foreign = await lists.cases('other', { limit: 5, cursor: nextCursor ?? '' });
    expect(foreign.items.every((item) => item.creditorId === 'other')).toBe(true);
  });
});
