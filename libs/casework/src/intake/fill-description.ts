import type { CreditorRow, InvoiceRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { resumeDescribed } from '../people/resume-described.js';

/**
 * The same invoice in another format may say what was sold where the first did not: it is filled in, once, and whatever waited for it goes on. Other words for
 * the same sale are no conflict, and the ones we have stay. Returns French notes; none when nothing changed.
 */
export async function fillDescription(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  known: InvoiceRow,
  description: string,
  by: Actor,
): Promise<string[]> {
  const { creditorId, invoiceId } = known;
  if (known.description !== null) return [];
  if ((await tx.invoices.update({ creditorId, invoiceId, description: null }, { description })) === 0) return [];
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `invoice:${invoiceId}`,
      kind: 'invoiceDescribed',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { invoiceId },
      before: { isDescribed: false },
      after: { isDescribed: true },
    },
    by,
  );
  await resumeDescribed(tx, deps, { ...known, description }, by);
  return ['Ce qui a été vendu est maintenant connu.'];
}
