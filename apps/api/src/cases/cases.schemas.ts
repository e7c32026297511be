import { CASE_STATES } from '#domain';
import { z } from 'zod';
import {
  amountAnswer,
  dayAnswer,
  dayInput,
  directionField,
  instantAnswer,
  instantInput,
  lineInput,
  manyOf,
  pageAnswer,
  pageFields,
  searchField,
} from '../http/wire.js';
import { accessoriesReceived } from '../payments/payments.schemas.js';
import { lawSentences } from './law-sentences.schema.js';

export const yesNo = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

const decimalField = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,2})?$/, 'Un montant décimal, par exemple 1250.00.')
  .optional();

export const casesQuery = z.strictObject({
  state: manyOf(CASE_STATES),
  open: yesNo,
  debtorId: lineInput(100).optional(),
  invoiceId: lineInput(100).optional(),
  dueFrom: dayInput.optional(),
  dueTo: dayInput.optional(),
  amountMin: decimalField,
  amountMax: decimalField,
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Trois lettres majuscules.')
    .optional(),
  wakeBefore: instantInput.optional(),
  disputed: yesNo,
  policyId: lineInput(100).optional(),
  search: searchField.meta({ description: 'Partie d’un numéro de facture ou d’un nom, ou montant exact.' }),
  sort: z.enum(['dueOn', 'openPrincipal', 'nextActionAt', 'createdAt', 'debtor']).optional(),
  direction: directionField,
  ...pageFields,
});

export const nextActAnswer = z
  .object({
    kind: z.string(),
    at: instantAnswer,
    stage: z.string().optional(),
    round: z.number().optional(),
    title: z.string().optional(),
    sentence: z.string(),
  })
  .meta({ id: 'NextAct' });

export const caseSummary = z
  .object({
    caseId: z.string(),
    invoiceId: z.string(),
    invoiceNumber: z.string(),
    term: z.number(),
    debtor: z.object({ debtorId: z.string(), name: z.string(), kind: z.string() }),
    state: z.enum(CASE_STATES),
    disputed: z.boolean(),
    dueOn: dayAnswer,
    face: amountAnswer,
    openPrincipal: amountAnswer,
    policy: z.object({ policyId: z.string(), version: z.number() }),
    nextAct: nextActAnswer.nullable(),
    closed: z.object({ kind: z.string(), at: instantAnswer.nullable() }).nullable(),
    workflowId: z.string(),
    episode: z.number(),
    version: z.number().meta({ description: 'Numéro du dernier fait.' }),
    createdAt: instantAnswer,
    updatedAt: instantAnswer,
  })
  .meta({ id: 'Case' });

export const casesAnswer = pageAnswer(caseSummary, 'CasePage');

export const countsAnswer = z
  .object({
    counts: z.array(z.object({ state: z.enum(CASE_STATES), currency: z.string(), count: z.number(), openPrincipal: amountAnswer })),
    open: z.number(),
    closed: z.number(),
  })
  .meta({ id: 'CaseCounts' });

export const stageAnswer = z
  .object({
    stage: z.string(),
    round: z.number(),
    title: z.string(),
    act: z.string(),
    on: dayAnswer,
    at: instantAnswer,
    prepareOn: dayAnswer.optional(),
    needsApproval: z.boolean(),
    late: z.boolean(),
    lateness: z
      .object({ since: dayAnswer, businessDays: z.number(), then: z.enum(['run', 'skip', 'ask']) })
      .optional()
      .meta({ description: 'En retard\u202f: depuis quand, et ce que la politique en dit (partir, laisser de côté, demander).' }),
    heldUntil: dayAnswer.optional().meta({ description: 'Retenu par une personne jusqu’à ce jour inclus.' }),
    waitsFor: z.string().optional(),
  })
  .meta({ id: 'PlannedStage' });

export const blockerAnswer = z.object({ code: z.string(), sentence: z.string() }).meta({ id: 'Blocker' });

const promiseAnswer = z
  .object({
    promiseId: z.string(),
    amount: amountAnswer,
    dueOn: dayAnswer,
    judgedOn: dayAnswer,
    madeOn: dayAnswer,
    madeBy: z.string().nullable(),
    takenBy: z.string(),
    channel: z.string(),
    wording: z.string().nullable(),
    state: z.string(),
  })
  .meta({ id: 'Promise' });

