import type { CaseRow, InvoiceRow, PaymentRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { casesWaitingFor, liftWaiting } from '../people/lift-waiting.js';
import { closeTask } from '../people/tasks.js';
import { found, refusal } from '../refused-error.js';
import { allocatePayment } from './book-payment.js';
import type { PaymentMatch } from './match-payment.js';
import type { PaymentOutcome } from './payment-facts.js';
import { postEntry } from './postings.js';

/** Why a rung waits for parked money; what a decision about that money lifts. */
const WAITS_FOR_MONEY: ReadonlySet<string> = new Set(['parkedPayment', 'parkedCredit']);

/** A person says what parked money is for: one case, or all terms of one invoice. Another currency never settles. */
export async function allocateParked(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  paymentId: string,
  target: { readonly caseId?: string; readonly invoiceId?: string },
  by: Actor,
): Promise<PaymentOutcome> {
  const payment = found(await tx.payments.one({ creditorId, paymentId }), 'payment', paymentId);
  const match = await designated(tx, creditorId, target);
  const [invoice] = match.invoices;
  if (invoice && invoice.currency !== payment.currency) {
    throw refusal('allocationOtherCurrency', { payment: payment.currency, invoice: invoice.currency });
  }
  const waiting = await casesWaitingFor(tx, creditorId, WAITS_FOR_MONEY, payment.debtorId ?? undefined);
  const own = await tx.cases.all({ creditorId, invoiceId: match.invoices.map((i) => i.invoiceId) });
  await tx.lockCases(creditorId, [...new Set([...waiting, ...own.map((c) => c.caseId)])]);
  await takeFromParked(tx, payment, 'allocated');
  const outcome = await allocatePayment(tx, deps, { ...payment, debtorId: invoice?.debtorId ?? payment.debtorId }, match, by, 'suspense');
  await closeTask(tx, deps, { creditorId, dedupeKey: `paymentParked:${paymentId}` }, by.actor);
  await journalDecision(
    tx,
    deps,
    payment,
    'paymentAllocatedByPerson',
    { allocations: outcome.allocations.map((a) => ({ ...a })), creditMinor: outcome.creditMinor },
    by,
  );
  await liftWaiting(tx, deps, creditorId, waiting, WAITS_FOR_MONEY, by);
  return outcome;
}

/** Parked money that is nobody's here goes back to its sender; what waited for the decision moves on. */
export async function returnPayment(tx: Tx, deps: CaseworkDeps, creditorId: string, paymentId: string, by: Actor): Promise<PaymentRow> {
  const payment = found(await tx.payments.one({ creditorId, paymentId }), 'payment', paymentId);
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const waiting = await casesWaitingFor(tx, creditorId, WAITS_FOR_MONEY, payment.debtorId ?? undefined);
  await tx.lockCases(creditorId, waiting);
  await takeFromParked(tx, payment, 'returned');
  await postEntry(tx, deps, {
    creditorId,
    currency: payment.currency,
    effectiveOn: todayFor(creditor, deps.clock),
    cause: `return:${paymentId}`,
    lines: [
      { account: 'suspense', amountMinor: payment.amountMinor },
      { account: 'bank', amountMinor: -payment.amountMinor },
    ],
  });
  await closeTask(tx, deps, { creditorId, dedupeKey: `paymentParked:${paymentId}` }, by.actor);
  await journalDecision(tx, deps, payment, 'paymentReturned', {}, by);
  await liftWaiting(tx, deps, creditorId, waiting, WAITS_FOR_MONEY, by);
  return { ...payment, state: 'returned' };
}

/** Compare-and-set: of two people deciding at once, one is told that it is decided. */
async function takeFromParked(tx: Tx, payment: PaymentRow, state: 'allocated' | 'returned'): Promise<void> {
  const { creditorId, paymentId } = payment;
  const changed = await tx.payments.update({ creditorId, paymentId, state: 'parked' }, { state });
  if (changed === 0) throw refusal('paymentNotParked', { state: payment.state });
}

async function designated(
  tx: Tx,
  creditorId: string,
  target: { readonly caseId?: string; readonly invoiceId?: string },
): Promise<PaymentMatch> {
  const row: CaseRow | undefined = target.caseId
    ? found(await tx.cases.one({ creditorId, caseId: target.caseId }), 'case', target.caseId)
    : undefined;
  const invoiceId = row?.invoiceId ?? target.invoiceId ?? '';
  const invoice: InvoiceRow = found(await tx.invoices.one({ creditorId, invoiceId, documentKind: 'invoice' }), 'invoice', invoiceId);
  return { invoices: [invoice], designation: 'case', ...(row ? { caseId: row.caseId } : {}) };
}

async function journalDecision(
  tx: Tx,
  deps: CaseworkDeps,
  payment: PaymentRow,
  kind: string,
  cause: Record<string, unknown>,
  by: Actor,
): Promise<void> {
  await recordChange(
    tx,
    {
      creditorId: payment.creditorId,
      streamId: `payment:${payment.paymentId}`,
      kind,
      recordedAt: deps.clock.now(),
      effectiveOn: payment.paidOn,
      cause: { paymentId: payment.paymentId, amountMinor: payment.amountMinor, ...cause },
      before: { state: payment.state },
      after: { state: kind === 'paymentReturned' ? 'returned' : 'allocated' },
    },
    by,
  );
}
