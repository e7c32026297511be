import {
  addDays,
  CANCELLED,
  checkHold,
  type DatedStage,
  type Day,
  decodeState,
  isDecided,
  isRefusal,
  NEEDS_CANCELLED,
  owedRound,
  type RecoveryFact,
  revisionOf,
  rungsNeeding,
} from '#domain';
import type { CaseRow, Tx } from '#ports';
import { supersede } from '../acts/approvals.js';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { type AppliedCase, applyFacts, look } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { lateTask } from '../messages/late-rung.js';
import { leaveOut, liveMessageOf } from '../messages/leave-out.js';
import type { OwnWords } from '../messages/own-words.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { slot } from '../messages/sending-hours.js';
import { found, orRefuse, refusal } from '../refused-error.js';
import { sealBytes } from '../sealed-bytes.js';
import { closeTask } from './tasks.js';

/** A message that will leave: one rung of one case. */
export interface ComingMessageKey {
  readonly creditorId: string;
  readonly caseId: string;
  readonly stage: string;
  readonly round: number;
}

interface Coming {
  readonly row: CaseRow;
  readonly env: CaseEnvironment;
  readonly planned: DatedStage;
}

/** The planned rung that such a message is, or undefined: nothing of the kind is planned. */
export function comingIn(plan: readonly DatedStage[], { stage, round }: Pick<ComingMessageKey, 'stage' | 'round'>): DatedStage | undefined {
  const planned = plan.find((one) => one.stage === stage && one.round === round);
  return planned?.act === 'mail' || planned?.act === 'formalNotice' ? planned : undefined;
}

/**
 * Locks the case and finds its coming message. The claim takes the creditor's lock exclusive and this one shared: whichever commits first wins, and
 * after the claim the answer is `messageLeft`, whatever the provider says of it later.
 */
async function lock(tx: Tx, deps: CaseworkDeps, key: ComingMessageKey): Promise<Coming> {
  const { creditorId, caseId, stage, round } = key;
  const [locked] = await tx.lockCases(creditorId, [caseId]);
  const row = found(locked, 'case', caseId);
  const live = await liveMessageOf(tx, row, stage, round);
  if (live && live.state !== 'PLANNED') throw refusal('messageLeft', { messageId: live.messageId, state: live.state });
  const state = decodeState(row.recovery);
  if (isDecided(state, stage, round)) {
    const record = state.stages.find((known) => known.stage === stage && known.round === round);
    if (record?.messageId) throw refusal('messageLeft', { messageId: record.messageId, on: record.on });
    throw refusal('stageDecided', { stage, round });
  }
  const env = await environmentOf(tx, deps, row);
  const planned = comingIn(look(state, env).plan, key);
  if (!planned) throw refusal('messageNotComing', { stage, round });
  return { row, env, planned };
}

/** Keeps a coming message back through a day; the ladder waits with it and goes on by itself afterwards. Said again, it moves the day. */
export async function holdMessage(
  tx: Tx,
  deps: CaseworkDeps,
  key: ComingMessageKey,
  hold: { readonly until: Day; readonly reason: string },
  by: Actor,
): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, key);
  const { stage, round } = key;
  const checked = checkHold(env.policy, decodeState(row.recovery), { until: hold.until }, env.today);
  if (isRefusal(checked)) orRefuse(checked);
  const applied = await applyFacts(tx, deps, row, [{ type: 'messageHeld', stage, round, ...hold }], by, { environment: env });
  await recordVerdict(tx, deps, row, {
    stage,
    round,
    verdict: 'POSTPONED',
    code: 'heldByPerson',
    until: slot(env, addDays(hold.until, 1)),
    at: env.now,
    because: { by: by.actor, reason: hold.reason },
  });
  return applied;
}

/** Lets a message go that was kept back: it leaves at its next slot. */
export async function releaseMessage(tx: Tx, deps: CaseworkDeps, key: ComingMessageKey, by: Actor): Promise<AppliedCase> {
  const { row, env } = await lock(tx, deps, key);
  return applyFacts(tx, deps, row, [{ type: 'messageReleased', stage: key.stage, round: key.round }], by, { environment: env });
}

