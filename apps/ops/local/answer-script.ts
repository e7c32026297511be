import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { answerJson, type Exchange } from './http-exchange.js';

const step = z.union([
  z.strictObject({
    status: z.number().int().min(200).max(599),
    retryAfter: z.number().int().min(0).optional(),
    body: z.unknown().optional(),
  }),
  z.strictObject({ delayMs: z.number().int().min(0).max(600_000) }),
  z.strictObject({ acceptThenHang: z.literal(true) }),
  z.strictObject({ acceptThenDrop: z.literal(true) }),
  z.strictObject({ dropConnection: z.literal(true) }),
  z.strictObject({ pass: z.literal(true) }),
]);

/** What the next call gets: an error status, a late answer, headers without a body, a broken line after or before acceptance, or nothing special. */
export type ScriptStep = z.output<typeof step>;

export const controlBody = z.strictObject({
  next: z.array(step).max(1_000).optional(),
  nextPost: z.array(step).max(1_000).optional(),
  nextActivity: z.array(step).max(1_000).optional(),
  /** How far the activity lags behind the mail, in milliseconds. */
  activityLagMs: z.number().int().min(0).optional(),
});

/** A list of steps, one taken by each call. */
export class AnswerScript {
  #steps: ScriptStep[] = [];
  #held = 0;

  add(steps: readonly ScriptStep[]): void {
    this.#steps.push(...steps);
  }

  /** Calls that are being delayed: they may still be accepted, so the queue is not empty. */
  get held(): number {
    return this.#held;
  }

  /**
   * Plays the next step. `accept` stores the thing and answers when it is given the exchange; it is called for every step that lets the
   * request through, even when the caller has gone: that is what a real provider does.
   */
  async play(exchange: Exchange, accept: (answer: 'normal' | 'none') => void): Promise<void> {
    const { request, response } = exchange;
    const current = this.#steps.shift() ?? { pass: true };
    if ('status' in current) {
      const after: Record<string, string> = current.retryAfter === undefined ? {} : { 'retry-after': String(current.retryAfter) };
      answerJson(
        response,
        current.status,
        current.body ?? { errors: [{ message: `scripted ${current.status}`, field: null, help: null }] },
        after,
      );
    } else if ('delayMs' in current) {
      this.#held += 1;
      try {
        await wait(current.delayMs, undefined, { ref: false });
      } finally {
        this.#held -= 1;
      }
      accept('normal');
    } else if ('acceptThenHang' in current) {
      accept('none');
      response.writeHead(202, { 'content-type': 'application/json', 'content-length': 100, 'x-message-id': 'hanging' });
      response.flushHeaders();
    } else if ('acceptThenDrop' in current) {
      accept('none');
      request.socket.destroy();
    } else if ('dropConnection' in current) {
      request.socket.destroy();
    } else {
      accept('normal');
    }
  }
}
