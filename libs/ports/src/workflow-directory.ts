import type { CaseCaption, CaseNews, CaseSignal, MessageInput, RecoveryInput } from '#contracts';
import type { Instant, SandboxClock } from '#domain';

/** The server cannot be asked now: not there, too slow, too busy, its namespace is missing or closed to us. Try again later; nothing is known to have happened. */
export interface DirectoryUnavailable {
  readonly result: 'unavailable';
  readonly reason: string;
}

/** The server understood and said no (payload too large, unknown search attribute). Trying the same again does not help. */
export interface DirectoryRefused {
  readonly result: 'refused';
  readonly reason: string;
}

/** A workflow of this id was started before. `running`: done, tell it news by signal; `closed`: the case needs its next episode. */
export interface AlreadyStarted {
  readonly result: 'alreadyStarted';
  readonly status: 'running' | 'closed';
}

export interface NotFound {
  readonly result: 'notFound';
}

export type StartResult = { readonly result: 'ok'; readonly runId: string } | AlreadyStarted | DirectoryUnavailable | DirectoryRefused;

/** `notFound`: no running workflow of that id. It means "after the case closed" only when the start was delivered before. */
export type SignalResult = { readonly result: 'ok' } | NotFound | DirectoryUnavailable | DirectoryRefused;

export interface StartRecovery {
  readonly workflowId: string;
  readonly snapshot: RecoveryInput;
  readonly caption: CaseCaption;
}

export interface StartMessage {
  readonly workflowId: string;
  readonly input: MessageInput;
  /** One plain line for the Temporal UI: `thanks for invoice F-2026-17`. No personal data. */
  readonly summary: string;
}

export type WorkflowStatus = 'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timedOut' | 'continuedAsNew' | 'unknown';

/** What a case's workflow shows of its snapshot: enough to see that it does not hold the newest one. */
export interface ShownCase {
  readonly state?: string;
  /** Minor units as digits. */
  readonly openPrincipal?: string;
  /** Absent on a closed case. */
  readonly nextActionAt?: Instant;
}

export interface WorkflowDescription {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: WorkflowStatus;
  readonly historyEvents: number;
  readonly historyBytes: number;
  readonly stateTransitions: number;
  readonly shown?: ShownCase;
  readonly staticSummary?: string;
  readonly staticDetails?: string;
}

export type DescribeResult =
  | { readonly result: 'ok'; readonly workflow: WorkflowDescription }
  | NotFound
  | DirectoryUnavailable
  | DirectoryRefused;

export interface OpenWorkflow {
  readonly workflowId: string;
  readonly runId: string;
  readonly shown?: ShownCase;
}

/** One page of the running cases. `next` asks for the following page; absent on the last. The index behind it lags: never decide on it alone. */
export type ListOpenResult =
  | { readonly result: 'ok'; readonly workflows: readonly OpenWorkflow[]; readonly next?: string }
  | DirectoryUnavailable
  | DirectoryRefused;

/** Where workflows are started, told and looked up. Never throws for anything the server or the network does; the answers are closed sets. */
export interface WorkflowDirectory {
  startRecovery(start: StartRecovery): Promise<StartResult>;
  startMessage(start: StartMessage): Promise<StartResult>;
  signal(workflowId: string, signal: CaseSignal, news: CaseNews): Promise<SignalResult>;
  signal(workflowId: string, signal: 'sandboxClockMoved', clock: SandboxClock): Promise<SignalResult>;
  describe(workflowId: string): Promise<DescribeResult>;
  listOpen(page?: { readonly creditorId?: string; readonly size?: number; readonly after?: string }): Promise<ListOpenResult>;
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}
