import type { WorkerOptions } from '@temporalio/worker';

/** For a machine with two cores; more machines, not larger figures, is how this grows. Workflows: twenty slots fed by ten pollers, 500 cases in memory. */
export const WORKFLOW_TUNING = {
  maxConcurrentWorkflowTaskExecutions: 20,
  maxConcurrentWorkflowTaskPolls: 10,
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentActivityTaskPolls: 5,
  maxCachedWorkflows: 500,
} as const satisfies Partial<WorkerOptions>;

/** Mail is rendered (CPU) and handed over (waiting): ten at once, and never more a second over the whole queue than the provider likes. */
export const MAIL_TUNING = {
  maxConcurrentActivityTaskExecutions: 10,
  maxConcurrentActivityTaskPolls: 5,
  maxTaskQueueActivitiesPerSecond: 20,
} as const satisfies Partial<WorkerOptions>;

/** A running act ends within its claim's 15 s; after 20 s acts are told to stop, after 25 s they are left to the next worker. */
export const DRAIN = { shutdownGraceTime: '20s', shutdownForceTime: '25s' } as const satisfies Partial<WorkerOptions>;

/** After this many milliseconds a stop that hangs ends the process all the same; a container is killed at 30 s. */
export const HARD_STOP_MS = 28_000;
