import { frenchDay, frenchAmount, type Day } from '#domain';
import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import { withdrawLetters } from '../acts/withdraw-letters.js';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import type { AppliedCase } from '../facts/apply-facts.js';
import { recordChange } from '../facts/journal-entry.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { nowFor } from '../moment.js';
import { queueInform } from '../messages/queue-inform.js';
import { raiseTask } from '../people/tasks.js';
import { amountFor } from '../policy-book.js';
import { claimOfCase } from './claim-of-case.js';

/** The payment that moved a balance; `surplusMinor` is what no case of the debtor's takes, `paidMinor` the whole payment. */
export interface Received {
  readonly receivedMinor: bigint;
  readonly receivedOn: Day;
  readonly surplusMinor?: bigint;
  readonly paidMinor?: bigint;
}

/**
 * What follows when a balance moved: a case that closed lets go of its calls, approvals, promise, tasks, planned messages and unprinted letters, the debtor is thanked once
 * if anything was ever sent, the rest (interest, indemnity) is put to finance or waived below the policy's threshold, and a referral is recalled.
 */
export async function afterBalance(tx: Tx, deps: CaseworkDeps, applied: AppliedCase, by: Actor, received?: Received): Promise<void> {
  const { row, state, before } = applied;
  const isNowSettled = state.closed?.kind === 'settled' && before.closed?.kind !== 'settled';
  if (before.closed?.kind === 'handedOver' && received) await askRecall(tx, deps, applied, received);
  if (!isNowSettled) return;
  await letGo(tx, deps, applied);
  const accessories = await settleAccessories(tx, deps, applied, by, received);
  if (received && (state.everSent || (await wasWrittenTo(tx, row)))) {
    await queueInform(tx, deps, {
      creditorId: row.creditorId,
      debtorId: row.debtorId,
      act: 'thankYou',
      caseId: row.caseId,
      dedupe: `thankYou:${row.caseId}:${row.episode}`,
      parameters: {
        receivedOn: received.receivedOn,
        ...(await thanked(tx, row, received, accessories)),
      },
    });
  }
}

/**
 * What a debtor is thanked for: what was really paid, not what the case took of it; what exceeds the whole claim is said. Where interest and an indemnity
 * were asked for, are not paid and finance has not decided, the thanks must not read like a receipt for everything.
 */
async function thanked(tx: Tx, row: CaseRow, received: Received, accessories: Accessories): Promise<Record<string, string>> {
  const { receivedMinor, paidMinor, surplusMinor = 0n } = received;
  const isAlone = paidMinor === receivedMinor + surplusMinor;
  const isPaidInFull = surplusMinor >= accessories.restMinor;
  const isUndecided = accessories.outcome === 'asked' && !isPaidInFull && (await wasClaimed(tx, row));
  return {
    receivedMinor: (isAlone ? receivedMinor + surplusMinor : receivedMinor).toString(),
    ...(isAlone && surplusMinor > accessories.restMinor ? { surplusMinor: surplusMinor.toString() } : {}),
    ...(accessories.outcome === 'waived' ? { accessories: 'waived' } : isUndecided ? { accessories: 'undecided' } : {}),
  };
}

/** True when a letter that states interest and indemnity has left. */
async function wasClaimed(tx: Tx, { creditorId, caseId }: CaseRow): Promise<boolean> {
  const links = await tx.messageCases.all({ creditorId, caseId });
  if (links.length === 0) return false;
  const sent = await tx.messages.all({ creditorId, messageId: links.map((link) => link.messageId), state: ['ACCEPTED', 'CONFIRMED_SENT'] });
  return sent.some(({ template }) => /\/(?:firmMail|formalNotice)(?:@|$)/.test(template));
}

/** A confirmed promise counts too: whoever was written to is thanked. */
async function wasWrittenTo(tx: Tx, { creditorId, caseId }: AppliedCase['row']): Promise<boolean> {
  const links = await tx.messageCases.all({ creditorId, caseId });
  if (links.length === 0) return false;
  return (
    (await tx.messages.count({ creditorId, messageId: links.map((link) => link.messageId), state: ['ACCEPTED', 'CONFIRMED_SENT'] })) > 0
  );
}

