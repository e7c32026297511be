import type { Blocker } from '#domain';

const NAMES: Readonly<Record<Blocker, string>> = {
  debtorKindUnknown: 'qualité du débiteur à décider',
  debtorKindNotServed: 'régime non relancé automatiquement',
  lawUnknown: 'droit applicable inconnu',
  creditorNotLive: 'créancier pas encore en service',
  contactMissing: 'adresse à trouver',
  documentDoubt: 'facture à vérifier',
  messageUnknown: 'envoi incertain à éclaircir',
  messageRejected: 'message refusé par le prestataire',
  handedToPerson: 'étape confiée à une personne',
  referralRefused: 'remise refusée',
  parkedMoney: 'paiement à affecter',
  brake: 'envois suspendus',
};

/** What keeps a case from being chased, in words; an unknown code is shown as it is, never hidden. */
export function blockerInFrench(blocker: string): string {
  return (NAMES as Readonly<Record<string, string>>)[blocker] ?? blocker;
}
