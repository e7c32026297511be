import { z } from 'zod';
import { amountAnswer, dayAnswer, dayInput } from '../http/wire.js';

export const statementQuery = z.strictObject({
  on: dayInput.optional().meta({ description: 'Jour du décompte\u202f; le jour du créancier par défaut.' }),
});

const source = z
  .object({ article: z.string(), title: z.string(), url: z.string().optional(), checkedOn: dayAnswer.optional() })
  .meta({ id: 'LegalSource' });

const entry = z
  .object({
    kind: z.enum(['principal', 'creditNote', 'payment', 'interest', 'fixedCompensation']),
    on: dayAnswer,
    amount: amountAnswer,
    reference: z.string().optional(),
    article: z.string().optional(),
    imputed: z.object({ interest: amountAnswer, principal: amountAnswer, compensation: amountAnswer }).optional(),
  })
  .meta({ id: 'ClaimEntry' });

const interestLine = z
  .object({
    firstDay: dayAnswer,
    lastDay: dayAnswer,
    days: z.number(),
    base: amountAnswer,
    ratePercent: z.string(),
    interest: amountAnswer,
    runningTotal: amountAnswer,
    source,
    derivation: z.string(),
    explanation: z.string(),
  })
  .meta({ id: 'InterestLine' });

export const principalPart = z
  .object({
    on: dayAnswer,
    law: z.string(),
    debtorKind: z.string(),
    currency: z.string(),
    dueOn: dayAnswer,
    face: amountAnswer,
    creditNotes: amountAnswer,
    payments: amountAnswer,
    openPrincipal: amountAnswer,
    entries: z.array(entry),
  })
  .meta({ id: 'PrincipalStatement' });

export const statementAnswer = z
  .object({
    caseId: z.string(),
    on: dayAnswer,
    law: z.string(),
    currency: z.string(),
    dueOn: dayAnswer,
    principal: principalPart,
    imputedPrincipal: amountAnswer.meta({ description: 'Principal restant après l’ordre légal d’imputation.' }),
    interest: z.object({
      accrued: amountAnswer,
      open: amountAnswer,
      lines: z.array(interestLine),
      dayCount: z.string(),
      daily: z.object({ amount: amountAnswer, from: dayAnswer, until: dayAnswer.optional() }).nullable(),
    }),
    compensation: z.object({ amount: amountAnswer, open: amountAnswer, article: z.string().optional() }),
    entries: z.array(entry),
    surplus: amountAnswer.nullable().meta({ description: 'Reçu au-delà de tout ce qui est dû.' }),
    claimTotal: amountAnswer,
    sources: z.array(source),
  })
  .meta({ id: 'StatementOfClaim' });

export type StatementAnswer = z.output<typeof statementAnswer>;
export type PrincipalPart = z.output<typeof principalPart>;
