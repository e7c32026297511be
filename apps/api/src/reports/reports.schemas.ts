import { z } from 'zod';
import { amountAnswer, dayAnswer, dayInput } from '../http/wire.js';

/** Ages of open principal in days past due, both bounds included. */
export const AGE_BUCKETS = [
  { bucket: 'notDue', fromDays: null, toDays: 0 },
  { bucket: 'days1To15', fromDays: 1, toDays: 15 },
  { bucket: 'days16To30', fromDays: 16, toDays: 30 },
  { bucket: 'days31To60', fromDays: 31, toDays: 60 },
  { bucket: 'days61To90', fromDays: 61, toDays: 90 },
  { bucket: 'days91To180', fromDays: 91, toDays: 180 },
  { bucket: 'daysOver180', fromDays: 181, toDays: null },
] as const;

export const ageingQuery = z.strictObject({
  on: dayInput.optional().meta({ description: 'Jour de la balance ; le jour du créancier par défaut.' }),
});

const bucketAnswer = z
  .object({
    bucket: z.enum(AGE_BUCKETS.map(({ bucket }) => bucket)),
    fromDays: z.number().nullable(),
    toDays: z.number().nullable(),
    cases: z.number(),
    openPrincipal: amountAnswer,
  })
  .meta({ id: 'AgeBucket', description: 'Jours de retard, bornes comprises.' });

export const ageingAnswer = z
  .object({
    on: dayAnswer,
    currencies: z.array(
      z.object({
        currency: z.string(),
        openPrincipal: amountAnswer.meta({ description: 'Somme des tranches : dossiers que personne n’a clos.' }),
        buckets: z.array(bucketAnswer),
        withOthers: amountAnswer.meta({ description: 'Principal des dossiers clos par remise pour recouvrement ou procédure collective.' }),
        unallocated: amountAnswer.meta({ description: 'Argent et avoirs des débiteurs qu’aucun dossier n’a pris.' }),
        parked: amountAnswer.meta({ description: 'Argent reçu dont on ne sait pas encore à qui il est.' }),
      }),
    ),
  })
  .meta({
    id: 'Ageing',
    description: 'Au jour demandé selon les jours de valeur : ce qui a été payé ensuite était encore dû, même enregistré depuis.',
  });
