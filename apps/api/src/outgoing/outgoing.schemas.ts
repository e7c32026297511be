import { z } from 'zod';
import { caseAfterAnswer } from '../cases/case-commands.schemas.js';
import { yesNo } from '../cases/cases.schemas.js';
import { amountAnswer, dayAnswer, dayInput, instantAnswer, lineInput, manyOf, pageFields, textInput } from '../http/wire.js';

const STATUSES = ['leaves', 'awaitsApproval', 'held', 'waits', 'stopped'] as const;

/** Days ahead where the caller names none, and the most he may ask for. */
const DAYS_AHEAD = 7;
const DAYS_AHEAD_MAX = 60;
/** Each line is drafted as its letter will be: fewer than elsewhere. */
const LINES = 20;
const LINES_MAX = 50;

const count = (most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, `Un nombre de 1 à ${most}.`)
    .transform(Number)
    .pipe(z.number().int().min(1).max(most))
    .default(otherwise);

export const outgoingQuery = z.strictObject({
  days: count(DAYS_AHEAD_MAX, DAYS_AHEAD).meta({
    description: 'Jours à venir, de 1 à 60\u202f; 7 par défaut. Ce qui est en retard y est toujours.',
  }),
  status: manyOf(STATUSES),
  act: z.enum(['mail', 'formalNotice']).optional(),
  stage: z
    .string()
    .regex(/^[A-Za-z0-9]+(,[A-Za-z0-9]+){0,49}$/, 'Une ou plusieurs étapes, séparées par des virgules.')
    .transform((text) => text.split(','))
    .optional(),
  debtorId: lineInput(100).optional(),
  caseId: lineInput(100).optional(),
  edited: yesNo,
  late: yesNo,
  cursor: pageFields.cursor,
  limit: count(LINES_MAX, LINES).meta({ description: 'Messages par page, de 1 à 50\u202f; 20 par défaut.' }),
});

export const outgoingSummary = z
  .object({
    caseId: z.string(),
    stage: z.string(),
    round: z.number(),
    title: z.string(),
    act: z.enum(['mail', 'formalNotice']),
    debtor: z.object({ debtorId: z.string(), name: z.string() }),
    invoiceNumber: z.string(),
    status: z.enum(STATUSES),
    on: dayAnswer,
    at: instantAnswer.meta({ description: 'Instant prévu du départ, dans la plage d’envoi.' }),
    window: z.object({ from: z.string(), to: z.string(), zone: z.string() }),
    channels: z.array(z.enum(['email', 'registeredPost', 'post'])),
    recipient: z.object({ email: z.string().nullable(), name: z.string(), addressLines: z.array(z.string()) }),
    openPrincipal: amountAnswer,
    asked: amountAnswer.nullable().meta({ description: 'Somme demandée ce jour-là\u202f; nulle si la lettre ne peut pas être écrite.' }),
    subject: z.string().nullable(),
    problem: z
      .object({ code: z.string(), sentence: z.string() })
      .nullable()
      .meta({ description: 'Ce qui empêchera le départ si rien ne change.' }),
    together: z.array(z.string()).meta({ description: 'Autres dossiers du débiteur dont parle le même message.' }),
    needsApproval: z.boolean(),
    late: z.boolean(),
    heldUntil: dayAnswer.nullable(),
    revision: z.number().nullable().meta({ description: 'Révision du texte écrit par une personne\u202f; nulle pour celui du modèle.' }),
    messageId: z.string().nullable(),
    version: z.number().meta({ description: 'Version du dossier, pour If-Match.' }),
    links: z.object({ self: z.string(), preview: z.string().nullable() }),
  })
  .meta({ id: 'OutgoingMessage' });

export const outgoingAnswer = z
  .object({
    today: dayAnswer,
    until: dayAnswer,
    counts: z.object(Object.fromEntries(STATUSES.map((status) => [status, z.number()])) as Record<(typeof STATUSES)[number], z.ZodNumber>),
    items: z.array(outgoingSummary),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'OutgoingMessages' });

export const outgoingDetail = outgoingSummary
  .extend({
    text: z.string().nullable().meta({ description: 'Le texte exact, tel qu’il partirait.' }),
    ownWords: z.object({ subject: z.string().nullable(), opening: z.string().nullable() }),
  })
  .meta({ id: 'OutgoingMessageDetail' });

const note = { note: textInput(2000).optional() };

export const messageHoldBody = z
  .strictObject({
    until: dayInput.meta({ description: 'Dernier jour retenu\u202f; le message part à son créneau suivant.' }),
    reason: z.enum(['commercialTalks', 'debtorRequest', 'internalReview', 'paymentExpected', 'other']),
    ...note,
  })
  .meta({ id: 'OutgoingMessageHold' });
export const messageReleaseBody = z.strictObject(note).meta({ id: 'OutgoingMessageRelease' });
export const messageCancelBody = z
  .strictObject({ reason: z.enum(['alreadyDone', 'wrongContent', 'wrongRecipient', 'commercialGesture', 'other']), ...note })
  .meta({
    id: 'OutgoingMessageCancellation',
    description: 'Définitif\u202f: l’étape est laissée de côté et la suivante vient à son jour.',
  });
export const messageWordsBody = z
  .strictObject({
    subject: lineInput(150).optional(),
    opening: lineInput(1000).optional().meta({ description: 'Prend la place du premier paragraphe.' }),
    ...note,
  })
  .meta({ id: 'OutgoingMessageWords', description: 'Sans objet ni premier paragraphe\u202f: retour au texte du modèle.' });

export const outgoingAfter = caseAfterAnswer
  .extend({
    leftOut: z.array(z.string()).meta({ description: 'Étapes laissées de côté faute de fondement.' }),
    revision: z.number().nullable(),
  })
  .meta({ id: 'OutgoingMessageAfter' });
