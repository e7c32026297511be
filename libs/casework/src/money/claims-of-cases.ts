import type { Day } from '#domain';
import type { CaseRow, DebtorRow, InvoiceRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { found } from '../refused-error.js';
import { type CaseMovement, type ClaimOfCase, claimFrom, creditMovement, paymentMovement } from './claim-of-case.js';

/** A case with what its claim is reckoned from, and the claim; `claim` is absent where even its principal cannot be stated. */
export interface ClaimInBook {
  readonly row: Omit<CaseRow, 'plan'>;
  readonly invoice: InvoiceRow;
  readonly debtor: DebtorRow;
  readonly reckon: (on: Day) => ClaimOfCase;
}

/**
 * The claims of many cases of one creditor, read in one statement a table instead of one a case; the sums are those of `claimOfCase`.
 * `reckon` throws `RefusedError` where `claimOfCase` would.
 */
export async function claimsOfCases(
  tx: Tables,
  deps: Pick<CaseworkDeps, 'law'>,
  creditorId: string,
  rows: readonly Omit<CaseRow, 'plan'>[],
): Promise<ClaimInBook[]> {
  const caseId = rows.map((row) => row.caseId);
  const invoices = byId(await tx.invoices.all({ creditorId, invoiceId: distinct(rows.map((row) => row.invoiceId)) }), 'invoiceId');
  const debtors = byId(await tx.debtors.all({ creditorId, debtorId: distinct(rows.map((row) => row.debtorId)) }), 'debtorId');
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const movements = new Map<string, CaseMovement[]>();
  const add = (of: string, movement: CaseMovement): void => {
    const known = movements.get(of);
    if (known) known.push(movement);
    else movements.set(of, [movement]);
  };
  for (const row of await tx.allocations.all({ creditorId, caseId, reversedAt: null })) add(row.caseId, paymentMovement(row));
  for (const row of await tx.creditAllocations.all({ creditorId, caseId })) add(row.caseId, creditMovement(row));
  return rows.map((row) => {
    const invoice = found(invoices.get(row.invoiceId), 'invoice', row.invoiceId);
    const debtor = found(debtors.get(row.debtorId), 'debtor', row.debtorId);
    return {
      row,
      invoice,
      debtor,
      reckon: (on) => claimFrom(deps, { row, invoice, debtor, creditor, movements: movements.get(row.caseId) ?? [] }, on),
    };
  });
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function byId<R, K extends keyof R>(rows: readonly R[], key: K): Map<R[K], R> {
  return new Map(rows.map((row) => [row[key], row]));
}
