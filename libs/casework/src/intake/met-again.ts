import type { CaseRow, InvoiceRow } from '#ports';
import type { InvoiceFacts } from './invoice-facts.js';
import { loweredByBooks } from './open-amount.js';

/**
 * What the same invoice would change if it came again with these facts, by the rules that `registerInvoice` follows then: the description filled in, the open
 * amount lowered. The facts must be those of the known invoice (`factsHash`); empty when it would change nothing.
 */
export function changesMetAgain(
  known: InvoiceRow,
  cases: readonly CaseRow[],
  { description, openAmount }: Pick<InvoiceFacts, 'description' | 'openAmount'>,
): ('description' | 'openAmount')[] {
  const isLowered = openAmount !== undefined && loweredByBooks(known, cases, openAmount).length > 0;
  return [
    ...(description && known.description === null ? (['description'] as const) : []),
    ...(isLowered ? (['openAmount'] as const) : []),
  ];
}
