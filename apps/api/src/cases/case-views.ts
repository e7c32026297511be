import { actSentence, type CaseOutlook, outlookOf, titleOfStage, wakeOfRow } from '#casework';
import { type DatedStage, EXPLAIN_SENTENCES, type RecoveryState, type Wake } from '#domain';
import type { CaseListItem } from '#persistence';
import type { CaseRow, DisputeRow, HoldRow, PromiseRow, Tables } from '#ports';
import type { z } from 'zod';
import type { Backend } from '../backend.js';
import { amountOf } from '../http/wire.js';
import type { caseAfterAnswer } from './case-commands.schemas.js';
import type { blockerAnswer, caseDetailAnswer, caseSummary, nextActAnswer, stageAnswer } from './cases.schemas.js';

type Summary = z.output<typeof caseSummary>;
type NextAct = z.output<typeof nextActAnswer>;
type Detail = z.output<typeof caseDetailAnswer>;

/** Rows and outlooks of a case as the wire says them. */

/** French names of rungs by `policy@version/stage`. */
export type StageTitles = ReadonlyMap<string, string>;

export function summaryOf(row: CaseListItem, titles: StageTitles = new Map()): Summary {
  const wake = wakeOfRow(row);
  const title = wake?.stage ? titles.get(`${row.policyId}@${row.policyVersion}/${wake.stage}`) : undefined;
  return {
    caseId: row.caseId,
    invoiceId: row.invoiceId,
    invoiceNumber: row.invoiceNumber,
    term: row.term,
    debtor: { debtorId: row.debtorId, name: row.debtorName, kind: row.debtorKind },
    state: row.state,
    disputed: row.disputed,
    dueOn: row.dueOn,
    face: amountOf(row.faceMinor, row.currency),
    openPrincipal: amountOf(row.openPrincipalMinor, row.currency),
    policy: { policyId: row.policyId, version: row.policyVersion },
    nextAct: wake ? nextActOf(wake, title) : null,
    closed: row.closedKind ? { kind: row.closedKind, at: row.closedAt } : null,
    workflowId: row.workflowId,
    episode: row.episode,
    version: row.factSeq,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** `title` is the rung's French name where the policy is at hand; its code otherwise. */
export function nextActOf(wake: Wake, title: string | undefined): NextAct {
  return {
    kind: wake.kind,
    at: wake.at,
    ...(wake.stage ? { stage: wake.stage } : {}),
    ...(wake.round === undefined ? {} : { round: wake.round }),
    ...(title ? { title } : {}),
    sentence: actSentence(wake.kind, title ?? wake.stage ?? 'Étape'),
  };
}

export function nextActIn(outlook: CaseOutlook): NextAct | null {
  const { wake, state } = outlook;
  if (!wake || state.closed) return null;
  return nextActOf(wake, wake.stage ? titleOfStage(outlook, wake.stage) : undefined);
}

export function stageOf(outlook: CaseOutlook, stage: DatedStage): z.output<typeof stageAnswer> {
  return {
    stage: stage.stage,
    round: stage.round,
    title: titleOfStage(outlook, stage.stage),
    act: stage.act,
    on: stage.on,
    at: stage.at,
    ...(stage.prepareOn ? { prepareOn: stage.prepareOn } : {}),
    needsApproval: stage.needsApproval,
    late: stage.late,
    ...(stage.lateness ? { lateness: { ...stage.lateness } } : {}),
    ...(stage.heldUntil ? { heldUntil: stage.heldUntil } : {}),
    ...(stage.waitsFor ? { waitsFor: stage.waitsFor } : {}),
  };
}

export function blockersOf(state: RecoveryState): z.output<typeof blockerAnswer>[] {
  return state.blockers.map((code) => ({ code, sentence: EXPLAIN_SENTENCES[`blocker.${code}`].fr }));
}

export function promiseOf(row: PromiseRow, currency: string): Detail['promises'][number] {
  const { promiseId, dueOn, judgedOn, madeOn, madeBy, takenBy, channel, wording, state } = row;
  return { promiseId, amount: amountOf(row.amountMinor, currency), dueOn, judgedOn, madeOn, madeBy, takenBy, channel, wording, state };
}

export function disputeOf(row: DisputeRow): Detail['disputes'][number] {
  const { disputeId, reason, note, openedBy, openedOn, dueOn, state, resolution } = row;
  return { disputeId, reason, note, openedBy, openedOn, dueOn, state, resolution };
}

export function holdOf(row: HoldRow): Detail['holds'][number] {
  const { holdId, reason, note, placedBy, placedOn, until, state } = row;
  return { holdId, reason, note, placedBy, placedOn, until, state };
}

/** The case as a command left it, read in the command's own transaction. */
export async function caseAfter(tx: Tables, backend: Backend, row: CaseRow, dryRun: boolean): Promise<z.output<typeof caseAfterAnswer>> {
  const outlook = await outlookOf(tx, backend.deps, row);
  return {
    caseId: row.caseId,
    version: row.factSeq,
    dryRun,
    state: row.state,
    openPrincipal: amountOf(row.openPrincipalMinor, row.currency),
    closed: row.closedKind,
    blockers: blockersOf(outlook.state),
    plan: outlook.plan.map((stage) => stageOf(outlook, stage)),
    nextAct: nextActIn(outlook),
  };
}
