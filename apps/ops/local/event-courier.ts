import { type KeyObject, sign } from 'node:crypto';
import { instantFromEpochMs } from '#domain';
import { signStandardWebhook } from '#sealing';
import type { LocalStore, QueuedEvent } from './local-store.js';

const BATCH = 500;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 15_000;
// Events of one mail leave together, as the real provider batches them.
const GATHER_MS = 20;

export interface CourierSettings {
  /** Where the product's API listens; without it events are kept and not sent. */
  readonly apiUrl?: string;
  readonly mailPath?: string;
  readonly postPath?: string;
  readonly eventPrivateKey: KeyObject;
  readonly postSecret: Uint8Array;
  readonly log?: (line: string) => void;
}

/** Posts queued events to the product, signed afresh at each attempt, in order, with growing pauses until it answers 2xx. */
export class EventCourier {
  readonly #store: LocalStore;
  readonly #settings: CourierSettings;
  readonly #timers = new Map<QueuedEvent['target'], NodeJS.Timeout>();
  readonly #pauses = new Map<QueuedEvent['target'], number>();
  readonly #busy = new Set<QueuedEvent['target']>();
  #isClosed = false;

  constructor(store: LocalStore, settings: CourierSettings) {
    this.#store = store;
    this.#settings = settings;
    this.wake('mail');
    this.wake('post');
  }

  get pending(): number {
    return this.#settings.apiUrl === undefined ? 0 : this.#store.queue.size;
  }

  enqueue(event: QueuedEvent): void {
    this.#store.enqueue(event);
    this.wake(event.target);
  }

  wake(target: QueuedEvent['target'], afterMs = GATHER_MS): void {
    if (this.#isClosed || this.#settings.apiUrl === undefined || this.#timers.has(target) || this.#busy.has(target)) return;
    this.#timers.set(
      target,
      setTimeout(() => {
        this.#timers.delete(target);
        void this.#deliver(target);
      }, afterMs),
    );
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #deliver(target: QueuedEvent['target']): Promise<void> {
    const waiting = [...this.#store.queue.values()].filter((event) => event.target === target);
    const batch = waiting.slice(0, target === 'mail' ? BATCH : 1);
    if (batch.length === 0) return;
    this.#busy.add(target);
    const isTaken = await this.#post(target, batch);
    this.#busy.delete(target);
    if (this.#isClosed) return;
    if (isTaken) {
      for (const event of batch) this.#store.markDone(event.id);
      this.#pauses.delete(target);
      this.wake(target, 0);
      return;
    }
    const pause = this.#pauses.get(target) ?? FIRST_PAUSE_MS;
    this.#pauses.set(target, Math.min(LONGEST_PAUSE_MS, pause * 2));
    this.wake(target, pause);
  }

  async #post(target: QueuedEvent['target'], batch: readonly QueuedEvent[]): Promise<boolean> {
    const path = target === 'mail' ? (this.#settings.mailPath ?? '/webhooks/sendgrid') : (this.#settings.postPath ?? '/webhooks/post');
    const bodies = batch.map((event) => event.body);
    const body = Buffer.from(JSON.stringify(target === 'mail' ? bodies : bodies[0]), 'utf8');
    const headers = target === 'mail' ? this.#mailHeaders(body) : this.#postHeaders(batch[0] as QueuedEvent, body);
    try {
      const response = await fetch(new URL(path, this.#settings.apiUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      });
      await response.body?.cancel();
      if (!response.ok) this.#settings.log?.(`${path} answered ${response.status}; ${batch.length} event(s) wait`);
      return response.ok;
    } catch (error) {
      this.#settings.log?.(`${path} not reached (${error instanceof Error ? error.message : 'unknown'}); ${batch.length} event(s) wait`);
      return false;
    }
  }

  #mailHeaders(body: Uint8Array): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), body]), this.#settings.eventPrivateKey);
    return {
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': signature.toString('base64'),
    };
  }

  #postHeaders(event: QueuedEvent, body: Uint8Array): Record<string, string> {
    return signStandardWebhook({ secret: this.#settings.postSecret, id: event.id, at: instantFromEpochMs(Date.now()), body });
  }
}
