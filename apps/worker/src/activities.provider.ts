import type { Config } from '#config';
import type { MessageActs, RecoveryActs } from '#contracts';
import type { Logger } from '#telemetry';

/** The acts with their adapters, and how to let go of what they hold (database, mail client). */
export interface BuiltActivities {
  readonly recovery: RecoveryActs;
  readonly message: MessageActs;
  close(): Promise<void>;
}

/** Thrown at start when the acts cannot be built: the worker must not poll for work it cannot do. */
export class ActivitiesNotConfigured extends Error {
  override readonly name = 'ActivitiesNotConfigured';
}

/** Builds the acts from the configuration: ports to adapters. Throws `ActivitiesNotConfigured` when an adapter is missing. */
export async function buildActivities(config: Config, logger: Logger): Promise<BuiltActivities> {
  logger.debug({ queue: config.TEMPORAL_TASK_QUEUE }, 'The acts are built');
  throw new ActivitiesNotConfigured('No adapters are bound to the ports of the acts: the worker has nothing to run.');
}
