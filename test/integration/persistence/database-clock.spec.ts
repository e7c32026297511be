import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { epochMs } from '#domain';
import { createDataSource, DatabaseClock, systemClock } from '#persistence';
import { dropDatabase, freshDatabase } from '../../support/fresh-database.js';

const DAY_MS = 86_400_000;

let url: string;
let dataSource: DataSource;

beforeAll(async () => {
  url = await freshDatabase(inject('pgBase'));
  dataSource = await createDataSource(url, { applicationName: 'clock', poolSize: 2 }).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await dropDatabase(inject('pgBase'), url);
});
afterEach(() => {
  vi.useRealTimers();
});

async function databaseMs(): Promise<number> {
  const [row] = await dataSource.query<{ ms: string }[]>(`select (extract(epoch from clock_timestamp()) * 1000)::text as ms`);
  return Number(row?.ms);
}

describe('the database’s clock', () => {
  it('I28: a machine whose clock steps by a day, or started a day off, still reads the time of the database', async () => {
    const before = await DatabaseClock.open(dataSource);
    for (const stepMs of [DAY_MS, -DAY_MS]) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + stepMs });
      const since = await DatabaseClock.open(dataSource);
      const truth = await databaseMs();
      expect(Math.abs(epochMs(systemClock.now()) - truth)).toBeGreaterThan(DAY_MS / 2);
      for (const clock of [before, since]) expect(Math.abs(epochMs(clock.now()) - truth)).toBeLessThan(1_000);
      vi.useRealTimers();
    }
  });

  it('I2: two processes with different clocks put what happened one after the other in that order', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    const fast = await DatabaseClock.open(dataSource);
    vi.useRealTimers();
    const right = await DatabaseClock.open(dataSource);
    const claimedAt = right.now();
    await new Promise((done) => setTimeout(done, 100));
    const recordedAt = fast.now();
    expect(recordedAt > claimedAt).toBe(true);
    await new Promise((done) => setTimeout(done, 100));
    expect(right.now() > recordedAt).toBe(true);
  });
});
