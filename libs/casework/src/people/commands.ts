import { frenchDay, addBusinessDays, checkHold, checkPromise, type Day, decodeState, isRefusal, promiseJudgedOn } from '#domain';
import type { CaseRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { type AppliedCase, applyFacts } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { queueInform } from '../messages/queue-inform.js';
import { letGo } from '../money/after-balance.js';
import { found, orRefuse, refusal } from '../refused-error.js';
import { raiseTask } from './tasks.js';

interface Locked {
  readonly row: CaseRow;
  readonly env: CaseEnvironment;
}

async function lock(tx: Tx, deps: CaseworkDeps, creditorId: string, caseId: string): Promise<Locked> {
  const [row] = await tx.lockCases(creditorId, [caseId]);
  const locked = found(row, 'case', caseId);
  return { row: locked, env: await environmentOf(tx, deps, locked) };
}

export interface PromiseFacts {
  readonly amountMinor: bigint;
  readonly dueOn: Day;
  readonly channel: string;
  readonly madeBy?: string;
  readonly wording?: string;
}

/** A clear yes with a date: pauses the ladder until the day and its grace, and is confirmed in writing the same day. */
export async function makePromise(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  promise: PromiseFacts,
  by: Actor,
): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, creditorId, caseId);
  const state = decodeState(row.recovery);
  const checked = checkPromise(env.policy, state, { dueOn: promise.dueOn, amountMinor: promise.amountMinor }, env.today);
  if (isRefusal(checked)) orRefuse(checked);
  const promiseId = deps.ids.next();
  const judgedOn = promiseJudgedOn(env.policy, promise.dueOn, env.calendar);
  const allocations = await tx.allocations.all({ creditorId, caseId, reversedAt: null });
  const applied = await applyFacts(
    tx,
    deps,
    row,
    [{ type: 'promiseMade', promiseId, amountMinor: promise.amountMinor, dueOn: promise.dueOn, judgedOn }],
    by,
    { environment: env },
  );
  await tx.promises.insert({
    creditorId,
    promiseId,
    caseId,
    amountMinor: promise.amountMinor,
    dueOn: promise.dueOn,
    judgedOn,
    madeOn: env.today,
    madeBy: promise.madeBy ?? null,
    takenBy: by.actor,
    channel: promise.channel,
    wording: promise.wording ?? null,
    state: 'running',
    receivedMinorAtStart: allocations.reduce((sum, a) => sum + a.amountMinor, 0n),
    endedAt: null,
    createdAt: deps.clock.now(),
  });
  await queueInform(tx, deps, {
    creditorId,
    debtorId: row.debtorId,
    caseId,
    act: 'promiseConfirmation',
    dedupe: `promiseConfirmation:${promiseId}`,
    parameters: {
      promiseId,
      amountMinor: promise.amountMinor.toString(),
      dueOn: promise.dueOn,
      madeOn: env.today,
      ...(promise.madeBy ? { by: promise.madeBy } : {}),
    },
  });
  return applied;
}

export async function withdrawPromise(tx: Tx, deps: CaseworkDeps, creditorId: string, caseId: string, by: Actor): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, creditorId, caseId);
  const { promise } = decodeState(row.recovery);
  if (!promise) throw refusal('noPromiseRunning');
  await tx.promises.update({ creditorId, promiseId: promise.promiseId }, { state: 'withdrawn', endedAt: deps.clock.now() });
  return applyFacts(tx, deps, row, [{ type: 'promiseEnded', promiseId: promise.promiseId, verdict: 'withdrawn' }], by, {
    environment: env,
  });
}

