import { addSeconds, type CaseSnapshot, decodeState, epochMs, type Instant, isDecided, type RecoveryFact } from '#domain';
import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { workflowActor } from '../casework-deps.js';
import { applyFacts, snapshotOfRow } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { askForContact } from '../people/ask-for-contact.js';
import { found } from '../refused-error.js';
import { openBytes } from '../sealed-bytes.js';
import { type LawfulGround, lawfulBecause } from '../views/lawful-because.js';
import { chooseContact } from './choose-contact.js';
import { markUnknown } from './decide-message.js';
import { basisOf, mayNotJoin } from './draft-message.js';
import { judgeSend, type SendVerdict } from './judge-send.js';
import { factsOfLateness, latenessOf } from './late-rung.js';
import { leaveOut } from './leave-out.js';
import { membersOf } from './letter-facts.js';
import { recordVerdict } from './record-verdict.js';

/** A letter that moved under its approval is drawn and asked for again after this. */
const LOOK_AGAIN_SECONDS = 60;

/** A claim older than this has lost the right to send (I2). */
export const CLAIM_SECONDS = 15;

export type ClaimOutcome =
  | {
      readonly kind: 'claimed';
      readonly token: string;
      readonly claimedAt: Instant;
      readonly message: OutboundMessageRow;
      readonly bytes?: Uint8Array;
      readonly letter?: Uint8Array;
    }
  /** Sums, contact or wording moved since it was rendered: prepare again. */
  | { readonly kind: 'basisMoved' }
  /** Somebody holds a young claim: look again in a moment. */
  | { readonly kind: 'held' }
  | { readonly kind: 'verdict'; readonly verdict: SendVerdict; readonly snapshot: CaseSnapshot }
  /** Decided already (sent, unknown, with a person). */
  | { readonly kind: 'decided'; readonly snapshot: CaseSnapshot };

export interface ClaimRequest {
  readonly creditorId: string;
  readonly messageId: string;
  /** The case whose act asks. */
  readonly caseId: string;
  /** Lets a case postpone instead of preparing for ever when its basis keeps moving. */
  readonly giveUpOnMove?: boolean;
}

