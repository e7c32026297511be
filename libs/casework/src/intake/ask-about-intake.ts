import type { DebtorKind } from '#domain';
import type { DebtorRow, InvoiceRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { raiseTask } from '../people/tasks.js';
import { isServed } from './served-kinds.js';

const KIND_IN_FRENCH: Readonly<Record<DebtorKind, string>> = {
  business: 'entreprise',
  consumer: 'consommateur',
  publicBody: 'organisme public',
  coOwners: 'copropriété',
  unknown: 'inconnue',
};

/** What a person has to say before this document is chased: what the debtor is, whether a doubt about the paper is right. */
export async function askAboutIntake(
  tx: Tx,
  deps: CaseworkDeps,
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
      title: `Qualité de ${debtor.name} inconnue\u202f: entreprise, consommateur ou organisme public\u202f? Rien ne part avant la réponse.`,
    });
  } else if (!isServed(debtor.kind)) {
    await raiseTask(tx, deps, {
      ...about,
      kind: 'debtorKindNotServed',
      dedupeKey: `debtorKindNotServed:${debtor.debtorId}`,
      title: `${debtor.name} (${KIND_IN_FRENCH[debtor.kind]})\u202f: ce régime n’est pas relancé automatiquement, à traiter par une personne.`,
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
