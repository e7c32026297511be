import { z } from 'zod';
import { dayAnswer, dayInput, instantAnswer, lineInput, manyOf, pageAnswer, pageFields, textInput } from '../http/wire.js';

const STATES = [
  'toPrint',
  'sentToProvider',
  'deposited',
  'presented',
  'delivered',
  'unclaimed',
  'refused',
  'returnedUnknown',
  'cancelled',
] as const;

export const postTrayQuery = z.strictObject({ state: manyOf(STATES), caseId: lineInput(100).optional(), ...pageFields });

export const postItemAnswer = z
  .object({
    postItemId: z.string(),
    messageId: z.string(),
    caseId: z.string(),
    channel: z.enum(['print', 'provider']),
    service: z.enum(['registered', 'plain']).meta({ description: 'Recommandé, ou lettre simple d’une relance.' }),
    state: z.enum(STATES),
    trackingNumber: z.string().nullable(),
    depositedOn: dayAnswer.nullable(),
    presentedOn: dayAnswer.nullable(),
    servedOn: dayAnswer.nullable(),
    updatedBy: z.string().nullable(),
    updatedAt: instantAnswer,
    version: z.number(),
  })
  .meta({ id: 'PostItem' });

export const postTrayItem = postItemAnswer
  .extend({
    act: z.string(),
    subject: z.string(),
    slotOn: dayAnswer,
    invoiceNumber: z.string(),
    debtor: z.object({ debtorId: z.string(), name: z.string(), addressLines: z.array(z.string()) }),
    letterSha256: z.string().nullable(),
    letter: z.string().nullable(),
    heldBack: z
      .object({ code: z.enum(['settled', 'closed', 'insolvent', 'disputed', 'onHold', 'promised', 'amountMoved']), sentence: z.string() })
      .nullable()
      .meta({ description: 'Pourquoi une lettre à imprimer ne doit pas être postée en l’état\u202f; null quand elle peut l’être.' }),
  })
  .meta({ id: 'PostTrayItem' });

export const postTrayAnswer = pageAnswer(postTrayItem, 'PostTrayPage');

export const postReportBody = z
  .strictObject({
    state: z.enum(['deposited', 'presented', 'delivered', 'unclaimed', 'refused', 'returnedUnknown']),
    on: dayInput.optional().meta({ description: 'Jour du dépôt, de la présentation ou de la remise\u202f; aujourd’hui par défaut.' }),
    trackingNumber: lineInput(60).optional(),
    note: textInput(2000).optional(),
  })
  .meta({ id: 'PostReport' });
