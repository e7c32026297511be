import { type DunningPolicy, refuse, type Refusal } from '#domain';
import { type ChosenPolicy, choosePolicy } from '#policies';
import type { CreditorRow, DebtorRow, InvoiceRow, Tables } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';

type Setting = Pick<DebtorRow, 'policyId' | 'policyVersion'>;

/**
 * The ladder of a case: the most specific setting (invoice, debtor, creditor) that was written for its law and kind of debtor, else the preset of the
 * regime. A version that does not exist is refused by name.
 */
export async function chooseCasePolicy(
  tx: Tables,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  debtor: Setting & Pick<DebtorRow, 'kind'>,
  invoice: Setting & Pick<InvoiceRow, 'law' | 'lawKnown'>,
): Promise<ChosenPolicy | Refusal> {
  const found = { invoice: await settingOf(tx, deps, creditor, invoice), debtor: await settingOf(tx, deps, creditor, debtor) };
  const own = await settingOf(tx, deps, creditor, creditor);
  const missing =
    (['invoice', 'debtor'] as const).find((who) => found[who] === 'missing') ?? (own === 'missing' || !own ? 'creditor' : undefined);
  if (missing || own === 'missing' || !own) {
    const { policyId, policyVersion } = missing === 'invoice' ? invoice : missing === 'debtor' ? debtor : creditor;
    return refuse('policyNotFound', { field: `/${missing}/policy`, facts: { policyId: policyId ?? '', version: policyVersion ?? 0 } });
  }
  const settings = {
    ...(found.invoice && found.invoice !== 'missing' ? { invoice: { policy: found.invoice } } : {}),
    ...(found.debtor && found.debtor !== 'missing' ? { debtor: { policy: found.debtor } } : {}),
    creditor: { policy: own },
  };
  return choosePolicy(settings, { law: invoice.lawKnown ? invoice.law : null, kind: debtor.kind }, deps.policies.presets);
}

async function settingOf(
  tx: Tables,
  deps: CaseworkDeps,
  { creditorId }: CreditorRow,
  { policyId, policyVersion }: Setting,
): Promise<DunningPolicy | 'missing' | undefined> {
  if (!policyId || !policyVersion) return undefined;
  try {
    return await deps.policies.find(tx, creditorId, policyId, policyVersion);
  } catch {
    return 'missing';
  }
}