/** A closed case leaves nothing behind that could still act for it. */
export async function letGo(tx: Tx, deps: CaseworkDeps, { row, state }: Pick<AppliedCase, 'row' | 'state'>): Promise<void> {
  const { creditorId, caseId } = row;
  const at = deps.clock.now();
  await tx.approvals.update({ creditorId, caseId, state: ['pending', 'approved'] }, { state: 'superseded', decidedAt: at });
  await tx.promises.update(
    { creditorId, caseId, state: 'running' },
    { state: state.closed?.kind === 'settled' ? 'kept' : 'withdrawn', endedAt: at },
  );
  const live = await tx.messageCases.all({ creditorId, caseId, live: true });
  if (live.length > 0) {
    const planned = await tx.messages.all({ creditorId, messageId: live.map((m) => m.messageId), state: 'PLANNED', purpose: 'chase' });
    if (planned.length > 0) {
      const messageId = planned.map((m) => m.messageId);
      await tx.messages.update({ creditorId, messageId, state: 'PLANNED' }, { state: 'ABANDONED', updatedAt: at });
      const code = state.closed?.kind === 'settled' ? 'settled' : 'closed';
      for (const message of planned) await tellNotSent(tx, deps, row, message, code);
      // Of every member: an abandoned message must not hold the rung of a sibling that still owes it.
      await tx.messageCases.update({ creditorId, messageId }, { live: false });
    }
  }
  await tx.tasks.update(
    { creditorId, caseId, state: 'open', kind: ['approveStage', 'review', 'promiseBroken', 'messageRejected', 'letterImpossible'] },
    { state: 'cancelled', closedBy: 'system', closedAt: at },
  );
  await withdrawLetters(tx, deps, row);
  await leaveCalls(tx, deps, row);
}

/** The case no longer waits for a call; a call that every case left is nobody's any more. */
export async function leaveCalls(
  tx: Tx,
  deps: CaseworkDeps,
  { creditorId, caseId, debtorId }: Pick<CaseRow, 'creditorId' | 'caseId' | 'debtorId'>,
): Promise<void> {
  await tx.callCases.update({ creditorId, caseId, left: false }, { left: true });
  await closeEmptyCalls(tx, deps, creditorId, debtorId);
}

/** A letter that stood ready and never left is told like one that was stopped at the last look: why nothing was sent is kept for ever (N1). */
async function tellNotSent(tx: Tx, deps: CaseworkDeps, row: AppliedCase['row'], message: OutboundMessageRow, code: string): Promise<void> {
  const { creditorId, caseId } = row;
  const creditor = await tx.creditors.one({ creditorId });
  const at = creditor ? nowFor(creditor, deps.clock) : deps.clock.now();
  const { messageId, stage, round } = message;
  await recordVerdict(
    tx,
    deps,
    { creditorId, caseId },
    { stage: stage ?? message.act, round: round ?? 1, verdict: 'NOT_SENT', code, messageId, at, because: { stoodReady: true } },
  );
}

/** A call task that every case left is nobody's any more. */
async function closeEmptyCalls(tx: Tx, deps: CaseworkDeps, creditorId: string, debtorId: string): Promise<void> {
  const open = await tx.calls.all({ creditorId, debtorId, state: 'open' });
  for (const call of open) {
    if ((await tx.callCases.count({ creditorId, callId: call.callId, left: false })) > 0) continue;
    await tx.calls.update({ creditorId, callId: call.callId }, { state: 'cancelled' });
    await tx.tasks.update(
      { creditorId, taskId: call.taskId, state: 'open' },
      { state: 'cancelled', closedBy: 'system', closedAt: deps.clock.now() },
    );
  }
}

interface Accessories {
  readonly outcome: 'waived' | 'asked' | 'none';
  readonly restMinor: bigint;
}

const NO_ACCESSORIES: Accessories = { outcome: 'none', restMinor: 0n };

