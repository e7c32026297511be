import { z } from 'zod';
import { dayAnswer, instantAnswer, instantInput } from '../http/wire.js';

export const clockAnswer = z
  .object({
    creditorId: z.string(),
    at: instantAnswer,
    day: dayAnswer,
    version: z.number(),
    nextWake: z.object({ caseId: z.string(), at: instantAnswer }).nullable(),
    moved: z.boolean(),
  })
  .meta({ id: 'SandboxClock' });

export const clockBody = z
  .strictObject({
    to: instantInput.optional(),
    toNextWake: z.literal(true).optional(),
    days: z.number().int().min(1).max(730).optional(),
  })
  .refine(({ to, toNextWake, days }) => [to, toNextWake, days].filter((given) => given !== undefined).length === 1, {
    message: 'Donnez un seul de «\u202fto\u202f», «\u202ftoNextWake\u202f» ou «\u202fdays\u202f».',
  })
  .meta({ id: 'SandboxClockMove' });

export const idleAnswer = z
  .object({
    idle: z.boolean().meta({ description: 'Aucun dossier dû, rien à transmettre, rien à lire.' }),
    clock: instantAnswer,
    day: dayAnswer,
    wallClock: instantAnswer,
    due: z.number(),
    dueCases: z.array(z.object({ caseId: z.string(), workflowId: z.string() })).meta({ description: 'Les premiers dossiers dus.' }),
    outbox: z.number(),
    inbox: z.number(),
    onTheirWay: z.number().meta({ description: 'Messages réservés pour l’envoi dont l’issue n’est pas encore connue.' }),
    mark: z.string().meta({ description: 'Égal à deux lectures de suite\u202f: rien n’a bougé entre-temps.' }),
    nextWake: z.object({ caseId: z.string(), at: instantAnswer }).nullable(),
  })
  .meta({ id: 'SandboxIdle' });
