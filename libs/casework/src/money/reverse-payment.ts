import { type Day, decodeState, frenchDay, promiseVerdict, type RecoveryFact } from '#domain';
import type { AllocationRow, CaseRow, PaymentRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { environmentOf } from '../facts/case-environment.js';
import { recordChange } from '../facts/journal-entry.js';
import { closeTask, raiseTask } from '../people/tasks.js';
import { factsOfUses, moneyBeside, type Use, usesFor, useMoneyBeside } from './money-beside.js';
import { postEntry } from './postings.js';
import { takeBackAccessories } from './take-back-accessories.js';

export interface ReversalOutcome {
  readonly result: 'reversed' | 'duplicate' | 'paymentUnknown';
  readonly paymentId?: string;
  readonly caseIds: readonly string[];
}

/**
 * Money that went back (refused debit, chargeback): every allocation is reversed, what interest and indemnity took with it, and a case that it had
 * settled comes back at the rung after the last one sent (I13), unless other money of the debtor's stands for it (`moneyBeside`). A reversal that arrives before its payment is told so and waits in the inbox.
 */
export async function reversePayment(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  reversal: { readonly provider: string; readonly providerRef: string; readonly on: Day },
  by: Actor,
): Promise<ReversalOutcome> {
  const payment = await tx.payments.one({ creditorId, provider: reversal.provider, providerRef: reversal.providerRef });
  if (!payment) return { result: 'paymentUnknown', caseIds: [] };
  // Money that a person sent back is not ours any more: the bank's own notice of it changes nothing.
  if (payment.state === 'reversed' || payment.state === 'returned')
    return { result: 'duplicate', paymentId: payment.paymentId, caseIds: [] };
  const allocations = await tx.allocations.all({ creditorId, paymentId: payment.paymentId, reversedAt: null });
  const rows = await tx.lockCases(
    creditorId,
    allocations.map((a) => a.caseId),
  );
  const beside = await moneyBeside(
    tx,
    payment,
    rows.filter(({ caseId }) => allocations.some((part) => part.caseId === caseId && part.amountMinor > 0n)),
  );
  const settled: CaseRow[] = [];
  const taken = { uses: [] as Use[], settled: [] as CaseRow[] };
  for (const row of rows) {
    const share = allocations.filter((a) => a.caseId === row.caseId).reduce((sum, a) => sum + a.amountMinor, 0n);
    // Money for interest and indemnity alone: the principal of the case is not touched.
    if (share === 0n) {
      settled.push(row);
      continue;
    }
    const uses = usesFor(row, share, beside);
    taken.uses.push(...uses);
    const goneMinor = share - uses.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const applied = await applyFacts(
      tx,
      deps,
      row,
      [
        { type: 'paymentReversed', paymentId: payment.paymentId, amountMinor: share, reversedOn: reversal.on },
        ...(goneMinor > 0n ? await promiseBrokenAfterAll(tx, deps, row, goneMinor) : []),
        ...factsOfUses(uses),
      ],
      by,
      {
        effectiveOn: reversal.on,
      },
    );
    if (applied.before.closed && !applied.state.closed) await sayReopened(tx, deps, row.creditorId, row.caseId, payment);
    else if (applied.state.closed?.kind === 'settled') (uses.length > 0 ? taken.settled : settled).push(applied.row);
  }
  await bookReversal(tx, deps, payment, allocations, reversal.on, by);
  await takeBackAccessories(tx, deps, { payment, allocations, rows, settled, on: reversal.on }, by);
  await useMoneyBeside(tx, deps, taken, by);
  return { result: 'reversed', paymentId: payment.paymentId, caseIds: rows.map((r) => r.caseId) };
}

const REOPENED_BY_REVERSAL: ReadonlySet<string> = new Set(['settled', 'writtenOff']);

/** A promise that this money had kept is broken, as if it had never come (its row too); what came in from elsewhere still counts. */
async function promiseBrokenAfterAll(tx: Tx, deps: CaseworkDeps, row: CaseRow, goneMinor: bigint): Promise<RecoveryFact[]> {
  const { creditorId, caseId } = row;
  const state = decodeState(row.recovery);
  const isOpenAgain = !state.closed || REOPENED_BY_REVERSAL.has(state.closed.kind);
  if (!state.keptPromise || !isOpenAgain || state.openPrincipalMinor + goneMinor <= state.toleranceMinor) return [];
  const promise = await tx.promises.one({ creditorId, promiseId: state.keptPromise.promiseId });
  if (!promise) return [];
  const left = await tx.allocations.all({ creditorId, caseId, reversedAt: null });
  const receivedMinor = left.reduce((sum, a) => sum + a.amountMinor, 0n) - goneMinor - promise.receivedMinorAtStart;
  const { policy } = await environmentOf(tx, deps, row);
  const { keptFromPercent = '100' } = policy.promise;
  if (promiseVerdict({ promisedMinor: promise.amountMinor, receivedMinor, keptFromPercent }) === 'kept') return [];
  await tx.promises.update({ creditorId, promiseId: promise.promiseId }, { state: 'broken', endedAt: deps.clock.now() });
  return [{ type: 'promiseEnded', promiseId: promise.promiseId, verdict: 'broken' }];
}

async function bookReversal(
  tx: Tx,
  deps: CaseworkDeps,
  payment: PaymentRow,
  allocations: readonly AllocationRow[],
  on: Day,
  by: Actor,
): Promise<void> {
  const { creditorId, paymentId } = payment;
  const isParked = payment.state === 'parked';
  await postEntry(tx, deps, {
    creditorId,
    currency: payment.currency,
    effectiveOn: on,
    cause: `reversal:${paymentId}`,
    lines: [
      { account: 'bank', amountMinor: -payment.amountMinor },
      ...allocations.flatMap((a) => [
        { account: `receivable:${a.caseId}`, amountMinor: a.amountMinor },
        { account: `interest:${a.caseId}`, amountMinor: a.interestMinor },
        { account: `indemnity:${a.caseId}`, amountMinor: a.indemnityMinor },
      ]),
      { account: `credit:${payment.debtorId ?? ''}`, amountMinor: isParked ? 0n : payment.creditMinor },
      { account: 'suspense', amountMinor: isParked ? payment.amountMinor : 0n },
    ],
  });
  // Nobody can say any more what it was for: the bank took it back first.
  if (isParked) await closeTask(tx, deps, { creditorId, dedupeKey: `paymentParked:${paymentId}` }, by.actor, 'cancelled');
  const at = deps.clock.now();
  await tx.allocations.update({ creditorId, paymentId, reversedAt: null }, { reversedOn: on, reversedAt: at });
  await tx.payments.update({ creditorId, paymentId }, { state: 'reversed', reversedAt: at, creditMinor: 0n, allocatedMinor: 0n });
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `payment:${paymentId}`,
      kind: 'paymentReversed',
      recordedAt: at,
      effectiveOn: on,
      cause: { paymentId, amountMinor: payment.amountMinor },
      before: { state: payment.state },
      after: { state: 'reversed' },
    },
    by,
  );
}

async function sayReopened(tx: Tx, deps: CaseworkDeps, creditorId: string, caseId: string, payment: PaymentRow): Promise<void> {
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'paymentReversed',
    dedupeKey: `paymentReversed:${payment.paymentId}:${caseId}`,
    title: `Le paiement du ${frenchDay(payment.paidOn)} a été rejeté ou remboursé\u202f: le dossier est rouvert, la relance reprend après la dernière étape faite.`,
    caseId,
    subjectId: payment.paymentId,
    ...(payment.debtorId ? { debtorId: payment.debtorId } : {}),
  });
}
