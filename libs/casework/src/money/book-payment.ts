import type { CaseRow, CreditorRow, PaymentRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { recordChange } from '../facts/journal-entry.js';
import { found } from '../refused-error.js';
import { afterBalance } from './after-balance.js';
import { matchPayment, type PaymentMatch } from './match-payment.js';
import { parkPayment } from './park-payment.js';
import { type Accessories, accessoriesTotal } from './accessories.js';
import { payOpenAccessories } from './open-accessories.js';
import type { PaymentFacts, PaymentOutcome, Share } from './payment-facts.js';
import { type EntryLine, postEntry } from './postings.js';

/**
 * Books money that came in, once per (provider, providerRef). Matched: allocated to the open terms, oldest due first; what exceeds their principal goes to
 * the interest and indemnity that those it settles lawfully owe, the rest is the debtor's credit.
 * Unmatched, ambiguous or of another currency: parked with a task. Under the creditor's shared lock, in one transaction with everything it causes (I1, I11).
 */
export async function bookPayment(tx: Tx, deps: CaseworkDeps, creditorId: string, facts: PaymentFacts, by: Actor): Promise<PaymentOutcome> {
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const paymentId = deps.ids.next();
  const match = await matchPayment(tx, creditorId, facts);
  const doubt = doubtOf(match, facts);
  const row = paymentRow(paymentId, creditor, facts, match, doubt, deps, by);
  if (!(await tx.payments.insertOnce(row))) {
    const known = found(
      await tx.payments.one({ creditorId, provider: facts.provider, providerRef: facts.providerRef }),
      'payment',
      facts.providerRef,
    );
    return { paymentId: known.paymentId, result: 'duplicate', allocations: [], creditMinor: known.creditMinor };
  }
  await journalPayment(tx, deps, row, by);
  if (!match || doubt) return parkPayment(tx, deps, row, doubt ?? 'unmatched', match?.invoices[0]?.debtorId);
  return allocatePayment(tx, deps, row, match, by);
}

function doubtOf(match: PaymentMatch | undefined, facts: PaymentFacts): string | undefined {
  if (!match) return 'unmatched';
  const [first] = match.invoices;
  if (!first || match.invoices.some((i) => i.debtorId !== first.debtorId)) return 'severalDebtors';
  if (match.invoices.some((i) => i.currency !== facts.currency)) return 'otherCurrency';
  return undefined;
}

function paymentRow(
  paymentId: string,
  creditor: CreditorRow,
  facts: PaymentFacts,
  match: PaymentMatch | undefined,
  doubt: string | undefined,
  deps: CaseworkDeps,
  by: Actor,
): PaymentRow {
  return {
    creditorId: creditor.creditorId,
    paymentId,
    provider: facts.provider,
    providerRef: facts.providerRef,
    amountMinor: facts.amountMinor,
    currency: facts.currency,
    paidOn: facts.paidOn,
    recordedAt: deps.clock.now(),
    remittance: facts.hints.text?.slice(0, 2000) ?? facts.hints.structuredReference ?? facts.hints.invoiceNumber ?? null,
    payerName: facts.payerName ?? null,
    payerIban: facts.payerIban ?? null,
    state: doubt ? 'parked' : 'allocated',
    debtorId: doubt === 'severalDebtors' ? null : (match?.invoices[0]?.debtorId ?? null),
    allocatedMinor: 0n,
    creditMinor: 0n,
    designates: match && !doubt ? designated(match) : null,
    parkedReason: doubt ?? null,
    recordedBy: by.actor,
    reversedAt: null,
  };
}

async function journalPayment(tx: Tx, deps: CaseworkDeps, row: PaymentRow, by: Actor): Promise<void> {
  await recordChange(
    tx,
    {
      creditorId: row.creditorId,
      streamId: `payment:${row.paymentId}`,
      kind: 'paymentRecorded',
      recordedAt: deps.clock.now(),
      effectiveOn: row.paidOn,
      cause: {
        paymentId: row.paymentId,
        provider: row.provider,
        amountMinor: row.amountMinor,
        currency: row.currency,
        state: row.state,
        parkedReason: row.parkedReason,
      },
      before: null,
      after: { paymentId: row.paymentId, amountMinor: row.amountMinor, currency: row.currency, paidOn: row.paidOn },
    },
    by,
  );
}

/**
 * Gives a payment to the cases it is for. New money comes `from` the bank; parked money, when a person says what it is, from `suspense`, where parking
 * booked it.
 */
export async function allocatePayment(
  tx: Tx,
  deps: CaseworkDeps,
  payment: PaymentRow,
  match: PaymentMatch,
  by: Actor,
  from: 'bank' | 'suspense' = 'bank',
): Promise<PaymentOutcome> {
  const { creditorId } = payment;
  const candidates = await tx.cases.all({ creditorId, invoiceId: match.invoices.map((i) => i.invoiceId) });
  const rows = await tx.lockCases(
    creditorId,
    candidates.map((c) => c.caseId),
  );
  const ordered = inOrder(rows, match.caseId);
  let left = payment.amountMinor;
  const shares: Share[] = [];
  for (const [index, row] of ordered.entries()) {
    const share = left < row.openPrincipalMinor ? left : row.openPrincipalMinor;
    if (share <= 0n) continue;
    left -= share;
    const laterMinor = ordered.slice(index + 1).reduce((sum, later) => sum + later.openPrincipalMinor, 0n);
    const surplusMinor = left > laterMinor ? left - laterMinor : 0n;
    const taken = await allocateToCase(tx, deps, payment, row, { shareMinor: share, surplusMinor }, match.designation, by);
    left -= accessoriesTotal(taken);
    shares.push(shareOf(row.caseId, share, taken));
  }
  if (left > 0n) {
    const owing = ordered.filter(({ closedKind }) => closedKind === 'settled');
    const late = await payOpenAccessories(tx, deps, payment, owing, { surplusMinor: left, designation: match.designation }, by);
    left -= late.reduce((sum, { taken }) => sum + accessoriesTotal(taken), 0n);
    shares.push(...late.map(({ caseId, taken }) => shareOf(caseId, 0n, taken)));
  }
  const debtorId = match.invoices[0]?.debtorId ?? payment.debtorId ?? '';
  await postEntry(tx, deps, {
    creditorId,
    currency: payment.currency,
    effectiveOn: payment.paidOn,
    cause: `payment:${payment.paymentId}`,
    lines: [
      { account: from, amountMinor: payment.amountMinor },
      ...shares.flatMap((share) => creditedBy(share)),
      { account: `credit:${debtorId}`, amountMinor: -left },
    ],
  });
  await tx.payments.update(
    { creditorId, paymentId: payment.paymentId },
    {
      ...{ state: 'allocated', debtorId, allocatedMinor: payment.amountMinor - left, creditMinor: left, parkedReason: null },
      designates: designated(match),
    },
  );
  return { paymentId: payment.paymentId, result: 'booked', allocations: shares, creditMinor: left };
}

function designated({ invoices }: PaymentMatch): string[] {
  return invoices.map(({ invoiceId }) => invoiceId);
}

function shareOf(caseId: string, amountMinor: bigint, taken: Accessories): Share {
  return { caseId, amountMinor, ...(accessoriesTotal(taken) > 0n ? taken : {}) };
}

function creditedBy({ caseId, amountMinor, interestMinor = 0n, indemnityMinor = 0n }: Share): EntryLine[] {
  return [
    { account: `receivable:${caseId}`, amountMinor: -amountMinor },
    { account: `interest:${caseId}`, amountMinor: -interestMinor },
    { account: `indemnity:${caseId}`, amountMinor: -indemnityMinor },
  ];
}

/** The case named first, then oldest due; closed cases that still have a balance (handed over, written off) take money too. */
function inOrder(rows: readonly CaseRow[], first: string | undefined): CaseRow[] {
  return [...rows].sort((a, b) => {
    if (a.caseId === first) return -1;
    if (b.caseId === first) return 1;
    return a.dueOn === b.dueOn ? a.term - b.term : a.dueOn < b.dueOn ? -1 : 1;
  });
}

async function allocateToCase(
  tx: Tx,
  deps: CaseworkDeps,
  payment: PaymentRow,
  row: CaseRow,
  { shareMinor: share, surplusMinor }: { readonly shareMinor: bigint; readonly surplusMinor: bigint },
  designation: string,
  by: Actor,
): Promise<Accessories> {
  await tx.allocations.insert({
    creditorId: payment.creditorId,
    allocationId: deps.ids.next(),
    paymentId: payment.paymentId,
    caseId: row.caseId,
    amountMinor: share,
    interestMinor: 0n,
    indemnityMinor: 0n,
    paidOn: payment.paidOn,
    designation,
    recordedAt: deps.clock.now(),
    reversedOn: null,
    reversedAt: null,
  });
  const applied = await applyFacts(
    tx,
    deps,
    row,
    [{ type: 'paymentAllocated', paymentId: payment.paymentId, amountMinor: share, paidOn: payment.paidOn }],
    by,
    {
      effectiveOn: payment.paidOn,
    },
  );
  return afterBalance(tx, deps, applied, by, {
    paymentId: payment.paymentId,
    receivedMinor: share,
    receivedOn: payment.paidOn,
    surplusMinor,
    paidMinor: payment.amountMinor,
  });
}
