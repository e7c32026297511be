import { z } from 'zod';
import { instantAnswer, lineInput, manyOf, pageAnswer, pageFields, textInput } from '../http/wire.js';

const STATES = ['prepared', 'handedOver', 'recallAsked', 'recalled'] as const;

export const handOversQuery = z.strictObject({ state: manyOf(STATES), caseId: lineInput(100).optional(), ...pageFields });

export const handOverSummary = z
  .object({
    handOverId: z.string(),
    caseId: z.string(),
    messageId: z.string(),
    debtorId: z.string(),
    debtorName: z.string(),
    invoiceNumber: z.string(),
    route: z.string(),
    state: z.enum(STATES),
    sha256: z.string(),
    file: z.string().meta({ description: 'Adresse du dossier (ZIP).' }),
    createdAt: instantAnswer,
    handedOverAt: instantAnswer.nullable(),
  })
  .meta({ id: 'HandOver' });

export const handOversAnswer = pageAnswer(handOverSummary, 'HandOverPage');
export const handOverDetail = handOverSummary
  .extend({ manifest: z.record(z.string(), z.unknown()).meta({ description: 'Empreintes de chaque pièce du dossier.' }) })
  .meta({ id: 'HandOverDetail' });
export const recallBody = z.strictObject({ note: textInput(2000).optional() }).meta({ id: 'HandOverRecall' });