const disputeAnswer = z
  .object({
    disputeId: z.string(),
    reason: z.string(),
    note: z.string().nullable(),
    openedBy: z.string(),
    openedOn: dayAnswer,
    dueOn: dayAnswer,
    state: z.string(),
    resolution: z.string().nullable(),
  })
  .meta({ id: 'Dispute' });

const holdAnswer = z
  .object({
    holdId: z.string(),
    reason: z.string(),
    note: z.string().nullable(),
    placedBy: z.string(),
    placedOn: dayAnswer,
    until: dayAnswer,
    state: z.string(),
  })
  .meta({ id: 'Hold' });

export const caseDetailAnswer = caseSummary
  .extend({
    invoice: z.object({
      invoiceId: z.string(),
      number: z.string(),
      issuedOn: dayAnswer,
      gross: amountAnswer,
      prepaid: amountAnswer,
      payable: amountAnswer,
      law: z.string(),
      lawKnown: z.boolean(),
      lawReason: z.string(),
      lawNote: z.string().nullable(),
      lawSentences,
      reference: z.string().nullable(),
      orderReference: z.string().nullable(),
      description: z.string().nullable().meta({ description: 'Ce qui a été vendu.' }),
      hasOriginal: z.boolean(),
      hasPdf: z.boolean(),
      terms: z.array(z.object({ term: z.number(), dueOn: dayAnswer, amount: amountAnswer, dueSource: z.string() })),
    }),
    debtor: z.object({
      debtorId: z.string(),
      externalId: z.string().nullable(),
      name: z.string(),
      kind: z.string(),
      kindReason: z.string(),
      country: z.string(),
      language: z.string(),
      contacts: z.array(
        z.object({
          contactId: z.string(),
          role: z.string(),
          channel: z.string(),
          name: z.string().nullable(),
          address: z.string(),
          usable: z.boolean(),
          proof: z.string(),
        }),
      ),
    }),
    policy: z.object({
      policyId: z.string(),
      version: z.number(),
      title: z.string(),
      source: z
        .enum(['invoice', 'debtor', 'creditor', 'regime'])
        .meta({ description: 'Le réglage le plus précis qui convient au régime l’emporte\u202f; à défaut, celui du régime.' }),
      because: z.string(),
      isPinned: z.boolean().meta({ description: 'Vrai quand le dossier garde une autre version que le réglage d’aujourd’hui.' }),
    }),
    blockers: z.array(blockerAnswer),
    promise: promiseAnswer.nullable(),
    dispute: disputeAnswer.nullable(),
    hold: holdAnswer.nullable(),
    insolvency: z.object({ openedOn: dayAnswer, procedure: z.string(), declareBy: dayAnswer.nullable() }).nullable(),
    limitation: z
      .object({ on: dayAnswer, article: z.string(), because: z.array(z.string()), daysLeft: z.number(), alert: z.string() })
      .nullable()
      .meta({ description: 'Dernier jour pour agir, et pourquoi\u202f; null tant que la loi ou la qualité est inconnue.' }),
    firstReminder: z
      .object({ sentOn: dayAnswer, by: z.string(), claimFrom: dayAnswer })
      .nullable()
      .meta({ description: 'Premier rappel gratuit à un consommateur belge (CDE XIX.2), une fois parti.' }),
    plan: z.array(stageAnswer),
    promises: z.array(promiseAnswer),
    disputes: z.array(disputeAnswer),
    holds: z.array(holdAnswer),
    payments: z.array(
      z.object({
        paymentId: z.string(),
        amount: amountAnswer.meta({ description: 'Pris par le principal.' }),
        accessories: accessoriesReceived,
        paidOn: dayAnswer,
        reversedOn: dayAnswer.nullable(),
      }),
    ),
    credits: z.array(z.object({ creditNoteId: z.string(), amount: amountAnswer, on: dayAnswer })),
    openTasks: z.array(
      z.object({ taskId: z.string(), kind: z.string(), title: z.string(), role: z.string(), dueOn: dayAnswer.nullable() }),
    ),
    openCallId: z.string().nullable(),
    pendingApprovalId: z.string().nullable(),
    latestPromiseOn: dayAnswer.meta({ description: 'Dernier jour qu’une promesse faite aujourd’hui peut nommer.' }),
  })
  .meta({ id: 'CaseDetail' });
