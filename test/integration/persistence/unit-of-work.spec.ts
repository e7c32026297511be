import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { addSeconds } from '#domain';
import { createDataSource, databaseRefusal, TypeormUnitOfWork } from '#persistence';
import type { LockMode } from '#ports';
import { freshDatabase } from '../../support/fresh-database.js';
import { inboxRow, news, NOW, seedBook } from './seed.js';

let dataSource: DataSource;
let work: TypeormUnitOfWork;

beforeAll(async () => {
  dataSource = createDataSource(await freshDatabase(inject('pgBase')), { poolSize: 8 });
  await dataSource.initialize();
  work = new TypeormUnitOfWork(dataSource);
  await work.plain(async (tables) => {
    await seedBook(tables, 'acme', 6, 2);
    await seedBook(tables, 'other', 1);
  });
});
afterAll(() => dataSource.destroy());

/** A transaction that stays open until it is let go. */
function held(creditorId: string, mode: LockMode): { taken: Promise<void>; letGo: () => void; done: Promise<void> } {
  let letGo = (): void => undefined;
  let tell = (): void => undefined;
  const taken = new Promise<void>((resolve) => (tell = resolve));
  const released = new Promise<void>((resolve) => (letGo = resolve));
  const done = work.run(creditorId, mode, async () => {
    tell();
    await released;
  });
  return { taken, letGo, done };
}

async function waitsBehind(first: LockMode, second: LockMode, secondCreditor = 'acme'): Promise<boolean> {
  const before = held('acme', first);
  await before.taken;
  let entered = false;
  const after = work.run(secondCreditor, second, async () => {
    entered = true;
  });
  await Promise.race([after, sleep(150)]);
  const waited = !entered;
  before.letGo();
  await Promise.all([before.done, after]);
  return waited;
}

describe('the creditor’s lock', () => {
  it.each<[LockMode, LockMode, boolean]>([
    ['shared', 'shared', false],
    ['shared', 'exclusive', true],
    ['exclusive', 'shared', true],
    ['exclusive', 'exclusive', true],
  ])('I1, I16: %s, then %s: the second waits = %s', async (first, second, waits) => {
    expect(await waitsBehind(first, second)).toBe(waits);
  });

  it('one creditor never waits for another', async () => {
    expect(await waitsBehind('exclusive', 'exclusive', 'other')).toBe(false);
  });

  it('I1: a claim reads every fact that was committed before it', async () => {
    const race = async (): Promise<void> => {
      let committedAt = 0;
      const payment = work
        .run('acme', 'shared', async (tx) => {
          const [row] = await tx.lockCases('acme', ['c5']);
          await tx.cases.update({ creditorId: 'acme', caseId: 'c5' }, { factSeq: (row?.factSeq ?? 0) + 1 });
          return (row?.factSeq ?? 0) + 1;
        })
        .then((seq) => {
          committedAt = seq;
        });
      const claim = work.run('acme', 'exclusive', async (tx) => {
        const acknowledged = committedAt;
        const [row] = await tx.lockCases('acme', ['c5']);
        expect(row?.factSeq).toBeGreaterThanOrEqual(acknowledged);
      });
      await Promise.all([payment, claim]);
    };
    for (let round = 0; round < 50; round++) await Promise.all([race(), race(), race()]);
    const row = await work.plain((tables) => tables.cases.one({ creditorId: 'acme', caseId: 'c5' }));
    expect(row?.factSeq).toBe(151); // no update was lost
  });

  it('is waited for twice and then given up, with the SQLSTATE of a lock time-out', async () => {
    const impatient = new TypeormUnitOfWork(dataSource, { lockTimeoutMs: 60 });
    const holder = held('acme', 'exclusive');
    await holder.taken;
    let runs = 0;
    const refused = await impatient.run('acme', 'shared', async () => void runs++).catch((error: unknown) => databaseRefusal(error));
    holder.letGo();
    await holder.done;
    expect(refused).toMatchObject({ code: '55P03' });
    expect(runs).toBe(0);
  });

  it('a deadlock is run again, and both sides get through', async () => {
    let firstLocks = 0;
    let meet = (): void => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const side = async (first: string, second: string): Promise<number> => {
      let runs = 0;
      await work.run('acme', 'shared', async (tx) => {
        runs += 1;
        await tx.cases.update({ creditorId: 'acme', caseId: first }, { epoch: 0 });
        firstLocks += 1;
        if (firstLocks === 2) meet(); // both hold their first row now, so the second rows close the circle
        await met;
        // A side that was a victim does not close the circle again: PostgreSQL may have chosen both.
        if (runs === 1) await tx.cases.update({ creditorId: 'acme', caseId: second }, { epoch: 0 });
      });
      return runs;
    };
    const runs = await Promise.all([side('c0', 'c1'), side('c1', 'c0')]);
    expect(Math.max(...runs)).toBe(2);
  });
});

