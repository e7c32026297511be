import { refuse, type Refusal } from '#domain';
import type { CreditorRow, DebtorRow, InvoiceRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';

export interface PolicyChoice {
  readonly id: string;
  readonly version: number;
  /** Whose setting won. */
  readonly from: 'invoice' | 'debtor' | 'creditor';
}

/** The ladder of a case: the invoice's own setting, else the debtor's, else the creditor's. A version that does not exist is refused by name. */
export async function chooseCasePolicy(
  tx: Tables,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  debtor: Pick<DebtorRow, 'policyId' | 'policyVersion'>,
  invoice: Pick<InvoiceRow, 'policyId' | 'policyVersion'>,
): Promise<PolicyChoice | Refusal> {
  const choice = mostSpecific(creditor, debtor, invoice);
  try {
    await deps.policies.find(tx, creditor.creditorId, choice.id, choice.version);
    return choice;
  } catch {
    return refuse('policyNotFound', { field: `/${choice.from}/policy`, facts: { policyId: choice.id, version: choice.version } });
  }
}

export function mostSpecific(
  creditor: CreditorRow,
  debtor: Pick<DebtorRow, 'policyId' | 'policyVersion'>,
  invoice: Pick<InvoiceRow, 'policyId' | 'policyVersion'>,
): PolicyChoice {
  if (invoice.policyId && invoice.policyVersion) return { id: invoice.policyId, version: invoice.policyVersion, from: 'invoice' };
  if (debtor.policyId && debtor.policyVersion) return { id: debtor.policyId, version: debtor.policyVersion, from: 'debtor' };
  return { id: creditor.policyId, version: creditor.policyVersion, from: 'creditor' };
}
