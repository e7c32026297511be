import { z } from 'zod';
import { dayAnswer, directionField, instantAnswer, instantInput, lineInput, pageAnswer, pageFields } from '../http/wire.js';

export const journalQuery = z.strictObject({
  stream: lineInput(200).optional().meta({ description: 'Dossier, ou autre sujet tel que «\u202fdebtor:…\u202f».' }),
  caseId: lineInput(100).optional(),
  kind: z
    .string()
    .regex(/^[A-Za-z.]+(,[A-Za-z.]+){0,49}$/, 'Un ou plusieurs genres de faits, séparés par des virgules.')
    .transform((text) => text.split(','))
    .optional(),
  actor: lineInput(200).optional(),
  since: instantInput.optional().meta({ description: 'Instant d’enregistrement (temps réel).' }),
  before: instantInput.optional(),
  direction: directionField,
  ...pageFields,
});

export const journalEntry = z
  .object({
    streamId: z.string(),
    seq: z.number(),
    kind: z.string(),
    sentence: z.string(),
    actor: z.string(),
    role: z.string(),
    reason: z.string().nullable(),
    requestId: z.string().nullable(),
    recordedAt: instantAnswer,
    effectiveOn: dayAnswer,
    cause: z.record(z.string(), z.unknown()),
    beforeHash: z.string(),
    afterHash: z.string(),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'JournalEntry' });

export const journalAnswer = pageAnswer(journalEntry, 'JournalPage');

export const verifyQuery = z.strictObject({ caseId: lineInput(100).optional(), stream: lineInput(200).optional() });

export const verifyAnswer = z
  .object({
    ok: z.boolean(),
    streams: z.number(),
    rows: z.number(),
    fault: z
      .object({
        streamId: z.string(),
        seq: z.number(),
        code: z.enum(['rowMissing', 'linkBroken', 'contentChanged', 'statesDoNotFollow', 'endMissing', 'caseRowChanged']),
        sentence: z.string(),
      })
      .nullable()
      .meta({ description: 'La première ligne fausse.' }),
  })
  .meta({ id: 'JournalCheck' });
