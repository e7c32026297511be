import type { KeyObject } from 'node:crypto';
import { parseSendGridEvents, sendGridPublicKey, verifySendGridEvents } from '#mail';
import { readPaymentEvent, readStripeEvent, verifyStripeSignature } from '#payments';
import type { MailEvent, WebhookEndpointRow } from '#ports';
import { readPostReport } from '#post';
import { type StandardWebhookHeaders, standardWebhookSecret, verifyStandardWebhook } from '#sealing';
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Backend } from '../backend.js';
import { Problem } from '../http/problem.js';
import type { ApiRequest } from '../http/request-context.js';
import { Open, PathId, Story } from '../http/route-decorators.js';
import { arrivalOf, stripeEventId } from './arrivals.js';
import { openSecrets } from './endpoint-secrets.js';
import { type Arrival, InboxService } from './inbox.service.js';

const SIGNED = 'the caller proves itself by a signature over the exact bytes';
const takenAnswer = z.object({ received: z.literal(true) }).meta({ id: 'WebhookTaken' });
const TAKEN = { received: true } as const;
/** Events of one call applied before it is answered; the rest are stored and applied by the inbox worker. */
const INLINE_EVENTS = 40;

/** What outside providers call. A call that does not prove itself gets one constant answer and leaves no trace. */
@Controller('webhooks')
export class WebhooksController {
  private readonly mailKeys: readonly KeyObject[];

  constructor(
    @Inject(Backend) private readonly backend: Backend,
    @Inject(InboxService) private readonly inbox: InboxService,
  ) {
    const key = backend.config.SENDGRID_EVENT_PUBLIC_KEY;
    this.mailKeys = key ? [sendGridPublicKey(key)] : [];
  }

  @Post('standard/:token')
  @HttpCode(200)
  @Open(SIGNED)
  @Story({ summary: 'Paiement reçu ou rejeté, signé selon Standard Webhooks', answer: takenAnswer, takesBytes: ['application/json'] })
  async standard(@PathId('token') token: string, @Req() request: ApiRequest) {
    const { endpoint, secrets } = await this.endpointOf('standard', token);
    const rawBody = request.rawBody ?? Buffer.alloc(0);
    const proof = verifyStandardWebhook({
      secrets: secrets.flatMap(secretBytes),
      headers: standardHeaders(request),
      rawBody,
      now: this.inbox.now(),
    });
    if (!proof.ok || !endpoint) throw new Problem('webhookRefused');
    const reading = readPaymentEvent({ account: endpoint.endpointId, eventId: proof.id, rawBody });
    await this.inbox.receive(arrivalOf(endpoint, 'standardWebhooks', proof.id, reading, rawBody));
    return TAKEN;
  }

  @Post('stripe/:token')
  @HttpCode(200)
  @Open(SIGNED)
  @Story({ summary: 'Événement de Stripe', answer: takenAnswer, takesBytes: ['application/json'] })
  async stripe(@PathId('token') token: string, @Req() request: ApiRequest) {
    const { endpoint, secrets } = await this.endpointOf('stripe', token);
    const rawBody = request.rawBody ?? Buffer.alloc(0);
    const proof = verifyStripeSignature({ secrets, header: headerOf(request, 'stripe-signature'), rawBody, now: this.inbox.now() });
    if (!proof.ok || !endpoint) throw new Problem('webhookRefused');
    const creditor = await this.backend.plain((tx) => tx.creditors.one({ creditorId: endpoint.creditorId }));
    const reading = readStripeEvent({ account: endpoint.endpointId, rawBody, ...(creditor ? { zone: creditor.zone } : {}) });
    const eventId = reading.kind === 'notice' ? reading.notice.eventId : stripeEventId(rawBody);
    await this.inbox.receive(arrivalOf(endpoint, 'stripe', eventId, reading, rawBody));
    return TAKEN;
  }

