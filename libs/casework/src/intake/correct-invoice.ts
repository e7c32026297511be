import { type RecoveryFact, yearOf } from '#domain';
import type { CaseRow, InvoiceRow, InvoiceTermRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { recordChange } from '../facts/journal-entry.js';
import { afterBalance } from '../money/after-balance.js';
import { postEntry } from '../money/postings.js';
import { todayFor } from '../moment.js';
import { resumeDescribed } from '../people/resume-described.js';
import { closeTask } from '../people/tasks.js';
import { found, refusal } from '../refused-error.js';
import type { InvoiceFacts } from './invoice-facts.js';
import { type TermPlan, termsOf } from './invoice-terms.js';
import { lowerByBooks } from './open-amount.js';
import { factsHash } from './register-invoice.js';

export interface CorrectionOutcome {
  readonly invoice: InvoiceRow;
  readonly caseIds: readonly string[];
  /** French sentences. */
  readonly notes: readonly string[];
}

interface Correction {
  readonly known: InvoiceRow;
  readonly facts: InvoiceFacts;
  readonly plan: TermPlan;
  readonly by: Actor;
}

/**
 * Corrects an invoice that the creditor knows better now: amounts, due days, books. `version` is the one he read. Each case moves by the difference of
 * its term, with its ledger entry; what was received beyond the new figure is the debtor's credit. Identity, currency and number of terms stay.
 */
export async function correctInvoice(
  tx: Tx,
  deps: CaseworkDeps,
  known: InvoiceRow,
  facts: InvoiceFacts,
  version: number,
  by: Actor,
): Promise<CorrectionOutcome> {
  const { creditorId, invoiceId } = known;
  const creditor = found(await tx.creditors.one({ creditorId }), 'creditor', creditorId);
  refuseOtherDocument(known, facts);
  const correction: Correction = { known, facts, plan: termsOf(facts, creditor), by };
  const terms = await tx.invoiceTerms.all({ creditorId, invoiceId }, { by: 'term' });
  if (terms.length !== correction.plan.terms.length) {
    throw refusal('correctionNotPossible', { known: terms.length, given: correction.plan.terms.length }, '/terms');
  }
  const invoice = await writeInvoice(tx, deps, correction, version);
  const caseIds = await moveCases(tx, deps, correction, terms);
  const lowered = facts.openAmount ? await lowerByBooks(tx, deps, invoice, facts.openAmount, by) : undefined;
  const isDescribedAnew = invoice.description !== known.description;
  if (isDescribedAnew) await resumeDescribed(tx, deps, invoice, by);
  await closeTask(tx, deps, { creditorId, dedupeKey: `invoiceConflict:${invoiceId}:${invoice.factsSha256}` }, by.actor);
  await recordChange(
    tx,
    {
      creditorId,
      streamId: `invoice:${invoiceId}`,
      kind: 'invoiceCorrected',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: { invoiceId, payableMinor: invoice.payableMinor, before: known.payableMinor, version: invoice.version, isDescribedAnew },
      before: { factsSha256: known.factsSha256, version: known.version },
      after: { factsSha256: invoice.factsSha256, version: invoice.version },
    },
    by,
  );
  return { invoice, caseIds, notes: [...correction.plan.notes, ...(lowered ?? [])] };
}

function refuseOtherDocument(known: InvoiceRow, facts: InvoiceFacts): void {
  if (known.documentKind !== 'invoice' || facts.documentKind !== 'invoice')
    throw refusal('correctionNotPossible', { documentKind: known.documentKind }, '/documentKind');
  if (known.number !== facts.number) throw refusal('correctionNotPossible', { number: known.number }, '/number');
  if (known.issueYear !== yearOf(facts.issuedOn)) throw refusal('correctionNotPossible', { issueYear: known.issueYear }, '/issuedOn');
  if (known.currency !== facts.currency) throw refusal('correctionNotPossible', { currency: known.currency }, '/gross/currency');
  if (facts.payableMinor < 0n) throw refusal('balanceNegative', {}, '/payable');
}

async function writeInvoice(tx: Tx, deps: CaseworkDeps, { known, facts }: Correction, version: number): Promise<InvoiceRow> {
  const { creditorId, invoiceId } = known;
  const patch = {
    issuedOn: facts.issuedOn,
    grossMinor: facts.grossMinor,
    prepaidMinor: facts.prepaidMinor,
    payableMinor: facts.payableMinor,
    iban: facts.iban ?? known.iban,
    orderReference: facts.orderReference ?? known.orderReference,
    description: facts.description ?? known.description,
    termsText: facts.termsText ?? known.termsText,
    factsSha256: factsHash(facts),
    version: version + 1,
  };
  if ((await tx.invoices.update({ creditorId, invoiceId, version }, patch)) === 0)
    throw refusal('versionConflict', { version: known.version });
  if (facts.externalId) await tx.invoiceAliases.insertOnce({ creditorId, externalId: facts.externalId, invoiceId });
  return { ...known, ...patch };
}

async function moveCases(tx: Tx, deps: CaseworkDeps, correction: Correction, terms: readonly InvoiceTermRow[]): Promise<string[]> {
  const { creditorId, invoiceId } = correction.known;
  const candidates = await tx.cases.all({ creditorId, invoiceId });
  const rows = await tx.lockCases(
    creditorId,
    candidates.map((c) => c.caseId),
  );
  const moved: string[] = [];
  for (const [index, term] of terms.entries()) {
    const wanted = correction.plan.terms[index];
    if (!wanted) continue;
    if (wanted.amountMinor !== term.amountMinor || wanted.dueOn !== term.dueOn) {
      await tx.invoiceTerms.update(
        { creditorId, invoiceId, term: term.term },
        { amountMinor: wanted.amountMinor, dueOn: wanted.dueOn, dueSource: 'correction' },
      );
    }
    const row = rows.find((candidate) => candidate.term === term.term);
    if (row && (await moveCase(tx, deps, correction, row, wanted))) moved.push(row.caseId);
  }
  return moved;
}

async function moveCase(
  tx: Tx,
  deps: CaseworkDeps,
  { known, by }: Correction,
  row: CaseRow,
  wanted: TermPlan['terms'][number],
): Promise<boolean> {
  const deltaMinor = wanted.amountMinor - row.faceMinor;
  const after = row.openPrincipalMinor + deltaMinor;
  const openMinor = after < 0n ? 0n : after;
  const facts: RecoveryFact[] = [
    ...(deltaMinor === 0n
      ? []
      : [{ type: 'balanceCorrected' as const, openPrincipalMinor: openMinor, cause: 'correction' as const, reference: known.invoiceId }]),
    ...(wanted.dueOn === row.dueOn || row.closedKind ? [] : [{ type: 'dueDateCorrected' as const, dueOn: wanted.dueOn }]),
  ];
  if (facts.length === 0) return false;
  await postEntry(tx, deps, {
    creditorId: row.creditorId,
    currency: row.currency,
    effectiveOn: known.issuedOn,
    cause: `correction:${row.caseId}:${known.version + 1}`,
    lines: [
      { account: `receivable:${row.caseId}`, amountMinor: openMinor - row.openPrincipalMinor },
      { account: 'sales', amountMinor: -deltaMinor },
      { account: `credit:${row.debtorId}`, amountMinor: after < 0n ? after : 0n },
    ],
  });
  const applied = await applyFacts(tx, deps, { ...row, faceMinor: wanted.amountMinor }, facts, by);
  await afterBalance(tx, deps, applied, by);
  return true;
}
