import { CASE_STATES } from '#domain';
import { z } from 'zod';
import { amountAnswer, dayInput, textInput } from '../http/wire.js';
import { blockerAnswer, nextActAnswer, stageAnswer, yesNo } from './cases.schemas.js';

export const dryRunQuery = z.strictObject({
  dryRun: yesNo.meta({ description: 'Vrai\u202f: la commande est jouée puis annulée\u202f; la réponse dit ce qu’elle aurait donné.' }),
});

const note = { note: textInput(2000).optional() };

export const withdrawBody = z
  .strictObject({ reason: z.enum(['issuedInError', 'settledElsewhere', 'commercialGesture', 'notServed', 'duplicate', 'other']), ...note })
  .meta({ id: 'CaseWithdrawal' });
export const writeOffBody = z
  .strictObject({
    reason: z.enum(['uncollectable', 'costExceedsClaim', 'limitationReached', 'debtorDissolved', 'commercialGesture', 'other']),
    ...note,
  })
  .meta({ id: 'CaseWriteOff' });
export const insolvencyBody = z
  .strictObject({
    openedOn: dayInput,
    publishedOn: dayInput.optional().meta({ description: 'Publication au BODACC\u202f: le délai de déclaration en court.' }),
    declareBy: dayInput.optional().meta({ description: 'Belgique\u202f: le jour que le jugement fixe pour les créances.' }),
    ...note,
  })
  .meta({ id: 'InsolvencyReport' });
export const overIndebtednessBody = z.strictObject({ admissibleOn: dayInput, ...note }).meta({ id: 'OverIndebtednessReport' });
export const accessoriesBody = z
  .strictObject({ decision: z.enum(['pursue', 'waive']), ...note })
  .meta({ id: 'AccessoriesDecision', description: 'Ce que deviennent les intérêts et l’indemnité une fois le principal réglé.' });
export const resumeBody = z.strictObject(note).meta({ id: 'LadderResumption' });
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
