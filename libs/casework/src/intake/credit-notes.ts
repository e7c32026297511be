import type { CaseRow, CreditorRow, DebtorRow, InvoiceRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { afterBalance } from '../money/after-balance.js';
import { postEntry } from '../money/postings.js';
import { todayFor } from '../moment.js';
import { casesWaitingFor, liftWaiting } from '../people/lift-waiting.js';
import { closeTask, raiseTask } from '../people/tasks.js';
import { refusal } from '../refused-error.js';
import type { IntakeOutcome } from './invoice-facts.js';

const WAITS_FOR_CREDIT: ReadonlySet<string> = new Set(['parkedCredit']);

/** A credit note lowers the invoice it names, in either order of arrival; one that names none, or one not here yet, is parked and blocks formal acts. */
export async function registerCreditNote(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  debtor: DebtorRow,
  note: InvoiceRow,
  by: Actor,
): Promise<IntakeOutcome> {
  const invoice = await findCorrectedInvoice(tx, note);
  if (!invoice) {
    const named =
      note.precedingNumbers.length > 0 ? `cite ${note.precedingNumbers.join(', ')}, pas encore importée` : 'ne cite aucune facture';
    await raiseTask(tx, deps, {
      creditorId: creditor.creditorId,
      kind: 'creditNoteParked',
      dedupeKey: `creditNoteParked:${note.invoiceId}`,
      title: `L’avoir ${note.number} de ${debtor.name} ${named}\u202f: l’affecter. Aucun acte formel ne part pour ce débiteur d’ici là.`,
      debtorId: debtor.debtorId,
      subjectId: note.invoiceId,
    });
    return { result: 'creditParked', invoiceId: note.invoiceId, caseIds: [], notes: [`Avoir mis en attente : il ${named}.`] };
  }
  const caseIds = await allocateCredit(tx, deps, creditor, note, invoice, by);
  return { result: 'creditAllocated', invoiceId: note.invoiceId, caseIds, notes: [`Avoir imputé sur la facture ${invoice.number}.`] };
}

async function findCorrectedInvoice(tx: Tx, note: InvoiceRow): Promise<InvoiceRow | undefined> {
  if (note.precedingNumbers.length === 0) return undefined;
  const candidates = await tx.invoices.all(
    { creditorId: note.creditorId, documentKind: 'invoice', number: note.precedingNumbers, currency: note.currency },
    { by: 'issuedOn', direction: 'desc', limit: 20 },
  );
  return candidates.find((c) => c.debtorId === note.debtorId) ?? (candidates.length === 1 ? candidates[0] : undefined);
}

/**
 * Takes the credit off the open terms, oldest due first; what is left is the debtor's credit. Marks the note as allocated, once: refused where it is
 * already, or where the currencies differ. What waited for the decision looks again at once.
 */
export async function allocateCredit(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  note: InvoiceRow,
  invoice: InvoiceRow,
  by: Actor,
): Promise<string[]> {
  const { creditorId } = creditor;
  if (note.currency !== invoice.currency)
    throw refusal('allocationOtherCurrency', { creditNote: note.currency, invoice: invoice.currency });
  const found = await tx.cases.all({ creditorId, invoiceId: invoice.invoiceId });
  const waiting = await casesWaitingFor(tx, creditorId, WAITS_FOR_CREDIT, note.debtorId);
  const locked = await tx.lockCases(creditorId, [...new Set([...found.map((c) => c.caseId), ...waiting])]);
  const marked = await tx.invoices.update({ creditorId, invoiceId: note.invoiceId, creditState: 'parked' }, { creditState: 'allocated' });
  if (marked === 0) throw refusal('creditNoteNotParked', { number: note.number });
  const rows = locked.filter((row) => row.invoiceId === invoice.invoiceId).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  let left = note.payableMinor;
  const touched: string[] = [];
  for (const row of rows) {
    const share = left < row.openPrincipalMinor ? left : row.openPrincipalMinor;
    if (share <= 0n) continue;
    left -= share;
    touched.push(row.caseId);
    await takeOff(tx, deps, note, row, share, by);
  }
  if (left > 0n) {
    await postEntry(tx, deps, {
      creditorId,
      currency: note.currency,
      effectiveOn: note.issuedOn,
      cause: `creditNote:${note.invoiceId}`,
      lines: [
        { account: 'sales', amountMinor: left },
        { account: `credit:${note.debtorId}`, amountMinor: -left },
      ],
    });
  }
  await closeTask(tx, deps, { creditorId, dedupeKey: `creditNoteParked:${note.invoiceId}` }, by.actor);
  await liftWaiting(tx, deps, creditorId, waiting, WAITS_FOR_CREDIT, by);
  return touched;
}

async function takeOff(tx: Tx, deps: CaseworkDeps, note: InvoiceRow, row: CaseRow, share: bigint, by: Actor): Promise<void> {
  const { creditorId } = note;
  await postEntry(tx, deps, {
    creditorId,
    currency: note.currency,
    effectiveOn: note.issuedOn,
    cause: `creditNote:${note.invoiceId}`,
    lines: [
      { account: 'sales', amountMinor: share },
      { account: `receivable:${row.caseId}`, amountMinor: -share },
    ],
  });
  await tx.creditAllocations.insert({
    creditorId,
    creditNoteId: note.invoiceId,
    caseId: row.caseId,
    amountMinor: share,
    onDay: note.issuedOn,
    recordedAt: deps.clock.now(),
  });
  const applied = await applyFacts(
    tx,
    deps,
    row,
    [{ type: 'balanceCorrected', openPrincipalMinor: row.openPrincipalMinor - share, cause: 'creditNote', reference: note.invoiceId }],
    by,
    { effectiveOn: note.issuedOn },
  );
  await afterBalance(tx, deps, applied, by);
}

/** Credit notes that waited for this invoice. */
export async function applyParkedCredits(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  invoice: InvoiceRow,
  by: Actor,
): Promise<string[]> {
  const parked = await tx.invoices.all(
    {
      creditorId: creditor.creditorId,
      documentKind: 'creditNote',
      creditState: 'parked',
      debtorId: invoice.debtorId,
      currency: invoice.currency,
    },
    { by: 'issuedOn', limit: 200 },
  );
  const mine = parked.filter((note) => note.precedingNumbers.includes(invoice.number));
  const notes: string[] = [];
  for (const note of mine) {
    await allocateCredit(tx, deps, creditor, note, invoice, by);
    notes.push(`Avoir ${note.number}, arrivé avant, imputé le ${todayFor(creditor, deps.clock)}.`);
  }
  return notes;
}
