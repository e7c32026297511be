import { COLLECTIONS_QUEUE } from '#contracts';
import type { WorkflowDirectory } from '#ports';
import { Client, Connection } from '@temporalio/client';
import { clientConnection, type ServerSettings, serverTarget } from './connection-settings.js';
import { TemporalDirectory } from './temporal-directory.js';

export interface ConnectSettings extends ServerSettings {
  readonly taskQueue?: string;
  /** Longest wait for one answer of the server, in milliseconds; 5 s unless told. */
  readonly deadlineMs?: number;
}

/**
 * The directory of workflows on the configured server. Connects lazily and again by itself: it can be made while the server is away, and its calls
 * then answer `unavailable` within milliseconds. Throws only when the profile file is unreadable.
 */
export function connectWorkflowDirectory(settings: ConnectSettings = {}): WorkflowDirectory {
  const target = serverTarget(settings);
  const connection = Connection.lazy(clientConnection(target));
  const client = new Client({ connection, namespace: target.namespace, identity: 'relance-api' });
  return new TemporalDirectory({ client, taskQueue: settings.taskQueue ?? COLLECTIONS_QUEUE, deadlineMs: settings.deadlineMs ?? 5_000 });
}
