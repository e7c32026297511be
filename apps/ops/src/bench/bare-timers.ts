import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import type pg from 'pg';
import type { BenchStack } from './bench-stack.js';
import { timed } from './figures.js';
import { quietRuntime } from './quiet-runtime.js';

const QUEUE = 'bench-bare-timers';
const STARTS_AT_ONCE = 25;
/** Started first, to see how long a start takes on this machine now; all others get twice that before they are due. */
const TRIAL = 40;
const ROOM = 2;
const ROOM_MS = 5_000;
/** As the product's worker: a case that is not in memory is replayed on both sides. */
const TUNING = {
  maxConcurrentWorkflowTaskExecutions: 20,
  maxConcurrentWorkflowTaskPolls: 10,
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentActivityTaskPolls: 5,
  maxCachedWorkflows: 500,
} as const;

/** Workflows of one timer and one activity of one bare transaction, with a worker of their own in this process. */
export class BareTimers {
  private left = 0;
  private made = 0;
  private drained: () => void = () => undefined;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly connection: Connection,
    private readonly native: NativeConnection,
  ) {}

  private worker: Worker | undefined;
  private running: Promise<void> | undefined;

  static async open(stack: BenchStack): Promise<BareTimers> {
    quietRuntime();
    const pool = stack.pool(20);
    await pool.query(
      'create table bench_wake (wake_id bigint generated always as identity primary key, case_id text not null, at timestamptz)',
    );
    const { address } = stack.temporal;
    const timers = new BareTimers(pool, await Connection.connect({ address }), await NativeConnection.connect({ address }));
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./bare.workflow.js', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    });
    const activities = { bareAct: (caseId: string) => timers.act(caseId) };
    timers.worker = await Worker.create({ connection: timers.native, ...TUNING, taskQueue: QUEUE, workflowBundle, activities });
    timers.running = timers.worker.run();
    return timers;
  }

  /** Starts so many timers that end at the same instant; answers the seconds from then until the last one's transaction. */
  async drain(count: number): Promise<number> {
    const from = performance.now();
    await this.run(TRIAL, Date.now());
    const startMs = (performance.now() - from) / TRIAL;
    return this.run(count, Date.now() + count * startMs * ROOM + ROOM_MS);
  }

  private async run(count: number, atMs: number): Promise<number> {
    const { workflow } = new Client({ connection: this.connection });
    this.left = count;
    const done = new Promise<void>((resolve) => (this.drained = resolve));
    const ids = Array.from({ length: count }, () => `bare-wake/${++this.made}`);
    await timed(ids, STARTS_AT_ONCE, (workflowId) =>
      workflow.start('bareWake', { workflowId, taskQueue: QUEUE, args: [workflowId, atMs] }),
    );
    const lateMs = Date.now() - atMs;
    if (count > TRIAL && lateMs > 0) throw new Error(`${count} timers could not be started in time: ${lateMs} ms late`);
    if (lateMs < 0) await sleep(-lateMs);
    const from = performance.now();
    await done;
    return (performance.now() - from) / 1000;
  }

  private async act(caseId: string): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      await client.query('insert into bench_wake (case_id, at) values ($1, now())', [caseId]);
      await client.query('commit');
    } finally {
      client.release();
    }
    if (--this.left === 0) this.drained();
  }

  async close(): Promise<void> {
    this.worker?.shutdown();
    await this.running?.catch(() => undefined);
    await this.native.close();
    await this.connection.close();
    await this.pool.end();
  }
}