/**
 * Strikes a coming message out for good: its rung is skipped with its verdict, the ladder goes on with the next one on its own day. What has no ground
 * without it (the hand-over without a notice, costs without the free first reminder) is left out with it, each with a verdict. A letter that asks for an
 * approval may be struck out by those who approve it only (`mayDecideFormal`).
 */
export async function cancelMessage(
  tx: Tx,
  deps: CaseworkDeps,
  key: ComingMessageKey,
  cancelling: { readonly reason: string; readonly mayDecideFormal: boolean },
  by: Actor,
): Promise<AppliedCase & { readonly leftOut: readonly string[] }> {
  const { row, env, planned } = await lock(tx, deps, key);
  if (planned.needsApproval && !cancelling.mayDecideFormal) throw refusal('messageOfFinance', { stage: key.stage });
  const state = decodeState(row.recovery);
  const groundless = rungsNeeding(key.stage, env.policy, env.constraints).flatMap((stage) => {
    const round = owedRound(state, stage);
    return round === undefined ? [] : [{ stage, round, code: NEEDS_CANCELLED }];
  });
  const gone = [{ stage: key.stage, round: key.round, code: CANCELLED }, ...groundless];
  const facts: RecoveryFact[] = gone.map(({ stage, round, code }) => ({ type: 'stageSkipped', stage, round, reason: code }));
  if (state.askedLate?.stage === key.stage && state.askedLate.round === key.round && state.blockers.includes('handedToPerson')) {
    // He was asked about this very rung, and this is his answer.
    facts.push({ type: 'blockerLifted', blocker: 'handedToPerson' });
    await closeTask(tx, deps, { creditorId: key.creditorId, dedupeKey: lateTask(key.caseId, key.stage, key.round) }, by.actor);
  }
  for (const rung of gone) await strike(tx, deps, row, env, rung, cancelling.reason, by);
  const applied = await applyFacts(tx, deps, row, facts, by, { environment: env });
  return { ...applied, leftOut: groundless.map(({ stage }) => stage) };
}

async function strike(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  env: CaseEnvironment,
  { stage, round, code }: { readonly stage: string; readonly round: number; readonly code: string },
  reason: string,
  by: Actor,
): Promise<void> {
  const { creditorId, caseId } = row;
  const live = await liveMessageOf(tx, row, stage, round);
  await leaveOut(tx, deps, row, stage, round);
  await supersede(tx, deps, creditorId, caseId, stage, round);
  const decidedAt = deps.clock.now();
  await tx.stageOutcomes.insertOnce({ creditorId, caseId, stage, round, outcome: 'skipped', reason: code, messageId: null, decidedAt });
  await recordVerdict(tx, deps, row, {
    stage,
    round,
    verdict: 'SKIPPED',
    code,
    at: env.now,
    ...(live ? { messageId: live.messageId } : {}),
    because: { by: by.actor, reason },
  });
}

/**
 * Gives a coming mail other words; without any it goes back to its template's. The caller has checked the wording, and the renderer checks it again when the mail
 * is made. Another basis: a mail that was prepared or approved is made, and asked for, again.
 */
export async function editMessage(
  tx: Tx,
  deps: CaseworkDeps,
  key: ComingMessageKey,
  words: OwnWords,
  by: Actor,
): Promise<AppliedCase & { readonly revision: number }> {
  const { row, env, planned } = await lock(tx, deps, key);
  if (planned.act !== 'mail') throw refusal('messageNotEditable', { stage: key.stage });
  const { creditorId, caseId, stage, round } = key;
  const revision = (revisionOf(decodeState(row.recovery), stage) ?? 0) + 1;
  const bytes = Buffer.from(JSON.stringify(words));
  const subject = { creditorId, subject: 'debtor' as const, subjectId: row.debtorId };
  const isOwn = words.subject !== undefined || words.opening !== undefined;
  const sealed = isOwn ? await sealBytes(tx, deps, { ...subject, bytes, mediaType: 'application/json' }) : undefined;
  await tx.messageEdits.insert({
    creditorId,
    caseId,
    stage,
    revision,
    round,
    objectId: sealed?.objectId ?? null,
    sha256: sealed?.sha256 ?? null,
    editedBy: by.actor,
    editedAt: deps.clock.now(),
  });
  const applied = await applyFacts(tx, deps, row, [{ type: 'messageEdited', stage, round, revision }], by, { environment: env });
  return { ...applied, revision };
}
