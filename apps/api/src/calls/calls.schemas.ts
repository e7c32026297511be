import { z } from 'zod';
import { READER_LANGUAGES } from '../http/reader-language.js';
import { amountAnswer, dayAnswer, instantAnswer, lineInput, manyOf, pageAnswer, pageFields, textInput } from '../http/wire.js';

export const callsQuery = z.strictObject({
  state: manyOf(['open', 'reported', 'expired', 'cancelled']).meta({ description: '«\u202fopen\u202f» par défaut.' }),
  debtorId: lineInput(100).optional(),
  ...pageFields,
});

export const callAnswer = z
  .object({
    callId: z.string(),
    taskId: z.string(),
    debtor: z.object({ debtorId: z.string(), name: z.string(), language: z.string() }),
    state: z.enum(['open', 'reported', 'expired', 'cancelled']),
    openedOn: dayAnswer,
    expiresOn: dayAnswer,
    outcome: z.string().nullable(),
    note: z.string().nullable(),
    contactName: z.string().nullable(),
    reportedBy: z.string().nullable(),
    reportedAt: instantAnswer.nullable(),
    phones: z.array(z.object({ contactId: z.string(), name: z.string().nullable(), role: z.string(), number: z.string() })),
    cases: z.array(
      z.object({ caseId: z.string(), invoiceNumber: z.string(), dueOn: dayAnswer, openPrincipal: amountAnswer, stage: z.string() }),
    ),
    sheet: z.string().nullable().meta({ description: 'Fiche PDF de l’appel, tant qu’il est à faire.' }),
  })
  .meta({ id: 'Call' });

export const callsAnswer = pageAnswer(callAnswer, 'CallPage');

export const callSheetQuery = z.strictObject({
  caseId: lineInput(100).optional().meta({
    description: 'Un dossier de l’appel\u202f; par défaut, celui dont l’étape est la plus ferme, puis l’échéance la plus ancienne.',
  }),
  language: z.enum(READER_LANGUAGES).optional().meta({ description: 'Langue de la personne qui appelle.' }),
});

export const callReportBody = z
  .strictObject({
    outcome: z.enum(['attempted', 'reached', 'notMade']),
    note: textInput(2000).optional(),
    contactName: lineInput(200).optional().meta({ description: 'Personne jointe.' }),
    wrongNumber: z.boolean().optional().meta({ description: 'Le numéro n’est pas le bon\u202f: il ne sert plus.' }),
  })
  .meta({ id: 'CallReport' });

export const callReportAnswer = z
  .object({
    callId: z.string(),
    outcome: z.string(),
    cases: z.array(z.object({ caseId: z.string(), state: z.string(), version: z.number() })),
  })
  .meta({ id: 'CallReported' });
