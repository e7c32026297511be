import { type ActInput, mailQueueOf } from '#contracts';
import type { CaseSnapshot } from '#domain';
import type { ActRun } from './acts.js';
import { instantAt } from './oracle.js';
import { type Command, durationMs, fromPayload, toPayload } from './sandbox.js';
import type { SimulatedCase } from './simulated-case.js';

/** What acts need to know of the case they belong to. */
type ActStory = Pick<SimulatedCase, 'begin' | 'dice' | 'jobs' | 'nowMs' | 'oracle' | 'rows' | 'said'>;

export interface RunningAct {
  readonly seq: number;
  readonly input: ActInput;
  readonly name: string;
  readonly giveUpAtMs: number;
  /** The run whose answer counts; runs taken for dead may still be among `ghosts`. */
  run: ActRun | undefined;
  retryAtMs: number;
  tries: number;
}

/** The server's side of activities: runs that are alive, runs taken for dead that still act, and what is tried again. By the workflow's sequence number. */
export class RunningActs extends Map<number, RunningAct> {
  readonly ghosts: ActRun[] = [];

  constructor(
    private readonly story: ActStory,
    private readonly queue: string,
  ) {
    super();
  }

  alive(): RunningAct[] {
    return [...this.values()].filter(({ run }) => run !== undefined);
  }

  /** When the runs that failed are tried again. */
  retries(): number[] {
    return [...this.values()].filter(({ run }) => run === undefined).map(({ retryAtMs }) => retryAtMs);
  }

  tryAgain(): void {
    for (const act of this.values()) if (!act.run && act.retryAtMs <= this.story.nowMs) act.run = this.story.begin(act.input);
  }

  schedule(command: NonNullable<Command['scheduleActivity']>): void {
    const seq = command.seq ?? 0;
    const input = fromPayload<ActInput>(command.arguments?.[0]);
    const name = command.activityType ?? '';
    const isMail = name === 'sendMail' || name === 'serveFormalNotice';
    if (command.taskQueue !== (isMail ? mailQueueOf(this.queue) : this.queue))
      this.story.oracle.faults.push(`${name} went to ${command.taskQueue}`);
    const giveUpAtMs = this.story.nowMs + durationMs(command.scheduleToCloseTimeout);
    this.set(seq, { seq, input, name, giveUpAtMs, run: this.story.begin(input), retryAtMs: 0, tries: 1 });
    if (!this.story.rows.clock && input.wake.at > instantAt(this.story.nowMs))
      this.story.oracle.faults.push(`I28: ${name} is called before ${input.wake.at}`);
    if (this.size > 1) this.story.oracle.faults.push('two acts of one case run at once');
  }

  step(act: RunningAct): void {
    this.story.nowMs += this.story.dice.below(1500);
    try {
      const { done, value } = act.run?.next() ?? { done: false, value: undefined };
      if (done && value) this.answer(act, value);
    } catch (error) {
      this.retry(act, String(error));
    }
  }

  answer(act: RunningAct, snapshot: CaseSnapshot): void {
    this.delete(act.seq);
    this.story.jobs.push({ resolveActivity: { seq: act.seq, result: { completed: { result: toPayload(snapshot) } } } });
  }

  stepGhost(ghost: ActRun): void {
    try {
      if (ghost.next().done) this.ghosts.splice(this.ghosts.indexOf(ghost), 1);
    } catch {
      this.ghosts.splice(this.ghosts.indexOf(ghost), 1);
    }
  }

  /** A worker dies, stalls, or its answer never comes: tried again by the server, while the old run may still be alive. */
  trouble(act: RunningAct): void {
    const kind = this.story.dice.pick(['killed', 'stalled', 'zombie', 'failed'] as const);
    this.story.said(`${act.name} ${kind}`);
    if (kind === 'stalled') {
      this.story.nowMs += 1000 * (2 + this.story.dice.below(40));
      return;
    }
    if (kind === 'zombie' && act.run) this.ghosts.push(act.run);
    if (kind === 'failed') return this.giveUp(act);
    this.retry(act, kind);
  }

  retry(act: RunningAct, why: string): void {
    act.run = undefined;
    act.tries += 1;
    act.retryAtMs = this.story.nowMs + 1000 * Math.min(2 ** act.tries, 60);
    if (act.retryAtMs > act.giveUpAtMs) this.giveUp(act);
    else this.story.said(`${act.name} again (${why})`);
  }

  giveUp(act: RunningAct): void {
    this.delete(act.seq);
    if (act.run) this.ghosts.push(act.run);
    const failure = { message: 'activity timed out', source: 'simulation', applicationFailureInfo: { type: 'TimedOut' } };
    this.story.jobs.push({ resolveActivity: { seq: act.seq, result: { failed: { failure } } } });
  }
}
