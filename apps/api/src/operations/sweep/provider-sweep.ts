import { addSeconds, type Instant } from '#domain';
import { releaseLease, takeLease } from '#casework';
import { readStripeEvent } from '#payments';
import type { ProviderSweepRow, WebhookEndpointRow } from '#ports';
import type { Backend } from '../../backend.js';
import { arrivalOf, stripeEventId } from '../../webhooks/arrivals.js';
import type { InboxService } from '../../webhooks/inbox.service.js';
import { undeliveredEvents } from './stripe-events.js';

const EVERY_SECONDS = 3_600;
const LOOK_SECONDS = 60;
/** Stripe's list may be a little behind its own events. */
const OVERLAP_SECONDS = 3_600;
const FIRST_LOOK_BACK_SECONDS = 29 * 24 * 3_600;
const LEASE = 'providerSweep';
const ALL = '*';

/** What a sweep of one endpoint found. */
export interface SweepResult {
  readonly endpointId: string;
  readonly found: number;
  readonly recovered: number;
  readonly error?: string;
}

/**
 * I21: events whose webhook never came are asked for every hour and go the way of a webhook: same inbox row, same effect, once. Only endpoints whose
 * key is configured are swept. One process at a time, by a lease.
 */
export class ProviderSweep {
  private readonly holder: string;

  constructor(
    private readonly backend: Backend,
    private readonly inbox: InboxService,
  ) {
    this.holder = backend.deps.ids.next();
  }

  /** Sweeps what is due; the seconds until the next look. */
  async ifDue(): Promise<number> {
    const { backend, holder } = this;
    if (!backend.config.STRIPE_API_KEYS || !(await takeLease(backend.deps, ALL, LEASE, holder))) return LOOK_SECONDS;
    try {
      const due = addSeconds(backend.deps.clock.now(), -EVERY_SECONDS);
      await this.sweep((before) => before === undefined || before.lastRunAt <= due);
    } finally {
      await releaseLease(backend.deps, ALL, LEASE, holder);
    }
    return LOOK_SECONDS;
  }

  /** Sweeps every configured endpoint that `wanted` takes. What fails for one is noted there and stops no other. */
  async sweep(wanted: (before: ProviderSweepRow | undefined) => boolean = () => true): Promise<SweepResult[]> {
    const results: SweepResult[] = [];
    for (const [endpointId, apiKey] of this.backend.config.STRIPE_API_KEYS ?? []) {
      const [endpoint] = await this.backend.plain((tx) => tx.webhookEndpoints.all({ endpointId, provider: 'stripe', disabledAt: null }));
      if (!endpoint) continue;
      const key = { creditorId: endpoint.creditorId, provider: 'stripe', account: endpointId };
      const before = await this.backend.plain((tx) => tx.providerSweeps.one(key));
      if (wanted(before)) results.push(await this.sweepStripe(endpoint, apiKey, before));
    }
    return results;
  }

  private async sweepStripe(endpoint: WebhookEndpointRow, apiKey: string, before: ProviderSweepRow | undefined): Promise<SweepResult> {
    const { creditorId, endpointId } = endpoint;
    const now = this.backend.deps.clock.now();
    const from = before ? addSeconds(before.sweptUntil, -OVERLAP_SECONDS) : addSeconds(now, -FIRST_LOOK_BACK_SECONDS);
    try {
      const events = await undeliveredEvents({ baseUrl: this.backend.config.STRIPE_BASE_URL, apiKey }, from, now);
      const recovered = await this.takeIn(endpoint, events);
      await this.note(before, { creditorId, account: endpointId, sweptUntil: now, recovered, lastError: null });
      if (recovered > 0) this.backend.logger.warn({ creditorId, count: recovered }, 'Events whose webhook never came were fetched');
      return { endpointId, found: events.length, recovered };
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'failed';
      this.backend.logger.warn({ err: error, creditorId }, 'The events of a provider could not be fetched');
      await this.note(before, { creditorId, account: endpointId, sweptUntil: before?.sweptUntil ?? from, recovered: 0, lastError: reason });
      return { endpointId, found: 0, recovered: 0, error: reason };
    }
  }

  private async takeIn(endpoint: WebhookEndpointRow, events: readonly Readonly<Record<string, unknown>>[]): Promise<number> {
    const creditor = await this.backend.plain((tx) => tx.creditors.one({ creditorId: endpoint.creditorId }));
    let recovered = 0;
    for (const event of events) {
      const rawBody = Buffer.from(JSON.stringify(event));
      const reading = readStripeEvent({ account: endpoint.endpointId, rawBody, ...(creditor ? { zone: creditor.zone } : {}) });
      const eventId = reading.kind === 'notice' ? reading.notice.eventId : stripeEventId(rawBody);
      const outcome = await this.inbox.receive(arrivalOf(endpoint, 'stripe', eventId, reading, rawBody));
      if (outcome === 'new' && reading.kind !== 'ignored') recovered += 1;
    }
    return recovered;
  }

  private async note(
    before: ProviderSweepRow | undefined,
    {
      creditorId,
      account,
      sweptUntil,
      recovered,
      lastError,
    }: { creditorId: string; account: string; sweptUntil: Instant; recovered: number; lastError: string | null },
  ): Promise<void> {
    const lastRunAt = this.backend.deps.clock.now();
    await this.backend.plain(async (tx) => {
      const key = { creditorId, provider: 'stripe', account };
      if (before) {
        await tx.providerSweeps.update(key, { sweptUntil, lastRunAt, recovered: before.recovered + recovered, lastError });
      } else {
        await tx.providerSweeps.insertOnce({ ...key, sweptUntil, lastRunAt, recovered, lastError });
      }
    });
  }
}
