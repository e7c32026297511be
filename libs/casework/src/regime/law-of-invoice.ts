import { applicableLaw, type DebtorKind, isRefusal } from '#domain';
import type { CreditorRow, DebtorRow, InvoiceRow } from '#ports';

export type InvoiceLaw = Pick<InvoiceRow, 'law' | 'lawKnown' | 'lawReason' | 'lawNote' | 'lawDecidedBy'>;

/**
 * The governing law of an invoice and why. Where the rules of conflict give no answer (a consumer of another country, a public buyer abroad, a law
 * that is neither French nor Belgian) nobody guesses: `lawKnown` is false until finance settles it.
 */
export function lawOfInvoice(
  creditor: Pick<CreditorRow, 'law' | 'address'>,
  debtor: Pick<DebtorRow, 'country'> & { readonly kind: DebtorKind },
): InvoiceLaw {
  const nobody = { lawNote: null, lawDecidedBy: null };
  const isAtHome = creditor.address.country === creditor.law;
  const answer = applicableLaw({
    // A creditor whose law is not that of its address has chosen it.
    ...(isAtHome ? {} : { chosenLaw: creditor.law }),
    sellerCountry: creditor.address.country,
    buyerCountry: debtor.country,
    buyerKind: debtor.kind,
  });
  if (isRefusal(answer)) return { law: creditor.law, lawKnown: false, lawReason: answer.refusal, ...nobody };
  return { law: answer.law, lawKnown: true, lawReason: answer.reason, ...nobody };
}