/** One transaction under the creditor's exclusive lock: basis, checks, CLAIMED, or a verdict with its reason. Nothing rendered, no network. */
export async function claimMessage(deps: CaseworkDeps, request: ClaimRequest): Promise<ClaimOutcome> {
  const { creditorId, messageId, caseId } = request;
  const outcome = await deps.unitOfWork.run(creditorId, 'exclusive', async (tx): Promise<ClaimOutcome> => {
    const message = found(await tx.messages.one({ creditorId, messageId }), 'message', messageId);
    const links = await tx.messageCases.all({ creditorId, messageId, live: true });
    const rows = await tx.lockCases(
      creditorId,
      links.map((l) => l.caseId),
    );
    const lead = rows.find((r) => r.caseId === caseId) ?? found(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
    if (message.state === 'CLAIMED') return heldOrUnknown(tx, deps, message, rows, lead);
    if (message.state !== 'PLANNED') return { kind: 'decided', snapshot: await snapshotOfRow(tx, deps, lead) };
    return judgeAndClaim(tx, deps, message, rows, lead, request);
  });
  if (outcome.kind !== 'claimed') return outcome;
  return { ...outcome, ...(await bytesOf(deps, outcome.message)) };
}

async function bytesOf(deps: CaseworkDeps, message: OutboundMessageRow): Promise<{ bytes?: Uint8Array; letter?: Uint8Array }> {
  return deps.unitOfWork.plain(async (tx) => {
    const open = async (objectId: string | null) =>
      objectId ? (await openBytes(tx, deps, message.creditorId, objectId)).bytes : undefined;
    const bytes = await open(message.bytesObjectId);
    const letter = await open(message.letterObjectId);
    return { ...(bytes ? { bytes } : {}), ...(letter ? { letter } : {}) };
  });
}

async function judgeAndClaim(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: CaseRow[],
  lead: CaseRow,
  request: ClaimRequest,
): Promise<ClaimOutcome> {
  const env = await environmentOf(tx, deps, lead);
  const stage = message.stage ?? '';
  const round = message.round ?? 1;
  const policyStage = env.policy.stages.find((s) => s.id === stage);
  if (!policyStage) return { kind: 'basisMoved' };
  // A person struck it out while it was being prepared.
  if (isDecided(decodeState(lead.recovery), stage, round)) {
    await leaveOut(tx, deps, lead, stage, round);
    return { kind: 'decided', snapshot: await snapshotOfRow(tx, deps, lead) };
  }
  const email = await chooseContact(tx, lead.creditorId, lead.debtorId, 'email');
  const contact = message.channel === 'email' ? email : undefined;
  const isFormal = policyStage.act.type === 'formalNotice' || policyStage.act.type === 'referral';
  const verdict = await judgeSend(tx, deps, {
    row: lead,
    env,
    stage,
    round,
    isFormal,
    needsApproval: policyStage.needsApproval,
    contact,
    needsContact: message.channel === 'email',
  });
  if (verdict.verdict !== 'SENT')
    return { kind: 'verdict', verdict, snapshot: await applyVerdict(tx, deps, lead, stage, round, verdict, message.messageId) };
  const others = rows.filter((row) => row.caseId !== lead.caseId);
  // A sibling that may no longer be chased is drawn out of the letter: prepared again without it.
  const again = async (): Promise<ClaimOutcome> =>
    request.giveUpOnMove ? postponeMoved(tx, deps, lead, stage, round, message) : { kind: 'basisMoved' };
  if (others.some((row) => mayNotJoin(row, lead, stage, round, env.today))) return again();
  const members = await membersOf(tx, deps, rows, message.slotOn, env);
  const ordered = [...members].sort((a, b) =>
    a.row.dueOn === b.row.dueOn ? (a.row.caseId < b.row.caseId ? -1 : 1) : a.row.dueOn < b.row.dueOn ? -1 : 1,
  );
  const moved = basisOf(policyStage, ordered, env, contact) !== message.basis || message.slotOn !== env.today;
  if (moved) return again();
  if (policyStage.needsApproval && !(await wasApproved(tx, lead, message))) {
    const unapproved: SendVerdict = { verdict: 'POSTPONED', code: 'approvalMissing', until: addSeconds(env.now, LOOK_AGAIN_SECONDS) };
    return {
      kind: 'verdict',
      verdict: unapproved,
      snapshot: await applyVerdict(tx, deps, lead, stage, round, unapproved, message.messageId),
    };
  }
  return markClaimed(tx, deps, message, rows, env, lawfulBecause(policyStage, lead.law, env.debtor.kind));
}

async function markClaimed(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: readonly CaseRow[],
  env: CaseEnvironment,
  ground: LawfulGround,
): Promise<ClaimOutcome> {
  const claimedAt = deps.clock.now();
  const token = deps.ids.next();
  await tx.messages.update(
    { creditorId: message.creditorId, messageId: message.messageId, state: 'PLANNED' },
    { state: 'CLAIMED', claimToken: token, claimedAt, updatedAt: claimedAt },
  );
  for (const row of rows) {
    await recordVerdict(tx, deps, row, {
      stage: message.stage ?? '',
      round: message.round ?? 1,
      verdict: 'SENT',
      code: 'allChecksPassed',
      messageId: message.messageId,
      at: env.now,
      because: {
        openPrincipalMinor: row.openPrincipalMinor.toString(),
        basis: message.basis,
        revision: message.revision,
        ...lateBecause(env, row, message),
        ...ground,
      },
    });
  }
  return { kind: 'claimed', token, claimedAt, message: { ...message, state: 'CLAIMED', claimToken: token, claimedAt } };
}

/** N2: that it leaves late, and by how much, is part of why it left. */
function lateBecause(
  env: CaseEnvironment,
  row: CaseRow,
  { stage, round }: OutboundMessageRow,
): { late?: { since: string; businessDays: number } } {
  const late = latenessOf(env, decodeState(row.recovery), stage ?? '', round ?? 1);
  return late ? { late: { since: late.since, businessDays: late.businessDays } } : {};
}

/** What was approved is a basis: a letter that says something else was never approved. */
async function wasApproved(tx: Tx, { creditorId, caseId }: CaseRow, { stage, round, basis }: OutboundMessageRow): Promise<boolean> {
  return (await tx.approvals.count({ creditorId, caseId, stage: stage ?? '', round: round ?? 1, basis, state: 'approved' })) > 0;
}

async function postponeMoved(
  tx: Tx,
  deps: CaseworkDeps,
  lead: CaseRow,
  stage: string,
  round: number,
  message: OutboundMessageRow,
): Promise<ClaimOutcome> {
  const env = await environmentOf(tx, deps, lead);
  const verdict: SendVerdict = { verdict: 'POSTPONED', code: 'basisMoved', until: addSeconds(env.now, 900) };
  return { kind: 'verdict', verdict, snapshot: await applyVerdict(tx, deps, lead, stage, round, verdict, message.messageId) };
}

async function heldOrUnknown(
  tx: Tx,
  deps: CaseworkDeps,
  message: OutboundMessageRow,
  rows: CaseRow[],
  lead: CaseRow,
): Promise<ClaimOutcome> {
  const age = epochMs(deps.clock.now()) - epochMs(message.claimedAt ?? deps.clock.now());
  if (age < CLAIM_SECONDS * 1000) return { kind: 'held' };
  await markUnknown(tx, deps, message, rows, lead.caseId, 'claimTooOld');
  const fresh = found(await tx.cases.one({ creditorId: lead.creditorId, caseId: lead.caseId }), 'case', lead.caseId);
  return { kind: 'decided', snapshot: await snapshotOfRow(tx, deps, fresh) };
}

/** Keeps the verdict and moves the rung: later, or on to the next one. What the state itself says (disputed, settled…) needs no further fact. */
export async function applyVerdict(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  stage: string,
  round: number,
  verdict: SendVerdict,
  messageId?: string,
): Promise<CaseSnapshot> {
  const env = await environmentOf(tx, deps, row);
  await recordVerdict(tx, deps, row, {
    stage,
    round,
    verdict: verdict.verdict,
    code: verdict.code,
    at: env.now,
    ...(verdict.verdict === 'POSTPONED' ? { until: verdict.until } : {}),
    ...(messageId ? { messageId } : {}),
  });
  const facts = await factsOfVerdict(tx, deps, row, stage, round, verdict);
  if (facts.length === 0) return snapshotOfRow(tx, deps, row);
  const applied = await applyFacts(tx, deps, row, facts, workflowActor(stage), { silent: true, environment: env });
  return applied.snapshot;
}

async function factsOfVerdict(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  stage: string,
  round: number,
  verdict: SendVerdict,
): Promise<RecoveryFact[]> {
  if (verdict.verdict === 'POSTPONED') return [{ type: 'stagePostponed', stage, round, until: verdict.until, reason: verdict.code }];
  switch (verdict.code) {
    case 'contactMissing': {
      await askForContact(tx, deps, row);
      await tx.stageOutcomes.insertOnce({
        creditorId: row.creditorId,
        caseId: row.caseId,
        stage,
        round,
        outcome: 'skipped',
        reason: 'contactMissing',
        messageId: null,
        decidedAt: deps.clock.now(),
      });
      return [{ type: 'stageSkipped', stage, round, reason: 'contactMissing' }];
    }
    case 'tooLate':
    case 'tooLateAsked': {
      const env = await environmentOf(tx, deps, row);
      const since = latenessOf(env, decodeState(row.recovery), stage, round)?.since;
      return factsOfLateness(tx, deps, row, env, { stage, round, code: verdict.code, ...(since ? { since } : {}) });
    }
    case 'debtorKindUnknown':
    case 'debtorKindNotServed':
    case 'lawUnknown':
    case 'creditorNotLive':
    case 'documentDoubt':
      return [{ type: 'blockerRaised', blocker: verdict.code }];
    default:
      return [];
  }
}