describe('a transaction', () => {
  it('leaves nothing behind when the work throws', async () => {
    const failing = work.run('acme', 'shared', async (tx) => {
      await tx.cases.update({ creditorId: 'acme', caseId: 'c2' }, { factSeq: 99 });
      await tx.enqueue(news('acme', 'recovery/acme/c2', 'signal', 'holdPlaced'));
      throw new Error('after the writes');
    });
    await expect(failing).rejects.toThrow('after the writes');
    const left = await work.plain(async (tables) => tables.cases.one({ creditorId: 'acme', caseId: 'c2' }));
    expect(left?.factSeq).toBe(1);
    expect(await dataSource.query('select 1 from outbox')).toEqual([]);
  });

  it('costs three round trips beside its own statements’ one: begin with lock and bounds, the work, commit', async () => {
    const sent: string[] = [];
    const counted = new TypeormUnitOfWork(dataSource, { onStatement: (sql) => sent.push(sql) });
    await counted.run('acme', 'exclusive', (tx) => tx.lockCases('acme', ['c1', 'c0']));
    expect(sent).toHaveLength(3);
    expect(sent[0]).toMatch(/^begin isolation level read committed; set local lock_timeout = 2000; .*pg_advisory_xact_lock\(-?\d+\)$/);
    expect(sent[2]).toBe('commit');
  });

  it('bounds end with it: the next user of the connection has none', async () => {
    await work.run('acme', 'shared', async () => undefined);
    const rows = await dataSource.query(
      `select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`,
    );
    expect(rows).toEqual([{ lock: '0', statement: '0' }]);
  });

  it('locks case rows in id order and reads them fresh', async () => {
    const ids = await work.run('acme', 'shared', async (tx) =>
      (await tx.lockCases('acme', ['c3', 'c1', 'c2', 'nobody'])).map((row) => row.caseId),
    );
    expect(ids).toEqual(['c1', 'c2', 'c3']);
    const ofDebtor = await work.run('acme', 'shared', async (tx) => (await tx.lockCasesOfDebtor('acme', 'd1')).map((row) => row.caseId));
    expect(ofDebtor).toEqual(['c1', 'c3', 'c5']);
    const foreign = await work.run('other', 'shared', (tx) => tx.lockCases('other', ['c3']));
    expect(foreign, 'I33: ids of another creditor lock nothing').toEqual([]);
  });
});

describe('I1: payments that were received and not read yet', () => {
  const unread = (debtorId: string, youngSince = addSeconds(NOW, -15)) =>
    work.run('acme', 'exclusive', (tx) => tx.hasUnreadPayments('acme', debtorId, youngSince));
  const receive = (...changes: Parameters<typeof inboxRow>) => work.plain((tables) => tables.inbox.insert(inboxRow(...changes)));
  const forget = (eventId: string) => work.plain((tables) => tables.inbox.delete({ creditorId: ['acme', 'other'], eventId }));

  it('count for the debtor they name, however old', async () => {
    await receive('acme', 'e1', { debtorId: 'd0', receivedAt: addSeconds(NOW, -9_000) });
    expect([await unread('d0'), await unread('d1')]).toEqual([true, false]);
    await forget('e1');
  });

  it('count for everybody while young and nobody’s', async () => {
    await receive('acme', 'e2', { receivedAt: addSeconds(NOW, -10) });
    expect([await unread('d0'), await unread('d0', addSeconds(NOW, -5))]).toEqual([true, false]);
    await forget('e2');
  });

  it('do not count once applied, nor for another creditor, nor when they are mail events', async () => {
    await receive('acme', 'e3', { debtorId: 'd0', state: 'applied' });
    await receive('other', 'e4', { debtorId: 'd0' });
    await receive('acme', 'e5', { provider: 'sendgrid', kind: 'delivered' });
    expect(await unread('d0')).toBe(false);
  });
});
