import { RECOVER_INVOICE } from '#contracts';
import { dayIn, type Instant, type RecoveryFact, shownState } from '#domain';
import type { FinalFacts } from '../../integration/models/final-facts.js';
import { PRODUCT_RULES, type Rules, ZONE } from '../../integration/models/pure-case.js';
import type { Told } from '../../integration/models/service-case.js';
import { type ActRun, runAct } from './acts.js';
import { Dice } from './dice.js';
import { Oracle } from './oracle.js';
import { judgeSend, type News, Rows } from './rows.js';
import { RunningActs } from './running-acts.js';
import { type Command, durationMs, type Job, type Sandbox, type SimulatedRun, toPayload } from './sandbox.js';

const QUEUE = 'scripted';
const STEPS_MAX = 4_000;
const TOTAL = 486_000n;

/**
 * One case in the simulation to which exactly what a script says is said, on its sandbox clock, in a world where everything works: the real workflow code,
 * the pure rules and the claim protocol of the simulation. News still come in any order with acts, and some of them twice: that must change nothing.
 */
export class ScriptedCase {
  readonly rows: Rows;
  readonly oracle = new Oracle(TOTAL);
  readonly dice: Dice;
  nowMs: number;
  jobs: Job[] = [];
  private readonly acts = new RunningActs(this, QUEUE);
  private readonly timers = new Map<number, number>();
  private run: SimulatedRun | undefined;
  private runs = 0;
  private tokens = 0;
  private steps = 0;

  constructor(
    private readonly sandbox: Sandbox,
    seed: number,
    private readonly startAt: Instant,
    rules: Rules = PRODUCT_RULES,
  ) {
    this.dice = new Dice(seed);
    this.nowMs = Date.parse(startAt);
    this.rows = new Rows(rules, judgeSend, this.nowMs, true);
  }

  /** Plays the script up to `until`. Throws when the case does not come to rest. */
  async play(script: readonly Told[], until: Instant): Promise<FinalFacts> {
    await this.startRun();
    await this.rest();
    for (const { at, event } of script) {
      await this.liveUntil(at);
      this.rows.command(event);
      await this.rest();
    }
    await this.liveUntil(until);
    await this.run?.dispose();
    return this.facts();
  }

  private facts(): FinalFacts {
    const { state } = this.rows.pure;
    return {
      state: shownState(state),
      closed: state.closed?.kind ?? null,
      openMinor: state.openPrincipalMinor.toString(),
      rungs: state.stages.map(({ stage, round, outcome, on }) => `${on} ${stage}/${round} ${outcome}`),
      verdicts: this.rows.recorded.flatMap(({ at, fact }) => verdictOf(fact, dayIn(at, ZONE))),
      faults: this.oracle.faults,
    };
  }

  /** From wake to wake, never past one, then to the given moment. */
  private async liveUntil(until: Instant): Promise<void> {
    for (;;) {
      const { wake } = this.rows.view;
      const isNext = wake !== undefined && !this.rows.pure.state.closed && wake.at <= until;
      const at = isNext && wake.at > this.rows.pure.now ? wake.at : until;
      if (isNext && wake.at <= this.rows.pure.now) throw new Error(`${wake.kind} of ${wake.at} was not acted on`);
      this.rows.moveClock(at);
      await this.rest();
      if (!isNext) return;
    }
  }

  /** Until nothing is left to do: what can happen happens in an order that the seed draws. */
  private async rest(): Promise<void> {
    for (;;) {
      if (++this.steps > STEPS_MAX) throw new Error('The case never comes to rest');
      const choices: (() => void | Promise<void>)[] = this.acts.alive().map((act) => () => this.acts.step(act));
      if (this.jobs.length > 0) choices.push(() => this.task());
      if (this.rows.outbox.length > 0) choices.push(() => this.relay());
      if (choices.length === 0 && !this.wakeRetry()) return;
      if (choices.length > 0) await this.dice.pick(choices)();
    }
  }

  /** An act that is tried again after a while; the sandbox clock does not move for it. */
  private wakeRetry(): boolean {
    const [first] = [...this.timers].sort(([, a], [, b]) => a - b);
    if (!first) return false;
    this.timers.delete(first[0]);
    this.nowMs = Math.max(this.nowMs, first[1]);
    this.jobs.push({ fireTimer: { seq: first[0] } });
    return true;
  }

  private async startRun(): Promise<void> {
    this.runs += 1;
    const start = {
      workflowType: RECOVER_INVOICE,
      workflowId: `recovery/scripted/${this.runs}`,
      runId: `run-${this.dice.seed}-${this.runs}`,
    };
    this.run = await this.sandbox.begin({
      ...start,
      taskQueue: QUEUE,
      seed: this.dice.seed,
      nowMs: this.nowMs,
      args: [this.rows.snapshot()],
    });
    this.timers.clear();
    this.acts.clear();
    this.jobs = [this.run.startJob];
  }

  private async task(): Promise<void> {
    const given = this.jobs.splice(0);
    const isNews = (job: Job): boolean => Boolean(job.initializeWorkflow ?? job.signalWorkflow);
    const jobs = [...given.filter(isNews), ...given.filter((job) => !isNews(job))];
    for (const command of (await this.run?.activate(jobs, this.nowMs)) ?? []) await this.obey(command);
  }

  private async obey(command: Command): Promise<void> {
    if (command.startTimer) this.timers.set(command.startTimer.seq ?? 0, this.nowMs + durationMs(command.startTimer.startToFireTimeout));
    else if (command.cancelTimer) this.timers.delete(command.cancelTimer.seq ?? 0);
    else if (command.scheduleActivity) this.acts.schedule(command.scheduleActivity);
    else if (command.completeWorkflowExecution) {
      await this.run?.dispose();
      this.run = undefined;
      this.jobs = [];
    }
  }

  private async relay(): Promise<void> {
    const news = this.rows.outbox.shift();
    if (news && this.run) for (let times = this.dice.chance(20) ? 2 : 1; times > 0; times--) this.signal(news);
    else if (news?.kind === 'start' && !this.rows.pure.state.closed) {
      this.rows.episode += 1;
      await this.startRun();
    }
  }

  private signal({ name, payload }: News): void {
    this.jobs.push({ signalWorkflow: { signalName: name, input: [toPayload(payload)], headers: {} } });
  }

  begin(input: Parameters<typeof runAct>[1]): ActRun {
    return runAct(
      {
        rows: this.rows,
        provider: { take: (message) => (this.oracle.took(message, this.rows.pure.now), 'accepted') },
        nowMs: () => this.nowMs,
        fresh: () => `token-${++this.tokens}`,
        claimed: (message) => this.oracle.claimed(this.rows, message),
      },
      input,
    );
  }

  said(_line: string): void {
    // Nobody reads the diary of a script.
  }
}

/** What the services would keep as a verdict for this fact. */
function verdictOf(fact: RecoveryFact, on: string): string[] {
  switch (fact.type) {
    case 'callTaskOpened':
      return [`${on} ${fact.stage} DONE callTaskOpened`];
    case 'stageSkipped':
      return [`${on} ${fact.stage} SKIPPED ${fact.reason}`];
    case 'stagePostponed':
      return [`${on} ${fact.stage} POSTPONED ${fact.reason}`];
    case 'stageDone':
      if (fact.contact === 'call') return [`${on} ${fact.stage} DONE call.attempted`];
      // A file handed over is claimed like a letter, and is no contact.
      return fact.contact === 'message' || fact.stage === 'referral' ? [`${on} ${fact.stage} SENT allChecksPassed`] : [];
    default:
      return [];
  }
}
