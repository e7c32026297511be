import { randomBytes } from 'node:crypto';
import { type Actor, found, recordChange, todayFor } from '#casework';
import { standardWebhookSecret } from '#sealing';
import type { Tx, WebhookEndpointRow } from '#ports';
import { Inject, Injectable } from '@nestjs/common';
import { Backend } from '../backend.js';
import { orNotFound, Problem } from '../http/problem.js';
import { sealSecrets } from './endpoint-secrets.js';
import type { EndpointInput } from './webhook-endpoints.schemas.js';

/** Where payment providers call us: an unguessable address and its signing secrets. */
@Injectable()
export class WebhookEndpointsService {
  constructor(@Inject(Backend) private readonly backend: Backend) {}

  async create(creditorId: string, input: EndpointInput, by: Actor) {
    const { deps } = this.backend;
    const made = input.secrets ? undefined : `whsec_${randomBytes(32).toString('base64')}`;
    if (input.provider === 'stripe' && made)
      throw new Problem('fieldInvalid', { field: '/secrets', detail: 'Donnez le secret de signature que Stripe affiche.' });
    const secrets = input.secrets ?? [made ?? ''];
    checkSecrets(input.provider, secrets);
    const endpointId = deps.ids.next();
    const row: WebhookEndpointRow = {
      creditorId,
      endpointId,
      provider: input.provider,
      token: randomBytes(24).toString('base64url'),
      secrets: sealSecrets(deps, endpointId, secrets),
      createdAt: deps.clock.now(),
      disabledAt: null,
    };
    await this.backend.run(creditorId, async (tx) => {
      await this.journal(tx, row, 'webhookEndpointCreated', by);
      await tx.webhookEndpoints.insert(row);
    });
    return { ...this.view(row), ...(made ? { secret: made } : {}) };
  }

  async list(creditorId: string) {
    const rows = await this.backend.plain((tx) => tx.webhookEndpoints.all({ creditorId }, { by: 'createdAt', limit: 200 }));
    return { items: rows.map((row) => this.view(row)) };
  }

  async rotate(creditorId: string, endpointId: string, secrets: readonly string[], by: Actor) {
    const { deps } = this.backend;
    return this.backend.run(creditorId, async (tx) => {
      const row = orNotFound(await tx.webhookEndpoints.one({ creditorId, endpointId }), 'webhookEndpoint', endpointId);
      checkSecrets(row.provider, secrets);
      await tx.webhookEndpoints.update({ creditorId, endpointId }, { secrets: sealSecrets(deps, endpointId, secrets) });
      await this.journal(tx, row, 'webhookSecretsChanged', by);
      return this.view(row);
    });
  }

  async disable(creditorId: string, endpointId: string, by: Actor): Promise<void> {
    await this.backend.run(creditorId, async (tx) => {
      const row = orNotFound(await tx.webhookEndpoints.one({ creditorId, endpointId }), 'webhookEndpoint', endpointId);
      if (row.disabledAt) return;
      await tx.webhookEndpoints.update({ creditorId, endpointId }, { disabledAt: this.backend.deps.clock.now() });
      await this.journal(tx, row, 'webhookEndpointDisabled', by);
    });
  }

  private view({ endpointId, provider, token, createdAt, disabledAt }: WebhookEndpointRow) {
    return { endpointId, provider, url: `${this.backend.config.PUBLIC_URL}/webhooks/${provider}/${token}`, createdAt, disabledAt };
  }

  private async journal(tx: Tx, { creditorId, endpointId, provider }: WebhookEndpointRow, kind: string, by: Actor): Promise<void> {
    const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
    const { clock } = this.backend.deps;
    const change = { creditorId, streamId: `webhook:${endpointId}`, kind, recordedAt: clock.now(), effectiveOn: todayFor(creditor, clock) };
    await recordChange(tx, { ...change, cause: { endpointId, provider }, before: null, after: { endpointId, provider, kind } }, by);
  }
}

function checkSecrets(provider: string, secrets: readonly string[]): void {
  if (provider !== 'standard') return;
  for (const [index, secret] of secrets.entries()) {
    try {
      standardWebhookSecret(secret);
    } catch {
      throw new Problem('fieldInvalid', {
        field: `/secrets/${index}`,
        detail: 'Un secret Standard Webhooks est whsec_ suivi de 24 à 64 octets en base64.',
      });
    }
  }
}
