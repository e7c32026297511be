import type { CreditorRow, DebtorRow, InvoiceRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { raiseTask } from '../people/tasks.js';
import { termsOfContract } from '../regime/contract-terms.js';
import { isServed } from '../regime/served-regime.js';

/** What the rules of conflict lack to answer. */
const MISSING: Readonly<Record<string, string>> = {
  applicableLawUnknown: 'L’acheteur est établi dans un autre pays et un élément manque pour le dire (Rome I, art. 3 à 6). ',
  lawNotCovered: 'Ni la loi française ni la loi belge ne semble convenir. ',
};

/** What a person has to say before this document is chased: what the debtor is, whether a doubt about the paper is right. */
export async function askAboutIntake(
  tx: Tx,
  deps: CaseworkDeps,
  creditor: CreditorRow,
  debtor: DebtorRow,
  invoice: InvoiceRow,
  caseIds: readonly string[],
  doubts: readonly { code: string; message: string }[],
): Promise<void> {
  const about = {
    creditorId: invoice.creditorId,
    debtorId: debtor.debtorId,
    subjectId: invoice.invoiceId,
    ...(caseIds[0] ? { caseId: caseIds[0] } : {}),
  };
  if (debtor.kind === 'unknown') {
    await raiseTask(tx, deps, {
      ...about,
      kind: 'decideDebtorKind',
      dedupeKey: `decideDebtorKind:${debtor.debtorId}`,
      title: `Qualité de ${debtor.name} inconnue\u202f: entreprise, consommateur, organisme public ou copropriété\u202f? Rien ne part avant la réponse.`,
    });
  } else if (!isServed(debtor)) {
    await raiseTask(tx, deps, {
      ...about,
      kind: 'debtorKindNotServed',
      dedupeKey: `debtorKindNotServed:${debtor.debtorId}`,
      title: `${debtor.name} serait une copropriété\u202f: le confirmer, ou dire ce que c’est. Rien ne part avant la réponse.`,
    });
  }
  if (!invoice.lawKnown) {
    await raiseTask(tx, deps, {
      ...about,
      kind: 'decideLaw',
      role: 'finance',
      dedupeKey: `decideLaw:${invoice.invoiceId}`,
      title: `Facture ${invoice.number} de ${debtor.name}\u202f: quelle loi s’applique\u202f? ${MISSING[invoice.lawReason] ?? ''}Rien ne part avant la réponse.`,
    });
  }
  if (invoice.law === 'BE' && debtor.kind === 'consumer' && !termsOfContract(creditor, invoice, debtor.kind)) {
    await raiseTask(tx, deps, {
      ...about,
      kind: 'readContract',
      role: 'finance',
      dedupeKey: `readContract:${invoice.creditorId}:consumer`,
      title:
        'Consommateurs de droit belge\u202f: personne n’a consigné ce que disent les conditions de vente. Sans clause lue, le premier rappel n’annonce aucune indemnité et rien de plus que le principal ne sera réclamé.',
    });
  }
  if (doubts.length > 0) {
    await raiseTask(tx, deps, {
      ...about,
      kind: 'documentDoubt',
      dedupeKey: `documentDoubt:${invoice.invoiceId}`,
      title: `Facture ${invoice.number} à vérifier avant toute relance\u202f: ${doubts.map((d) => d.message).join(' ')}`.slice(0, 500),
      detail: { doubts: [...doubts] },
    });
  }
}