  @Post('sendgrid')
  @HttpCode(200)
  @Open(SIGNED)
  @Story({ summary: 'Événements de livraison de SendGrid', answer: takenAnswer, takesBytes: ['application/json'] })
  async sendgrid(@Req() request: ApiRequest) {
    const rawBody = request.rawBody ?? Buffer.alloc(0);
    const signature = headerOf(request, 'x-twilio-email-event-webhook-signature');
    const timestamp = headerOf(request, 'x-twilio-email-event-webhook-timestamp');
    if (!verifySendGridEvents({ publicKeys: this.mailKeys, signature, timestamp, rawBody, now: this.inbox.now() }).ok)
      throw new Problem('webhookRefused');
    const { events, unreadable } = parseSendGridEvents(rawBody);
    if (unreadable.length > 0) this.backend.logger.warn({ count: unreadable.length }, 'Mail events that cannot be read were passed over');
    const owners = await this.ownersOf([...new Set(events.map((event) => event.mid))]);
    for (const [index, event] of events.entries()) {
      const creditorId = owners.get(event.mid);
      if (creditorId) await this.inbox.receive(mailArrival(creditorId, event, index >= INLINE_EVENTS));
    }
    return TAKEN;
  }

  @Post('post')
  @HttpCode(200)
  @Open(SIGNED)
  @Story({ summary: 'États des recommandés, signés selon Standard Webhooks', answer: takenAnswer, takesBytes: ['application/json'] })
  async post(@Req() request: ApiRequest) {
    const rawBody = request.rawBody ?? Buffer.alloc(0);
    const secret = this.backend.config.POST_WEBHOOK_SECRET;
    const secrets = secret ? secretBytes(secret) : [];
    const proof = verifyStandardWebhook({ secrets, headers: standardHeaders(request), rawBody, now: this.inbox.now() });
    if (!proof.ok) throw new Problem('webhookRefused');
    const reading = readPostReport({ eventId: proof.id, rawBody });
    if (reading.kind !== 'report') {
      this.backend.logger.warn({ kind: reading.kind, eventId: proof.id }, 'A postal report of no use was passed over');
      return TAKEN;
    }
    const { report } = reading;
    const creditorId = (await this.ownersOf([report.mid])).get(report.mid);
    if (creditorId) {
      await this.inbox.receive({
        creditorId,
        provider: 'post',
        account: 'post',
        eventId: report.eventId,
        kind: report.state,
        notice: { ...report },
      });
    }
    return TAKEN;
  }

  /** The endpoint and its secrets; nothing to verify with when there is none. */
  private async endpointOf(provider: WebhookEndpointRow['provider'], token: string) {
    const endpoint = await this.backend.plain((tx) => tx.webhookEndpoints.one({ token }));
    if (!endpoint || endpoint.provider !== provider || endpoint.disabledAt) return { endpoint: undefined, secrets: [] };
    return { endpoint, secrets: openSecrets(this.backend.deps, endpoint.endpointId, endpoint.secrets) };
  }

  /** Whose message an id is: ids are ours and unique over the installation. */
  private async ownersOf(messageId: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (messageId.length === 0) return new Map();
    const rows = await this.backend.plain((tx) => tx.messages.all({ messageId }));
    return new Map(rows.map((row) => [row.messageId, row.creditorId]));
  }
}

function headerOf(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function standardHeaders(request: ApiRequest): StandardWebhookHeaders {
  return {
    id: headerOf(request, 'webhook-id'),
    timestamp: headerOf(request, 'webhook-timestamp'),
    signature: headerOf(request, 'webhook-signature'),
  };
}

function secretBytes(secret: string): Uint8Array[] {
  try {
    return [standardWebhookSecret(secret)];
  } catch {
    return [];
  }
}

function mailArrival(creditorId: string, event: MailEvent, applyLater: boolean): Arrival {
  const { eventId, mid, kind, at, bounceType } = event;
  return {
    creditorId,
    provider: 'sendgrid',
    account: 'sendgrid',
    eventId,
    kind,
    notice: { mid, kind, at, ...(bounceType ? { bounceType } : {}) },
    applyLater,
  };
}
