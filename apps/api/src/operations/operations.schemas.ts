import { z } from 'zod';
import { dayAnswer, instantAnswer, lineInput, pageAnswer, pageFields } from '../http/wire.js';

export const operationsQuery = z.strictObject({ creditorId: lineInput(100).optional() });
export const operationsListQuery = z.strictObject({ creditorId: lineInput(100).optional(), ...pageFields });
export const findingsQuery = z.strictObject({
  creditorId: lineInput(100).optional(),
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  ...pageFields,
});

/** How many, and how old the oldest is. */
const queue = z.object({ count: z.number(), oldestAgeSeconds: z.number().nullable() });

const pass = z.object({
  startedAt: instantAnswer,
  endedAt: instantAnswer.nullable(),
  outcome: z.enum(['running', 'complete', 'bounded', 'temporalAway', 'failed']),
  cases: z.number(),
  differing: z.number(),
  repaired: z.number(),
});

export const summaryAnswer = z
  .object({
    at: instantAnswer,
    creditorId: z.string().nullable(),
    crossedMessages: z
      .object({ count: z.number(), lastDay: z.number() })
      .meta({ description: 'Un paiement est arrivé entre la décision d’envoi et le départ.' }),
    uncertainMessages: queue
      .extend({ withPerson: z.number(), underAnHour: z.number(), underADay: z.number(), older: z.number() })
      .meta({ description: 'Personne ne sait si ces messages sont partis.' }),
    deadLetters: z.object({ events: queue.extend({ quarantined: z.number() }), news: queue }),
    lateRungs: queue.meta({ description: 'Étapes échues depuis plus d’un quart d’heure et non décidées.' }),
    brakes: z.object({ count: z.number(), product: z.boolean(), creditorFlags: z.number() }),
    reconciler: z.object({ openFindings: z.number(), waitingForPerson: z.number(), lastPass: pass.nullable() }),
    backlog: z.object({ inbox: queue, outbox: queue }),
    statutes: z.object({ note: z.enum(['ok', 'toCheck', 'endsSoon', 'ended']), findings: z.number() }),
    sweeps: z.array(
      z.object({
        creditorId: z.string(),
        provider: z.string(),
        lastRunAt: instantAnswer,
        sweptUntil: instantAnswer,
        recovered: z.number(),
        lastError: z.string().nullable(),
      }),
    ),
    tasks: z.object({ open: z.number(), overdue: z.number() }),
  })
  .meta({ id: 'OperationsSummary' });

const flagged = z
  .object({
    creditorId: z.string(),
    messageId: z.string(),
    act: z.string(),
    channel: z.string(),
    purpose: z.string(),
    debtorId: z.string(),
    state: z.string(),
    at: instantAnswer,
    claimedAt: instantAnswer.nullable(),
    acceptedAt: instantAnswer.nullable(),
    decidedAt: instantAnswer.nullable(),
    crossedWithPayment: z.boolean(),
    caseIds: z.array(z.string()),
    taskId: z.string().nullable(),
    taskDueOn: dayAnswer.nullable(),
  })
  .meta({ id: 'FlaggedMessage' });
export const flaggedPage = pageAnswer(flagged, 'FlaggedMessagePage');

const lateRung = z
  .object({
    creditorId: z.string(),
    caseId: z.string(),
    workflowId: z.string(),
    state: z.string(),
    wakeKind: z.string(),
    wakeStage: z.string().nullable(),
    wakeRound: z.number().nullable(),
    wakeAt: instantAnswer,
    updatedAt: instantAnswer,
  })
  .meta({ id: 'LateRung' });
export const lateRungPage = pageAnswer(lateRung, 'LateRungPage');

const findingKind = z.enum([
  'workflowMissing',
  'workflowEnded',
  'snapshotStale',
  'caseClosed',
  'workflowUnknown',
  'messageWorkflowMissing',
  'messageWorkflowEnded',
]);

const finding = z
  .object({
    creditorId: z.string(),
    findingId: z.string(),
    kind: findingKind,
    workflowId: z.string(),
    caseId: z.string().nullable(),
    action: z.enum(['startedAgain', 'told', 'asked', 'none']),
    detail: z.record(z.string(), z.unknown()),
    times: z.number(),
    foundAt: instantAnswer,
    lastSeenAt: instantAnswer,
    resolvedAt: instantAnswer.nullable(),
  })
  .meta({ id: 'ReconcilerFinding' });
export const findingPage = pageAnswer(finding, 'ReconcilerFindingPage');

export const reconcileInput = z
  .strictObject({ creditorId: lineInput(100).optional(), dryRun: z.boolean().optional() })
  .meta({ id: 'ReconcileRequest' });

export const reconcileAnswer = z
  .object({
    outcome: z.enum(['running', 'complete', 'bounded', 'temporalAway', 'failed']),
    cases: z.number(),
    differing: z.number(),
    repaired: z.number(),
    differences: z.array(
      z.object({
        creditorId: z.string(),
        kind: findingKind,
        workflowId: z.string(),
        caseId: z.string().nullable(),
        action: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'ReconcileReport' });

export const statuteFindings = z
  .object({
    on: dayAnswer,
    items: z.array(z.object({ code: z.string(), key: z.string(), on: dayAnswer.nullable(), sentence: z.string() })),
  })
  .meta({ id: 'StatuteFindings' });
