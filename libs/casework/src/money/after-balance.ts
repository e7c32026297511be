import { type Day, frenchAmount } from '#domain';
import type { CaseRow, OutboundMessageRow, Tx } from '#ports';
import { withdrawLetters } from '../acts/withdraw-letters.js';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import type { AppliedCase } from '../facts/apply-facts.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { nowFor } from '../moment.js';
import { queueInform } from '../messages/queue-inform.js';
import { raiseTask } from '../people/tasks.js';
import { amountFor } from '../policy-book.js';
import {
  type Accessories,
  accessoriesTotal,
  askAccessories,
  bookAccessories,
  NO_ACCESSORIES,
  shareAccessories,
  waiveAccessories,
} from './accessories.js';
import { claimFactsOf } from './claim-of-case.js';

/** The payment that moved a balance; `surplusMinor` is what no principal of the debtor's takes, `paidMinor` the whole payment. */
export interface Received {
  readonly paymentId: string;
  readonly receivedMinor: bigint;
  readonly receivedOn: Day;
  readonly surplusMinor: bigint;
  readonly paidMinor: bigint;
}

/**
 * What follows when a balance moved: a case that closed lets go of its calls, approvals, promise, tasks, planned messages and unprinted letters, the debtor is thanked once
 * if anything was ever sent, interest and indemnity take what the payment brings beyond the principal, their rest is put to finance or waived below the
 * policy's threshold, and a referral is recalled. Returns what the accessories took.
 */
export async function afterBalance(tx: Tx, deps: CaseworkDeps, applied: AppliedCase, by: Actor, received?: Received): Promise<Accessories> {
  const { row, state, before } = applied;
  const isNowSettled = state.closed?.kind === 'settled' && before.closed?.kind !== 'settled';
  if (before.closed?.kind === 'handedOver' && received) await askRecall(tx, deps, applied, received);
  if (!isNowSettled) return NO_ACCESSORIES;
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
  return accessories.taken;
}

/**
 * What a debtor is thanked for: what was really paid, not what the principal took of it, and what of it went to interest and indemnity; what exceeds the
 * whole claim is said. Where they were asked for, are not paid and finance has not decided, the thanks must not read like a receipt for everything.
 */
async function thanked(tx: Tx, row: CaseRow, received: Received, { outcome, taken }: SettledAccessories): Promise<Record<string, string>> {
  const { receivedMinor, paidMinor, surplusMinor } = received;
  const isAlone = paidMinor === receivedMinor + surplusMinor;
  const takenMinor = accessoriesTotal(taken);
  const creditMinor = surplusMinor - takenMinor;
  const isUndecided = outcome === 'asked' && (await wasClaimed(tx, row));
  return {
    receivedMinor: (isAlone ? paidMinor : receivedMinor + takenMinor).toString(),
    ...(takenMinor > 0n ? { accessoriesMinor: takenMinor.toString() } : {}),
    ...(isAlone && creditMinor > 0n ? { surplusMinor: creditMinor.toString() } : {}),
    ...(outcome === 'waived' || outcome === 'paid' ? { accessories: outcome } : isUndecided ? { accessories: 'undecided' } : {}),
  };
}

/** True when a letter has left that announces or states interest and an indemnity. */
async function wasClaimed(tx: Tx, { creditorId, caseId }: CaseRow): Promise<boolean> {
  const links = await tx.messageCases.all({ creditorId, caseId });
  if (links.length === 0) return false;
  const sent = await tx.messages.all({ creditorId, messageId: links.map((link) => link.messageId), state: ['ACCEPTED', 'CONFIRMED_SENT'] });
  return sent.some(({ template }) => /\/(?:formalMail|firmMail|formalNotice)(?:@|$)/.test(template));
}

/** A confirmed promise counts too: whoever was written to is thanked. */
async function wasWrittenTo(tx: Tx, { creditorId, caseId }: AppliedCase['row']): Promise<boolean> {
  const links = await tx.messageCases.all({ creditorId, caseId });
  if (links.length === 0) return false;
  return (
    (await tx.messages.count({ creditorId, messageId: links.map((link) => link.messageId), state: ['ACCEPTED', 'CONFIRMED_SENT'] })) > 0
  );
}

/** A closed case leaves nothing behind that could still act for it; its tasks ended with the fact that closed it (`applyFacts`). */
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

/** What became of the accessories when the principal came in. */
interface SettledAccessories {
  /** `paid`: this payment brought the whole of them. */
  readonly outcome: 'paid' | 'waived' | 'asked' | 'none';
  /** What this payment brought of them. */
  readonly taken: Accessories;
}

const NOTHING_OWED: SettledAccessories = { outcome: 'none', taken: NO_ACCESSORIES };

/**
 * What is left of the claim once its principal is in: first what the payment brings beyond the principal; of the rest, what lies below the policy's
 * threshold is waived and said so, else finance is asked.
 */
async function settleAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  { row }: AppliedCase,
  by: Actor,
  received: Received | undefined,
): Promise<SettledAccessories> {
  const creditor = await tx.creditors.one({ creditorId: row.creditorId });
  // Settled by the creditor's books alone: nobody knows which day the money came, so nothing can be reckoned from it.
  if (!received && (await tx.creditAllocations.count({ creditorId: row.creditorId, caseId: row.caseId })) === 0) return NOTHING_OWED;
  if (!creditor) return NOTHING_OWED;
  const debtor = await tx.debtors.one({ creditorId: row.creditorId, debtorId: row.debtorId });
  const money = received && { paymentId: received.paymentId, paidOn: received.receivedOn, offeredMinor: received.surplusMinor };
  const { taken, restMinor, on } = shareAccessories(deps, await claimFactsOf(tx, row, debtor && { creditor, debtor }), money);
  const receivedMinor = accessoriesTotal(taken);
  if (money && receivedMinor > 0n) await bookAccessories(tx, deps, row, money, taken, restMinor, by);
  if (restMinor <= 0n) return { outcome: receivedMinor > 0n ? 'paid' : 'none', taken };
  const policy = await deps.policies.find(tx, row.creditorId, row.policyId, row.policyVersion);
  if (restMinor <= amountFor(policy.waiveBelow, row.currency)) {
    await waiveAccessories(tx, deps, row, { restMinor, on }, by);
    return { outcome: 'waived', taken };
  }
  await askAccessories(tx, deps, row, { restMinor, receivedMinor, on });
  return { outcome: 'asked', taken };
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
