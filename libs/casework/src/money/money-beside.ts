import type { RecoveryFact } from '#domain';
import type { AllocationRow, CaseRow, PaymentRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { type Accessories, accessoriesTotal, journalAccessories, shareAccessories } from './accessories.js';
import { claimFactsOf } from './claim-of-case.js';
import { placeAccessories } from './open-accessories.js';
import { postEntry } from './postings.js';
import { askAgain } from './take-back-accessories.js';

/** Another payment of the debtor's for the same invoice, with what it holds beyond the principals: `readyMinor` is what a case that opens again may take. */
interface Beside {
  readonly payment: PaymentRow;
  readonly held: readonly AllocationRow[];
  readyMinor: bigint;
}

/** What one case takes of one payment, in minor units. */
export interface Use {
  readonly beside: Beside;
  readonly row: CaseRow;
  readonly amountMinor: bigint;
}

/**
 * Whoever paid twice and gets one payment back has paid: what exceeded the claim until then (credit, interest, indemnity) stands for the principal that opens
 * again, oldest first, so that the case ends as if the money that went back had never come (I1, I19).
 */
export async function moneyBeside(tx: Tx, gone: PaymentRow, rows: readonly CaseRow[]): Promise<Beside[]> {
  const { creditorId, debtorId, currency } = gone;
  if (!debtorId || rows.length === 0) return [];
  const others = (await tx.payments.all({ creditorId, debtorId, currency, state: 'allocated' }, { by: 'recordedAt' })).filter(
    ({ paymentId }) => paymentId !== gone.paymentId,
  );
  if (others.length === 0) return [];
  const given = await tx.allocations.all({ creditorId, caseId: rows.map((row) => row.caseId), reversedAt: null });
  const invoiceIds = new Set(rows.map((row) => row.invoiceId));
  return others.flatMap((payment) => {
    const own = given.filter(({ paymentId }) => paymentId === payment.paymentId);
    const isForThem = own.length > 0 || payment.designates?.some((invoiceId) => invoiceIds.has(invoiceId)) === true;
    const held = own.filter((part) => accessoriesTotal(part) > 0n);
    const readyMinor = payment.creditMinor + held.reduce((sum, part) => sum + accessoriesTotal(part), 0n);
    return isForThem && readyMinor > 0n ? [{ payment, held, readyMinor }] : [];
  });
}

/** Reserves what stands ready for `neededMinor` of a case. */
export function usesFor(row: CaseRow, neededMinor: bigint, beside: readonly Beside[]): Use[] {
  let needed = neededMinor;
  const uses: Use[] = [];
  for (const one of beside) {
    const amountMinor = needed < one.readyMinor ? needed : one.readyMinor;
    if (amountMinor <= 0n) continue;
    one.readyMinor -= amountMinor;
    needed -= amountMinor;
    uses.push({ beside: one, row, amountMinor });
  }
  return uses;
}

export function factsOfUses(uses: readonly Use[]): RecoveryFact[] {
  return uses.map(({ beside: { payment }, amountMinor }) => ({
    type: 'paymentAllocated',
    paymentId: payment.paymentId,
    amountMinor,
    paidOn: payment.paidOn,
  }));
}

/** Books what `usesFor` reserved, and lets what is left of that money pay interest and indemnity of the cases that stay `settled`. */
export async function useMoneyBeside(
  tx: Tx,
  deps: CaseworkDeps,
  taken: { readonly uses: readonly Use[]; readonly settled: readonly CaseRow[] },
  by: Actor,
): Promise<void> {
  for (const beside of new Set(taken.uses.map((use) => use.beside))) {
    const own = taken.uses.filter((use) => use.beside === beside);
    await releaseAccessories(tx, deps, beside, own[0]?.row, by);
    for (const use of own) await allocateCredit(tx, deps, use);
    const { creditorId, paymentId, amountMinor } = beside.payment;
    await tx.payments.update(
      { creditorId, paymentId },
      { creditMinor: beside.readyMinor, allocatedMinor: amountMinor - beside.readyMinor },
    );
  }
  for (const row of taken.settled) await payAccessoriesAnew(tx, deps, row, taken.uses, by);
}

/** Interest and indemnity that this money had paid are its credit again; an allocation is never rewritten, its successor holds the principal alone. */
async function releaseAccessories(
  tx: Tx,
  deps: CaseworkDeps,
  { payment, held }: Beside,
  row: CaseRow | undefined,
  by: Actor,
): Promise<void> {
  const { creditorId, currency, paidOn } = payment;
  const at = deps.clock.now();
  for (const part of held) {
    await tx.allocations.update({ creditorId, allocationId: part.allocationId }, { reversedOn: paidOn, reversedAt: at });
    if (part.amountMinor > 0n) {
      await tx.allocations.insert({ ...part, allocationId: deps.ids.next(), interestMinor: 0n, indemnityMinor: 0n, recordedAt: at });
    }
    await postEntry(tx, deps, {
      creditorId,
      currency,
      effectiveOn: paidOn,
      cause: `release:${part.allocationId}`,
      lines: [
        { account: `interest:${part.caseId}`, amountMinor: part.interestMinor },
        { account: `indemnity:${part.caseId}`, amountMinor: part.indemnityMinor },
        { account: `credit:${payment.debtorId ?? ''}`, amountMinor: -accessoriesTotal(part) },
      ],
    });
    if (row) await journalAccessories(tx, deps, { ...row, caseId: part.caseId }, 'accessoriesTakenBack', paidOn, moved(payment, part), by);
  }
}

function moved({ paymentId }: PaymentRow, { interestMinor, indemnityMinor }: Accessories): Accessories & { readonly paymentId: string } {
  return { paymentId, interestMinor, indemnityMinor };
}

async function allocateCredit(tx: Tx, deps: CaseworkDeps, { beside: { payment }, row, amountMinor }: Use): Promise<void> {
  const { creditorId, paymentId, paidOn, currency } = payment;
  const allocationId = deps.ids.next();
  await tx.allocations.insert({
    ...{ creditorId, allocationId, paymentId, caseId: row.caseId, amountMinor, interestMinor: 0n, indemnityMinor: 0n, paidOn },
    designation: 'credit',
    recordedAt: deps.clock.now(),
    reversedOn: null,
    reversedAt: null,
  });
  await postEntry(tx, deps, {
    creditorId,
    currency,
    effectiveOn: paidOn,
    cause: `credit:${allocationId}`,
    lines: [
      { account: `credit:${payment.debtorId ?? ''}`, amountMinor },
      { account: `receivable:${row.caseId}`, amountMinor: -amountMinor },
    ],
  });
}

async function payAccessoriesAnew(tx: Tx, deps: CaseworkDeps, row: CaseRow, uses: readonly Use[], by: Actor): Promise<void> {
  const { creditorId, caseId, currency } = row;
  for (const { beside } of uses.filter((use) => use.row.caseId === caseId)) {
    if (beside.readyMinor <= 0n) continue;
    const { payment } = beside;
    const { taken, restMinor } = shareAccessories(deps, await claimFactsOf(tx, row), { ...payment, offeredMinor: beside.readyMinor });
    const takenMinor = accessoriesTotal(taken);
    if (takenMinor === 0n) continue;
    beside.readyMinor -= takenMinor;
    await placeAccessories(tx, deps, row, payment, { taken, restMinor, designation: 'credit' }, by);
    await postEntry(tx, deps, {
      creditorId,
      currency,
      effectiveOn: payment.paidOn,
      cause: `credit:${payment.paymentId}:${deps.ids.next()}`,
      lines: [
        { account: `credit:${payment.debtorId ?? ''}`, amountMinor: takenMinor },
        { account: `interest:${caseId}`, amountMinor: -taken.interestMinor },
        { account: `indemnity:${caseId}`, amountMinor: -taken.indemnityMinor },
      ],
    });
    const { paymentId, amountMinor } = payment;
    await tx.payments.update(
      { creditorId, paymentId },
      { creditMinor: beside.readyMinor, allocatedMinor: amountMinor - beside.readyMinor },
    );
  }
  await askAgain(tx, deps, row, by);
}
