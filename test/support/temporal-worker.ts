import { fileURLToPath } from 'node:url';
import {
  type ActInput,
  type CaseNews,
  type DeliveryInput,
  type DeliveryResult,
  mailQueueOf,
  type RecoveryActs,
  type SignalName,
} from '#contracts';
import type { CaseSnapshot, SandboxClock } from '#domain';
import { Client, Connection } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundle,
} from '@temporalio/worker';
import { INFORM_DEBTOR, RECOVER_INVOICE, startingSearchAttributes, staticDetails, staticSummary } from '#contracts';

export type ActName = keyof RecoveryActs;
export interface ActCall extends ActInput {
  readonly act: ActName;
}
/** What the acts of one case answer, call by call. */
export type ActScript = (call: ActCall, index: number) => CaseSnapshot | Promise<CaseSnapshot>;

const ACTS = [
  'openCallTask',
  'sendMail',
  'serveFormalNotice',
  'handOver',
  'prepareStage',
  'judgePromise',
  'endHold',
  'escalateDispute',
  'expireCall',
  'expireApproval',
  'reviewCase',
] as const satisfies readonly ActName[];

/** Bundles the workflows from their sources, the way the release bundles them from `dist`. */
export async function bundleFromSources(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: ['source', 'import', 'require', 'node', 'default'] },
    }),
  });
}

/** A worker on queues of its own, with scripted acts in the place of ours. */
export class ScriptedWorker {
  readonly calls = new Map<string, ActCall[]>();
  readonly deliveries: DeliveryInput[] = [];
  private readonly scripts = new Map<string, ActScript>();
  deliver: (input: DeliveryInput, index: number) => DeliveryResult | Promise<DeliveryResult> = () => ({ state: 'delivered' });

  private constructor(
    readonly client: Client,
    readonly queue: string,
    private readonly native: NativeConnection,
  ) {}

  private workers: Worker[] = [];
  private runs: Promise<void>[] = [];

  static async start(address: string, workflowBundle: WorkflowBundle, name: string): Promise<ScriptedWorker> {
    quietRuntime();
    const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
    const queue = `${name}-${Math.random().toString(36).slice(2, 8)}`;
    const made = new ScriptedWorker(new Client({ connection, identity: 'test-client' }), queue, native);
    const activities = { ...made.acts(), deliverMessage: (input: DeliveryInput) => made.delivered(input) };
    const shared = { connection: native, activities, identity: 'test-worker' };
    made.workers = [
      await Worker.create({ ...shared, taskQueue: queue, workflowBundle, maxCachedWorkflows: 200 }),
      await Worker.create({ ...shared, taskQueue: mailQueueOf(queue) }),
    ];
    made.runs = made.workers.map((worker) => worker.run());
    return made;
  }

  /** Opens a case with everything the product gives at the start; `script` answers its acts. */
  async open(snapshot: CaseSnapshot, script: ActScript = unexpected): Promise<CaseRun> {
    this.scripts.set(snapshot.caseId, script);
    this.calls.set(snapshot.caseId, []);
    const caption = { invoiceNumber: `F-${snapshot.caseId}`, policy: 'standard@1' };
    const handle = await this.client.workflow.start(RECOVER_INVOICE, {
      workflowId: `recovery/dupont/${this.queue}-${snapshot.caseId}`,
      taskQueue: this.queue,
      args: [snapshot],
      typedSearchAttributes: startingSearchAttributes(snapshot),
      staticSummary: staticSummary(snapshot, caption),
      staticDetails: staticDetails(snapshot, caption),
    });
    return new CaseRun(this.client, handle.workflowId, this.calls.get(snapshot.caseId) ?? []);
  }

  async inform(messageId: string): Promise<CaseRun> {
    const workflowId = `message/dupont/${this.queue}-${messageId}`;
    const args = [{ creditorId: 'dupont', messageId }];
    await this.client.workflow.start(INFORM_DEBTOR, { workflowId, taskQueue: this.queue, args });
    return new CaseRun(this.client, workflowId, []);
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.all(this.runs);
    await this.native.close();
    await this.client.connection.close();
  }

  private acts(): RecoveryActs {
    const entries = ACTS.map((act) => [act, (input: ActInput) => this.acted({ ...input, act })] as const);
    return Object.fromEntries(entries) as unknown as RecoveryActs;
  }

  private async acted(call: ActCall): Promise<CaseSnapshot> {
    const calls = this.calls.get(call.caseId) ?? [];
    calls.push(call);
    return (this.scripts.get(call.caseId) ?? unexpected)(call, calls.length - 1);
  }

  private async delivered(input: DeliveryInput): Promise<DeliveryResult> {
    this.deliveries.push(input);
    return this.deliver(input, this.deliveries.filter(({ messageId }) => messageId === input.messageId).length - 1);
  }
}

export type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

/** One workflow under test: tells it news, waits for marks in its history, counts what it cost. */
export class CaseRun {
  constructor(
    private readonly client: Client,
    readonly workflowId: string,
    readonly calls: readonly ActCall[],
  ) {}

  async signal(name: SignalName | string, payload: CaseNews | SandboxClock | unknown): Promise<void> {
    await this.client.workflow.getHandle(this.workflowId).signal(name, payload);
  }

  result(): Promise<unknown> {
    return this.client.workflow.getHandle(this.workflowId).result();
  }

  /** The history of the newest run, or of the one named. */
  history(runId?: string): Promise<History> {
    return this.client.workflow.getHandle(this.workflowId, runId).fetchHistory();
  }

  async events(kind: keyof HistoryEvent): Promise<HistoryEvent[]> {
    return ((await this.history()).events ?? []).filter((event) => event[kind] != null);
  }

  /** Waits until every workflow task is done and the history holds `count` events of `kind`. */
  async until(kind: keyof HistoryEvent, count: number): Promise<void> {
    for (let look = 0; look < 600; look += 1) {
      const events = (await this.history()).events ?? [];
      const of = (name: keyof HistoryEvent) => events.filter((event) => event[name] != null).length;
      const idle = of('workflowTaskScheduledEventAttributes') === of('workflowTaskCompletedEventAttributes');
      if (idle && of(kind) >= count) return;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`${this.workflowId} never came to ${count} × ${kind}`);
  }

  /** Events, state transitions and billable actions so far. */
  async cost(): Promise<{ events: number; transitions: number; actions: number }> {
    const found = await this.client.workflow.getHandle(this.workflowId).describe();
    const events = (await this.history()).events ?? [];
    const billed: readonly (keyof HistoryEvent)[] = [
      'workflowExecutionStartedEventAttributes',
      'workflowExecutionSignaledEventAttributes',
      'timerStartedEventAttributes',
      'activityTaskScheduledEventAttributes',
      'upsertWorkflowSearchAttributesEventAttributes',
    ];
    return {
      events: events.length,
      transitions: Number(found.raw.workflowExecutionInfo?.stateTransitionCount),
      actions: events.filter((event) => billed.some((kind) => event[kind] != null)).length,
    };
  }

  describe(): ReturnType<ReturnType<Client['workflow']['getHandle']>['describe']> {
    return this.client.workflow.getHandle(this.workflowId).describe();
  }
}

function unexpected(call: ActCall): never {
  throw new Error(`No act was expected, but ${call.act} was called`);
}

let runtimeReady = false;

/** The SDK's own lines would drown the test report; only errors are shown. */
export function quietRuntime(): void {
  if (runtimeReady) return;
  runtimeReady = true;
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} } },
  });
}
