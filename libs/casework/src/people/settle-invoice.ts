import { applicableLaw, type GoverningLaw } from '#domain';
import type { InvoiceRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { found, orRefuse } from '../refused-error.js';
import { followRegime } from '../regime/change-regime.js';
import { keepTerms, type SettledTerms } from '../regime/contract-terms.js';
import { closeTask } from './tasks.js';

/** Finance settles which law governs an invoice, with its reason; every open case of it moves to the ladder of its regime. Reversible the same way. */
export async function settleLaw(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  invoiceId: string,
  decision: { readonly law: GoverningLaw; readonly note: string },
  by: Actor,
): Promise<InvoiceRow> {
  const before = found(await tx.invoices.one({ creditorId, invoiceId }), 'invoice', invoiceId);
  const parties = await partiesOf(tx, before);
  const answer = orRefuse(
    applicableLaw({
      sellerCountry: parties.creditor.address.country,
      buyerCountry: parties.debtor.country,
      buyerKind: parties.debtor.kind,
      override: decision,
    }),
  );
  const change = { law: answer.law, lawKnown: true, lawReason: answer.reason, lawNote: answer.note ?? null, lawDecidedBy: by.actor };
  const after: InvoiceRow = { ...before, ...change, version: before.version + 1 };
  await tx.invoices.update({ creditorId, invoiceId }, { ...change, version: after.version });
  await journalInvoice(tx, deps, 'lawSettled', before, after, by);
  await closeTask(tx, deps, { creditorId, dedupeKey: `decideLaw:${invoiceId}` }, by.actor);
  for (const row of await openCases(tx, after)) await followRegime(tx, deps, { ...parties, invoice: after }, row, by);
  return after;
}

/** Finance keeps what the contract of one invoice says, instead of the creditor's own terms; `null` gives those back. Plans are drawn anew. */
export async function settleTerms(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  invoiceId: string,
  terms: SettledTerms | null,
  by: Actor,
): Promise<InvoiceRow> {
  const before = found(await tx.invoices.one({ creditorId, invoiceId }), 'invoice', invoiceId);
  const contractTerms = terms && keepTerms(terms);
  const after: InvoiceRow = { ...before, contractTerms, version: before.version + 1 };
  await tx.invoices.update({ creditorId, invoiceId }, { contractTerms, version: after.version });
  await journalInvoice(tx, deps, 'contractTermsSettled', before, after, by);
  const parties = await partiesOf(tx, after);
  for (const row of await openCases(tx, after)) await followRegime(tx, deps, { ...parties, invoice: after }, row, by);
  return after;
}

async function partiesOf(tx: Tx, { creditorId, debtorId }: InvoiceRow) {
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  return { creditor, debtor: found(await tx.debtors.one({ creditorId, debtorId }), 'debtor', debtorId) };
}

async function openCases(tx: Tx, { creditorId, invoiceId }: InvoiceRow) {
  const cases = await tx.cases.all({ creditorId, invoiceId, closedKind: null });
  return tx.lockCases(
    creditorId,
    cases.map((row) => row.caseId),
  );
}

async function journalInvoice(tx: Tx, deps: CaseworkDeps, kind: string, before: InvoiceRow, after: InvoiceRow, by: Actor): Promise<void> {
  const { creditorId, invoiceId } = after;
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  const summary = ({ law, lawKnown, lawReason, contractTerms, version }: InvoiceRow) => ({
    law,
    lawKnown,
    lawReason,
    contractTerms,
    version,
  });
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `invoice:${invoiceId}`,
      kind,
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { invoiceId, ...summary(after) },
      before: summary(before),
      after: summary(after),
    },
    by,
  );
}
