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
import type { AllocationRow, CaseRow, CreditAllocationRow, CreditorRow, DebtorRow, InvoiceRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { found, orRefuse } from '../refused-error.js';
import { conductOf } from '../regime/conduct-of-case.js';
import { termsOfContract } from '../regime/contract-terms.js';
import { isKindConfirmed } from '../regime/served-regime.js';
import { namesOfMovements } from './names-of-movements.js';

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

/** What lowers a claim; of a payment also what of it the principal did not take. */
export interface CaseMovement extends ClaimMovement {
  /** Our own key of a payment, which no reader sees. */
  readonly paymentId?: string;
  /** Booked for interest, and for the indemnity. */
  readonly interestMinor?: bigint;
  readonly indemnityMinor?: bigint;
  /** Not booked for anything yet: what the law would impute of it is being asked. */
  readonly offeredMinor?: bigint;
}

/** Everything that a claim is reckoned from. */
export interface ClaimFacts extends ClaimParties {
  readonly row: Pick<CaseRow, 'openPrincipalMinor' | 'dueOn' | 'currency' | 'recovery'>;
  readonly invoice: InvoiceRow;
  readonly movements: readonly CaseMovement[];
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
  const facts = await claimFactsOf(tx, row, known, { isNamed: true });
  const { movements } = facts;
  const counted = purpose === 'letter' ? movements.map((movement) => ({ ...movement, on: earlierDay(movement.on, on) })) : movements;
  return claimFrom(deps, { ...facts, movements: counted }, on);
}

/** What the claim of a case is reckoned from, as it is booked now. `isNamed`: with what a reader knows each movement by, which no sum needs. */
export async function claimFactsOf(tx: Tables, row: CaseRow, known?: ClaimParties, { isNamed = false } = {}): Promise<ClaimFacts> {
  const { creditorId, caseId } = row;
  const invoice = found(await tx.invoices.one({ creditorId, invoiceId: row.invoiceId }), 'invoice', row.invoiceId);
  const parties = known ?? (await partiesOf(tx, row));
  const allocations = await tx.allocations.all({ creditorId, caseId, reversedAt: null });
  const credits = await tx.creditAllocations.all({ creditorId, caseId });
  const named = isNamed ? await namesOfMovements(tx, creditorId, allocations, credits) : new Map<string, string>();
  const movements = [
    ...allocations.map((part) => paymentMovement(part, named.get(part.paymentId))),
    ...credits.map((part) => creditMovement(part, named.get(part.creditNoteId))),
  ];
  return { row, invoice, ...parties, movements };
}

/** The law imputes a payment as a whole, whatever the books took it for. `named`: the payer's own words. */
export function paymentMovement(
  { paymentId, paidOn, amountMinor, interestMinor, indemnityMinor }: AllocationRow,
  named?: string,
): CaseMovement {
  const heads = interestMinor + indemnityMinor > 0n ? { interestMinor, indemnityMinor } : {};
  const reference = named ? { reference: named } : {};
  return { kind: 'payment', on: paidOn, amountMinor: amountMinor + interestMinor + indemnityMinor, paymentId, ...reference, ...heads };
}

/** `named`: the number of the credit note. */
export function creditMovement({ onDay, amountMinor }: CreditAllocationRow, named?: string): CaseMovement {
  return { kind: 'creditNote', on: onDay, amountMinor, ...(named ? { reference: named } : {}) };
}

/** What the principal took of each movement. */
function principalMovements(movements: readonly CaseMovement[]): CaseMovement[] {
  return movements.flatMap((movement) => {
    const { interestMinor = 0n, indemnityMinor = 0n, offeredMinor = 0n } = movement;
    const amountMinor = movement.amountMinor - interestMinor - indemnityMinor - offeredMinor;
    return amountMinor > 0n ? [{ ...movement, amountMinor }] : [];
  });
}

async function partiesOf(tx: Tables, { creditorId, debtorId }: CaseRow): Promise<ClaimParties> {
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  return { creditor, debtor: found(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId) };
}

/** The same from rows that are at hand. Throws `RefusedError` where not even the principal can be stated. */
export function claimFrom(deps: Pick<CaseworkDeps, 'law'>, facts: ClaimFacts, on: Day): ClaimOfCase {
  const { row, invoice, creditor, debtor, movements } = facts;
  const { kind } = debtor;
  const booked = principalMovements(movements);
  const input = {
    law: invoice.law,
    kind,
    currency: currency(row.currency),
    // What the books took off without saying when lowers the claim from the start, as a credit note does.
    faceMinor: row.openPrincipalMinor + booked.reduce((sum, m) => sum + m.amountMinor, 0n),
    dueOn: row.dueOn,
    issuedOn: invoice.issuedOn,
    movements,
    on,
  };
  const principal = orRefuse(principalOnly({ ...input, movements: booked }));
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
  if (isRefusal(statement)) return { principal, refusal: statement };
  // What the books took for accessories never lowers their principal, also where that is open again.
  return { principal, statement: { ...statement, openPrincipalMinor: principal.openPrincipalMinor } };
}
