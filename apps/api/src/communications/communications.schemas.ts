import type { OutboundMessageRow } from '#ports';
import { z } from 'zod';
import {
  amountAnswer,
  dayAnswer,
  directionField,
  instantAnswer,
  lineInput,
  manyOf,
  pageAnswer,
  pageFields,
  textInput,
} from '../http/wire.js';

const MESSAGE_STATES = [
  'PLANNED',
  'CLAIMED',
  'ACCEPTED',
  'REJECTED',
  'UNKNOWN',
  'CONFIRMED_SENT',
  'CONFIRMED_NOT_SENT',
  'HUMAN',
  'ABANDONED',
] as const;

/** Complete by type: a channel that messages have can be asked for. */
const CHANNELS = { email: 'email', registeredPost: 'registeredPost', post: 'post', file: 'file' } as const satisfies {
  readonly [C in OutboundMessageRow['channel']]: C;
};

export const communicationsQuery = z.strictObject({
  state: manyOf(MESSAGE_STATES),
  act: z
    .string()
    .regex(/^[A-Za-z0-9-]+(,[A-Za-z0-9-]+){0,49}$/, 'Un ou plusieurs actes, séparés par des virgules.')
    .transform((text) => text.split(','))
    .optional(),
  channel: z.enum(CHANNELS).optional(),
  purpose: z.enum(['chase', 'inform']).optional(),
  debtorId: lineInput(100).optional(),
  caseId: lineInput(100).optional(),
  sort: z.enum(['createdAt', 'slotOn']).optional(),
  direction: directionField,
  ...pageFields,
});

export const communicationSummary = z
  .object({
    messageId: z.string(),
    purpose: z.enum(['chase', 'inform']),
    act: z.string(),
    channel: z.string(),
    state: z.enum(MESSAGE_STATES),
    debtorId: z.string(),
    debtorName: z.string(),
    caseIds: z.array(z.string()),
    stage: z.string().nullable(),
    round: z.number().nullable(),
    slotOn: dayAnswer,
    revision: z.number(),
    basis: z.string(),
    recipient: z.string(),
    language: z.string(),
    template: z.string(),
    subject: z.string(),
    asks: amountAnswer.nullable().meta({
      description:
        'Somme que le message demande de payer\u202f: principal seul, ou avec intérêts et indemnité\u202f; null quand il n’en demande pas.',
    }),
    bytesSha256: z.string().nullable(),
    letterSha256: z.string().nullable(),
    claimedAt: instantAnswer.nullable(),
    acceptedAt: instantAnswer.nullable(),
    decidedAt: instantAnswer.nullable(),
    providerMessageId: z.string().nullable(),
    providerWords: z.string().nullable(),
    crossedWithPayment: z.boolean(),
    createdAt: instantAnswer,
  })
  .meta({ id: 'Communication' });

export const communicationsAnswer = pageAnswer(communicationSummary, 'CommunicationPage');

export const communicationDetail = communicationSummary
  .extend({
    statement: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Décompte imprimé, figé avec la lettre\u202f; montants en plus petite unité.' }),
    events: z.array(
      z.object({ eventId: z.string(), provider: z.string(), kind: z.string(), at: instantAnswer, recordedAt: instantAnswer }),
    ),
    links: z.object({ bytes: z.string().nullable(), letter: z.string().nullable(), preview: z.string().nullable() }),
  })
  .meta({ id: 'CommunicationDetail' });

export const communicationDecisionBody = z
  .strictObject({ verdict: z.enum(['sent', 'notSent']), note: textInput(2000).optional() })
  .meta({ id: 'CommunicationDecision' });
