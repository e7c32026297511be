import path from 'node:path';
import type { Config } from '#config';
import { mailQueueOf } from '#contracts';
import { serverTarget } from '#orchestration';
import { type Logger, temporalLogger } from '#telemetry';
import { makeTelemetryFilterString, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { BuiltActivities } from './activities.provider.js';
import { connectWhenUp } from './worker.connection.js';
import { DRAIN, MAIL_TUNING, WORKFLOW_TUNING } from './worker.tuning.js';

export interface RunnerParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly activities: BuiltActivities;
  /** Called once when a worker dies by itself: the process cannot go on. */
  readonly onFailure: (error: unknown) => void;
}

/** Runs the two workers, of workflows and of mail, over one connection: starts them when Temporal is up, drains them when the process stops. */
export class WorkerRunner {
  private readonly stopping = new AbortController();
  private workers: readonly Worker[] = [];
  private running: Promise<void> = Promise.resolve();
  private failure: unknown;

  constructor(private readonly parts: RunnerParts) {}

  /** Returns at once; the workers come up behind it, however long Temporal takes. */
  start(): void {
    this.running = this.run().catch((error: unknown) => {
      this.failure = error;
      this.parts.onFailure(error);
    });
  }

  /** Stops polling, lets running acts end, closes the connection and what the acts hold. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await this.running;
    await this.parts.activities.close();
  }

  /** True while nothing is broken for good; Temporal being away is not. */
  isAlive(): boolean {
    return this.failure === undefined;
  }

  /** True when workflows and both kinds of acts are being polled for. */
  isReady(): boolean {
    const [cases, mails] = this.workers.map((worker) => worker.getStatus());
    if (cases === undefined || mails === undefined || this.stopping.signal.aborted) return false;
    const polls = [cases.workflowPollerState, cases.activityPollerState, mails.activityPollerState];
    return [cases, mails].every(({ runState }) => runState === 'RUNNING') && polls.every((state) => state === 'POLLING');
  }

  private async run(): Promise<void> {
    const { config, logger } = this.parts;
    installRuntime(logger);
    const target = serverTarget();
    const connection = await connectWhenUp(target, logger, this.stopping.signal);
    if (connection === undefined) return;
    try {
      const workers = await this.createWorkers(connection, target.namespace);
      this.workers = workers;
      const runs = workers.map((worker) => worker.run());
      logger.info({ taskQueue: config.TEMPORAL_TASK_QUEUE, namespace: target.namespace }, 'The workers poll');
      if (this.stopping.signal.aborted) for (const worker of workers) worker.shutdown();
      // One that dies takes the other with it: half a worker would look alive and leave mail, or every case, untouched.
      await Promise.all(runs).catch(async (error: unknown) => {
        for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
        await Promise.allSettled(runs);
        throw error;
      });
    } finally {
      // A worker that was made and never ran still holds the connection; the process ends in that case.
      await connection.close().catch((error: unknown) => logger.warn({ err: error }, 'The connection was still in use'));
    }
  }

  private async createWorkers(connection: NativeConnection, namespace: string): Promise<readonly Worker[]> {
    const { config, activities } = this.parts;
    const taskQueue = config.TEMPORAL_TASK_QUEUE;
    const shared = { connection, namespace, activities: { ...activities.recovery, ...activities.message }, ...DRAIN };
    const workflowBundle = { codePath: path.resolve(config.WORKFLOW_BUNDLE) };
    const cases = await Worker.create({ ...shared, ...WORKFLOW_TUNING, taskQueue, workflowBundle });
    const mails = await Worker.create({ ...shared, ...MAIL_TUNING, taskQueue: mailQueueOf(taskQueue) });
    return [cases, mails];
  }
}

/** Once per process and before any connection: we own the signals, and every line goes through our logger. */
function installRuntime(logger: Logger): void {
  Runtime.install({
    shutdownSignals: [],
    logger: temporalLogger(logger),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} } },
  });
}
