import { type Actor, closeTask, found, recordChange, todayFor } from '#casework';
import { epochMs } from '#domain';
import type { DeadLetter } from '#persistence';
import type { ApiKeyRow, Tx } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Backend } from '../backend.js';
import { notFound } from '../http/problem.js';
import { pageOf } from '../http/wire.js';
import type { deadLetterDone, deadLetterPage, deadLettersQuery } from './dead-letters.schemas.js';
import { scopeOf } from './operation-scope.js';

type Done = z.output<typeof deadLetterDone>;

/** Where a dead letter lies. */
type Place =
  | { readonly queue: 'inbox'; readonly creditorId: string; readonly provider: string; readonly account: string; readonly eventId: string }
  | { readonly queue: 'outbox'; readonly creditorId: string; readonly outboxId: bigint };

/** What machines gave up: seen, tried again, or laid aside by a person with a reason (I24). */
@Injectable()
export class DeadLettersService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async list(key: ApiKeyRow, { creditorId, ...query }: z.output<typeof deadLettersQuery>): Promise<z.output<typeof deadLetterPage>> {
    const scope = scopeOf(key, creditorId);
    const now = epochMs(this.backend.deps.clock.now());
    const page = await this.backend.operations.deadLetters({ ...query, ...(scope ? { creditorId: scope } : {}) });
    return pageOf(page, ({ key: _key, ...letter }: DeadLetter) => ({
      ...letter,
      deadLetterId: idOf({ key: _key, ...letter }),
      ageSeconds: Math.max(0, Math.round((now - epochMs(letter.since)) / 1000)),
    }));
  }

  /** Gives it back to the machine, with its tries counted from zero. */
  retry(key: ApiKeyRow, deadLetterId: string, by: Actor): Promise<Done> {
    return this.decide(key, deadLetterId, 'retried', by);
  }

  /** Lays it aside for good. News that was laid aside is made up for by the reconciler. */
  dismiss(key: ApiKeyRow, deadLetterId: string, by: Actor): Promise<Done> {
    return this.decide(key, deadLetterId, 'dismissed', by);
  }

  private async decide(key: ApiKeyRow, deadLetterId: string, verdict: 'retried' | 'dismissed', by: Actor): Promise<Done> {
    const place = placeOf(deadLetterId);
    if (!place) throw notFound('deadLetter', deadLetterId);
    scopeOf(key, place.creditorId);
    const state = await this.backend.run(place.creditorId, async (tx) => {
      const outcome = place.queue === 'inbox' ? await this.onEvent(tx, place, verdict, by) : await this.onNews(tx, place, verdict);
      if (!outcome) throw notFound('deadLetter', deadLetterId);
      await this.journal(tx, place, verdict, outcome, by);
      return outcome.after;
    });
    return { deadLetterId, state };
  }

  private async onEvent(tx: Tx, place: Extract<Place, { queue: 'inbox' }>, verdict: 'retried' | 'dismissed', by: Actor) {
    const { queue: _queue, ...key } = place;
    const row = await tx.inbox.one({ ...key, state: ['parked', 'quarantined'] });
    // What could not even be read has nothing that could be applied.
    if (!row || (verdict === 'retried' && row.state === 'quarantined')) return undefined;
    const after = verdict === 'retried' ? ('received' as const) : ('ignored' as const);
    await tx.inbox.update(key, { state: after, tries: 0, nextTryAt: null, ...(verdict === 'dismissed' ? { lastError: 'dismissed' } : {}) });
    const dedupeKey = `eventParked:${key.provider}:${key.account}:${key.eventId}`.slice(0, 300);
    await closeTask(
      tx,
      this.backend.deps,
      { creditorId: key.creditorId, dedupeKey },
      by.actor,
      verdict === 'retried' ? 'done' : 'cancelled',
    );
    return { before: row.state, after, kind: row.kind, tries: row.tries };
  }

  private async onNews(tx: Tx, { creditorId, outboxId }: Extract<Place, { queue: 'outbox' }>, verdict: 'retried' | 'dismissed') {
    const row = await tx.outbox.one({ creditorId, outboxId, state: 'pending' });
    if (!row) return undefined;
    const after = verdict === 'retried' ? ('pending' as const) : ('dismissed' as const);
    await tx.outbox.update({ creditorId, outboxId, state: 'pending' }, { state: after, tries: 0, leaseUntil: null });
    return { before: row.state, after, kind: row.name, tries: row.tries };
  }

  private async journal(
    tx: Tx,
    place: Place,
    verdict: 'retried' | 'dismissed',
    { before, after, kind, tries }: { before: string; after: string; kind: string; tries: number },
    by: Actor,
  ): Promise<void> {
    const { deps } = this.backend;
    const creditor = found(await tx.creditors.one({ creditorId: place.creditorId }), 'creditor', place.creditorId);
    const which = place.queue === 'inbox' ? `${place.provider}:${place.account}:${place.eventId}` : place.outboxId.toString();
    await recordChange(
      tx,
      {
        creditorId: place.creditorId,
        streamId: `${place.queue}:${which}`.slice(0, 300),
        kind: verdict === 'retried' ? 'deadLetterRetried' : 'deadLetterDismissed',
        recordedAt: deps.clock.now(),
        effectiveOn: todayFor(creditor, deps.clock),
        cause: { queue: place.queue, kind, tries },
        before: { state: before, tries },
        after: { state: after, tries: 0 },
      },
      by,
    );
  }
}

/** One opaque id for both queues; its parts are only ours to read. */
function idOf({ queue, creditorId, key }: DeadLetter): string {
  return Buffer.from(JSON.stringify([queue, creditorId, ...key])).toString('base64url');
}

function placeOf(id: string): Place | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string' && !part.includes('\0'))) return undefined;
    const [queue, creditorId, ...key] = parts as string[];
    const [first, account, eventId] = key;
    if (!creditorId || !first) return undefined;
    if (queue === 'inbox' && account !== undefined && eventId !== undefined)
      return { queue, creditorId, provider: first, account, eventId };
    return queue === 'outbox' && /^\d{1,18}$/.test(first) ? { queue, creditorId, outboxId: BigInt(first) } : undefined;
  } catch {
    return undefined;
  }
}
