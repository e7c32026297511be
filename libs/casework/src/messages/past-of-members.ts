import { decodeState } from '#domain';
import type { PaymentRow, Tables } from '#ports';
import type { MessageMember, PastEvent } from './letter-facts.js';

/**
 * What went before, for a reminder: money that went back, the last answered objection, the last promise that was not kept. A letter that passed over it would
 * read as if nothing had ever come, or as if nobody had answered.
 */
export async function withPast(tx: Tables, members: readonly MessageMember[]): Promise<MessageMember[]> {
  const [lead] = members;
  if (!lead) return [];
  const { creditorId, debtorId } = lead.row;
  const gone = await tx.payments.all({ creditorId, debtorId, state: ['reversed', 'returned'] }, { by: 'paidOn', limit: 50 });
  const told: MessageMember[] = [];
  for (const member of members) {
    const reversed = await reversals(tx, member, gone);
    const past = [
      // What was sent back was for no invoice of ours: it is told once.
      ...(member === lead ? await sentBack(tx, member, gone) : []),
      ...reversed,
      ...(await brokenPromise(tx, member, reversed)),
      ...(await answeredDispute(tx, member)),
    ];
    told.push(past.length > 0 ? { ...member, past } : member);
  }
  return told;
}

async function reversals(
  tx: Tables,
  { row }: MessageMember,
  gone: readonly PaymentRow[],
): Promise<Extract<PastEvent, { kind: 'paymentReversed' }>[]> {
  const paymentId = gone.filter(({ state }) => state === 'reversed').map((payment) => payment.paymentId);
  if (paymentId.length === 0) return [];
  const allocations = await tx.allocations.all({ creditorId: row.creditorId, caseId: row.caseId, paymentId }, { by: 'paidOn' });
  return allocations.flatMap(({ paidOn, reversedOn, amountMinor, interestMinor, indemnityMinor }) =>
    reversedOn === null
      ? []
      : [{ kind: 'paymentReversed' as const, paidOn, on: reversedOn, amountMinor: amountMinor + interestMinor + indemnityMinor }],
  );
}

/** Money of another currency that a person returned: the debtor paid something, and must read what became of it. */
async function sentBack(tx: Tables, { invoice }: MessageMember, gone: readonly PaymentRow[]): Promise<PastEvent[]> {
  const { creditorId, issuedOn } = invoice;
  const events: PastEvent[] = [];
  for (const payment of gone) {
    const { paymentId, state, parkedReason, paidOn, amountMinor, currency } = payment;
    if (state !== 'returned' || parkedReason !== 'otherCurrency' || paidOn < issuedOn) continue;
    const [posting] = await tx.postings.all({ creditorId, cause: `return:${paymentId}` }, { by: 'line', limit: 1 });
    events.push({ kind: 'paymentSentBack', paidOn, ...(posting ? { on: posting.effectiveOn } : {}), amountMinor, currency });
  }
  return events;
}

/** Not told where its money came in and went back: that is said already. */
async function brokenPromise(
  tx: Tables,
  { row, statement, credits }: MessageMember,
  reversed: readonly Extract<PastEvent, { kind: 'paymentReversed' }>[],
): Promise<PastEvent[]> {
  if (decodeState(row.recovery).brokenPromises === 0) return [];
  const { creditorId, caseId } = row;
  const [promise] = await tx.promises.all({ creditorId, caseId, state: 'broken' }, { by: 'createdAt', direction: 'desc', limit: 1 });
  if (!promise || reversed.some(({ on }) => on >= promise.madeOn)) return [];
  const creditedMinor = credits.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const paidMinor = (statement?.faceMinor ?? row.faceMinor) - row.openPrincipalMinor - creditedMinor;
  const sinceMinor = paidMinor - promise.receivedMinorAtStart;
  if (sinceMinor >= promise.amountMinor) return [];
  const { madeOn, dueOn, amountMinor } = promise;
  return [{ kind: 'promiseBroken', madeOn, on: dueOn, amountMinor, partly: sinceMinor > 0n }];
}

/** An objection that the debtor himself took back needs no answer. */
async function answeredDispute(tx: Tables, { row }: MessageMember): Promise<PastEvent[]> {
  // A dispute of more than a day leaves a pause behind; one that ended the day it began was answered on the telephone.
  if ((decodeState(row.recovery).pauses ?? []).length === 0) return [];
  const { creditorId, caseId } = row;
  const [dispute] = await tx.disputes.all({ creditorId, caseId }, { by: 'openedOn', direction: 'desc', limit: 1 });
  if (!dispute || (dispute.state !== 'confirmed' && dispute.state !== 'creditNote')) return [];
  return [{ kind: 'disputeAnswered', openedOn: dispute.openedOn, maintained: dispute.state === 'confirmed' }];
}
