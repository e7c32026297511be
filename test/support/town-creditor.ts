import type { CreditorRow } from '#ports';

/** Menuiserie Mirandole, a sandbox creditor of French law, with what a test wants otherwise; the bench measures the same one. */
export { frenchCreditor as creditorRow } from '../../apps/ops/src/bench/french-creditor.js';

/** What makes of it Imprimerie Zéphyrine, of Belgian law, whose terms for consumers were checked. */
export const BELGIAN: Partial<CreditorRow> = {
  legalName: 'Imprimerie Zéphyrine SRL',
  law: 'BE',
  siren: null,
  enterpriseNumber: '0000000196',
  iban: 'BE68539007547034',
  address: { lines: ['Rue des Rotatives 5'], postcode: '5000', city: 'Namur', country: 'BE' },
  territory: 'BE',
  zone: 'Europe/Brussels',
  contractTerms: { consumer: { checkedOn: '2026-01-05', indemnity: { kind: 'legalScale' }, waiver: { interest: true } } },
};
