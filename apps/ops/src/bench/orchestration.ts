import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type ActInput,
  mailQueueOf,
  RECOVER_INVOICE,
  type RecoveryActs,
  startingSearchAttributes,
  staticDetails,
  staticSummary,
} from '#contracts';
import { addSeconds, type CaseSnapshot, instantFromEpochMs, type WakeKind } from '#domain';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import type pg from 'pg';
import { type BenchStack, ROOT } from './bench-stack.js';
import { type Figure, timed } from './figures.js';
import { type Cost, figuresOf, type Run, together } from './orchestration-figures.js';
import { quietRuntime } from './quiet-runtime.js';

const RUNGS: readonly WakeKind[] = ['call', 'mail', 'mail', 'mail', 'prepare', 'formalNotice', 'referral'];
/** Each rung waits this long, in both ladders: with enough cases at once the machine is the limit, not the timers. */
const RUNG_WAIT_MS = 1_000;
const RUNS = 4;
const STARTS_AT_ONCE = 25;
/** Between opening and paying, not counted: every case has its timer by then. */
const REST_MS = 3_000;
const QUEUE = 'bench-recovery';
const BARE_QUEUE = 'bench-bare';
/** As the product's worker, with room for every case of the measurement; the mail queue's limit per second is left out on both sides. */
const TUNING = {
  maxConcurrentWorkflowTaskExecutions: 20,
  maxConcurrentWorkflowTaskPolls: 10,
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentActivityTaskPolls: 5,
  maxCachedWorkflows: 2_000,
} as const;

/** A scripted act and a bare act cost the same one transaction; what is measured is the orchestration around them. */
class OrchestrationBench {
  private readonly start = instantFromEpochMs(Date.now());
  private made = 0;

  constructor(
    private readonly client: Client,
    private readonly database: pg.Pool,
  ) {}

  readonly acts = Object.fromEntries(
    ['openCallTask', 'sendMail', 'serveFormalNotice', 'handOver', 'prepareStage'].map((name) => [
      name,
      (input: ActInput) => this.act(input),
    ]),
  ) as unknown as RecoveryActs;

