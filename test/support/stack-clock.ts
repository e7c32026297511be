import { atTime, addDays, type Day, dayIn, type Instant } from '#domain';
import type { OutboundMessageRow } from '#ports';
import type { Stack } from './stack.js';

const LOOK_EVERY_MS = 60;
const PATIENCE_MS = 45_000;
const STEPS_MAX = 600;
/** A debtor's own minute lies in the first quarter of the sending window. */
const OPENINGS = ['09:30', '10:00', '10:30', '11:00', '11:30'];

/** What is still moving, in words; empty when everything came to rest. */
export type StillMoving = readonly string[];

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
      const at = await this.now();
      if (at >= target) return;
      const next = await this.nextStop(at);
      await this.move(next !== undefined && next < target ? next : target);
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
      const moving = await this.moving();
      const print = await this.fingerprint();
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

  /** The earliest wake; a message that informs and waits for the sending window is woken at the next opening. */
  private async nextStop(now: Instant): Promise<Instant | undefined> {
    const wake = await this.stack.api.backend.dueCases.earliestWake(this.creditorId);
    const isWaiting = (await this.informs()).some(({ state }) => state === 'PLANNED');
    const zone = await this.zone();
    const today = dayIn(now, zone);
    const openings = isWaiting ? [today, addDays(today, 1)].flatMap((on) => OPENINGS.map((time) => atTime(on, time, zone))) : [];
    return [...openings, ...(wake ? [wake.at] : [])].filter((at) => at > now).sort()[0];
  }

  private async moving(): Promise<StillMoving> {
    const { backend } = this.stack.api;
    const { creditorId } = this;
    const now = await this.now();
    const due = await backend.dueCases.dueBy(creditorId, now, 20);
    const [outbox, inbox] = [await backend.outbox.pending(creditorId), await backend.inbox.pending(creditorId)];
    const inFlight = await backend.plain((tx) => tx.messages.count({ creditorId, state: 'CLAIMED' }));
    const busy = await this.busyInforms();
    return [
      ...due.map(({ workflowId }) => `${workflowId} is due`),
      ...(outbox > 0 ? [`${outbox} in the outbox`] : []),
      ...(inbox > 0 ? [`${inbox} in the inbox`] : []),
      ...(inFlight > 0 ? [`${inFlight} message(s) claimed`] : []),
      ...(this.stack.local.pending() > 0 ? [`${this.stack.local.pending()} event(s) of the local providers`] : []),
      ...busy,
    ];
  }

  /** Planned messages whose own workflow is doing something now; one that waits for the window is at rest. */
  private async busyInforms(): Promise<string[]> {
    const busy: string[] = [];
    for (const { workflowId } of (await this.informs()).filter(({ state }) => state === 'PLANNED')) {
      const found = await this.stack.temporal.workflow
        .getHandle(workflowId ?? '')
        .describe()
        .catch(() => undefined);
      const isBusy = !found || (found.raw.pendingActivities ?? []).length > 0 || found.raw.pendingWorkflowTask;
      if (isBusy) busy.push(`${workflowId} is at work`);
    }
    return busy;
  }

  private informs(): Promise<OutboundMessageRow[]> {
    const { creditorId } = this;
    return this.stack.api.backend.plain((tx) => tx.messages.all({ creditorId, purpose: 'inform' }));
  }

  /** Changes whenever any fact, message, task or clock does. */
  private async fingerprint(): Promise<string> {
    const { creditorId } = this;
    return this.stack.api.backend.plain(async (tx) => {
      const counts = [tx.journal, tx.stageVerdicts, tx.tasks, tx.deliveryEvents, tx.messages].map((rows) => rows.count({ creditorId }));
      const creditor = await tx.creditors.one({ creditorId });
      return `${(await Promise.all(counts)).join('/')} ${creditor?.clockVersion}`;
    });
  }
}
