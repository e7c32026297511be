import { z } from 'zod';
import { dayAnswer, dayInput, directionField, instantAnswer, lineInput, manyOf, pageAnswer, pageFields, textInput } from '../http/wire.js';

export const tasksQuery = z.strictObject({
  kind: z
    .string()
    .regex(/^[A-Za-z]+(,[A-Za-z]+){0,49}$/, 'Un ou plusieurs genres de tâche, séparés par des virgules.')
    .transform((text) => text.split(','))
    .optional(),
  role: z.enum(['controller', 'finance']).optional(),
  state: manyOf(['open', 'done', 'cancelled']).meta({ description: '«\u202fopen\u202f» par défaut.' }),
  caseId: lineInput(100).optional(),
  debtorId: lineInput(100).optional(),
  dueTo: dayInput.optional(),
  sort: z.enum(['createdAt', 'dueOn']).optional(),
  direction: directionField,
  ...pageFields,
});

export const taskAnswer = z
  .object({
    taskId: z.string(),
    kind: z.string(),
    title: z.string(),
    role: z.enum(['controller', 'finance']),
    state: z.enum(['open', 'done', 'cancelled']),
    dueOn: dayAnswer.nullable(),
    caseId: z.string().nullable(),
    debtorId: z.string().nullable(),
    debtorName: z.string().nullable(),
    invoiceNumber: z.string().nullable(),
    subjectId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    createdAt: instantAnswer,
    closedBy: z.string().nullable(),
    closedAt: instantAnswer.nullable(),
    document: z.string().nullable().meta({
      description:
        'À avoir en main\u202f: la fiche d’un appel, la lettre à imprimer\u202f; null quand il n’y en a pas ou quand la tâche est finie.',
    }),
    endsBy: z.string().nullable().meta({ description: 'Commande qui termine la tâche, quand ce n’est pas «\u202fdone\u202f».' }),
  })
  .meta({ id: 'Task' });

export const tasksAnswer = pageAnswer(taskAnswer, 'TaskPage');
export const taskDoneBody = z.strictObject({ note: textInput(2000).optional() }).meta({ id: 'TaskDone' });