/** What is left of the claim once its principal is in: below the policy's threshold it is waived and said so, else finance is asked. */
async function settleAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  applied: AppliedCase,
  by: Actor,
  received: Received | undefined,
): Promise<Accessories> {
  const { row } = applied;
  const paidOn = received?.receivedOn;
  const creditor = await tx.creditors.one({ creditorId: row.creditorId });
  // Settled by the creditor's books alone: nobody knows which day the money came, so nothing can be reckoned from it.
  if (!paidOn && (await tx.creditAllocations.count({ creditorId: row.creditorId, caseId: row.caseId })) === 0) return NO_ACCESSORIES;
  const on = paidOn ?? row.dueOn;
  if (!creditor) return NO_ACCESSORIES;
  const debtor = await tx.debtors.one({ creditorId: row.creditorId, debtorId: row.debtorId });
  const { statement } = await claimOfCase(tx, deps, row, on, 'asOf', debtor && { creditor, debtor });
  const restMinor = statement?.claimTotalMinor ?? 0n;
  if (restMinor <= 0n) return NO_ACCESSORIES;
  const policy = await deps.policies.find(tx, row.creditorId, row.policyId, row.policyVersion);
  const isWaived = restMinor <= amountFor(policy.waiveBelow, row.currency);
  if (isWaived) {
    await recordChange(
      tx,
      {
        creditorId: row.creditorId,
        streamId: `accessories:${row.caseId}`,
        kind: 'accessoriesWaived',
        recordedAt: deps.clock.now(),
        effectiveOn: on,
        cause: { caseId: row.caseId, restMinor, because: 'belowPolicyThreshold' },
        before: null,
        after: { waivedMinor: restMinor },
      },
      by,
    );
    return { outcome: 'waived', restMinor };
  }
  const surplusMinor = received?.surplusMinor ?? 0n;
  await raiseTask(tx, deps, {
    creditorId: row.creditorId,
    kind: 'decideAccessories',
    role: 'finance',
    dedupeKey: `decideAccessories:${row.caseId}:${row.episode}`,
    title: accessoriesTitle(row.currency, on, restMinor, surplusMinor),
    caseId: row.caseId,
    debtorId: row.debtorId,
    detail: { restMinor: restMinor.toString(), on, ...(surplusMinor > 0n ? { surplusMinor: surplusMinor.toString() } : {}) },
  });
  return { outcome: 'asked', restMinor };
}

/** What finance is asked: nothing is to be claimed of a debtor who paid the whole claim, only booked. */
function accessoriesTitle(code: string, on: Day, restMinor: bigint, surplusMinor: bigint): string {
  const rest = `${frenchAmount(restMinor, code)} d’intérêts et d’indemnité au ${frenchDay(on)}`;
  if (surplusMinor === 0n) return `Principal réglé. Restent ${rest}\u202f: réclamer ou renoncer\u202f?`;
  const surplus = frenchAmount(surplusMinor, code);
  return surplusMinor >= restMinor
    ? `Principal réglé, et le paiement couvre aussi les ${rest}\u202f: ${surplus} sont au crédit du client, les imputer ou les rendre.`
    : `Principal réglé. Restent ${rest}\u202f: réclamer ou renoncer\u202f? Le paiement dépasse le principal de ${surplus}, gardés au crédit du client\u202f: les imputer ou les rendre.`;
}

async function askRecall(
  tx: Tx,
  deps: CaseworkDeps,
  { row }: AppliedCase,
  received: { receivedMinor: bigint; receivedOn: Day },
): Promise<void> {
  await tx.handOvers.update({ creditorId: row.creditorId, caseId: row.caseId, state: 'handedOver' }, { state: 'recallAsked' });
  await raiseTask(tx, deps, {
    creditorId: row.creditorId,
    kind: 'recallReferral',
    dedupeKey: `recallReferral:${row.caseId}:${received.receivedOn}`,
    title: `${frenchAmount(received.receivedMinor, row.currency)} reçus après la remise du dossier\u202f: prévenir le prestataire et rappeler le dossier.`,
    caseId: row.caseId,
    debtorId: row.debtorId,
  });
}
