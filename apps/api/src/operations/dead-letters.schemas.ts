import { z } from 'zod';
import { instantAnswer, lineInput, pageAnswer, pageFields, textInput } from '../http/wire.js';

export const deadLettersQuery = z.strictObject({
  creditorId: lineInput(100).optional(),
  queue: z.enum(['inbox', 'outbox']).optional(),
  ...pageFields,
});

export const deadLetterReason = z.strictObject({ reason: textInput(500) }).meta({ id: 'DeadLetterReason' });

export const deadLetterAnswer = z
  .object({
    deadLetterId: z.string(),
    queue: z.enum(['inbox', 'outbox']).meta({ description: 'Événement reçu que rien n’a pu appliquer, ou nouvelle que Temporal refuse.' }),
    creditorId: z.string(),
    kind: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    tries: z.number(),
    since: instantAnswer,
    ageSeconds: z.number(),
    caseId: z.string().nullable(),
  })
  .meta({ id: 'DeadLetter' });

export const deadLetterPage = pageAnswer(deadLetterAnswer, 'DeadLetterPage');

export const deadLetterDone = z
  .object({ deadLetterId: z.string(), state: z.enum(['received', 'pending', 'ignored', 'dismissed']) })
  .meta({ id: 'DeadLetterDone' });