/** A contested debt is not chased: stops at once, gets an owner and a deadline. */
export async function openDispute(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  dispute: { reason: string; note?: string },
  by: Actor,
): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, creditorId, caseId);
  const before = decodeState(row.recovery);
  const disputeId = deps.ids.next();
  const dueOn = addBusinessDays(env.today, env.policy.dispute.dueBusinessDays, env.calendar);
  const applied = await applyFacts(tx, deps, row, [{ type: 'disputeOpened', disputeId, reason: dispute.reason, dueOn }], by, {
    environment: env,
  });
  if (before.promise && !applied.state.promise) {
    await tx.promises.update(
      { creditorId, promiseId: before.promise.promiseId, state: 'running' },
      { state: 'withdrawn', endedAt: deps.clock.now() },
    );
  }
  await tx.disputes.insert({
    creditorId,
    disputeId,
    caseId,
    reason: dispute.reason,
    note: dispute.note ?? null,
    openedBy: by.actor,
    openedOn: env.today,
    dueOn,
    state: 'open',
    resolvedBy: null,
    resolution: null,
    resolvedAt: null,
  });
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'answerDispute',
    dedupeKey: `answerDispute:${disputeId}`,
    title: `${env.debtor.name} conteste la facture\u202f: répondre avant le ${frenchDay(dueOn)}. La relance est arrêtée.`,
    caseId,
    debtorId: row.debtorId,
    subjectId: disputeId,
    dueOn,
  });
  return applied;
}

export async function resolveDispute(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  resolution: { verdict: 'confirmed' | 'creditNote' | 'withdrawn'; note?: string },
  by: Actor,
): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, creditorId, caseId);
  const { dispute } = decodeState(row.recovery);
  if (!dispute) throw refusal('noDisputeOpen');
  await tx.disputes.update(
    { creditorId, disputeId: dispute.disputeId },
    { state: resolution.verdict, resolvedBy: by.actor, resolution: resolution.note ?? null, resolvedAt: deps.clock.now() },
  );
  // The reminders that the answer was late are answered with it.
  await tx.tasks.update(
    { creditorId, caseId, kind: ['answerDispute', 'disputeOverdue'], state: 'open' },
    { state: 'done', closedBy: by.actor, closedAt: deps.clock.now() },
  );
  return applyFacts(tx, deps, row, [{ type: 'disputeResolved', disputeId: dispute.disputeId, verdict: resolution.verdict }], by, {
    environment: env,
  });
}

/** A pause with a reason and an end; it resumes alone. */
export async function placeHold(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  hold: { until: Day; reason: string; note?: string },
  by: Actor,
): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, creditorId, caseId);
  const checked = checkHold(env.policy, decodeState(row.recovery), { until: hold.until }, env.today);
  if (isRefusal(checked)) orRefuse(checked);
  const holdId = deps.ids.next();
  const applied = await applyFacts(tx, deps, row, [{ type: 'holdPlaced', holdId, until: hold.until, reason: hold.reason }], by, {
    environment: env,
  });
  await tx.holds.insert({
    creditorId,
    holdId,
    caseId,
    reason: hold.reason,
    note: hold.note ?? null,
    placedBy: by.actor,
    placedOn: env.today,
    until: hold.until,
    state: 'running',
    endedAt: null,
  });
  return applied;
}

export async function releaseHold(tx: Tx, deps: CaseworkDeps, creditorId: string, caseId: string, by: Actor): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, creditorId, caseId);
  const { hold } = decodeState(row.recovery);
  if (!hold) throw refusal('noHoldRunning');
  await tx.holds.update({ creditorId, holdId: hold.holdId }, { state: 'released', endedAt: deps.clock.now() });
  return applyFacts(tx, deps, row, [{ type: 'holdReleased', holdId: hold.holdId, by: 'person' }], by, { environment: env });
}

/** Ends a case for a recorded reason: withdrawn by the creditor, written off by finance, or insolvency handed to a person. */
export async function closeCase(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  closing: { kind: 'withdrawn' | 'writtenOff' | 'insolvency'; reason: string },
  by: Actor,
): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, creditorId, caseId);
  const applied = await applyFacts(tx, deps, row, [{ type: 'caseClosed', kind: closing.kind, reason: closing.reason }], by, {
    environment: env,
  });
  await letGo(tx, deps, applied);
  return applied;
}
