import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '#config';
import { mailQueueOf } from '#contracts';
import { createLogger } from '#telemetry';
import { NativeConnection, Worker } from '@temporalio/worker';
import { type BuiltActivities, buildActivities } from '../../apps/worker/src/activities.provider.js';
import { MAIL_TUNING, WORKFLOW_TUNING } from '../../apps/worker/src/worker.tuning.js';
import { bundleFromSources, quietRuntime } from './temporal-worker.js';

let bundle: Promise<string> | undefined;

/** The workflow bundle made from the sources, once per test process, as a file. */
export function workflowBundleFile(): Promise<string> {
  bundle ??= writeBundle();
  return bundle;
}

async function writeBundle(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relance-bundle-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'workflow-bundle.js');
  fs.writeFileSync(file, (await bundleFromSources()).code);
  return file;
}

/** The two workers of the product with its real acts, inside this process. */
export class StackWorker {
  private constructor(
    private readonly workers: readonly Worker[],
    private readonly runs: readonly Promise<void>[],
    private readonly connection: NativeConnection,
    private readonly activities: BuiltActivities,
  ) {}

  static async start(config: Config, address: string): Promise<StackWorker> {
    quietRuntime();
    const connection = await NativeConnection.connect({ address });
    const activities = await buildActivities(config, createLogger({ name: 'worker', level: config.LOG_LEVEL }));
    const shared = { connection, activities: { ...activities.recovery, ...activities.message }, shutdownGraceTime: '20s' } as const;
    const taskQueue = config.TEMPORAL_TASK_QUEUE;
    const workers = [
      await Worker.create({ ...shared, ...WORKFLOW_TUNING, taskQueue, workflowBundle: { codePath: config.WORKFLOW_BUNDLE } }),
      await Worker.create({ ...shared, ...MAIL_TUNING, taskQueue: mailQueueOf(taskQueue) }),
    ];
    const runs = workers.map((worker) => worker.run());
    return new StackWorker(workers, runs, connection, activities);
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.all(this.runs);
    await this.connection.close();
    await this.activities.close();
  }
}
