/**
 * The one file that knows how the SDK runs workflow code: it drives the compiled bundle by hand-made activations, without a server.
 * Written for @temporalio/worker 1.24.0 (internal paths, no promise of stability): check it first when the SDK moves.
 */
import { type WorkflowInfo } from '@temporalio/workflow';
import { defaultPayloadConverter, type Payload, TypedSearchAttributes } from '@temporalio/common';
import type { WorkflowBundle } from '@temporalio/worker';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared.js';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import { util } from 'protobufjs';

type Activation = Parameters<Workflow['activate']>[0];
type Completion = Awaited<ReturnType<Workflow['activate']>>;
export type Job = NonNullable<Activation['jobs']>[number];
export type Command = NonNullable<NonNullable<Completion['successful']>['commands']>[number];

/** A 64-bit number as protocol messages hold it. */
const { fromNumber: long } = util.Long as unknown as { fromNumber(value: number): Long };
type Long = { toBytes(): number[]; toNumber(): number } & NonNullable<Activation['historySizeBytes']>;

/** One workflow task: what it was given and what the code answered. Replaying the list must give the same answers. */
export interface Task {
  readonly nowMs: number;
  readonly jobs: readonly Job[];
  readonly commands: string;
}

/** What a run is started with. */
export interface RunStart {
  readonly workflowType: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly taskQueue: string;
  readonly seed: number;
  readonly nowMs: number;
  readonly args: readonly unknown[];
}

export const toPayload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value) as Payload;
export const fromPayload = <T>(payload: unknown): T => defaultPayloadConverter.fromPayload<T>(payload as Payload);

/** Workflow code in a sandbox of its own, as a worker would hold it. */
export class Sandbox {
  private constructor(private readonly creator: ReusableVMWorkflowCreator) {}

  static async open(bundle: WorkflowBundle): Promise<Sandbox> {
    if (!('code' in bundle)) throw new Error('The simulation wants the code of the bundle');
    // Stack traces of promises cost ten times the speed and are not looked at here.
    globalHandlers.installed = true;
    const compiled = { code: bundle.code, sourceMap: { version: 3, sources: [], names: [], mappings: '' }, filename: 'workflow-bundle.js' };
    // No time limit per call: it would start a watchdog thread each time.
    const creator = await ReusableVMWorkflowCreator.create(compiled as never, undefined as never, new Set());
    return new Sandbox(creator);
  }

  begin(start: RunStart): Promise<SimulatedRun> {
    return SimulatedRun.begin(this.creator, start);
  }

  close(): Promise<void> {
    return this.creator.destroy();
  }
}

/** One run of a workflow, with the history of its tasks, so that it can be thrown out of memory and replayed at any moment. */
export class SimulatedRun {
  readonly tasks: Task[] = [];
  private flags = new Set<number>();

  private constructor(
    private readonly creator: ReusableVMWorkflowCreator,
    readonly start: RunStart,
    private workflow: Workflow,
  ) {}

  static async begin(creator: ReusableVMWorkflowCreator, start: RunStart): Promise<SimulatedRun> {
    return new SimulatedRun(creator, start, await load(creator, start));
  }

  get startJob(): Job {
    return startJob(this.start);
  }

  /** Gives the code one task and returns its commands. Throws when the task fails: workflow code never may. */
  async activate(jobs: readonly Job[], nowMs: number): Promise<readonly Command[]> {
    const commands = await this.run(jobs, nowMs, false);
    this.tasks.push({ nowMs, jobs, commands: printed(commands) });
    return commands;
  }

  /** Evicts the run and replays it from its tasks. Throws when the code answers otherwise than it did. */
  async evictAndReplay(): Promise<void> {
    await this.workflow.dispose();
    this.workflow = await load(this.creator, this.start);
    for (const [index, task] of this.tasks.entries()) {
      const commands = printed(await this.run(task.jobs, task.nowMs, true));
      if (commands !== task.commands) throw new Error(`replay of task ${index} differs: ${task.commands} became ${commands}`);
    }
  }

  /** Undoes the last task, as a server does that refuses its commands; returns what it was given. */
  async takeBack(): Promise<readonly Job[]> {
    const last = this.tasks.pop();
    await this.evictAndReplay();
    return last?.jobs ?? [];
  }

  async dispose(): Promise<void> {
    await this.workflow.dispose();
  }

  private async run(jobs: readonly Job[], nowMs: number, isReplaying: boolean): Promise<readonly Command[]> {
    const completion = await this.workflow.activate({
      runId: this.start.runId,
      timestamp: timestamp(nowMs),
      isReplaying,
      historyLength: this.tasks.length * 4,
      historySizeBytes: long(this.tasks.length * 1000),
      availableInternalFlags: isReplaying ? [...this.flags] : [],
      jobs: jobs.map((job) => structuredClone(job)),
    });
    await this.workflow.getAndResetSinkCalls();
    if (!completion.successful) throw new Error(`a workflow task failed: ${JSON.stringify(completion.failed?.failure?.message)}`);
    if (!isReplaying) for (const flag of completion.successful.usedInternalFlags ?? []) this.flags.add(flag);
    return completion.successful.commands ?? [];
  }
}

/** Seconds and nanoseconds of a protocol timestamp. */
export function timestamp(ms: number) {
  return { seconds: long(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1_000_000 };
}

/** Milliseconds of a protocol duration. */
export function durationMs(duration: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(String(duration?.seconds ?? 0)) * 1000 + Math.round((duration?.nanos ?? 0) / 1_000_000);
}

function startJob(start: RunStart): Job {
  return {
    initializeWorkflow: {
      workflowType: start.workflowType,
      workflowId: start.workflowId,
      arguments: start.args.map(toPayload),
      randomnessSeed: long(start.seed),
      firstExecutionRunId: start.runId,
      headers: {},
      attempt: 1,
      startTime: timestamp(start.nowMs),
    },
  };
}

function load(creator: ReusableVMWorkflowCreator, start: RunStart): Promise<Workflow> {
  const { runId, workflowId, workflowType, taskQueue, nowMs } = start;
  const info = {
    workflowId,
    runId,
    workflowType,
    searchAttributes: {},
    typedSearchAttributes: new TypedSearchAttributes(),
    taskQueue,
    namespace: 'simulation',
    firstExecutionRunId: runId,
    originalExecutionRunId: runId,
    startTime: new Date(nowMs),
    runStartTime: new Date(nowMs),
    taskTimeoutMs: 10_000,
    attempt: 1,
    historyLength: 0,
    historySize: 0,
    continueAsNewSuggested: false,
    targetWorkerDeploymentVersionChanged: false,
    suggestedContinueAsNewReasons: [],
    currentBuildId: '',
    unsafe: { now: () => nowMs, isReplaying: false, isReplayingHistoryEvents: false, random: undefined },
    priority: undefined,
  } as unknown as WorkflowInfo;
  return creator.createWorkflow({
    info,
    randomnessSeed: long(start.seed).toBytes(),
    now: nowMs,
    showStackTraceSources: false,
  });
}

function printed(commands: readonly Command[]): string {
  return JSON.stringify(commands, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
}
