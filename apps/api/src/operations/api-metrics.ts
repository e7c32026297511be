import { epochMs, type Instant } from '#domain';
import type { OperationCounts, OperationReads } from '#persistence';
import type { Clock } from '#ports';
import { Metrics } from '#telemetry';
import type { NextFunction, Request, Response } from 'express';

/** What the page reads when it is asked for. */
export interface MetricsSource {
  readonly operations: OperationReads;
  readonly deps: { readonly clock: Clock };
}

/** Two scrapers, or one that hurries, cost one look at the database. */
const KEPT_MS = 5_000;

const PROVIDERS: ReadonlySet<string> = new Set(['standard', 'stripe', 'sendgrid', 'post']);

/** Numbers of the API process and the loops beside it: what arrives, what leaves for Temporal, and how old what waits has become. */
export class ApiMetrics {
  private readonly metrics = new Metrics('api');
  private readonly acks = this.metrics.durations({
    name: 'relance_webhook_ack_seconds',
    help: 'Time from the request of a webhook to its answer.',
    labels: ['provider', 'status'],
  });
  private readonly delivered = this.metrics.counter({
    name: 'relance_outbox_deliveries_total',
    help: 'Pieces of news the relay gave to Temporal, by what became of them.',
    labels: ['kind', 'outcome'],
  });
  private readonly rounds = this.metrics.durations({
    name: 'relance_background_round_seconds',
    help: 'Time of one round of a background loop.',
    labels: ['loop', 'outcome'],
  });
  private readonly waiting = this.metrics.gauge({ name: 'relance_waiting', help: 'How many wait, by queue.', labels: ['queue'] });
  private readonly ages = this.metrics.gauge({
    name: 'relance_oldest_age_seconds',
    help: 'Age of the oldest that waits, by queue; 0 when none does.',
    labels: ['queue'],
  });
  private readonly repairs = this.metrics.counter({
    name: 'relance_reconciler_findings_total',
    help: 'Differences between rows and workflows, by what was done.',
    labels: ['kind', 'action'],
  });
  private readAt = 0;

  /** Measures the webhooks; other requests pass untouched. */
  readonly measure = (request: Request, response: Response, next: NextFunction): void => {
    const provider = /^\/webhooks\/([a-z]+)/.exec(request.path)?.[1];
    if (provider !== undefined) {
      const from = performance.now();
      response.once('finish', () => {
        const labels = { provider: PROVIDERS.has(provider) ? provider : 'other', status: `${Math.floor(response.statusCode / 100)}xx` };
        this.acks.observe(labels, (performance.now() - from) / 1000);
      });
    }
    next();
  };

  newsDelivered(kind: string, outcome: string): void {
    this.delivered.add({ kind, outcome });
  }

  roundEnded(loop: string, outcome: 'ok' | 'failed', seconds: number): void {
    this.rounds.observe({ loop, outcome }, seconds);
  }

  differenceFound(kind: string, action: string): void {
    this.repairs.add({ kind, action });
  }

  /** The page; the database is asked at most every five seconds. */
  async text({ operations, deps }: MetricsSource): Promise<string> {
    if (performance.now() - this.readAt > KEPT_MS || this.readAt === 0) {
      const now = deps.clock.now();
      this.show(await operations.counts(now), now);
      this.readAt = performance.now();
    }
    return this.metrics.text();
  }

  private show(counts: OperationCounts, now: Instant): void {
    const age = (at: Instant | null): number => (at === null ? 0 : Math.max(0, (epochMs(now) - epochMs(at)) / 1000));
    const queues: Record<string, [number, Instant | null | undefined]> = {
      inbox: [counts.inboxWaiting, counts.inboxOldestAt],
      outbox: [counts.outboxWaiting, counts.outboxOldestAt],
      uncertainMessages: [counts.unknown + counts.withPerson, counts.unknownOldestAt],
      deadEvents: [counts.parkedEvents + counts.quarantinedEvents, counts.deadEventsOldestAt],
      failingNews: [counts.failingNews, counts.failingNewsOldestAt],
      lateRungs: [counts.lateRungs, counts.latestRungAt],
      crossedMessages: [counts.crossed, undefined],
      brakes: [counts.brakes + counts.braked, undefined],
      reconcilerFindings: [counts.openFindings, undefined],
      openTasks: [counts.openTasks, undefined],
      overdueTasks: [counts.overdueTasks, undefined],
    };
    for (const [queue, [count, oldest]] of Object.entries(queues)) {
      this.waiting.set({ queue }, count);
      if (oldest !== undefined) this.ages.set({ queue }, age(oldest));
    }
  }
}
