import { parseStructuredReference, yearOf } from '#domain';
import type { CreditorRow, DebtorRow, InvoiceRow, Tx } from '#ports';
import { canonicalHash } from '../canonical-hash.js';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { recordChange } from '../facts/journal-entry.js';
import { todayFor } from '../moment.js';
import { followInsolvency } from '../people/insolvency.js';
import { raiseTask } from '../people/tasks.js';
import { found, orRefuse } from '../refused-error.js';
import { sealBytes } from '../sealed-bytes.js';
import { applyParkedCredits, registerCreditNote } from './credit-notes.js';
import { askAboutIntake } from './ask-about-intake.js';
import { fillDescription } from './fill-description.js';
import { findOrMakeDebtor } from './find-debtor.js';
import type { IntakeOutcome, InvoiceFacts, InvoiceIntake } from './invoice-facts.js';
import { spreadOpen, termsOf } from './invoice-terms.js';
import { openCase } from './open-case.js';
import { chooseCasePolicy } from './case-policy.js';
import { printedReference } from './printed-reference.js';
import { lowerByBooks } from './open-amount.js';
import { lawOfInvoice } from '../regime/law-of-invoice.js';
import { blockersOf } from '../regime/served-regime.js';

/**
 * Takes one invoice or credit note in: finds or makes the debtor, the invoice and one case per due term. The same facts again change nothing; the same
 * identity with other facts is a conflict for a person and changes nothing either. The caller holds the creditor's lock (shared).
 */
export async function registerInvoice(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  intake: InvoiceIntake,
  by: Actor,
): Promise<IntakeOutcome> {
  const { facts } = intake;
  const [row, known] = await Promise.all([tx.creditors.one({ creditorId }), findInvoice(tx, creditorId, facts)]);
  const creditor = found(row, 'creditor', creditorId);
  if (known) return meetAgain(tx, deps, creditor, known, intake, by);
  const debtor = await findOrMakeDebtor(tx, deps, creditor, facts.buyer, intake.kind, facts.debtorExternalId, by);
  const invoice = await insertInvoice(tx, deps, creditor, debtor, intake, by);
  if (facts.documentKind === 'creditNote') return registerCreditNote(tx, deps, creditor, debtor, invoice, by);
  if (facts.payableMinor <= 0n) {
    return { result: 'nothingDue', invoiceId: invoice.invoiceId, caseIds: [], notes: ['Rien à recouvrer\u202f: le net à payer est nul.'] };
  }
  return openCasesOf(tx, deps, creditor, debtor, invoice, intake, by);
}

async function findInvoice(tx: Tx, creditorId: string, facts: InvoiceFacts): Promise<InvoiceRow | undefined> {
  const identity = { creditorId, documentKind: facts.documentKind, number: facts.number, issueYear: yearOf(facts.issuedOn) };
  const byIdentity = await tx.invoices.one(identity);
  if (byIdentity || !facts.externalId) return byIdentity;
  const alias = await tx.invoiceAliases.one({ creditorId, externalId: facts.externalId });
  return alias && tx.invoices.one({ creditorId, invoiceId: alias.invoiceId });
}

/** The facts that make two documents the same invoice, whatever their format. */
export function factsHash(facts: InvoiceFacts): string {
  return canonicalHash({
    kind: facts.documentKind,
    number: facts.number,
    issuedOn: facts.issuedOn,
    currency: facts.currency,
    payableMinor: facts.payableMinor,
    terms: [...facts.terms].map((t) => t.dueOn).sort(),
  });
}

