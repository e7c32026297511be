import { tryAgainAfter } from '#contracts';
import { epochMs, type Wake } from '#domain';
import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import { workflowNowMs } from '../workflow-clock.js';
import type { Mailbox } from './mailbox.js';
import { retryWords, timerWords } from './plain-words.js';

interface ArmedTimer {
  readonly wake: Wake;
  readonly scope: CancellationScope;
  fired: boolean;
}

/** The one timer of a case. It is kept while the wake stays the same, whatever else the news say, and replaced when the wake moves. */
export class WakeTimer {
  private armed: ArmedTimer | undefined;

  /**
   * Waits until the wake of the mailbox is due or something newer was taken. On a sandbox clock there is no timer: the wake is due when the clock
   * stands at or after it, and only news move the clock.
   */
  async untilDue(mailbox: Mailbox): Promise<'due' | 'news'> {
    const seen = mailbox.changes;
    if (this.isDue(mailbox)) return 'due';
    await condition(() => mailbox.changes !== seen || this.armed?.fired === true);
    return mailbox.changes === seen ? 'due' : 'news';
  }

  /** Cancels the timer, if one runs, so that the history shows its end. */
  disarm(): void {
    if (this.armed !== undefined && !this.armed.fired) this.armed.scope.cancel();
    this.armed = undefined;
  }

  private isDue({ snapshot: { wake }, clock }: Mailbox): boolean {
    if (this.armed !== undefined && (clock !== undefined || !isSameWake(this.armed.wake, wake))) this.disarm();
    if (clock !== undefined) return wake.at <= clock.at;
    if (this.armed !== undefined) return this.armed.fired;
    const waitMs = epochMs(wake.at) - workflowNowMs();
    if (waitMs <= 0) return true;
    this.armed = arm(wake, waitMs);
    return false;
  }
}

/** Waits before an act that changed nothing is tried again (1 min, doubling to 1 h); news end the wait. `tries` counts from 1. */
export async function pauseBeforeRetry(mailbox: Mailbox, tries: number): Promise<void> {
  const seen = mailbox.changes;
  const waitMs = tryAgainAfter(tries);
  await condition(() => mailbox.changes !== seen, waitMs, { summary: retryWords(mailbox.snapshot.wake, waitMs) });
}

/** Two wakes are the same when kind, stage, round and instant are. */
export function isSameWake(a: Wake, b: Wake): boolean {
  return a.kind === b.kind && a.stage === b.stage && a.round === b.round && a.at === b.at;
}

function arm(wake: Wake, waitMs: number): ArmedTimer {
  const timer: ArmedTimer = { wake, scope: new CancellationScope(), fired: false };
  timer.scope
    .run(() => sleep(waitMs, { summary: timerWords(wake) }))
    .then(
      () => {
        timer.fired = true;
      },
      (error: unknown) => {
        if (!isCancellation(error)) throw error;
      },
    );
  return timer;
}
