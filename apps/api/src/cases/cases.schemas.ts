import { CASE_STATES } from '#domain';
import { z } from 'zod';
import { amountAnswer, dayAnswer, dayInput, directionField, instantAnswer, instantInput, lineInput, manyOf, pageAnswer, pageFields, searchField, textInput } from '../http/wire.js';

const yesNo = z
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
  currency: z.string().regex(/^[A-Z]{3}$/, 'Trois lettres majuscules.').optional(),
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
  .object({ counts: z.array(z.object({ state: z.enum(CASE_STATES), currency: z.string(), count: z.number(), openPrincipal: amountAnswer })), open: z.number(), closed: z.number() })
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
  .object({ holdId: z.string(), reason: z.string(), note: z.string().nullable(), placedBy: z.string(), placedOn: dayAnswer, until: dayAnswer, state: z.string() })
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
      lawReason: z.string(),
      reference: z.string().nullable(),
      orderReference: z.string().nullable(),
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
        z.object({ contactId: z.string(), role: z.string(), channel: z.string(), name: z.string().nullable(), address: z.string(), usable: z.boolean(), proof: z.string() }),
      ),
    }),
    policy: z.object({
      policyId: z.string(),
      version: z.number(),
      title: z.string(),
      source: z.enum(['invoice', 'debtor', 'creditor']).meta({ description: 'Le réglage le plus précis l’emporte.' }),
      isPinned: z.boolean().meta({ description: 'Vrai quand le dossier garde une autre version que le réglage d’aujourd’hui.' }),
    }),
    blockers: z.array(blockerAnswer),
    promise: promiseAnswer.nullable(),
    dispute: disputeAnswer.nullable(),
    hold: holdAnswer.nullable(),
    insolvency: z.object({ openedOn: dayAnswer }).nullable(),
    plan: z.array(stageAnswer),
    promises: z.array(promiseAnswer),
    disputes: z.array(disputeAnswer),
    holds: z.array(holdAnswer),
    payments: z.array(z.object({ paymentId: z.string(), amount: amountAnswer, paidOn: dayAnswer, reversedOn: dayAnswer.nullable() })),
    credits: z.array(z.object({ creditNoteId: z.string(), amount: amountAnswer, on: dayAnswer })),
    openTasks: z.array(z.object({ taskId: z.string(), kind: z.string(), title: z.string(), role: z.string(), dueOn: dayAnswer.nullable() })),
    openCallId: z.string().nullable(),
    pendingApprovalId: z.string().nullable(),
    latestPromiseOn: dayAnswer.meta({ description: 'Dernier jour qu’une promesse faite aujourd’hui peut nommer.' }),
  })
  .meta({ id: 'CaseDetail' });

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

export const explainQuery = z.strictObject({ lang: z.enum(['fr', 'en', 'nl']).optional() });
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
    lastVerdicts: z.array(
      z.object({ at: instantAnswer, stage: z.string(), title: z.string(), round: z.number(), verdict: z.string(), code: z.string(), until: instantAnswer.nullable(), sentence: z.string() }),
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
  since: instantInput.optional().meta({ description: 'Instant du créancier\u202f: horloge du bac à sable pour un créancier de bac à sable.' }),
});

export const dryRunQuery = z.strictObject({
  dryRun: yesNo.meta({ description: 'Vrai\u202f: la commande est jouée puis annulée\u202f; la réponse dit ce qu’elle aurait donné.' }),
});

const note = { note: textInput(2000).optional() };

export const withdrawBody = z
  .strictObject({ reason: z.enum(['issuedInError', 'settledElsewhere', 'commercialGesture', 'notServed', 'duplicate', 'other']), ...note })
  .meta({ id: 'CaseWithdrawal' });
export const writeOffBody = z
  .strictObject({ reason: z.enum(['uncollectable', 'costExceedsClaim', 'limitationReached', 'debtorDissolved', 'commercialGesture', 'other']), ...note })
  .meta({ id: 'CaseWriteOff' });
export const insolvencyBody = z.strictObject({ openedOn: dayInput, ...note }).meta({ id: 'InsolvencyReport' });
export const doubtsBody = z.strictObject(note).meta({ id: 'DoubtClearing' });
export const holdBody = z
  .strictObject({
    until: dayInput,
    reason: z.enum(['mediation', 'debtorRequest', 'internalReview', 'paymentExpected', 'commercialTalks', 'other']),
    ...note,
  })
  .meta({ id: 'HoldRequest' });
export const releaseBody = z.strictObject(note).meta({ id: 'HoldRelease' });

export const caseAfterAnswer = z
  .object({
    caseId: z.string(),
    version: z.number(),
    dryRun: z.boolean(),
    state: z.enum(CASE_STATES),
    openPrincipal: amountAnswer,
    closed: z.string().nullable(),
    blockers: z.array(blockerAnswer),
    plan: z.array(stageAnswer),
    nextAct: nextActAnswer.nullable(),
  })
  .meta({ id: 'CaseAfter' });
