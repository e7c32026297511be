import type { Day } from '#domain';
import type { CaseRow, InvoiceRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { postEntry } from '../money/postings.js';
import { afterBalance } from '../money/after-balance.js';
import { spreadOpen } from './invoice-terms.js';

/** What the books say of an invoice as a whole. */
export interface OpenByBooks {
  readonly amountMinor: bigint;
  readonly asOf: Day;
}

/** The open cases that the books lower, each with its new open amount; none when the books are no newer than what we have. */
export function loweredByBooks(
  { openAsOf }: Pick<InvoiceRow, 'openAsOf'>,
  cases: readonly CaseRow[],
  books: OpenByBooks,
): { readonly row: CaseRow; readonly targetMinor: bigint }[] {
  if (openAsOf && books.asOf <= openAsOf) return [];
  const rows = [...cases].sort((a, b) => a.term - b.term);
  const wanted = spreadOpen(
    books.amountMinor,
    rows.map((r) => ({ amountMinor: r.faceMinor })),
  );
  return rows.flatMap((row, index) => {
    const targetMinor = wanted[index] ?? 0n;
    return row.closedKind || targetMinor >= row.openPrincipalMinor ? [] : [{ row, targetMinor }];
  });
}

/**
 * What the creditor's books say is still open, with its day. A lower figure lowers the cases, latest terms last; a higher one changes nothing (money
 * that we booked is not lost because a list is late). An older day than the one we have is ignored. Returns French notes, or undefined when nothing changed.
 */
export async function lowerByBooks(
  tx: Tx,
  deps: CaseworkDeps,
  invoice: InvoiceRow,
  books: OpenByBooks,
  by: Actor,
): Promise<string[] | undefined> {
  if (invoice.openAsOf && books.asOf <= invoice.openAsOf) return undefined;
  const { creditorId, invoiceId } = invoice;
  const found = await tx.cases.all({ creditorId, invoiceId }, { by: 'term' });
  const rows = await tx.lockCases(
    creditorId,
    found.map((c) => c.caseId),
  );
  const notes: string[] = [];
  for (const { row, targetMinor: target } of loweredByBooks(invoice, rows, books)) {
    await postEntry(tx, deps, {
      creditorId,
      currency: row.currency,
      effectiveOn: books.asOf,
      cause: `openAmount:${invoiceId}:${books.asOf}`,
      lines: [
        { account: `receivable:${row.caseId}`, amountMinor: target - row.openPrincipalMinor },
        { account: 'booksAdjustment', amountMinor: row.openPrincipalMinor - target },
      ],
    });
    const applied = await applyFacts(
      tx,
      deps,
      row,
      [{ type: 'balanceCorrected', openPrincipalMinor: target, cause: 'openAmount', reference: books.asOf }],
      by,
    );
    await afterBalance(tx, deps, applied, by);
    notes.push(`Solde ramené à ce que dit la comptabilité au ${books.asOf}.`);
  }
  await tx.invoices.update({ creditorId, invoiceId }, { openMinor: books.amountMinor, openAsOf: books.asOf });
  return notes.length > 0 ? notes : undefined;
}
