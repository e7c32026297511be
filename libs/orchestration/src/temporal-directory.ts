import { INFORM_DEBTOR, RECOVER_INVOICE, startingSearchAttributes, staticDetails, staticSummary } from '#contracts';
import type {
  DescribeResult,
  ListOpenResult,
  SignalResult,
  StartMessage,
  StartRecovery,
  StartResult,
  WorkflowDirectory,
  WorkflowStatus,
} from '#ports';
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client';
import { isWorkflowUnknown, outage } from './refusals.js';
import { shownCase } from './shown-case.js';

export interface DirectorySettings {
  readonly client: Client;
  /** Queue of the workflows; their mail acts go to the queue beside it. */
  readonly taskQueue: string;
  /** Longest wait for one answer of the server, in milliseconds. */
  readonly deadlineMs: number;
}

const STATUS: Readonly<Record<string, WorkflowStatus>> = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timedOut',
  CONTINUED_AS_NEW: 'continuedAsNew',
};

const LARGEST_PAGE = 1000;

/** The directory on a Temporal server. Every call has a deadline, and every failure becomes one of the port's answers. */
export class TemporalDirectory implements WorkflowDirectory {
  constructor(private readonly settings: DirectorySettings) {}

  startRecovery({ workflowId, snapshot, caption }: StartRecovery): Promise<StartResult> {
    return this.start(RECOVER_INVOICE, {
      workflowId,
      args: [snapshot],
      typedSearchAttributes: startingSearchAttributes(snapshot),
      staticSummary: staticSummary(snapshot, caption),
      staticDetails: staticDetails(snapshot, caption),
    });
  }

  startMessage({ workflowId, input, summary }: StartMessage): Promise<StartResult> {
    return this.start(INFORM_DEBTOR, { workflowId, args: [input], staticSummary: summary.slice(0, 200) });
  }

  async signal(workflowId: string, signal: string, payload: unknown): Promise<SignalResult> {
    try {
      await this.bounded(() => this.settings.client.workflow.getHandle(workflowId).signal(signal, payload));
      return { result: 'ok' };
    } catch (error) {
      return isWorkflowUnknown(error) ? { result: 'notFound' } : outage(error);
    }
  }

  async describe(workflowId: string): Promise<DescribeResult> {
    try {
      const found = await this.bounded(() => this.settings.client.workflow.getHandle(workflowId).describe());
      const [summary, details] = await Promise.all([found.staticSummary(), found.staticDetails()]);
      const info = found.raw.workflowExecutionInfo;
      return {
        result: 'ok',
        workflow: {
          workflowId,
          runId: found.runId,
          status: STATUS[found.status.name] ?? 'unknown',
          historyEvents: found.historyLength,
          historyBytes: Number(info?.historySizeBytes ?? 0),
          stateTransitions: Number(info?.stateTransitionCount ?? 0),
          shown: shownCase(info?.searchAttributes?.indexedFields),
          ...(summary === undefined ? {} : { staticSummary: summary }),
          ...(details === undefined ? {} : { staticDetails: details }),
        },
      };
    } catch (error) {
      return isWorkflowUnknown(error) ? { result: 'notFound' } : outage(error);
    }
  }

  async listOpen({
    creditorId,
    size = LARGEST_PAGE,
    after,
  }: {
    creditorId?: string;
    size?: number;
    after?: string;
  } = {}): Promise<ListOpenResult> {
    const ofCreditor = creditorId === undefined ? '' : ` AND CreditorId = "${creditorId.replace(/[\\"]/g, '\\$&')}"`;
    try {
      const { client } = this.settings;
      const page = await this.bounded(() =>
        client.workflowService.listWorkflowExecutions({
          namespace: client.options.namespace,
          query: `WorkflowType = "${RECOVER_INVOICE}" AND ExecutionStatus = "Running"${ofCreditor}`,
          pageSize: Math.min(size, LARGEST_PAGE),
          ...(after === undefined ? {} : { nextPageToken: Buffer.from(after, 'base64url') }),
        }),
      );
      const workflows = page.executions.map(({ execution, searchAttributes }) => ({
        workflowId: execution?.workflowId ?? '',
        runId: execution?.runId ?? '',
        shown: shownCase(searchAttributes?.indexedFields),
      }));
      const next = Buffer.from(page.nextPageToken ?? []).toString('base64url');
      return { result: 'ok', workflows, ...(next === '' ? {} : { next }) };
    } catch (error) {
      return outage(error);
    }
  }

  /** True when the server answers for our namespace. */
  async isReachable(): Promise<boolean> {
    const { client } = this.settings;
    try {
      await this.bounded(() => client.workflowService.describeNamespace({ namespace: client.options.namespace }));
      return true;
    } catch {
      return false;
    }
  }

  close(): Promise<void> {
    return this.settings.client.connection.close();
  }

  private async start(type: string, options: Omit<WorkflowStartOptions, 'taskQueue'>): Promise<StartResult> {
    const { client, taskQueue } = this.settings;
    try {
      const handle = await this.bounded(() =>
        client.workflow.start(type, {
          ...options,
          taskQueue,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          // Attaching to a running workflow would look like a start: failing tells the caller which of the three it was.
          workflowIdConflictPolicy: 'FAIL',
        }),
      );
      return { result: 'ok', runId: handle.firstExecutionRunId };
    } catch (error) {
      return error instanceof WorkflowExecutionAlreadyStartedError ? this.alreadyStarted(options.workflowId) : outage(error);
    }
  }

  private async alreadyStarted(workflowId: string): Promise<StartResult> {
    const found = await this.describe(workflowId);
    if (found.result === 'ok') return { result: 'alreadyStarted', status: found.workflow.status === 'running' ? 'running' : 'closed' };
    return found.result === 'notFound' ? { result: 'unavailable', reason: `${workflowId} exists but cannot be described yet` } : found;
  }

  private bounded<T>(call: () => Promise<T>): Promise<T> {
    return this.settings.client.connection.withDeadline(Date.now() + this.settings.deadlineMs, call);
  }
}
