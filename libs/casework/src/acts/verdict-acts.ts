import { addBusinessDays, addDays, type CaseSnapshot, decodeState, frenchDay, promiseVerdict, type RecoveryState } from '#domain';
import type { CaseRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { raiseTask } from '../people/tasks.js';
import { type ActRequest, runAct } from './begin-act.js';
import { blockerInFrench } from '../views/blocker-names.js';

/** The promise's day and grace are over: kept when what was promised came in since, else broken, which owes a call that day. */
export async function judgePromise(deps: CaseworkDeps, request: ActRequest): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async ({ tx, row, env, apply }) => {
    const { promise } = decodeState(row.recovery);
    if (!promise) return;
    const { creditorId, caseId } = row;
    const kept = found(await tx.promises.one({ creditorId, promiseId: promise.promiseId }));
    const allocations = await tx.allocations.all({ creditorId, caseId, reversedAt: null });
    const received = allocations.reduce((sum, a) => sum + a.amountMinor, 0n) - kept.receivedMinorAtStart;
    const { keptFromPercent = '100' } = env.policy.promise;
    const judged = promiseVerdict({ promisedMinor: promise.amountMinor, receivedMinor: received, keptFromPercent });
    const verdict = judged === 'kept' ? 'kept' : 'broken';
    await tx.promises.update({ creditorId, promiseId: promise.promiseId }, { state: verdict, endedAt: deps.clock.now() });
    if (verdict === 'broken') {
      await raiseTask(tx, deps, {
        creditorId,
        kind: 'promiseBroken',
        dedupeKey: `promiseBroken:${promise.promiseId}`,
        title: `${env.debtor.name} n’a pas tenu sa promesse du ${frenchDay(promise.dueOn)}\u202f: rappeler aujourd’hui.`,
        caseId,
        debtorId: row.debtorId,
      });
    }
    await apply([{ type: 'promiseEnded', promiseId: promise.promiseId, verdict }]);
  });
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('A running promise has its row');
  return row;
}

/** A hold ends by itself on its day; the ladder resumes with its offsets shifted. */
export async function endHold(deps: CaseworkDeps, request: ActRequest): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async ({ tx, row, apply }) => {
    const { hold } = decodeState(row.recovery);
    if (!hold) return;
    await tx.holds.update({ creditorId: row.creditorId, holdId: hold.holdId }, { state: 'ended', endedAt: deps.clock.now() });
    await apply([{ type: 'holdReleased', holdId: hold.holdId, by: 'end' }]);
  });
}

/** Nobody answered a dispute in time: finance is told and gets the next deadline. The ladder stays stopped. */
export async function escalateDispute(deps: CaseworkDeps, request: ActRequest): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async ({ tx, row, env, apply }) => {
    const { dispute } = decodeState(row.recovery);
    if (!dispute) return;
    const dueOn = addBusinessDays(env.today, env.policy.dispute.dueBusinessDays, env.calendar);
    await tx.disputes.update({ creditorId: row.creditorId, disputeId: dispute.disputeId }, { dueOn });
    await raiseTask(tx, deps, {
      creditorId: row.creditorId,
      kind: 'disputeOverdue',
      role: 'finance',
      dedupeKey: `disputeOverdue:${dispute.disputeId}:${env.today}`,
      title: `La contestation de ${env.debtor.name} ouverte le ${frenchDay(dispute.openedOn)} attend une réponse\u202f; prochain délai le ${frenchDay(dueOn)}.`,
      caseId: row.caseId,
      debtorId: row.debtorId,
      subjectId: dispute.disputeId,
      dueOn,
    });
    await apply([{ type: 'disputeEscalated', disputeId: dispute.disputeId, dueOn }]);
  });
}

/** Nothing else is due: a person looks at the case, and the next look gets its day. No case is ever forgotten (I7, F9). */
export async function reviewCase(deps: CaseworkDeps, request: ActRequest): Promise<CaseSnapshot> {
  return runAct(deps, request, 'exclusive', async ({ tx, row, env, apply }) => {
    const state = decodeState(row.recovery);
    const nextReviewOn = addDays(env.today, env.policy.reviewDays);
    await warnOfDeclaration(tx, deps, row, env, state);
    const because =
      state.blockers.length > 0
        ? state.blockers.map((blocker) => blockerInFrench(blocker)).join(', ')
        : state.insolvency
          ? 'procédure collective'
          : 'plus aucune étape prévue';
    await raiseTask(tx, deps, {
      creditorId: row.creditorId,
      kind: 'review',
      dedupeKey: `review:${row.caseId}`,
      title: `Dossier de ${env.debtor.name} à revoir\u202f: ${because}.`,
      detail: { blockers: [...state.blockers] },
      caseId: row.caseId,
      debtorId: row.debtorId,
      dueOn: nextReviewOn,
    });
    await apply([{ type: 'reviewed', nextReviewOn }]);
  });
}

/** The last day to declare a claim comes near: a person is told on each of the days set for it. */
async function warnOfDeclaration(tx: Tx, deps: CaseworkDeps, row: CaseRow, env: CaseEnvironment, state: RecoveryState): Promise<void> {
  const { declareBy, warnOn } = state.insolvency ?? {};
  const warned = warnOn?.findLast((on) => on <= env.today);
  if (!declareBy || !warned) return;
  await raiseTask(tx, deps, {
    creditorId: row.creditorId,
    kind: 'declareClaimSoon',
    role: 'finance',
    dedupeKey: `declareClaimSoon:${row.caseId}:${warned}`,
    title: `${env.debtor.name}\u202f: la créance doit être déclarée au plus tard le ${frenchDay(declareBy)}.`,
    caseId: row.caseId,
    debtorId: row.debtorId,
    dueOn: declareBy,
  });
}
