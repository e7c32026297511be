import { z } from 'zod';
import { amountAnswer, dayAnswer, instantAnswer, lineInput, manyOf, pageAnswer, pageFields, textInput } from '../http/wire.js';

const STATES = ['pending', 'approved', 'refused', 'expired', 'superseded'] as const;

export const approvalsQuery = z.strictObject({ state: manyOf(STATES), caseId: lineInput(100).optional(), ...pageFields });

export const approvalSummary = z
  .object({
    approvalId: z.string(),
    caseId: z.string(),
    debtorId: z.string(),
    debtorName: z.string(),
    invoiceNumber: z.string(),
    stage: z.string(),
    round: z.number(),
    state: z.enum(STATES),
    openPrincipal: amountAnswer,
    claimTotal: amountAnswer
      .nullable()
      .meta({ description: 'Somme imprimée dans la lettre\u202f; absente quand les intérêts sont pour mémoire.' }),
    slotOn: dayAnswer.nullable(),
    subject: z.string().nullable(),
    basis: z.string().meta({ description: 'À renvoyer avec la décision\u202f: personne n’approuve ce qui a changé entre-temps.' }),
    revision: z.number(),
    letterSha256: z.string().nullable(),
    letter: z.string().nullable().meta({ description: 'Adresse de la lettre exacte.' }),
    requestedAt: instantAnswer,
    until: dayAnswer,
    decidedBy: z.string().nullable(),
    decidedAt: instantAnswer.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Approval' });

export const approvalsAnswer = pageAnswer(approvalSummary, 'ApprovalPage');

export const approvalDetail = approvalSummary
  .extend({
    statement: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Décompte figé avec la lettre\u202f; montants en plus petite unité.' }),
    messageId: z.string(),
  })
  .meta({ id: 'ApprovalDetail' });

export const approvalDecisionBody = z
  .strictObject({ verdict: z.enum(['approved', 'refused']), basis: z.string().min(1).max(200), note: textInput(2000).optional() })
  .meta({ id: 'ApprovalDecision' });
