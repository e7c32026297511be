import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { addSeconds, instant } from '#domain';
import { createDataSource, TypeormDueCases, TypeormInboxQueue, TypeormOutboxQueue, TypeormUnitOfWork } from '#persistence';
import type { OutboxRow } from '#ports';
import { freshDatabase } from '../../support/fresh-database.js';
import { CLOSED, caseRow, inboxRow, invoiceRow, news, NOW, seedBook } from './seed.js';

let dataSource: DataSource;
let work: TypeormUnitOfWork;
let outbox: TypeormOutboxQueue;

beforeAll(async () => {
  dataSource = createDataSource(await freshDatabase(inject('pgBase')), { poolSize: 8 });
  await dataSource.initialize();
  work = new TypeormUnitOfWork(dataSource);
  outbox = new TypeormOutboxQueue(dataSource);
  await work.plain((tables) => seedBook(tables, 'acme', 3));
});
afterAll(() => dataSource.destroy());
beforeEach(() => dataSource.query('delete from outbox; delete from inbox'));

const enqueue = (workflowId: string, kind: OutboxRow['kind'], name: string) =>
  work.run('acme', 'shared', (tx) => tx.enqueue(news('acme', workflowId, kind, name)));
const LEASE_S = 30;
const lease = (limit = 10, now = NOW) => outbox.lease(limit, now, addSeconds(now, LEASE_S));

