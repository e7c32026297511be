import {
  type Actor,
  allocateParked,
  bookPayment,
  type CaseworkDeps,
  found,
  matchPayment,
  type PaymentFacts,
  raiseTask,
  reversePayment,
  todayFor,
} from '#casework';
import { frenchDay, type Day, earlierDay } from '#domain';
import type { CreditorRow, InboxRow, PaymentNotice, Tx } from '#ports';

/** What became of an inbox row: `later` waits for something (a reversal before its payment). */
export type InboxVerdict = {
  readonly state: 'applied' | 'parked' | 'ignored' | 'later';
  readonly debtorId?: string;
  readonly because?: string;
};

/** A notice as the inbox keeps it: amounts as digit strings. */
export function noticeToJson(notice: PaymentNotice): Record<string, unknown> {
  const { money, ...rest } = notice;
  return JSON.parse(JSON.stringify({ ...rest, money: { minor: money.minor.toString(), currency: money.currency } })) as Record<
    string,
    unknown
  >;
}

function noticeOf(row: InboxRow): PaymentNotice {
  const json = row.notice as unknown as Omit<PaymentNotice, 'money'> & {
    money: { minor: string; currency: PaymentNotice['money']['currency'] };
  };
  return { ...json, money: { minor: BigInt(json.money.minor), currency: json.money.currency } };
}

/** Books what a payment event says, once per effect: several events may tell of the same money. */
export async function applyPaymentEvent(tx: Tx, deps: CaseworkDeps, row: InboxRow, by: Actor): Promise<InboxVerdict> {
  const notice = noticeOf(row);
  const creditor = found(await tx.creditors.one({ creditorId: row.creditorId }), 'creditor', row.creditorId);
  if (!notice.livemode && !creditor.sandbox) return { state: 'ignored', because: 'testEvent' };
  const on = dayFor(creditor, deps, notice.paidOn);
  return notice.kind === 'received'
    ? received(tx, deps, notice, on, row.creditorId, by)
    : reversed(tx, deps, notice, on, row.creditorId, by);
}

/** A sandbox lives in another time than the provider: nothing is paid after its today. */
function dayFor(creditor: CreditorRow, deps: CaseworkDeps, day: Day): Day {
  return creditor.sandbox ? earlierDay(day, todayFor(creditor, deps.clock)) : day;
}

async function received(
  tx: Tx,
  deps: CaseworkDeps,
  notice: PaymentNotice,
  paidOn: Day,
  creditorId: string,
  by: Actor,
): Promise<InboxVerdict> {
  const facts = factsOf(notice, paidOn);
  const outcome = await bookPayment(tx, deps, creditorId, facts, by);
  if (outcome.result === 'duplicate') await tryAgainWithHints(tx, deps, creditorId, outcome.paymentId, facts, by);
  const payment = await tx.payments.one({ creditorId, paymentId: outcome.paymentId });
  // A parked payment is applied all the same: the money is booked, and its task asks a person.
  return { state: 'applied', ...(payment?.debtorId ? { debtorId: payment.debtorId } : {}) };
}

/** A later event of the same money may say whose it is. */
async function tryAgainWithHints(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  paymentId: string,
  facts: PaymentFacts,
  by: Actor,
): Promise<void> {
  const payment = await tx.payments.one({ creditorId, paymentId, state: 'parked', parkedReason: 'unmatched' });
  const match = payment && (await matchPayment(tx, creditorId, facts));
  const [invoice] = match?.invoices ?? [];
  if (!match || !invoice || match.invoices.length > 1 || invoice.currency !== facts.currency) return;
  await allocateParked(tx, deps, creditorId, paymentId, match.caseId ? { caseId: match.caseId } : { invoiceId: invoice.invoiceId }, by);
}

async function reversed(tx: Tx, deps: CaseworkDeps, notice: PaymentNotice, on: Day, creditorId: string, by: Actor): Promise<InboxVerdict> {
  const original = notice.reverses ?? notice.providerPaymentId;
  const providerRef = `${notice.account}:${original}`;
  const payment = await tx.payments.one({ creditorId, provider: notice.provider, providerRef });
  if (!payment) return { state: 'later', because: 'paymentUnknown' };
  const debtor = payment.debtorId ? { debtorId: payment.debtorId } : {};
  if (payment.state !== 'reversed' && (payment.amountMinor !== notice.money.minor || payment.currency !== notice.money.currency)) {
    await raiseTask(tx, deps, {
      creditorId,
      kind: 'partialReversal',
      role: 'finance',
      dedupeKey: `partialReversal:${notice.provider}:${notice.account}:${notice.providerPaymentId}`,
      title: `Remboursement partiel ou d’un autre montant que le paiement du ${frenchDay(payment.paidOn)}\u202f: corriger le paiement à la main.`,
      subjectId: payment.paymentId,
      ...debtor,
      detail: { amountMinor: notice.money.minor.toString(), currency: notice.money.currency },
    });
    return { state: 'parked', because: 'partialReversal', ...debtor };
  }
  await reversePayment(tx, deps, creditorId, { provider: notice.provider, providerRef, on }, by);
  return { state: 'applied', ...debtor };
}

function factsOf(notice: PaymentNotice, paidOn: Day): PaymentFacts {
  const { payer, hints, money } = notice;
  // Money that comes back after a dispute was won is new money: the reversal stays in the books.
  const undo = notice.reverses === undefined ? '' : `:${notice.reverses}`;
  return {
    provider: notice.provider,
    providerRef: `${notice.account}:${notice.providerPaymentId}${undo}`,
    amountMinor: money.minor,
    currency: money.currency,
    paidOn,
    hints,
    ...(payer?.name ? { payerName: payer.name } : {}),
    ...(payer?.iban ? { payerIban: payer.iban } : {}),
  };
}
