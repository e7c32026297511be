import { belgianReference, creditorReference, formatStructuredReference, parseStructuredReference } from '#domain';
import type { CreditorRow } from '#ports';
import type { InvoiceFacts } from './invoice-facts.js';

const OGM_DIGITS_MAX = 10;
const RF_BODY_MAX = 21;

/** The structured reference a debtor is asked to quote: the invoice's own where it has a valid one, else one made from its number. */
export function printedReference(creditor: CreditorRow, facts: InvoiceFacts): string {
  const own = facts.paymentReference ? parseStructuredReference(facts.paymentReference) : undefined;
  if (own) return formatStructuredReference(own);
  const digits = facts.number.replace(/\D/g, '');
  if (creditor.law === 'BE' && digits.length > 0 && digits.length <= OGM_DIGITS_MAX && /^[\d\s./-]+$/.test(facts.number)) {
    return formatStructuredReference(belgianReference(BigInt(digits)));
  }
  const body = facts.number
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, RF_BODY_MAX);
  return body === '' ? facts.number : formatStructuredReference(creditorReference(body));
}
