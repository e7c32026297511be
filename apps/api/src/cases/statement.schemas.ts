import { z } from 'zod';
import { READER_LANGUAGES } from '../http/reader-language.js';
import { amountAnswer, dayAnswer, dayInput } from '../http/wire.js';

export const languageField = z
  .enum(READER_LANGUAGES)
  .optional()
  .meta({ description: 'Langue des phrases\u202f; à défaut celle d’Accept-Language, sinon le français.' });

export const statementQuery = z.strictObject({
  on: dayInput.optional().meta({ description: 'Jour du décompte\u202f; le jour du créancier par défaut.' }),
  language: languageField,
});

const source = z
  .object({ article: z.string(), title: z.string(), url: z.string().optional(), checkedOn: dayAnswer.optional() })
  .meta({ id: 'LegalSource' });

const entry = z
  .object({
    kind: z.enum(['principal', 'creditNote', 'payment', 'interest', 'fixedCompensation', 'indemnity']),
    on: dayAnswer,
    amount: amountAnswer,
    balance: amountAnswer.optional().meta({ description: 'Ce qui est réclamé après ce mouvement.' }),
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

/** The statement as a page of sentences. */
export const statementParts = {
  heading: z.string(),
  parts: z.array(z.object({ title: z.string(), sentences: z.array(z.string()) })),
};

export const lawReason = z
  .object({ code: z.string(), sentence: z.string() })
  .meta({ id: 'LawReason', description: 'Pourquoi cette loi s’applique à la facture.' });

export const statementAnswer = z
  .object({
    caseId: z.string(),
    on: dayAnswer,
    language: z.enum(READER_LANGUAGES),
    law: z.string(),
    lawReason,
    debtorKind: z.string(),
    regime: z.string().nullable().meta({ description: 'Loi et qualité du débiteur\u202f; nul quand rien n’est réclamé.' }),
    currency: z.string(),
    dueOn: dayAnswer,
    principal: principalPart,
    imputedPrincipal: amountAnswer.meta({ description: 'Principal restant après l’ordre légal d’imputation.' }),
    interest: z.object({
      accrued: amountAnswer,
      open: amountAnswer,
      from: dayAnswer.optional().meta({ description: 'Premier jour qui porte intérêt.' }),
      until: dayAnswer.optional().meta({ description: 'Dernier jour qui porte intérêt, quand une procédure collective l’arrête.' }),
      freeUntil: dayAnswer.optional().meta({ description: 'Dernier jour gratuit du premier rappel (consommateur belge).' }),
      lines: z.array(interestLine),
      dayCount: z.string(),
      daily: z.object({ amount: amountAnswer, from: dayAnswer, until: dayAnswer.optional() }).nullable(),
    }),
    compensation: z.object({
      amount: amountAnswer,
      open: amountAnswer,
      kind: z.enum(['fixedCompensation', 'indemnity']).optional(),
      article: z.string().optional(),
      derivation: z.string().optional(),
      explanation: z.string().optional(),
    }),
    entries: z.array(entry),
    imputationRule: z.string().meta({ description: 'Ordre d’imputation des paiements, avec sa version.' }),
    surplus: amountAnswer.nullable().meta({ description: 'Reçu au-delà de tout ce qui est dû.' }),
    claimTotal: amountAnswer,
    notes: z.array(z.object({ code: z.string(), article: z.string(), sentence: z.string() })),
    sources: z.array(source),
    ...statementParts,
  })
  .meta({ id: 'StatementOfClaim' });

export type StatementAnswer = z.output<typeof statementAnswer>;
export type PrincipalPart = z.output<typeof principalPart>;