describe('the outbox', () => {
  it('I18: gives the oldest row of each workflow only, and the next one after it was delivered', async () => {
    await enqueue('w1', 'startRecovery', 'start');
    await enqueue('w1', 'signal', 'first');
    await enqueue('w2', 'signal', 'other');
    const [start, other] = await lease();
    expect([start?.name, other?.name]).toEqual(['start', 'other']);
    expect(await lease()).toEqual([]);
    await outbox.delivered(start?.outboxId ?? 0n, NOW, false);
    expect((await lease()).map((row) => row.name)).toEqual(['first']);
  });

  it('I24: news of one case does not wait behind the starts of an import', async () => {
    for (const workflow of ['i1', 'i2', 'i3']) await enqueue(workflow, 'startRecovery', 'start');
    await enqueue('w9', 'signal', 'paymentReceived');
    expect((await lease(1)).map((row) => row.name)).toEqual(['paymentReceived']);
    expect((await lease(10)).map((row) => row.workflowId)).toEqual(['i1', 'i2', 'i3']);
  });

  it('while a file is committed signals leave and starts wait; a signal never overtakes its own start', async () => {
    await enqueue('i1', 'startRecovery', 'start');
    await enqueue('i1', 'signal', 'tooEarly');
    await enqueue('w9', 'signal', 'paymentReceived');
    const signals = await outbox.lease(10, NOW, addSeconds(NOW, LEASE_S), 'signals');
    expect(signals.map((row) => row.name)).toEqual(['paymentReceived']);
    expect((await lease()).map((row) => row.name)).toEqual(['start']);
  });

  it('a lease that ran out is given again; a late answer of its first holder changes nothing', async () => {
    await enqueue('w1', 'signal', 'first');
    const [row] = await lease();
    const later = addSeconds(NOW, LEASE_S);
    const [again] = await lease(10, later);
    expect(again?.outboxId).toBe(row?.outboxId);
    await outbox.delivered(again?.outboxId ?? 0n, later, true);
    await outbox.failed(row?.outboxId ?? 0n, 'too late', later);
    expect(await dataSource.query('select state, tries, lease_until from outbox')).toEqual([
      { state: 'afterClose', tries: 0, lease_until: null },
    ]);
  });

  it('a failed row waits for its time, and holds back the younger ones of its workflow', async () => {
    await enqueue('w1', 'signal', 'first');
    await enqueue('w1', 'signal', 'second');
    const [row] = await lease();
    await outbox.failed(row?.outboxId ?? 0n, 'UNAVAILABLE', addSeconds(NOW, 60));
    expect(await lease(10, addSeconds(NOW, 59))).toEqual([]);
    const [again] = await lease(10, addSeconds(NOW, 60));
    expect(again).toMatchObject({ name: 'first', tries: 1, lastError: 'UNAVAILABLE' });
  });

  const failFiveTimes = async (): Promise<OutboxRow[]> => {
    const [row] = await lease();
    for (let n = 0; n < 5; n++) await outbox.failed(row?.outboxId ?? 0n, 'broken', NOW);
    return lease();
  };

  it('a signal that failed five times gives way to a newer one', async () => {
    await enqueue('w1', 'signal', 'first');
    await enqueue('w1', 'signal', 'second');
    expect((await failFiveTimes()).map((row) => row.name)).toEqual(['second']);
    expect(await dataSource.query(`select state from outbox where name = 'first'`)).toEqual([{ state: 'superseded' }]);
  });

  it('a signal without a newer one is kept, however often it failed', async () => {
    await enqueue('w1', 'signal', 'only');
    expect((await failFiveTimes()).map((row) => row.name)).toEqual(['only']);
  });

  it('a start never gives way', async () => {
    await enqueue('w1', 'startRecovery', 'start');
    await enqueue('w1', 'signal', 'first');
    expect((await failFiveTimes()).map((row) => row.name)).toEqual(['start']);
  });

  it('counts what is pending, per creditor', async () => {
    await enqueue('w1', 'signal', 'first');
    expect([await outbox.pending(), await outbox.pending('acme'), await outbox.pending('other')]).toEqual([1, 1, 0]);
  });

  it('I18: two relays never hold two rows of one workflow and deliver each row once, in order, while writers go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ workflow: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() }), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        async (rows, batch) => {
          await dataSource.query('delete from outbox');
          const inHand = new Set<string>();
          const delivered: string[] = [];
          const failing = new Set(rows.flatMap((row, n) => (row.fails ? [`${n}`] : [])));
          let writing = true;
          const relay = async (): Promise<void> => {
            for (;;) {
              const last = !writing;
              const leased = await lease(batch);
              for (const row of leased) {
                expect(inHand.has(row.workflowId), `${row.workflowId} in two hands`).toBe(false);
                inHand.add(row.workflowId);
              }
              for (const row of leased) {
                inHand.delete(row.workflowId);
                if (failing.delete(row.name)) await outbox.failed(row.outboxId, 'once', NOW);
                else {
                  delivered.push(row.name);
                  await outbox.delivered(row.outboxId, NOW, false);
                }
              }
              if (last && leased.length === 0 && (await outbox.pending()) === 0) return;
              await sleep(0);
            }
          };
          const write = async (): Promise<void> => {
            for (const [n, row] of rows.entries()) await enqueue(`w${row.workflow}`, 'signal', `${n}`);
            writing = false;
          };
          await Promise.all([write(), relay(), relay()]);
          expect([...delivered].sort()).toEqual(rows.map((_, n) => `${n}`).sort());
          for (let workflow = 0; workflow <= 3; workflow++) {
            const order = delivered.map(Number).filter((n) => rows[n]?.workflow === workflow);
            expect(order).toEqual([...order].sort((a, b) => a - b));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the inbox', () => {
  const inbox = () => new TypeormInboxQueue(dataSource);

  it('I24: leases what is received, oldest first, to one reader at a time, and counts every try', async () => {
    await work.plain((tables) =>
      tables.inbox.insert([
        inboxRow('acme', 'e2', { receivedAt: addSeconds(NOW, 1) }),
        inboxRow('acme', 'e1'),
        inboxRow('acme', 'e3', { state: 'applied' }),
        inboxRow('acme', 'e4', { nextTryAt: addSeconds(NOW, 60) }),
      ]),
    );
    const hands = await Promise.all([inbox().lease(1, NOW, addSeconds(NOW, 30)), inbox().lease(1, NOW, addSeconds(NOW, 30))]);
    const leased = [...hands.flat(), ...(await inbox().lease(5, NOW, addSeconds(NOW, 30)))];
    expect(leased.map((row) => row.eventId).sort()).toEqual(['e1', 'e2']);
    expect(leased.map((row) => row.tries)).toEqual([1, 1]);
    expect((await inbox().lease(5, addSeconds(NOW, 30), addSeconds(NOW, 60))).map((row) => [row.eventId, row.tries])).toEqual([
      ['e1', 2],
      ['e2', 2],
    ]);
    expect([await inbox().pending('acme'), await inbox().pending('other')]).toEqual([3, 0]);
  });

  it('I18: the same event of the same account is one row', async () => {
    const once = (row: ReturnType<typeof inboxRow>) => work.run('acme', 'shared', (tx) => tx.inbox.insertOnce(row));
    const same = await Promise.all([once(inboxRow('acme', 'e1')), once(inboxRow('acme', 'e1')), once(inboxRow('acme', 'e1'))]);
    expect(same.filter(Boolean)).toHaveLength(1);
    expect(await once(inboxRow('acme', 'e1', { account: 'second' }))).toBe(true);
  });
});

describe('due cases', () => {
  it('I7: are the open ones whose wake has come, earliest first', async () => {
    const due = new TypeormDueCases(dataSource);
    const early = instant('2026-03-02T09:00:00.000Z');
    await work.plain(async (tables) => {
      await tables.cases.update({ creditorId: 'acme', caseId: 'c1' }, { wakeAt: early });
      await tables.invoices.insert(invoiceRow('acme', 'i9', 'd0'));
      await tables.cases.insert(caseRow('acme', 'c9', 'i9', 'd0', CLOSED));
    });
    expect(await due.earliestWake('acme')).toEqual({ caseId: 'c1', at: early });
    expect(await due.dueBy('acme', early, 10)).toEqual([{ caseId: 'c1', workflowId: 'recovery/acme/c1' }]);
    expect((await due.dueBy('acme', instant('2027-01-01T00:00:00Z'), 10)).map((row) => row.caseId)).toEqual(['c1', 'c0', 'c2']);
    expect(await due.earliestWake('nobody')).toBeUndefined();
  });
});
