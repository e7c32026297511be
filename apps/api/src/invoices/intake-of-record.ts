import type { InvoiceIntake } from '#casework';
import { debtorKindOf, type Finding, type InvoiceRecord, sameParty } from '#intake';
import type { CreditorRow } from '#ports';

/**
 * A document printed by somebody else is not this creditor's claim, whoever sends it in. One whose seller shows nothing to tell by (no identifier, or none
 * of a kind that the creditor has) is kept, and a person says whose it is before anything is chased. Without a seller (a CSV row) there is nothing to compare.
 */
export function sellerFindings(record: InvoiceRecord, creditor: CreditorRow): Finding[] {
  if (!record.seller) return [];
  const verdict = sameParty(record.seller, {
    ...(creditor.vat ? { vat: creditor.vat } : {}),
    ...(creditor.siren ? { siren: creditor.siren } : {}),
    ...(creditor.enterpriseNumber ? { enterpriseNumber: creditor.enterpriseNumber } : {}),
  });
  if (verdict === 'same') return [];
  if (verdict === 'unknown') {
    const named = record.seller.name.trim().slice(0, 60);
    const message = `Qui est le vendeur\u202f? Le document ${named ? `(«\u202f${named}\u202f») ` : ''}ne porte aucun identifiant comparable à ceux du créancier\u202f: confirmer qu’il s’agit bien de lui.`;
    return [{ severity: 'task', code: 'sellerUnproven', message, field: 'seller' }];
  }
  const printed = record.seller.siren ?? record.seller.enterpriseNumber ?? record.seller.vat ?? record.seller.name;
  const message = `Le vendeur du document (${printed.slice(0, 60)}) n’est pas ce créancier\u202f: la facture n’est pas à lui.`;
  return [{ severity: 'refused', code: 'sellerNotCreditor', message, field: 'seller' }];
}

/** What casework takes in: the record, who the buyer is, and what a person must settle first. */
export function intakeOf(
  record: InvoiceRecord,
  findings: readonly Finding[],
  more: Pick<InvoiceIntake, 'original' | 'earlierStages' | 'policy'> = {},
): InvoiceIntake {
  const { kind, reason } = debtorKindOf(record.buyer);
  return {
    facts: record,
    kind: { kind, reason },
    doubts: findings.filter((one) => one.severity === 'task').map(({ code, message }) => ({ code, message })),
    ...more,
  };
}
