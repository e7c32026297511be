import { decodeState, isRefusal, type RecoveryFact } from '#domain';
import type { CaseRow, CreditorRow, DebtorRow, InvoiceRow, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { applyFacts } from '../facts/apply-facts.js';
import { chooseCasePolicy } from '../intake/case-policy.js';
import { raiseTask } from '../people/tasks.js';
import { amountFor } from '../policy-book.js';
import { found } from '../refused-error.js';
import { kindBlocker } from './served-regime.js';

/** Blockers that stand for an unknown or unserved regime. */
const REGIME_BLOCKERS = ['debtorKindUnknown', 'debtorKindNotServed', 'lawUnknown'] as const;

/**
 * Brings one open case to the regime that its invoice and debtor now have: blockers lifted or raised, the ladder that was written for the regime, all in
 * facts of the journal. A case that was already written to under another regime also asks a person to put right what those letters said.
 */
export async function followRegime(
  tx: Tx,
  deps: CaseworkDeps,
  parties: { readonly creditor: CreditorRow; readonly debtor: DebtorRow; readonly invoice: InvoiceRow },
  row: CaseRow,
  by: Actor,
  options: { readonly mustRedraw?: boolean } = {},
): Promise<void> {
  if (row.closedKind) return;
  const { creditor, debtor, invoice } = parties;
  const { law } = invoice;
  // The law stands in the row before the facts are applied: the plan they draw is that of the new law.
  if (row.law !== law) await tx.cases.update({ creditorId: row.creditorId, caseId: row.caseId }, { law });
  const found = [...blockerFacts(row, debtor, invoice), ...(await policyFacts(tx, deps, parties, row))];
  // Another regime under the same ladder: its dates and its limitation are others all the same.
  const facts = found.length === 0 && (options.mustRedraw || row.law !== law) ? [sameLadder(row)] : found;
  if (facts.length === 0) return;
  const applied = await applyFacts(tx, deps, { ...row, law, limitationOn: null }, facts, by);
  if (!applied.before.everSent || !facts.some((fact) => fact.type === 'policyChanged')) return;
  await raiseTask(tx, deps, {
    creditorId: creditor.creditorId,
    kind: 'regimeChanged',
    dedupeKey: `regimeChanged:${row.caseId}:${applied.row.factSeq}`,
    title: `${debtor.name}, facture ${invoice.number}\u202f: le régime a changé après des envois. Relire ce qu’ils réclamaient et rectifier au besoin.`,
    caseId: row.caseId,
    debtorId: debtor.debtorId,
    subjectId: invoice.invoiceId,
  });
}

function sameLadder(row: CaseRow): RecoveryFact {
  const { toleranceMinor, thresholdMinor } = decodeState(row.recovery);
  const { policyId, policyVersion: version } = row;
  return { type: 'policyChanged', policyId, version, toleranceMinor, thresholdMinor, because: 'Même échelle, autre régime.' };
}

function blockerFacts(row: CaseRow, debtor: DebtorRow, invoice: InvoiceRow): RecoveryFact[] {
  const { blockers } = decodeState(row.recovery);
  const kind = kindBlocker(debtor);
  const wanted = new Set<string>([...(kind ? [kind] : []), ...(invoice.lawKnown ? [] : ['lawUnknown'])]);
  return REGIME_BLOCKERS.flatMap((blocker): RecoveryFact[] => {
    const isThere = blockers.includes(blocker);
    if (isThere === wanted.has(blocker)) return [];
    return [{ type: isThere ? 'blockerLifted' : 'blockerRaised', blocker }];
  });
}

/** A ladder that fits the regime is kept; another one gives way to the one that does. */
async function policyFacts(
  tx: Tx,
  deps: CaseworkDeps,
  { creditor, debtor, invoice }: { readonly creditor: CreditorRow; readonly debtor: DebtorRow; readonly invoice: InvoiceRow },
  row: CaseRow,
): Promise<RecoveryFact[]> {
  const current = await deps.policies.find(tx, row.creditorId, row.policyId, row.policyVersion);
  const isUndecided = debtor.kind === 'unknown' || !invoice.lawKnown;
  const isFit = current.appliesTo.laws.includes(invoice.law) && current.appliesTo.debtorKinds.includes(debtor.kind);
  if (isUndecided || isFit) return [];
  const choice = await chooseCasePolicy(tx, deps, creditor, debtor, invoice);
  if (isRefusal(choice) || (choice.policyId === row.policyId && choice.version === row.policyVersion)) return [];
  const policy = await deps.policies.find(tx, row.creditorId, choice.policyId, choice.version);
  return [
    {
      type: 'policyChanged',
      policyId: choice.policyId,
      version: choice.version,
      toleranceMinor: amountFor(policy.tolerance, row.currency),
      thresholdMinor: amountFor(policy.threshold, row.currency),
      because: choice.because,
    },
  ];
}

/** The invoice of a case, read for `followRegime`. */
export async function invoiceOfCase(tx: Tx, row: CaseRow): Promise<InvoiceRow> {
  return found(await tx.invoices.one({ creditorId: row.creditorId, invoiceId: row.invoiceId }), 'invoice', row.invoiceId);
}
