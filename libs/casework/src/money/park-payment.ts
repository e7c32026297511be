import { frenchDay, frenchAmount } from '#domain';
import type { PaymentRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { raiseTask } from '../people/tasks.js';
import type { PaymentOutcome } from './payment-facts.js';
import { postEntry } from './postings.js';

const REASON_IN_FRENCH: Readonly<Record<string, string>> = {
  unmatched: 'aucune facture reconnue',
  severalDebtors: 'plusieurs débiteurs possibles',
  otherCurrency: 'devise autre que celle de la facture',
};

/** Money that only a person can attribute waits in suspense with a task; it blocks formal acts of whoever it may belong to (I3). */
export async function parkPayment(
  tx: Tx,
  deps: CaseworkDeps,
  payment: PaymentRow,
  reason: string,
  debtorId: string | undefined,
): Promise<PaymentOutcome> {
  const { creditorId, paymentId } = payment;
  await postEntry(tx, deps, {
    creditorId,
    currency: payment.currency,
    effectiveOn: payment.paidOn,
    cause: `payment:${paymentId}`,
    lines: [
      { account: 'bank', amountMinor: payment.amountMinor },
      { account: 'suspense', amountMinor: -payment.amountMinor },
    ],
  });
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'paymentParked',
    dedupeKey: `paymentParked:${paymentId}`,
    title: `Paiement de ${frenchAmount(payment.amountMinor, payment.currency)} du ${frenchDay(payment.paidOn)} à affecter\u202f: ${REASON_IN_FRENCH[reason] ?? reason}.`,
    subjectId: paymentId,
    ...(debtorId ? { debtorId } : {}),
    detail: { reason },
  });
  return { paymentId, result: 'parked', parkedReason: reason, allocations: [], creditMinor: 0n };
}
