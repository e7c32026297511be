import { type ActInput, RECOVER_INVOICE, tryAgain } from '#contracts';
import { epochMs } from '#domain';
import { PRODUCT_RULES, type Rules } from '../../integration/models/pure-case.js';
import { type ActRun, decideUnknown, markUnknown, type Provider, runAct } from './acts.js';
import { Dice } from './dice.js';
import { instantAt, Oracle } from './oracle.js';
import { claimAge, type Judge, judgeSend, type Message, type News, Rows } from './rows.js';
import { type Command, durationMs, type Job, type Sandbox, type SimulatedRun, toPayload } from './sandbox.js';
import { deedOf, staffDeed } from './deeds.js';
import { RunningActs } from './running-acts.js';

/** What a test may put in the place of the product's parts, to see that it is caught. */
export interface Planted {
  readonly rules?: Rules;
  readonly judge?: Judge;
  readonly runAct?: typeof runAct;
  /** Changes news on their way to the workflow. */
  readonly news?: (news: News) => News | undefined;
}

export interface Told {
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  readonly tasks: number;
  readonly replays: number;
  readonly letters: number;
  readonly ended: string;
}

const START_MS = Date.UTC(2026, 2, 2, 8);
const QUEUE = 'simulated';
const STEPS_OF_TROUBLE = 220;
const STEPS_MAX = 1500;
const TOTAL = 486_000n;

/** One case from its first day to its end, with everything that can go wrong between, drawn from one seed. */
export class SimulatedCase {
  readonly dice: Dice;
  readonly rows: Rows;
  readonly oracle = new Oracle(TOTAL);
  readonly trace: string[] = [];
  nowMs = START_MS;
  private run: SimulatedRun | undefined;
  jobs: Job[] = [];
  private readonly timers = new Map<number, number>();
  private readonly acts = new RunningActs(this, QUEUE);
  private readonly old: News[] = [];
  private tokens = 0;
  private paid = 0;
  private runs = 0;
  private tasks = 0;
  private replays = 0;
  private troubled = true;

  constructor(
    private readonly sandbox: Sandbox,
    seed: number,
    private readonly planted: Planted = {},
  ) {
    this.dice = new Dice(seed);
    this.rows = new Rows(planted.rules ?? PRODUCT_RULES, planted.judge ?? judgeSend, START_MS, seed % 5 === 0);
  }

  /** Plays the whole case: first with trouble, then healed, until it rests. */
  async play(): Promise<Told> {
    await this.startRun();
    let step = 0;
    try {
      for (; step < STEPS_MAX && this.oracle.faults.length === 0; step++) {
        this.troubled = step < STEPS_OF_TROUBLE;
        if (!this.troubled && this.isOver()) break;
        const before = this.rows.pure;
        await this.oneStep();
        this.oracle.looked(this.rows.rules, before, this.rows);
      }
      if (this.oracle.faults.length === 0) this.atTheEnd(step);
    } catch (error) {
      this.oracle.faults.push(error instanceof Error ? error.message : String(error));
    }
    await this.run?.dispose();
    const { faults, taken } = this.oracle;
    const ended = this.rows.pure.state.closed?.kind ?? 'open';
    return { faults, trace: this.trace, tasks: this.tasks, replays: this.replays, letters: taken.size, ended };
  }

  private async startRun(): Promise<void> {
    this.runs += 1;
    const args = [this.rows.snapshot()];
    const runId = `run-${this.dice.seed}-${this.runs}`;
    const start = { workflowType: RECOVER_INVOICE, workflowId: `recovery/creditor/${this.runs}`, runId, taskQueue: QUEUE };
    this.run = await this.sandbox.begin({ ...start, seed: this.dice.seed, nowMs: this.nowMs, args });
    this.timers.clear();
    this.acts.clear();
    this.jobs = [this.run.startJob];
  }

