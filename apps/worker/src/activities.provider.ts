import { createMessageActs, createRecoveryActs } from '#activities';
import { type CaseworkDeps, openLawBook, openPolicyBook } from '#casework';
import type { Config } from '#config';
import type { MessageActs, RecoveryActs } from '#contracts';
import { createSendGridMailer } from '#mail';
import { createDataSource, DatabaseClock, TypeormUnitOfWork, uuidV7Ids } from '#persistence';
import { createSealer } from '#sealing';
import type { Logger } from '#telemetry';
import { registeredPost } from './registered-post.js';
import { WorkerMetrics } from './worker.metrics.js';

/** The acts with their adapters, and how to let go of what they hold (database, mail client). */
export interface BuiltActivities {
  readonly recovery: RecoveryActs;
  readonly message: MessageActs;
  /** Absent in tests that give acts of their own. */
  readonly metrics?: WorkerMetrics;
  close(): Promise<void>;
}

/** Thrown at start when the acts cannot be built: the worker must not poll for work it cannot do. */
export class ActivitiesNotConfigured extends Error {
  override readonly name = 'ActivitiesNotConfigured';
}

const MASTER_KEY_ID = 1;

/** Builds the acts from the configuration: ports to adapters. Throws `ActivitiesNotConfigured` when nothing could take a mail. */
export async function buildActivities(config: Config, logger: Logger): Promise<BuiltActivities> {
  const mailbox = config.SENDGRID_SANDBOX_URL;
  if (!mailbox && !config.SENDGRID_API_KEY) {
    throw new ActivitiesNotConfigured('Neither SENDGRID_API_KEY nor SENDGRID_SANDBOX_URL is set: no mail could leave.');
  }
  const dataSource = createDataSource(config.DATABASE_URL, { poolSize: config.DATABASE_POOL_SIZE, applicationName: 'relance-worker' });
  await dataSource.initialize();
  const metrics = new WorkerMetrics();
  const casework: CaseworkDeps = {
    unitOfWork: metrics.countingWork(new TypeormUnitOfWork(dataSource)),
    clock: await DatabaseClock.open(dataSource),
    ids: uuidV7Ids,
    sealer: createSealer({ current: { id: MASTER_KEY_ID, key: config.SEALING_KEY } }),
    law: openLawBook(),
    policies: openPolicyBook(),
  };
  // A creditor that is a sandbox never reaches a real provider; without a local mailbox its mail is refused here.
  const localMailbox = { baseUrl: mailbox ?? 'http://127.0.0.1:9' };
  const mailer = createSendGridMailer({
    localMailbox,
    ...(config.SENDGRID_API_KEY
      ? { live: { apiKey: config.SENDGRID_API_KEY, ...(config.SENDGRID_BASE_URL ? { baseUrl: config.SENDGRID_BASE_URL } : {}) } }
      : {}),
  });
  const { post, ...posting } = registeredPost(config, localMailbox.baseUrl);
  const ports = { casework, mail: metrics.countingMail(mailer), ...posting, ...(post ? { post: metrics.countingPost(post) } : {}) };
  logger.debug({ queue: config.TEMPORAL_TASK_QUEUE }, 'The acts are built');
  return {
    recovery: createRecoveryActs(ports),
    message: createMessageActs(ports),
    metrics,
    close: async () => {
      await dataSource.destroy();
    },
  };
}
