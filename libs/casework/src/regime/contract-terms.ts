import { type ClaimWaiver, type ContractTerms, type Day, type DebtorKind, type IndemnityClause } from '#domain';
import type { CreditorRow, InvoiceRow, KeptTerms } from '#ports';

/** The terms of a contract as somebody read them, and what the creditor gives up of them. */
export interface SettledTerms extends ContractTerms {
  readonly checkedOn: Day;
  /** What the creditor never claims under this contract; void towards a French public buyer. */
  readonly waiver?: ClaimWaiver;
}

/** Terms as a row keeps them: plain JSON, amounts as digit strings. */
export function keepTerms(terms: SettledTerms): KeptTerms {
  return JSON.parse(JSON.stringify(terms, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))) as KeptTerms;
}

/** Terms as the domain reckons with them. Throws a TypeError on an amount that is no digit string: such a row was not written here. */
export function readTerms(kept: KeptTerms): SettledTerms {
  const { indemnity, ...rest } = kept as unknown as Omit<SettledTerms, 'indemnity'> & { indemnity?: Record<string, unknown> };
  return { ...rest, ...(indemnity ? { indemnity: indemnityOf(indemnity) } : {}) };
}

function indemnityOf(kept: Record<string, unknown>): IndemnityClause {
  const amount = (name: string) => (kept[name] === undefined ? {} : { [name]: minor(kept[name], name) });
  return { ...kept, ...amount('amountMinor'), ...amount('minimumMinor') } as unknown as IndemnityClause;
}

function minor(value: unknown, name: string): bigint {
  if (typeof value !== 'string' || !/^\d{1,18}$/.test(value)) throw new TypeError(`Not a digit string: ${name}`);
  return BigInt(value);
}

/** What the contract of an invoice says: its own terms, else those of its creditor for this kind of debtor; undefined when nobody has read any. */
export function termsOfContract(
  creditor: Pick<CreditorRow, 'contractTerms'>,
  invoice: Pick<InvoiceRow, 'contractTerms'>,
  kind: DebtorKind,
): { contract: ContractTerms; waiver?: ClaimWaiver } | undefined {
  const kept = invoice.contractTerms ?? creditor.contractTerms[kind];
  if (!kept) return undefined;
  const { waiver, ...contract } = readTerms(kept);
  return { contract, ...(waiver ? { waiver } : {}) };
}
