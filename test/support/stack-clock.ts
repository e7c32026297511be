import { atTime, type Day, dayIn, type Instant } from '#domain';
import type { Stack } from './stack.js';

const LOOK_EVERY_MS = 60;
const PATIENCE_MS = 45_000;
const STEPS_MAX = 600;

interface Idle {
  readonly clock: Instant;
  readonly dueCases: readonly { readonly workflowId: string }[];
  readonly outbox: number;
  readonly inbox: number;
  readonly onTheirWay: number;
  readonly mark: string;
  readonly nextWake: { readonly at: Instant } | null;
}

/**
 * Drives the sandbox clock of one creditor from wake to wake. Between two moves everything must come to rest: no case due, nothing in outbox, inbox or
 * the local providers' queue, no message in flight, twice in a row. Fails loudly when that takes too long.
 */
export class StackClock {
  constructor(
    private readonly stack: Stack,
    readonly creditorId: string,
    /** Called at every rest: looks, and lets people act. True when somebody did something. */
    private readonly atRest: (today: Day) => Promise<boolean>,
    /** Longest wait for everything to come to rest, in milliseconds. */
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async now(): Promise<Instant> {
    const { clock } = await this.stack.ask<{ clock: { at: Instant } }>('auditor', 'GET', `/api/v1/creditors/${this.creditorId}`);
    return clock.at;
  }

  async today(): Promise<Day> {
    return dayIn(await this.now(), await this.zone());
  }

  /** Goes on from wake to wake until `time` of `on` in the creditor's zone. */
  async runUntil(on: Day, time: string): Promise<void> {
    const target = atTime(on, time, await this.zone());
    for (let step = 0; step < STEPS_MAX; step += 1) {
      await this.settle();
      const { clock, nextWake } = await this.idle();
      if (clock >= target) return;
      await this.move(nextWake && nextWake.at < target ? nextWake.at : target);
    }
    throw new Error(`The clock of ${this.creditorId} did not come to ${target} in ${STEPS_MAX} steps`);
  }

  /** Waits until everything rests and nobody has anything to do. */
  async settle(): Promise<void> {
    do await this.rest();
    while (await this.atRest(await this.today()));
  }

  /** Waits until everything rests. Throws with what still moves. */
  async rest(): Promise<void> {
    const deadline = performance.now() + this.patienceMs;
    let calmLooks = 0;
    let before = '';
    for (;;) {
      const idle = await this.idle();
      const moving = stillMoving(idle, this.stack.local.pending());
      const print = `${idle.mark} ${await this.fingerprint()}`;
      calmLooks = moving.length === 0 && print === before ? calmLooks + 1 : 0;
      before = print;
      if (calmLooks >= 2) return;
      if (performance.now() > deadline) throw new Error(`${this.creditorId} does not come to rest: ${moving.join(', ')}`);
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
  }

  private async move(at: Instant): Promise<void> {
    await this.stack.ask('controller', 'POST', `/api/v1/creditors/${this.creditorId}/sandbox/clock`, { to: at });
  }

  private async zone(): Promise<string> {
    return (await this.stack.ask<{ zone: string }>('auditor', 'GET', `/api/v1/creditors/${this.creditorId}`)).zone;
  }

  private idle(): Promise<Idle> {
    return this.stack.ask<Idle>('auditor', 'GET', `/api/v1/creditors/${this.creditorId}/sandbox/idle`);
  }

  /** Changes whenever any fact, message or task does. */
  private async fingerprint(): Promise<string> {
    const { creditorId } = this;
    return this.stack.api.backend.plain(async (tx) => {
      const counts = [tx.tasks, tx.deliveryEvents, tx.messages].map((rows) => rows.count({ creditorId }));
      return (await Promise.all(counts)).join('/');
    });
  }
}

/** What still moves, in words; empty when everything came to rest. */
function stillMoving(idle: Idle, atProviders: number): string[] {
  return [
    ...idle.dueCases.map(({ workflowId }) => `${workflowId} is due`),
    ...(idle.outbox > 0 ? [`${idle.outbox} in the outbox`] : []),
    ...(idle.inbox > 0 ? [`${idle.inbox} in the inbox`] : []),
    ...(idle.onTheirWay > 0 ? [`${idle.onTheirWay} message(s) on their way`] : []),
    ...(atProviders > 0 ? [`${atProviders} event(s) of the local providers`] : []),
  ];
}
