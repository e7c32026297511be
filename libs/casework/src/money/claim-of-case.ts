import {
  type ClaimMovement,
  currency,
  type Day,
  earlierDay,
  isRefusal,
  type PrincipalStatement,
  principalOnly,
  type Refusal,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import type { CaseRow, InvoiceRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { found, orRefuse } from '../refused-error.js';

/** The claim of a case on a day: the full statement, or why interest cannot be stated, beside the principal that always can. */
export interface ClaimOfCase {
  readonly principal: PrincipalStatement;
  readonly statement?: StatementOfClaim;
  readonly refusal?: Refusal;
}

/** `letter`: money that is booked counts even where its value day lies after `on`, so that no letter asks for what has come in. */
export async function claimOfCase(
  tx: Tables,
  deps: CaseworkDeps,
  row: CaseRow,
  on: Day,
  purpose: 'asOf' | 'letter' = 'asOf',
): Promise<ClaimOfCase> {
  const { creditorId, caseId } = row;
  const invoice = found(await tx.invoices.one({ creditorId, invoiceId: row.invoiceId }), 'invoice', row.invoiceId);
  const debtor = found(await tx.debtors.one({ creditorId, debtorId: row.debtorId }), 'debtor', row.debtorId);
  const allocations = await tx.allocations.all({ creditorId, caseId, reversedAt: null });
  const credits = await tx.creditAllocations.all({ creditorId, caseId });
  const movements: ClaimMovement[] = [
    ...allocations.map((a) => ({ kind: 'payment' as const, on: a.paidOn, amountMinor: a.amountMinor, reference: a.paymentId })),
    ...credits.map((c) => ({ kind: 'creditNote' as const, on: c.onDay, amountMinor: c.amountMinor, reference: c.creditNoteId })),
  ];
  const counted = purpose === 'letter' ? movements.map((movement) => ({ ...movement, on: earlierDay(movement.on, on) })) : movements;
  return claimFrom(deps, row, invoice, debtor.kind, counted, on);
}

export function claimFrom(
  deps: CaseworkDeps,
  row: Pick<CaseRow, 'openPrincipalMinor' | 'dueOn' | 'currency'>,
  invoice: Pick<InvoiceRow, 'law' | 'issuedOn'>,
  kind: StatementOfClaim['kind'],
  movements: readonly ClaimMovement[],
  on: Day,
): ClaimOfCase {
  // What the books took off without saying when lowers the claim from the start, as a credit note does.
  const faceMinor = row.openPrincipalMinor + movements.reduce((sum, m) => sum + m.amountMinor, 0n);
  const input = {
    law: invoice.law,
    kind,
    currency: currency(row.currency),
    faceMinor,
    dueOn: row.dueOn,
    issuedOn: invoice.issuedOn,
    movements,
    on,
  };
  const principal = orRefuse(principalOnly(input));
  const statement = statementOfClaim({ ...input, rates: deps.law.rates(invoice.law) });
  return isRefusal(statement) ? { principal, refusal: statement } : { principal, statement };
}
