import { z } from 'zod';
import { instantAnswer, pageFields } from '../http/wire.js';

export const policyBody = z.record(z.string(), z.unknown()).meta({
  id: 'PolicyInput',
  description: 'Une échelle de relance entière, comme la rendent les modèles\u202f; la vérification nomme chaque défaut.',
});

export const policyQuery = z.strictObject({ ...pageFields, policyId: z.string().min(1).max(60).optional() });

export const policyAnswer = z
  .object({
    id: z.string(),
    version: z.number(),
    sha256: z.string(),
    preset: z.boolean(),
    body: z.record(z.string(), z.unknown()),
    publishedBy: z.string().nullable(),
    publishedAt: instantAnswer.nullable(),
  })
  .meta({ id: 'Policy' });
export const policyPage = z
  .object({ presets: z.array(policyAnswer), items: z.array(policyAnswer), nextCursor: z.string().optional() })
  .meta({ id: 'PolicyPage' });

export const checkAnswer = z
  .object({ fit: z.boolean(), findings: z.array(z.object({ code: z.string(), path: z.string(), sentence: z.string() })) })
  .meta({ id: 'PolicyCheck' });
