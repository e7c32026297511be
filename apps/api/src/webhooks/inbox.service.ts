import { raiseTask, RefusedError, sealBytes } from '#casework';
import { addSeconds, type Instant } from '#domain';
import { databaseRefusal } from '#persistence';
import type { InboxRow, Tx } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { applyInbox } from './apply-inbox.js';

/** An authentic event on its way into the inbox. */
export interface Arrival {
  readonly creditorId: string;
  readonly provider: string;
  readonly account: string;
  readonly eventId: string;
  readonly kind: string;
  readonly notice: Record<string, unknown>;
  /** Kept sealed. */
  readonly raw?: Uint8Array;
  /** Authentic and of no use: kept and shown, never applied. */
  readonly aside?: 'quarantined' | 'ignored';
  readonly because?: string;
  /** Only stored; the inbox worker applies it. */
  readonly applyLater?: boolean;
}

const TRIES_MAX = 10;
/** First retry; it doubles up to an hour. */
const RETRY_SECONDS = 2;
const RETRY_SECONDS_MAX = 3600;

/** Events from outside: stored once per (provider, account, event id), applied in the same transaction where they can be. */
@Injectable()
export class InboxService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  /** Returns when the event is durable. What the business refuses now is stored and tried again; a database that fails throws (the sender repeats). */
  async receive(arrival: Arrival): Promise<'new' | 'duplicate'> {
    try {
      return await this.backend.run(arrival.creditorId, (tx) => this.store(tx, arrival, true));
    } catch (error) {
      if (isDuplicate(error)) return 'duplicate';
      if (!isItsOwnFault(error)) throw error;
      const code = error instanceof RefusedError ? error.refusal.refusal : 'notApplicable';
      return this.backend.run(arrival.creditorId, (tx) => this.store(tx, { ...arrival, because: code }, false));
    }
  }

  private async store(tx: Tx, arrival: Arrival, isApplied: boolean): Promise<'new' | 'duplicate'> {
    const { creditorId, provider, account, eventId } = arrival;
    const key = { creditorId, provider, account, eventId };
    if (await tx.inbox.one(key)) return 'duplicate';
    const row = await this.rowOf(tx, arrival);
    if (!(await tx.inbox.insertOnce(row))) throw new DuplicateEvent();
    if (row.state !== 'received' || !isApplied || arrival.applyLater) return 'new';
    await this.apply(tx, row);
    return 'new';
  }

  private async rowOf(tx: Tx, arrival: Arrival): Promise<InboxRow> {
    const { deps } = this.backend;
    const { creditorId, provider, account, eventId, kind, notice, raw } = arrival;
    const at = deps.clock.now();
    const sealed =
      raw &&
      (await sealBytes(tx, deps, {
        creditorId,
        subject: 'file',
        subjectId: `inbox:${provider}:${account}:${eventId}`,
        bytes: raw,
        mediaType: 'application/json',
      }));
    return {
      creditorId,
      provider,
      account,
      eventId,
      kind,
      state: arrival.aside ?? 'received',
      debtorId: null,
      notice,
      rawObjectId: sealed?.objectId ?? null,
      tries: 0,
      nextTryAt: arrival.because ? addSeconds(at, RETRY_SECONDS) : null,
      lastError: arrival.because ?? null,
      receivedAt: at,
      appliedAt: null,
    };
  }

  private async apply(tx: Tx, row: InboxRow): Promise<void> {
    const { creditorId, provider, account, eventId } = row;
    const { deps } = this.backend;
    const now = deps.clock.now();
    const verdict = await applyInbox(tx, deps, row);
    const patch: Partial<InboxRow> =
      verdict.state === 'later'
        ? { lastError: verdict.because ?? null, nextTryAt: addSeconds(now, retrySeconds(row.tries)) }
        : { state: verdict.state, debtorId: verdict.debtorId ?? null, appliedAt: now, lastError: verdict.because ?? null, nextTryAt: null };
    await tx.inbox.update({ creditorId, provider, account, eventId }, patch);
  }

  /** One retry of a leased row (its `tries` counts this one). After ten it is parked with a task: a person looks. */
  async retry(row: InboxRow): Promise<void> {
    const { creditorId, provider, account, eventId } = row;
    const key = { creditorId, provider, account, eventId, state: 'received' as const };
    try {
      await this.backend.run(creditorId, async (tx) => {
        const fresh = await tx.inbox.one(key);
        if (fresh) await this.apply(tx, { ...fresh, tries: row.tries });
      });
    } catch (error) {
      const code = error instanceof RefusedError ? error.refusal.refusal : error instanceof Error ? error.name : 'failed';
      await this.backend.plain((tx) =>
        tx.inbox.update(key, { lastError: code, nextTryAt: addSeconds(this.backend.deps.clock.now(), retrySeconds(row.tries)) }),
      );
    }
    if (row.tries >= TRIES_MAX) await this.park(row);
  }

  private async park(row: InboxRow): Promise<void> {
    const { creditorId, provider, account, eventId } = row;
    await this.backend.run(creditorId, async (tx) => {
      const changed = await tx.inbox.update(
        { creditorId, provider, account, eventId, state: 'received' },
        { state: 'parked', nextTryAt: null },
      );
      if (changed === 0) return;
      await raiseTask(tx, this.backend.deps, {
        creditorId,
        kind: 'eventParked',
        role: 'finance',
        dedupeKey: `eventParked:${provider}:${account}:${eventId}`.slice(0, 300),
        title: `Un événement de ${provider} n’a pas pu être appliqué après ${TRIES_MAX} essais\u202f: à regarder.`,
        detail: { provider, account, eventId, kind: row.kind, lastError: row.lastError },
      });
    });
  }

  now(): Instant {
    return this.backend.deps.clock.now();
  }
}

/** Two deliveries of one event met in the same instant: the other one has it. */
class DuplicateEvent extends Error {
  override readonly name = 'DuplicateEvent';
}

function isDuplicate(error: unknown): boolean {
  return error instanceof DuplicateEvent;
}

/**
 * The event itself cannot be applied as things are; the same again later may. One that trips our own code is kept as well (I24): refused, it would
 * come again for days, hold up the batch it travels in, and be gone in the end.
 */
function isItsOwnFault(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return true;
  return error instanceof RefusedError || databaseRefusal(error)?.code.startsWith('23') === true;
}

function retrySeconds(tries: number): number {
  return Math.min(RETRY_SECONDS * 2 ** Math.min(tries, 12), RETRY_SECONDS_MAX);
}
