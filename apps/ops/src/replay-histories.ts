import { INFORM_DEBTOR, RECOVER_INVOICE } from '#contracts';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, type ReplayWorkerOptions, Runtime, Worker } from '@temporalio/worker';

export interface ReplayRequest {
  readonly client: Client;
  readonly workflowBundle: NonNullable<ReplayWorkerOptions['workflowBundle']>;
  /** Replays about so many of the running workflows, spread over them all; every one when absent. */
  readonly sample?: number;
  /** Further conditions of the query, in Temporal's list filter. */
  readonly filter?: string;
  readonly onReplay?: (done: number, wanted: number) => void;
  readonly onFailure: (failure: { readonly workflowId: string; readonly message: string }) => void;
  readonly signal?: AbortSignal;
}

export interface ReplayOutcome {
  /** Running workflows when it began. */
  readonly running: number;
  readonly replayed: number;
  readonly failed: number;
  /** False when the signal ended it. */
  readonly isWhole: boolean;
}

/** Leaves the signals of the process to its command, and what fails to `onFailure`. Call it once, before anything else of the worker's library. */
export function quietReplays(): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} } },
  });
}

/**
 * Replays histories of running workflows on this build's workflow code (I26). One history is in memory at a time; the server is only read. Throws when
 * the server cannot be asked.
 */
export async function replayRunning(request: ReplayRequest): Promise<ReplayOutcome> {
  const { client, sample, filter, onReplay, onFailure, signal } = request;
  const types = [RECOVER_INVOICE, INFORM_DEBTOR].map((type) => `"${type}"`).join(', ');
  const query = `WorkflowType IN (${types}) AND ExecutionStatus = "Running"${filter ? ` AND ${filter}` : ''}`;
  const { count: running } = await client.workflow.count(query);
  const every = sample === undefined ? 1 : Math.max(1, Math.ceil(running / sample));
  const wanted = Math.ceil(running / every);
  let replayed = 0;
  let failed = 0;
  if (running === 0) return { running, replayed, failed, isWhole: true };
  const histories = historiesOf(client, query, every, signal);
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: request.workflowBundle }, histories)) {
    replayed += 1;
    if (error) {
      failed += 1;
      onFailure({ workflowId, message: error.message });
    }
    onReplay?.(replayed, wanted);
  }
  return { running, replayed, failed, isWhole: !signal?.aborted };
}

async function* historiesOf(client: Client, query: string, every: number, signal: AbortSignal | undefined) {
  let index = 0;
  for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: 200 })) {
    if (signal?.aborted) return;
    if (index++ % every !== 0) continue;
    try {
      yield { workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() };
    } catch (error) {
      // The index lags: what has ended and was cleared away meanwhile is no case of this gate.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
}
