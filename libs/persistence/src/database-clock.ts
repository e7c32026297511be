import { type Instant, instantFromEpochMs } from '#domain';
import type { Clock } from '#ports';
import type { DataSource } from 'typeorm';

const ADJUST_MS = 30_000;
/** An answer that took longer says too little about when it was given. */
const ROUND_TRIP_MAX_MS = 250;
const ASKED_AT_START = 3;

/**
 * The database's clock, carried on by monotonic time between two looks at it. All processes of one database read the same time, whatever their machines
 * say: a lease, the age of a claim, and whether money came before or after a letter was claimed never depend on whose clock is wrong (I2, I28).
 */
export class DatabaseClock implements Clock {
  /** Milliseconds from the start of this process's monotonic time to the database's epoch. */
  private ahead: number | undefined;

  private constructor(private readonly dataSource: DataSource) {}

  /** Asks at once and every 30 s until the data source is destroyed. Throws when the database cannot be asked. */
  static async open(dataSource: DataSource): Promise<DatabaseClock> {
    const clock = new DatabaseClock(dataSource);
    for (let asked = 0; asked < ASKED_AT_START; asked++) await clock.adjust();
    const timer = setInterval(() => {
      if (dataSource.isInitialized) clock.adjust().catch(() => undefined);
      else clearInterval(timer);
    }, ADJUST_MS);
    timer.unref();
    return clock;
  }

  now(): Instant {
    return instantFromEpochMs(Math.round((this.ahead ?? 0) + performance.now()));
  }

  /** The database's instant lies between question and answer: the middle is wrong by half the way there and back at most. */
  private async adjust(): Promise<void> {
    const asked = performance.now();
    const [row] = await this.dataSource.query<{ ms: string }[]>(`select (extract(epoch from clock_timestamp()) * 1000)::text as ms`);
    const answered = performance.now();
    if (this.ahead !== undefined && answered - asked > ROUND_TRIP_MAX_MS) return;
    this.ahead = Number(row?.ms) - (asked + answered) / 2;
  }
}
