import {
  type ClaimMovement,
  currency,
  type Day,
  decodeState,
  earlierDay,
  isRefusal,
  type PrincipalStatement,
  principalOnly,
  type Refusal,
  refuse,
  regimeOf,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import type { CaseRow, CreditorRow, DebtorRow, InvoiceRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { found, orRefuse } from '../refused-error.js';
import { conductOf } from '../regime/conduct-of-case.js';
import { termsOfContract } from '../regime/contract-terms.js';
import { isKindConfirmed } from '../regime/served-regime.js';

/** The claim of a case on a day: the full statement, or why interest cannot be stated, beside the principal that always can. */
export interface ClaimOfCase {
  readonly principal: PrincipalStatement;
  readonly statement?: StatementOfClaim;
  readonly refusal?: Refusal;
}

/** Whose claim it is: rows that the caller may have read already. */
export interface ClaimParties {
  readonly creditor: CreditorRow;
  readonly debtor: DebtorRow;
}

/** Everything that a claim is reckoned from. */
export interface ClaimFacts extends ClaimParties {
  readonly row: Pick<CaseRow, 'openPrincipalMinor' | 'dueOn' | 'currency' | 'recovery'>;
  readonly invoice: InvoiceRow;
  readonly movements: readonly ClaimMovement[];
}

/** `letter`: money that is booked counts even where its value day lies after `on`, so that no letter asks for what has come in. */
export async function claimOfCase(
  tx: Tables,
  deps: CaseworkDeps,
  row: CaseRow,
  on: Day,
  purpose: 'asOf' | 'letter' = 'asOf',
  known?: ClaimParties,
): Promise<ClaimOfCase> {
  const { creditorId, caseId } = row;
  const invoice = found(await tx.invoices.one({ creditorId, invoiceId: row.invoiceId }), 'invoice', row.invoiceId);
  const parties = known ?? (await partiesOf(tx, row));
  const allocations = await tx.allocations.all({ creditorId, caseId, reversedAt: null });
  const credits = await tx.creditAllocations.all({ creditorId, caseId });
  const movements: ClaimMovement[] = [
    ...allocations.map((a) => ({ kind: 'payment' as const, on: a.paidOn, amountMinor: a.amountMinor, reference: a.paymentId })),
    ...credits.map((c) => ({ kind: 'creditNote' as const, on: c.onDay, amountMinor: c.amountMinor, reference: c.creditNoteId })),
  ];
  const counted = purpose === 'letter' ? movements.map((movement) => ({ ...movement, on: earlierDay(movement.on, on) })) : movements;
  return claimFrom(deps, { row, invoice, ...parties, movements: counted }, on);
}

async function partiesOf(tx: Tables, { creditorId, debtorId }: CaseRow): Promise<ClaimParties> {
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  return { creditor, debtor: found(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId) };
}

/** The same from rows that are at hand. Throws `RefusedError` where not even the principal can be stated. */
export function claimFrom(deps: Pick<CaseworkDeps, 'law'>, facts: ClaimFacts, on: Day): ClaimOfCase {
  const { row, invoice, creditor, debtor, movements } = facts;
  const { kind } = debtor;
  const input = {
    law: invoice.law,
    kind,
    currency: currency(row.currency),
    // What the books took off without saying when lowers the claim from the start, as a credit note does.
    faceMinor: row.openPrincipalMinor + movements.reduce((sum, m) => sum + m.amountMinor, 0n),
    dueOn: row.dueOn,
    issuedOn: invoice.issuedOn,
    movements,
    on,
  };
  const principal = orRefuse(principalOnly(input));
  if (!invoice.lawKnown) return { principal, refusal: refuse('lawUnknown', { field: '/law', facts: { reason: invoice.lawReason } }) };
  const kindConfirmed = isKindConfirmed(debtor);
  const regime = regimeOf(invoice.law, kind, { confirmedByPerson: kindConfirmed });
  if (isRefusal(regime)) return { principal, refusal: regime };
  const terms = termsOfContract(creditor, invoice, kind);
  const statement = statementOfClaim({
    ...input,
    rules: deps.law.rules(regime),
    kindConfirmed,
    conduct: conductOf(decodeState(row.recovery)),
    creditor: creditor.standing,
    ...terms,
  });
  return isRefusal(statement) ? { principal, refusal: statement } : { principal, statement };
}
