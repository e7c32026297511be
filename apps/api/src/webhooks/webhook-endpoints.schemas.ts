import { z } from 'zod';
import { instantAnswer } from '../http/wire.js';

const secret = z
  .string()
  .min(16)
  .max(200)
  .regex(/^whsec_[\x21-\x7e]+$/, 'Un secret commence par whsec_.');

export const endpointInput = z
  .strictObject({
    provider: z.enum(['standard', 'stripe']),
    secrets: z
      .array(secret)
      .min(1)
      .max(5)
      .optional()
      .meta({ description: 'Stripe\u202f: son secret. Standard Webhooks\u202f: fait ici s’il manque, et montré une seule fois.' }),
  })
  .meta({ id: 'WebhookEndpointInput' });
export type EndpointInput = z.output<typeof endpointInput>;

export const secretsInput = z
  .strictObject({ secrets: z.array(secret).min(1).max(5) })
  .meta({ id: 'WebhookSecretsInput', description: 'Les secrets admis\u202f; deux pendant une rotation.' });

const fields = {
  endpointId: z.string(),
  provider: z.string(),
  url: z.string(),
  createdAt: instantAnswer,
  disabledAt: instantAnswer.nullable(),
};
export const endpointAnswer = z.object(fields).meta({ id: 'WebhookEndpoint' });
export const newEndpointAnswer = z.object({ ...fields, secret: z.string().optional() }).meta({ id: 'NewWebhookEndpoint' });
export const endpointsAnswer = z.object({ items: z.array(endpointAnswer) }).meta({ id: 'WebhookEndpointList' });