async function meetAgain(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  known: InvoiceRow,
  intake: InvoiceIntake,
  by: Actor,
): Promise<IntakeOutcome> {
  const { facts } = intake;
  const { creditorId } = creditor;
  const caseIds = (await tx.cases.all({ creditorId, invoiceId: known.invoiceId })).map((c) => c.caseId);
  if (known.factsSha256 !== factsHash(facts)) return reportConflict(tx, deps, known, facts, caseIds);
  if (facts.externalId) await tx.invoiceAliases.insertOnce({ creditorId, externalId: facts.externalId, invoiceId: known.invoiceId });
  if (intake.original?.mediaType === 'application/pdf' && !known.pdfObjectId) await attachPdf(tx, deps, known, intake.original);
  const described = facts.description ? await fillDescription(tx, deps, creditor, known, facts.description, by) : [];
  const lowered = facts.openAmount ? ((await lowerByBooks(tx, deps, known, facts.openAmount, by)) ?? []) : [];
  const notes = [...described, ...lowered];
  return { result: notes.length > 0 ? 'updated' : 'unchanged', invoiceId: known.invoiceId, caseIds, notes };
}

async function reportConflict(
  tx: Tx,
  deps: CaseworkDeps,
  known: InvoiceRow,
  facts: InvoiceFacts,
  caseIds: string[],
): Promise<IntakeOutcome> {
  const differences = [
    ...(known.payableMinor === facts.payableMinor ? [] : ['net à payer']),
    ...(known.issuedOn === facts.issuedOn ? [] : ['date d’émission']),
    ...(known.currency === facts.currency ? [] : ['devise']),
  ];
  const what = differences.length > 0 ? differences.join(', ') : 'échéances';
  await raiseTask(tx, deps, {
    creditorId: known.creditorId,
    kind: 'invoiceConflict',
    dedupeKey: `invoiceConflict:${known.invoiceId}:${factsHash(facts)}`,
    title: `La facture ${known.number} existe déjà avec d’autres données (${what})\u202f: comparer et corriger, ou ignorer.`,
    debtorId: known.debtorId,
    subjectId: known.invoiceId,
    detail: {
      known: { payableMinor: known.payableMinor.toString(), issuedOn: known.issuedOn },
      received: { payableMinor: facts.payableMinor.toString(), issuedOn: facts.issuedOn, terms: facts.terms.map((t) => t.dueOn) },
    },
  });
  return {
    result: 'conflict',
    invoiceId: known.invoiceId,
    caseIds,
    notes: [`Déjà connue avec d’autres données\u202f: ${what}. Rien n’a été changé.`],
  };
}

async function insertInvoice(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  debtor: DebtorRow,
  intake: InvoiceIntake,
  by: Actor,
): Promise<InvoiceRow> {
  const { facts, original } = intake;
  const invoiceId = deps.ids.next();
  const sealed = original
    ? await sealBytes(tx, deps, { creditorId: creditor.creditorId, subject: 'debtor', subjectId: debtor.debtorId, ...original })
    : undefined;
  const row = invoiceRow(creditor, debtor, intake, { invoiceId, originalObjectId: sealed?.objectId ?? null, at: deps.clock.now() });
  await tx.invoices.insert(row);
  if (facts.externalId) await tx.invoiceAliases.insertOnce({ creditorId: creditor.creditorId, externalId: facts.externalId, invoiceId });
  const { paymentReference: _ref, termsText: _terms, iban: _iban, description: _sold, ...journaled } = row;
  await recordChange(
    tx,
    {
      creditorId: creditor.creditorId,
      streamId: `invoice:${invoiceId}`,
      kind: 'invoiceRegistered',
      recordedAt: deps.clock.now(),
      effectiveOn: todayFor(creditor, deps.clock),
      cause: {
        invoiceId,
        documentKind: facts.documentKind,
        payableMinor: facts.payableMinor,
        factsSha256: row.factsSha256,
        originalSha256: sealed?.sha256 ?? null,
      },
      before: null,
      after: journaled,
      isFirst: true,
    },
    by,
  );
  return row;
}