  private async oneStep(): Promise<void> {
    const choices: [number, () => void | Promise<void>][] = [];
    if (this.jobs.length > 0) choices.push([12, () => this.task()]);
    if (this.rows.outbox.length > 0) choices.push([8, () => this.relay()]);
    for (const act of this.acts.alive()) choices.push([10, () => this.acts.step(act)]);
    if (this.rows.inbox.length > 0) choices.push([3, () => this.book()]);
    const isBusy = choices.length > 0;
    choices.push([isBusy ? 2 : 14, () => this.passTime(isBusy)]);
    if (this.troubled) {
      choices.push([5, () => deedOf(this)]);
      for (const act of this.acts.alive()) choices.push([2, () => this.acts.trouble(act)]);
      for (const ghost of this.acts.ghosts) choices.push([3, () => this.acts.stepGhost(ghost)]);
      if (this.old.length > 0) choices.push([1, () => this.deliver(this.dice.pick(this.old), 'again')]);
      if (this.run && this.run.tasks.length > 1) choices.push([this.dice.chance(30) ? 1 : 0, () => this.evict()]);
    } else if (!isBusy) choices.push([8, () => staffDeed(this)]);
    choices.push([2, () => this.janitor()]);
    let at = this.dice.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, act] of choices) {
      at -= weight;
      if (at < 0) return act();
    }
  }

  /** A workflow task: everything that waits, or a part of it, signals first as the server gives them. */
  private async task(): Promise<void> {
    if (!this.run) return;
    const count = this.troubled ? 1 + this.dice.below(this.jobs.length) : this.jobs.length;
    const given = this.jobs.splice(0, count);
    const jobs = [
      ...given.filter((job) => job.initializeWorkflow || job.signalWorkflow),
      ...given.filter((job) => !job.initializeWorkflow && !job.signalWorkflow),
    ];
    this.tasks += 1;
    const commands = await this.run.activate(jobs, this.nowMs);
    this.said(
      `task ${jobs.map((job) => job.signalWorkflow?.signalName ?? Object.keys(job)[0]).join(',')} → ${commands.map((c) => Object.keys(c)[0]).join(',')}`,
    );
    // The server refuses the end of a workflow that has news, with all else the task asked for: it is given again, news included.
    if (this.jobs.some((job) => job.signalWorkflow) && commands.some((command) => command.completeWorkflowExecution)) {
      this.jobs = [...(await this.run.takeBack()), ...this.jobs];
      return this.said('end refused: there are news');
    }
    for (const command of commands) await this.obey(command);
  }

  private async obey(command: Command): Promise<void> {
    if (command.startTimer) this.timers.set(command.startTimer.seq ?? 0, this.nowMs + durationMs(command.startTimer.startToFireTimeout));
    else if (command.cancelTimer) {
      const { seq } = command.cancelTimer;
      this.timers.delete(seq ?? 0);
      this.jobs = this.jobs.filter((job) => job.fireTimer?.seq !== seq);
    } else if (command.scheduleActivity) this.acts.schedule(command.scheduleActivity);
    else if (command.completeWorkflowExecution) await this.completed();
    else if (!command.upsertWorkflowSearchAttributes) this.oracle.faults.push(`an unexpected command: ${Object.keys(command).join()}`);
  }

  begin(input: ActInput): ActRun {
    return (this.planted.runAct ?? runAct)(
      {
        rows: this.rows,
        provider: this.provider,
        nowMs: () => this.nowMs,
        fresh: () => `token-${++this.tokens}`,
        claimed: (message) => this.oracle.claimed(this.rows, message),
      },
      input,
    );
  }

  private readonly provider: Provider = {
    take: (message: Message) => {
      const fate = this.troubled ? this.dice.below(100) : 99;
      if (fate < 10) return 'neverLeft';
      if (fate < 14) return 'rejected';
      if (fate < 22) return 'answerLost';
      this.said(`left ${message.id}`);
      this.oracle.took(message, this.rows.clock?.at ?? instantAt(this.nowMs));
      return fate < 34 ? 'answerLost' : 'accepted';
    },
  };

  private async relay(): Promise<void> {
    const news = this.rows.outbox.shift();
    if (!news) return;
    if (news.kind === 'signal') this.old.push(news);
    await this.deliver(news, 'first');
  }

  private async deliver(given: News, how: 'first' | 'again'): Promise<void> {
    const news = this.planted.news ? this.planted.news(given) : given;
    if (!news) return;
    if (this.run) {
      this.said(`signal ${news.name} ${how}`);
      this.jobs.push({ signalWorkflow: { signalName: news.name, input: [toPayload(news.payload)], headers: {} } });
    } else if (news.kind === 'start' && how === 'first' && !this.rows.pure.state.closed) {
      this.rows.episode += 1;
      this.said('next episode');
      await this.startRun();
    }
  }

  private async completed(): Promise<void> {
    const isAwaited = this.rows.outbox.some(({ kind }) => kind === 'start');
    if (!this.rows.pure.state.closed && !isAwaited) this.oracle.faults.push('I25: the workflow of an open case ended');
    this.said(`completed ${this.rows.pure.state.closed?.kind ?? 'although open'}`);
    await this.run?.dispose();
    this.run = undefined;
    this.jobs = [];
  }

  private async evict(): Promise<void> {
    this.replays += 1;
    await this.run?.evictAndReplay();
  }

  private book(): void {
    const event = this.rows.inbox.shift();
    if (event) this.rows.command(event);
  }

  /** Time goes on: a little while others work, else to the next thing that waits for it; now and then everything stood still for days. */
  private passTime(isBusy: boolean): void {
    if (!isBusy) this.agree();
    if (this.rows.clock && !isBusy && this.acts.size === 0 && this.timers.size === 0) return this.moveSandboxClock();
    const waiting = [...this.timers.values(), ...this.acts.retries()];
    const next = waiting.length > 0 ? Math.min(...waiting) : this.nowMs + tryAgain.first;
    if (isBusy) this.nowMs += this.dice.below(this.troubled && this.dice.chance(3) ? 3 * 86_400_000 : 8000);
    else this.nowMs = Math.max(this.nowMs, next) + (this.troubled && this.dice.chance(4) ? this.dice.below(5 * 86_400_000) : 0);
    this.rows.tick(this.nowMs);
    for (const [seq, dueMs] of this.timers) {
      if (dueMs > this.nowMs) continue;
      this.timers.delete(seq);
      this.jobs.push({ fireTimer: { seq } });
    }
    this.acts.tryAgain();
  }

  /** I25: while nothing is under way, the workflow waits for the very moment that the rows name, or looks again within the hour. */
  private agree(): void {
    const { wake } = this.rows.view;
    if (this.rows.clock || !this.run || this.acts.size > 0 || this.rows.pure.state.closed || !wake) return;
    const atMs = Math.min(...this.timers.values());
    const lookAgainMs = this.nowMs + tryAgain.longest;
    if (atMs > Math.max(epochMs(wake.at), lookAgainMs)) this.oracle.faults.push(`I25: the workflow sleeps beyond ${wake.at}`);
  }

  /** The driver of a sandbox clock goes from wake to wake, never past one. */
  private moveSandboxClock(): void {
    const { wake } = this.rows.view;
    if (wake && !this.rows.pure.state.closed) this.rows.moveClock(wake.at);
    this.nowMs += 1000;
  }

  /** Claims that nobody ended become UNKNOWN; the provider's events and its look-up decide those. */
  private janitor(): void {
    for (const message of this.rows.messages.values()) {
      if (message.state === 'CLAIMED' && claimAge(message, this.nowMs) > 60) {
        markUnknown(this.rows, message);
        this.rows.outbox.push({
          kind: 'signal',
          name: 'blockerLifted',
          payload: { cause: {}, snapshot: this.rows.snapshot(), recordedAt: instantAt(this.nowMs) },
        });
      } else if (message.state === 'UNKNOWN' && claimAge(message, this.nowMs) > 120)
        decideUnknown(this.rows, message, this.oracle.taken.has(message.id));
    }
  }

  private isOver(): boolean {
    if (this.jobs.length + this.acts.size + this.rows.outbox.length + this.rows.inbox.length > 0) return false;
    return this.rows.pure.state.closed !== undefined && !this.run;
  }

  /** Nobody is left behind: the case has ended on both sides. */
  private atTheEnd(step: number): void {
    if (this.isOver()) return;
    const { state } = this.rows.pure;
    const holds = `${this.jobs.length} jobs, ${this.acts.size} acts, ${this.timers.size} timers, ${this.rows.outbox.length} news`;
    this.oracle.faults.push(
      `liveness: after ${step} steps the case is ${state.closed?.kind ?? 'open'}, its workflow ${this.run ? 'runs' : 'has ended'}, with ${holds}; wake ${JSON.stringify(this.rows.view.wake)}`,
    );
  }

  /** True while a run is about to hand a letter over. */
  get isSending(): boolean {
    return this.acts.alive().some(({ input }) => input.wake.kind === 'mail' || input.wake.kind === 'formalNotice');
  }

  /** A reference that no payment of this story has: a payment told twice keeps its own. */
  nextPaymentRef(): string {
    return `pay-${++this.paid}`;
  }

  acknowledged(ref: string, amount: bigint): void {
    this.oracle.acknowledge(ref, amount);
  }

  said(line: string): void {
    this.trace.push(`${instantAt(this.nowMs)} ${line}`);
  }
}
