import { setTimeout as pause } from 'node:timers/promises';
import type { ServerTarget } from '#orchestration';
import type { Logger } from '#telemetry';
import { NativeConnection } from '@temporalio/worker';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Connects to the server and waits until it knows the namespace, trying again for as long as it takes: a worker started before Temporal must not die
 * of it. `undefined` when `stop` was asked for meanwhile. A server that refuses our credentials is tried again too, and logged each time.
 */
export async function connectWhenUp(target: ServerTarget, logger: Logger, stop: AbortSignal): Promise<NativeConnection | undefined> {
  for (let pauseMs = FIRST_PAUSE_MS; !stop.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await connect(target);
    } catch (error) {
      logger.warn({ err: error, namespace: target.namespace, retryAfterMs: pauseMs }, 'Temporal does not answer yet');
    }
    await pause(pauseMs, undefined, { signal: stop }).catch(() => undefined);
  }
  return undefined;
}

async function connect({ connection, namespace }: ServerTarget): Promise<NativeConnection> {
  const native = await NativeConnection.connect(connection);
  try {
    await native.workflowService.describeNamespace({ namespace });
    return native;
  } catch (error) {
    await native.close();
    throw error;
  }
}
