import type { BrakeRow } from '#ports';
import { z } from 'zod';
import { instantAnswer, instantInput, lineInput, pageAnswer, pageFields, textInput } from '../http/wire.js';

export const brakesQuery = z.strictObject({
  creditorId: lineInput(100).optional(),
  live: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({
      description: '«\u202ftrue\u202f» par défaut\u202f: les freins serrés\u202f; «\u202ffalse\u202f»\u202f: les freins desserrés.',
    }),
  ...pageFields,
});

export const brakeRequest = z
  .strictObject({
    scope: z
      .enum(['product', 'creditor', 'policy', 'debtor', 'channel'])
      .meta({ description: 'Ce qui s’arrête\u202f: tout, un créancier, une politique, un débiteur, un canal.' }),
    creditorId: lineInput(100).optional().meta({ description: 'Absent pour le produit entier.' }),
    key: lineInput(200)
      .optional()
      .meta({ description: 'Identifiant de la politique ou du débiteur, ou canal\u202f: email, registeredPost, post, file.' }),
    reason: textInput(500),
    until: instantInput
      .optional()
      .meta({ description: 'Fin d’elle-même, en temps réel\u202f; sans elle, le frein reste serré jusqu’à son relâchement.' }),
  })
  .superRefine((value, ctx) => {
    const issue = (field: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [field], message, params: { code: 'brakeScope' } });
    const needsKey = value.scope === 'policy' || value.scope === 'debtor' || value.scope === 'channel';
    if ((value.scope === 'product') !== (value.creditorId === undefined)) {
      issue('creditorId', 'Un frein sur tout le produit ne nomme pas de créancier\u202f; tous les autres en nomment un.');
    }
    if (needsKey !== (value.key !== undefined)) issue('key', 'À donner pour une politique, un débiteur ou un canal, et pour eux seuls.');
    if (value.scope === 'channel' && value.key !== undefined && !CHANNELS.has(value.key)) {
      issue('key', 'Canal inconnu\u202f: email, registeredPost, post ou file.');
    }
  })
  .meta({ id: 'BrakeRequest' });
const CHANNELS: ReadonlySet<string> = new Set(['email', 'registeredPost', 'post', 'file']);
export type BrakeRequest = z.output<typeof brakeRequest>;

export const brakeRelease = z.strictObject({ reason: textInput(500) }).meta({ id: 'BrakeRelease' });

export const brakeAnswer = z
  .object({
    brakeId: z.string(),
    creditorId: z.string().nullable(),
    scope: z.enum(['product', 'creditor', 'policy', 'debtor', 'channel']),
    key: z.string().nullable(),
    reason: z.string(),
    setBy: z.string(),
    since: instantAnswer,
    until: instantAnswer.nullable(),
    releasedBy: z.string().nullable(),
    releasedAt: instantAnswer.nullable(),
    releaseReason: z.string().nullable(),
  })
  .meta({ id: 'Brake' });

export const brakePage = pageAnswer(brakeAnswer, 'BrakePage');

export function viewBrake({ creditorId, key, ...row }: BrakeRow): z.output<typeof brakeAnswer> {
  return { ...row, creditorId: creditorId === '*' ? null : creditorId, key: key === '*' ? null : key };
}
