import type { AllocationRow, CreditAllocationRow, Tables } from '#ports';

/** Longest part of a payer's words that names his payment beside a sum. */
const WORDS_MOST = 40;

/**
 * What the debtor knows his payments and credit notes by, for each of our keys: what the payer wrote, the number of the note. A payment without a word of its
 * payer has no name: its value day and its sum tell it, a key of ours would not.
 */
export async function namesOfMovements(
  tx: Tables,
  creditorId: string,
  allocations: readonly AllocationRow[],
  credits: readonly CreditAllocationRow[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  if (allocations.length > 0) {
    const payments = await tx.payments.all({ creditorId, paymentId: [...new Set(allocations.map((part) => part.paymentId))] });
    for (const { paymentId, remittance } of payments) {
      const words = payersWords(remittance ?? '');
      if (words) names.set(paymentId, words);
    }
  }
  if (credits.length > 0) {
    const notes = await tx.invoices.all({ creditorId, invoiceId: [...new Set(credits.map((part) => part.creditNoteId))] });
    for (const { invoiceId, number } of notes) names.set(invoiceId, number);
  }
  return names;
}

/** `facture B12, mars 2026`: one line; what is longer is cut at a word. */
export function payersWords(remittance: string): string {
  const line = remittance.replace(/\s+/gu, ' ').trim();
  const signs = Array.from(line);
  if (signs.length <= WORDS_MOST) return line;
  const kept = signs.slice(0, WORDS_MOST).join('');
  return `${kept.includes(' ') ? kept.slice(0, kept.lastIndexOf(' ')) : kept}…`;
}