  async transaction(caseId: string): Promise<void> {
    const client = await this.database.connect();
    try {
      await client.query('begin');
      await client.query('insert into bench_fact (case_id, at) values ($1, now())', [caseId]);
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  private async act({ caseId, factSeq }: ActInput): Promise<CaseSnapshot> {
    await this.transaction(caseId);
    const kind = RUNGS[factSeq];
    const base = { ...this.snapshot(caseId), factSeq: factSeq + 1, lastStage: `rung${factSeq}` };
    if (kind === undefined) return { ...base, state: 'handedOver', closed: 'handedOver' };
    return {
      ...base,
      state: 'reminding',
      wake: { kind, stage: `rung${factSeq + 1}`, round: 1, at: instantFromEpochMs(Date.now() + RUNG_WAIT_MS) },
    };
  }

  private snapshot(caseId: string, waitMs = RUNG_WAIT_MS): CaseSnapshot {
    const wake = { kind: 'call', stage: 'rung1', round: 1, at: instantFromEpochMs(Date.now() + waitMs) } as const;
    const plan = RUNGS.map((_, index) => ({
      stage: `rung${index + 1}`,
      round: 1,
      at: addSeconds(this.start, 3600 * index),
      summary: `rung ${index + 1} of the bench`,
    }));
    return {
      caseId,
      creditorId: 'bench',
      debtorRef: 'D-1',
      episode: 1,
      epoch: 1,
      factSeq: 1,
      state: 'scheduled',
      openPrincipal: '124000',
      currency: 'EUR',
      dueOn: '2026-01-31',
      disputed: false,
      plan,
      wake,
    };
  }

  private ids(count: number): string[] {
    return Array.from({ length: count }, () => `${this.start}-${++this.made}`);
  }

  private async open(caseId: string, waitMs?: number): Promise<void> {
    const snapshot = this.snapshot(caseId, waitMs);
    const caption = { invoiceNumber: caseId, policy: 'standard@1' };
    await this.client.workflow.start(RECOVER_INVOICE, {
      workflowId: `recovery/bench/${caseId}`,
      taskQueue: QUEUE,
      args: [snapshot],
      typedSearchAttributes: startingSearchAttributes(snapshot),
      staticSummary: staticSummary(snapshot, caption),
      staticDetails: staticDetails(snapshot, caption),
    });
  }

  private measure(count: number, work: (ids: string[]) => Promise<unknown>): Promise<Run> {
    const ids = this.ids(count);
    return this.measured(ids, () => work(ids));
  }

  private async measured(ids: readonly string[], work: () => Promise<unknown>): Promise<Run> {
    const [cpu, from] = [process.cpuUsage(), performance.now()];
    await work();
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { perSecond: ids.length / seconds, cpuMs: (user + system) / 1000 / ids.length };
  }

  ladder(count: number): Promise<Run> {
    return this.measure(count, async (ids) => {
      await timed(ids, STARTS_AT_ONCE, (id) => this.open(id));
      await this.results(ids.map((id) => `recovery/bench/${id}`));
    });
  }

  bareLadder(count: number): Promise<Run> {
    return this.measure(count, async (ids) => {
      await timed(ids, STARTS_AT_ONCE, (id) =>
        this.client.workflow.start('bareLadder', {
          workflowId: `bare/${id}`,
          taskQueue: BARE_QUEUE,
          args: [id, RUNGS.length, RUNG_WAIT_MS],
        }),
      );
      await this.results(ids.map((id) => `bare/${id}`));
    });
  }

  /** All cases rest on their timers before the first is paid: a payment that meets its own start would skip the timer. */
  async paidEarly(count: number): Promise<Run> {
    const ids = this.ids(count);
    const opened = await this.measured(ids, () => timed(ids, STARTS_AT_ONCE, (id) => this.open(id, 86_400_000)));
    await sleep(REST_MS);
    const pay = async (id: string): Promise<void> => {
      const handle = this.client.workflow.getHandle(`recovery/bench/${id}`);
      const snapshot = { ...this.snapshot(id), factSeq: 2, state: 'settled', closed: 'settled', openPrincipal: '0' };
      await handle.signal('paymentReceived', { cause: { paymentId: 'P-1', amountMinor: '124000' }, snapshot, recordedAt: this.start });
      await handle.result();
    };
    return together(opened, await this.measured(ids, () => timed(ids, STARTS_AT_ONCE, pay)));
  }

  async bareTimer(count: number): Promise<Run> {
    const ids = this.ids(count);
    const open = (id: string) => this.client.workflow.start('bareTimer', { workflowId: `timer/${id}`, taskQueue: BARE_QUEUE });
    const opened = await this.measured(ids, () => timed(ids, STARTS_AT_ONCE, open));
    await sleep(REST_MS);
    const pay = async (id: string): Promise<void> => {
      const handle = this.client.workflow.getHandle(`timer/${id}`);
      await handle.signal('paid');
      await handle.result();
    };
    return together(opened, await this.measured(ids, () => timed(ids, STARTS_AT_ONCE, pay)));
  }

  private async results(workflowIds: readonly string[]): Promise<void> {
    await Promise.all(workflowIds.map((id) => this.client.workflow.getHandle(id).result()));
  }

  /** Events, bytes and state transitions of one closed workflow. */
  async cost(prefix: string): Promise<Cost> {
    const found = await this.client.workflow.getHandle(`${prefix}${this.start}-${this.made}`).describe();
    const info = found.raw.workflowExecutionInfo;
    return { events: found.historyLength, bytes: Number(info?.historySizeBytes), transitions: Number(info?.stateTransitionCount) };
  }
}

/** (a) Orchestration alone: cases through the product's workflow with scripted acts, beside bare workflows of the same shape, taking turns. */
export async function measureOrchestration(stack: BenchStack, cases: number, say: (line: string) => void): Promise<Figure[]> {
  quietRuntime();
  const [connection, native] = [
    await Connection.connect({ address: stack.temporal.address }),
    await NativeConnection.connect({ address: stack.temporal.address }),
  ];
  const pool = stack.pool(20);
  await pool.query(
    'create table bench_fact (fact_id bigint generated always as identity primary key, case_id text not null, at timestamptz not null)',
  );
  const bench = new OrchestrationBench(new Client({ connection }), pool);
  const workers = await createWorkers(native, bench);
  const running = workers.map((worker) => worker.run());
  try {
    return await alternate(bench, cases, say);
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.allSettled(running);
    await native.close();
    await connection.close();
    await pool.end();
  }
}

async function createWorkers(connection: NativeConnection, bench: OrchestrationBench): Promise<Worker[]> {
  const quiet = new DefaultLogger('ERROR');
  const bareBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./bare.workflow.js', import.meta.url)),
    logger: quiet,
  });
  const workflowBundle = { code: await readFile(path.join(ROOT, 'dist', 'workflow-bundle.js'), 'utf8') };
  const { acts } = bench;
  return Promise.all([
    Worker.create({ connection, ...TUNING, taskQueue: QUEUE, workflowBundle, activities: acts }),
    Worker.create({ connection, ...TUNING, taskQueue: mailQueueOf(QUEUE), activities: acts }),
    Worker.create({
      connection,
      ...TUNING,
      taskQueue: BARE_QUEUE,
      workflowBundle: bareBundle,
      activities: { bareAct: (caseId: string) => bench.transaction(caseId) },
    }),
  ]);
}

async function alternate(bench: OrchestrationBench, cases: number, say: (line: string) => void): Promise<Figure[]> {
  const runs = { ladder: [] as Run[], bareLadder: [] as Run[], paid: [] as Run[], timer: [] as Run[] };
  const cost = {
    ladder: await one(bench, 'ladder', 'recovery/bench/'),
    bareLadder: await one(bench, 'bareLadder', 'bare/'),
    paid: await one(bench, 'paidEarly', 'recovery/bench/'),
    timer: await one(bench, 'bareTimer', 'timer/'),
  };
  for (let run = 1; run <= RUNS; run++) {
    say(`run ${run} of ${RUNS}: ${cases} ladders, bare ladders, early payments, bare timers`);
    // Who goes first changes with every round: the development server slows down as its database grows.
    const round = [
      async () => runs.ladder.push(await bench.ladder(cases)),
      async () => runs.bareLadder.push(await bench.bareLadder(cases)),
      async () => runs.paid.push(await bench.paidEarly(cases)),
      async () => runs.timer.push(await bench.bareTimer(cases)),
    ];
    for (const measured of run % 2 === 1 ? round : round.reverse()) await measured();
  }
  return [
    ...figuresOf(`ladder of ${RUNGS.length} rungs`, runs.ladder, runs.bareLadder, 'bare ladder', cost.ladder, cost.bareLadder, 0.9),
    ...figuresOf('opened, then paid', runs.paid, runs.timer, 'bare timer and signal', cost.paid, cost.timer),
  ];
}

async function one(bench: OrchestrationBench, kind: 'ladder' | 'bareLadder' | 'paidEarly' | 'bareTimer', prefix: string): Promise<Cost> {
  await bench[kind](1);
  return bench.cost(prefix);
}
