import { CASE_STATES } from '#domain';
import { z } from 'zod';
import {
  dayAnswer,
  dayInput,
  directionField,
  instantAnswer,
  instantInput,
  lineInput,
  manyOf,
  pageAnswer,
  pageFields,
} from '../http/wire.js';
import { nextActAnswer, stageAnswer } from './cases.schemas.js';
import { languageField, lawReason, statementParts } from './statement.schemas.js';

export const timelineQuery = z.strictObject({ direction: directionField, ...pageFields });
export const timelineEntry = z
  .object({
    at: instantAnswer,
    on: dayAnswer.nullable(),
    source: z.enum(['journal', 'verdict', 'message', 'delivery', 'call']),
    kind: z.string(),
    id: z.string(),
    stage: z.string().nullable(),
    round: z.number().nullable(),
    actor: z.string().nullable(),
    reason: z.string().nullable(),
    until: instantAnswer.nullable(),
    messageId: z.string().nullable(),
    sentence: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });
export const timelineAnswer = pageAnswer(timelineEntry, 'Timeline');

export const planQuery = z.strictObject({
  days: z
    .string()
    .regex(/^\d{1,3}$/, 'Un nombre de jours, 730 au plus.')
    .transform(Number)
    .pipe(z.number().int().min(1).max(730))
    .optional(),
});
export const planAnswer = z
  .object({
    caseId: z.string(),
    on: dayAnswer,
    state: z.enum(CASE_STATES),
    nextAct: nextActAnswer.nullable(),
    stages: z.array(stageAnswer),
    diary: z.array(
      z.object({
        on: dayAnswer,
        at: instantAnswer,
        kind: z.string(),
        stage: z.string().optional(),
        round: z.number().optional(),
        sentence: z.string(),
        assumed: z.string(),
      }),
    ),
    assumption: z.string(),
  })
  .meta({ id: 'CasePlan' });

export const explainQuery = z.strictObject({
  language: languageField,
  lang: z
    .enum(['fr', 'en', 'nl'])
    .optional()
    .meta({ description: 'Autre nom de «\u202flanguage\u202f», gardé pour les premiers appelants.' }),
  on: dayInput.optional().meta({ description: 'Jour du décompte en phrases\u202f; le jour du créancier par défaut.' }),
});
const reason = z.object({ code: z.string(), sentence: z.string() });
export const explainAnswer = z
  .object({
    caseId: z.string(),
    language: z.enum(['fr', 'en', 'nl']),
    codes: z.array(z.string()),
    sentences: z.array(z.string()),
    whyHere: z.array(reason),
    whyNotSent: z.array(reason),
    whatNext: z.array(reason),
    whatChanges: z.array(reason),
    law: lawReason,
    claim: z
      .object({
        on: dayAnswer,
        page: z
          .object(statementParts)
          .nullable()
          .meta({ description: 'Le décompte en phrases\u202f; nul quand il est refusé ou qu’il n’y a rien à réclamer.' }),
        refusal: z
          .object({ code: z.string(), sentence: z.string(), article: z.string().optional(), supply: z.string().optional() })
          .nullable(),
      })
      .meta({ id: 'ClaimInWords' }),
    lastVerdicts: z.array(
      z.object({
        at: instantAnswer,
        stage: z.string(),
        title: z.string(),
        round: z.number(),
        verdict: z.string(),
        code: z.string(),
        until: instantAnswer.nullable(),
        sentence: z.string(),
      }),
    ),
  })
  .meta({ id: 'CaseExplanation' });

export const verdictAnswer = z
  .object({
    verdictId: z.string(),
    caseId: z.string(),
    stage: z.string(),
    title: z.string(),
    round: z.number(),
    verdict: z.enum(['SENT', 'NOT_SENT', 'POSTPONED', 'DONE', 'SKIPPED']),
    code: z.string(),
    sentence: z.string(),
    until: instantAnswer.nullable(),
    messageId: z.string().nullable(),
    because: z.record(z.string(), z.unknown()),
    at: instantAnswer,
  })
  .meta({ id: 'Verdict' });
export const verdictsAnswer = z.object({ items: z.array(verdictAnswer) }).meta({ id: 'Verdicts' });
export const verdictsQuery = z.strictObject({
  caseId: lineInput(100).optional(),
  verdict: manyOf(['SENT', 'NOT_SENT', 'POSTPONED', 'DONE', 'SKIPPED']),
  since: instantInput
    .optional()
    .meta({ description: 'Instant du créancier\u202f: horloge du bac à sable pour un créancier de bac à sable.' }),
});
