import { routeClosureSentence, routeSentence } from '#casework';
import type { RouteAnswer } from '#domain';
import { z } from 'zod';

const routeAnswer = z
  .object({
    route: z.string(),
    title: z.string(),
    isEligible: z.boolean(),
    closedBecause: z.string().nullable(),
    sentence: z.string().meta({ description: 'Ouverte, ou pourquoi elle est fermée.' }),
    article: z.string(),
    cost: z.string(),
    file: z.array(z.string()).meta({ description: 'Ce que le dossier doit contenir.' }),
    missing: z.array(z.string()),
    interruptsBy: z.string(),
  })
  .meta({ id: 'ReferralRoute' });

export const routesAnswer = z
  .object({
    routes: z.array(routeAnswer),
    proposed: z.string().nullable().meta({ description: 'La première voie judiciaire ouverte\u202f; null quand toutes sont fermées.' }),
  })
  .meta({ id: 'ReferralRoutes' });

export function routeView(answer: RouteAnswer): z.output<typeof routeAnswer> {
  return {
    route: answer.route,
    title: routeSentence(answer.route),
    isEligible: answer.isEligible,
    closedBecause: answer.closedBecause ?? null,
    sentence: answer.closedBecause ? routeClosureSentence(answer.closedBecause) : 'Voie ouverte.',
    article: answer.article,
    cost: answer.cost.note,
    file: [...answer.file],
    missing: [...answer.missing],
    interruptsBy: answer.interruptsBy,
  };
}
