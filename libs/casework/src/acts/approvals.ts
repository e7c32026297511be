import { frenchDay, addBusinessDays, type CaseSnapshot, decodeState } from '#domain';
import type { ApprovalRow, CaseRow, OutboundMessageRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { workflowActor } from '../casework-deps.js';
import { applyFacts, snapshotOfRow } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import type { MessageDraft } from '../messages/draft-message.js';
import { parkedMoney } from '../messages/judge-send.js';
import { closeTask, raiseTask } from '../people/tasks.js';
import { found, refusal } from '../refused-error.js';
import { routesOfCase } from '../regime/routes-of-case.js';
import { referralAdvice } from '../views/route-sentences.js';
import { type ActRequest, runAct } from './begin-act.js';

/** Asks finance to approve the exact letter and sum of a prepared rung. The approval is for the basis; the same basis is asked once. */
export async function requestApproval(
  deps: CaseworkDeps,
  request: ActRequest,
  draft: MessageDraft,
  message: OutboundMessageRow,
): Promise<CaseSnapshot> {
  const { creditorId, caseId } = request;
  return deps.unitOfWork.run(creditorId, 'shared', async (tx) => {
    const [row] = await tx.lockCases(creditorId, [caseId]);
    const locked = found(row, 'case', caseId);
    const env = await environmentOf(tx, deps, locked);
    const state = decodeState(locked.recovery);
    const { stage, round } = draft;
    const isStale = locked.closedKind !== null || state.stages.some((s) => s.stage === stage && s.round === round);
    const known = await tx.approvals.all(
      { creditorId, caseId, stage, round, basis: draft.basis, state: ['pending', 'approved'] },
      { by: 'requestedAt', direction: 'desc', limit: 1 },
    );
    if (isStale || known.length > 0) return snapshotOfRow(tx, deps, locked);
    await supersede(tx, deps, creditorId, caseId, stage, round);
    const until = addBusinessDays(env.today, env.policy.approval.validBusinessDays, env.calendar);
    const advice = draft.policyStage.act.type === 'referral' ? referralAdvice(await routesOfCase(tx, deps, locked, env)) : '';
    const approval = await ask(tx, deps, locked, draft, message, { until, debtorName: env.debtor.name, advice });
    const applied = await applyFacts(
      tx,
      deps,
      locked,
      [
        { type: 'stagePrepared', stage, round, messageId: message.messageId },
        { type: 'approvalRequested', approvalId: approval.approvalId, stage, round, until },
      ],
      workflowActor(stage),
      { silent: true, environment: env },
    );
    return applied.snapshot;
  });
}

/** The request itself, and the task that asks for it. */
async function ask(
  tx: Tx,
  deps: CaseworkDeps,
  { creditorId, caseId, debtorId }: CaseRow,
  { stage, round, basis, policyStage }: MessageDraft,
  message: OutboundMessageRow,
  { until, debtorName, advice }: { until: ApprovalRow['until']; debtorName: string; advice: string },
): Promise<ApprovalRow> {
  const approval: ApprovalRow = {
    creditorId,
    approvalId: deps.ids.next(),
    caseId,
    stage,
    round,
    messageId: message.messageId,
    basis,
    revision: message.revision,
    state: 'pending',
    requestedAt: deps.clock.now(),
    until,
    decidedBy: null,
    decidedAt: null,
    note: null,
  };
  await tx.approvals.insert(approval);
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'approveStage',
    role: 'finance',
    dedupeKey: `approveStage:${approval.approvalId}`,
    title: `${policyStage.title.fr} pour ${debtorName}\u202f: lire la lettre et la somme, puis approuver ou refuser avant le ${frenchDay(until)}.${advice}`,
    caseId,
    debtorId,
    subjectId: approval.approvalId,
    dueOn: until,
  });
  return approval;
}

/** An older request for the same rung no longer fits what the letter says. */
export async function supersede(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  stage: string,
  round: number,
): Promise<void> {
  const old = await tx.approvals.all({ creditorId, caseId, stage, round, state: ['pending', 'approved'] });
  for (const approval of old) {
    await tx.approvals.update({ creditorId, approvalId: approval.approvalId }, { state: 'superseded', decidedAt: deps.clock.now() });
    await closeTask(tx, deps, { creditorId, dedupeKey: `approveStage:${approval.approvalId}` }, 'system', 'cancelled');
  }
}