function invoiceRow(
  creditor: CreditorRow,
  debtor: DebtorRow,
  { facts, original, policy }: InvoiceIntake,
  made: { invoiceId: string; originalObjectId: string | null; at: InvoiceRow['createdAt'] },
): InvoiceRow {
  const reference = facts.documentKind === 'invoice' ? printedReference(creditor, facts) : null;
  return {
    creditorId: creditor.creditorId,
    invoiceId: made.invoiceId,
    documentKind: facts.documentKind,
    number: facts.number,
    issueYear: yearOf(facts.issuedOn),
    debtorId: debtor.debtorId,
    issuedOn: facts.issuedOn,
    currency: facts.currency,
    grossMinor: facts.grossMinor,
    prepaidMinor: facts.prepaidMinor,
    payableMinor: facts.payableMinor,
    openMinor: facts.openAmount?.amountMinor ?? null,
    openAsOf: facts.openAmount?.asOf ?? null,
    ...lawOfInvoice(creditor, debtor),
    contractTerms: null,
    iban: facts.iban ?? null,
    paymentReference: facts.paymentReference ?? null,
    orderReference: facts.orderReference ?? null,
    description: facts.description ?? null,
    precedingNumbers: [...facts.precedingNumbers],
    termsText: facts.termsText ?? null,
    reference,
    referenceKey: reference ? (parseStructuredReference(reference)?.value ?? null) : null,
    policyId: policy?.id ?? null,
    policyVersion: policy?.version ?? null,
    factsSha256: factsHash(facts),
    originalObjectId: made.originalObjectId,
    pdfObjectId: original?.mediaType === 'application/pdf' ? made.originalObjectId : null,
    creditState: facts.documentKind === 'creditNote' ? 'parked' : null,
    status: 'open',
    version: 1,
    createdAt: made.at,
  };
}

async function openCasesOf(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  debtor: DebtorRow,
  invoice: InvoiceRow,
  intake: InvoiceIntake,
  by: Actor,
): Promise<IntakeOutcome> {
  const plan = termsOf(intake.facts, creditor);
  const doubts = [...intake.doubts, ...plan.doubts];
  const choice = orRefuse(await chooseCasePolicy(tx, deps, creditor, debtor, invoice));
  const open = spreadOpen(intake.facts.openAmount?.amountMinor ?? invoice.payableMinor, plan.terms);
  const blockers = blockersOf(creditor, debtor, invoice, doubts.length > 0);
  const caseIds: string[] = [];
  for (const [index, term] of plan.terms.entries()) {
    await tx.invoiceTerms.insert({ creditorId: creditor.creditorId, invoiceId: invoice.invoiceId, term: index + 1, ...term });
    const openMinor = open[index] ?? term.amountMinor;
    if (openMinor <= 0n) continue;
    const row = await openCase(
      tx,
      deps,
      {
        creditor,
        debtor,
        invoice,
        policy: { id: choice.policyId, version: choice.version },
        term: index + 1,
        terms: plan.terms.length,
        dueOn: term.dueOn,
        faceMinor: term.amountMinor,
        openMinor,
        blockers,
        earlierStages: intake.earlierStages ?? [],
      },
      by,
    );
    caseIds.push(row.caseId);
  }
  await askAboutIntake(tx, deps, creditor, debtor, invoice, caseIds, doubts);
  await followInsolvency(tx, deps, invoice, caseIds, by);
  const notes = [...plan.notes, ...(await applyParkedCredits(tx, deps, creditor, invoice, by))];
  return { result: 'created', invoiceId: invoice.invoiceId, caseIds, notes };
}

/** Attaches the PDF of an invoice that came as data first. Kept beside the original, never instead of it. */
export async function attachPdf(
  tx: Tx,
  deps: CaseworkDeps,
  invoice: InvoiceRow,
  pdf: { bytes: Uint8Array; mediaType: string; fileName: string },
): Promise<void> {
  const { objectId } = await sealBytes(tx, deps, {
    creditorId: invoice.creditorId,
    subject: 'debtor',
    subjectId: invoice.debtorId,
    ...pdf,
  });
  await tx.invoices.update({ creditorId: invoice.creditorId, invoiceId: invoice.invoiceId }, { pdfObjectId: objectId });
}
