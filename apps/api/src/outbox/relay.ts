import { captionOf, nextEpisode, refusal } from '#casework';
import type { CaseCaption, CaseNews, CaseSignal, MessageInput } from '#contracts';
import { addSeconds, type CaseSnapshot, type Instant } from '#domain';
import type { OutboxRow, SignalResult, StartResult } from '#ports';
import type { Backend } from '../backend.js';

const BATCH = 20;
const LEASE_SECONDS = 30;
const RETRY_SECONDS_MAX = 15;

type Delivery =
  | { readonly kind: 'delivered' | 'afterClose' }
  | { readonly kind: 'later'; readonly reason: string; readonly isOutage: boolean };

interface StartPayload {
  readonly caseId: string;
  readonly snapshot: CaseSnapshot;
  readonly caption?: CaseCaption;
  readonly cause?: CaseNews['cause'];
  readonly recordedAt: Instant;
}

/**
 * Tells Temporal what the rows already say: leases the oldest undelivered row of each workflow, calls the directory outside any transaction, records row by
 * row. Everything may be delivered late or twice; the newest snapshot wins.
 */
export class Relay {
  constructor(private readonly backend: Backend) {}

  /** One look at all news, or at signals only. `busy`: there may be more; `outage`: Temporal cannot be asked now. */
  async once(which: 'all' | 'signals' = 'all'): Promise<'idle' | 'busy' | 'outage'> {
    const { deps, outbox } = this.backend;
    const now = deps.clock.now();
    const rows = await outbox.lease(BATCH, now, addSeconds(now, LEASE_SECONDS), which);
    const results = await Promise.all(rows.map((row) => this.handle(row)));
    if (results.some((result) => result.kind === 'later' && result.isOutage)) return 'outage';
    return rows.length > 0 ? 'busy' : 'idle';
  }

  private async handle(row: OutboxRow): Promise<Delivery> {
    const delivery = await this.deliver(row).catch((error: unknown): Delivery => {
      this.backend.logger.error({ err: error, outboxId: row.outboxId, workflowId: row.workflowId }, 'News could not be delivered');
      return { kind: 'later', reason: error instanceof Error ? error.message : 'failed', isOutage: false };
    });
    const now = this.backend.deps.clock.now();
    if (delivery.kind === 'later') {
      const seconds = Math.min(2 ** Math.min(row.tries, 6), RETRY_SECONDS_MAX);
      // A row that fails while the server is away is no dead letter, however often it was tried.
      const reason = delivery.isOutage ? `outage: ${delivery.reason}` : delivery.reason;
      await this.backend.outbox.failed(row.outboxId, reason, addSeconds(now, seconds));
    } else {
      await this.backend.outbox.delivered(row.outboxId, now, delivery.kind === 'afterClose');
    }
    this.backend.metrics.newsDelivered(row.kind, delivery.kind === 'later' ? (delivery.isOutage ? 'outage' : 'failed') : delivery.kind);
    return delivery;
  }

  private deliver(row: OutboxRow): Promise<Delivery> {
    switch (row.kind) {
      case 'startRecovery':
        return this.startRecovery(row, row.payload as unknown as StartPayload);
      case 'startMessage':
        return this.startMessage(row);
      case 'signal':
        return this.signal(row);
    }
  }

  private async startRecovery(row: OutboxRow, payload: StartPayload): Promise<Delivery> {
    const caption = payload.caption ?? (await this.captionFor(row.creditorId, payload.caseId));
    const { directory } = this.backend;
    const started = await directory.startRecovery({ workflowId: row.workflowId, snapshot: payload.snapshot, caption });
    if (started.result !== 'alreadyStarted') return deliveryOf(started);
    if (started.status === 'closed') return this.beginEpisode(row, payload.caseId);
    if (!payload.cause) return { kind: 'delivered' };
    // The case came back before its workflow had ended: it is told instead of started.
    const { cause, snapshot, recordedAt } = payload;
    const told = await directory.signal(row.workflowId, 'paymentReversed', { cause, snapshot, recordedAt });
    return told.result === 'notFound' ? { kind: 'later', reason: 'The workflow ended meanwhile', isOutage: false } : deliveryOf(told);
  }

  private async beginEpisode(row: OutboxRow, caseId: string): Promise<Delivery> {
    const { deps } = this.backend;
    const next = await this.backend.run(row.creditorId, (tx) => nextEpisode(tx, deps, row.creditorId, caseId, row.workflowId));
    return { kind: next.result === 'queued' ? 'delivered' : 'afterClose' };
  }

  private captionFor(creditorId: string, caseId: string): Promise<CaseCaption> {
    return this.backend.plain(async (tx) => {
      const row = await tx.cases.one({ creditorId, caseId });
      if (!row) throw refusal('caseNotFound', { id: caseId });
      return captionOf(tx, row);
    });
  }

  private async startMessage(row: OutboxRow): Promise<Delivery> {
    const { creditorId, messageId, act } = row.payload as unknown as MessageInput & { act: string };
    const started = await this.backend.directory.startMessage({
      workflowId: row.workflowId,
      input: { creditorId, messageId },
      summary: `${act} ${messageId}`,
    });
    return started.result === 'alreadyStarted' ? { kind: 'delivered' } : deliveryOf(started);
  }

  private async signal(row: OutboxRow): Promise<Delivery> {
    const { directory } = this.backend;
    if (row.name === 'sandboxClockMoved') {
      const { version, at } = row.payload as unknown as { version: number; at: Instant };
      return deliveryOf(await directory.signal(row.workflowId, 'sandboxClockMoved', { version, at }));
    }
    const { cause = {}, snapshot, recordedAt } = row.payload as unknown as Partial<CaseNews> & Omit<CaseNews, 'cause'>;
    return deliveryOf(await directory.signal(row.workflowId, row.name as CaseSignal, { cause, snapshot, recordedAt }));
  }
}

function deliveryOf(answer: Exclude<StartResult, { result: 'alreadyStarted' }> | SignalResult): Delivery {
  switch (answer.result) {
    case 'ok':
      return { kind: 'delivered' };
    case 'notFound':
      // Rows of one workflow are delivered in order, so its start was: it has ended, and the rows already hold the fact.
      return { kind: 'afterClose' };
    case 'unavailable':
      return { kind: 'later', reason: answer.reason, isOutage: true };
    case 'refused':
      return { kind: 'later', reason: `refused: ${answer.reason}`, isOutage: false };
  }
}