/** The task that tells that a request lapsed. */
function expiredTask(caseId: string, stage: string): string {
  return `approvalExpired:${caseId}:${stage}`;
}

export interface ApprovalDecision {
  readonly verdict: 'approved' | 'refused';
  readonly note?: string;
  /** The basis the person saw; another one is refused (nobody approves what changed meanwhile). */
  readonly basis: string;
}

/** A finance user decides on the exact letter. Approving binds the basis; only interest of the day may still move. */
export async function decideApproval(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  approvalId: string,
  decision: ApprovalDecision,
  by: Actor,
): Promise<ApprovalRow> {
  const asked = found(await tx.approvals.one({ creditorId, approvalId }), 'approval', approvalId);
  const [row] = await tx.lockCases(creditorId, [asked.caseId]);
  const locked = found(row, 'case', asked.caseId);
  const approval = found(await tx.approvals.one({ creditorId, approvalId }), 'approval', approvalId);
  if (approval.state !== 'pending') throw refusal('approvalNotPending', { state: approval.state });
  if (approval.basis !== decision.basis) throw refusal('approvalBasisChanged', { revision: approval.revision }, '/basis');
  const env = await environmentOf(tx, deps, locked);
  if (approval.until < env.today) throw refusal('approvalExpired', { until: approval.until });
  const at = deps.clock.now();
  await tx.approvals.update(
    { creditorId, approvalId },
    { state: decision.verdict, decidedBy: by.actor, decidedAt: at, note: decision.note ?? null },
  );
  // That an earlier request lapsed is nothing to look at any more.
  const asking = [`approveStage:${approvalId}`, expiredTask(asked.caseId, asked.stage)];
  await closeTask(tx, deps, { creditorId, dedupeKey: asking }, by.actor);
  const until = addBusinessDays(env.today, env.policy.approval.validBusinessDays, env.calendar);
  await applyFacts(tx, deps, locked, [{ type: 'approvalDecided', approvalId, verdict: decision.verdict, until }], by, { environment: env });
  return { ...approval, state: decision.verdict, decidedBy: by.actor, decidedAt: at };
}

/**
 * Nobody decided in time, or what was approved could not leave in time: the request ends, a task says which, and the rung is prepared again. While parked
 * money holds the rung back it ends without a word: the task about that money is the one to answer, and the next request waits for it.
 */
export async function expireApproval(deps: CaseworkDeps, request: ActRequest): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async ({ tx, row, env, apply }) => {
    const { approval } = decodeState(row.recovery);
    if (!approval) return;
    const { creditorId } = row;
    const asked = await tx.approvals.one({ creditorId, approvalId: approval.approvalId });
    await tx.approvals.update(
      { creditorId, approvalId: approval.approvalId, state: ['pending', 'approved'] },
      { state: 'expired', decidedAt: deps.clock.now() },
    );
    await closeTask(tx, deps, { creditorId, dedupeKey: `approveStage:${approval.approvalId}` }, 'system', 'cancelled');
    if (!(await parkedMoney(tx, { row, env, isFormal: true }))) {
      const invoice = await tx.invoices.one({ creditorId, invoiceId: row.invoiceId });
      await raiseTask(tx, deps, {
        creditorId,
        kind: 'approvalExpired',
        role: 'finance',
        dedupeKey: expiredTask(row.caseId, approval.stage),
        title: `${titleOf(env, approval.stage)} de ${env.debtor.name}, facture ${invoice?.number ?? row.invoiceId}\u202f: ${
          asked?.state === 'approved' ? 'l’accord donné n’est plus valable' : 'accord non donné à temps'
        }, la lettre est préparée de nouveau.`,
        caseId: row.caseId,
        debtorId: row.debtorId,
      });
    }
    await apply([{ type: 'approvalExpired', approvalId: approval.approvalId }]);
  });
}

function titleOf(env: CaseEnvironment, stage: string): string {
  return env.policy.stages.find((s) => s.id === stage)?.title.fr ?? stage;
}
