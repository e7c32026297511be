import { type Refusal, refuse } from '../refusal.js';
import type { DebtorKind, GoverningLaw } from './statement.js';

/** Governing law and kind of debtor: what decides every sum, every delay and every sentence. */
export type Regime = `${GoverningLaw}.${Exclude<DebtorKind, 'unknown'>}`;

export const REGIMES: readonly Regime[] = [
  'FR.business',
  'FR.consumer',
  'FR.publicBody',
  'FR.coOwners',
  'BE.business',
  'BE.consumer',
  'BE.publicBody',
  'BE.coOwners',
];

/** Who said what the debtor is. */
export interface KindOfDebtor {
  /** True when a person decided the kind; an import or a register alone is not enough for co-owners. */
  readonly confirmedByPerson?: boolean;
}

/**
 * The regime of one term. Nothing is computed, written or sent without one.
 * Refused: `lawUnknown` (neither FR nor BE), `debtorKindUnknown`, `debtorKindUnconfirmed` (a co-owners' syndicate is a legal person that
 * does not act professionally: a person says so first, because C. com. L441-10 does not apply to it).
 * Example: FR, consumer → `FR.consumer`.
 */
export function regimeOf(law: GoverningLaw, kind: DebtorKind, said: KindOfDebtor = {}): Regime | Refusal {
  if (law !== 'FR' && law !== 'BE') {
    return refuse('lawUnknown', {
      field: '/law',
      facts: { law: String(law), article: 'Règlement Rome I, art. 3, 4 et 6', supply: 'La loi applicable à la facture\u202f: FR ou BE.' },
    });
  }
  if (kind === 'coOwners' && said.confirmedByPerson !== true) {
    return refuse('debtorKindUnconfirmed', {
      field: '/kind',
      facts: {
        kind,
        article: kindArticle(law),
        supply: 'La confirmation, par une personne, que le débiteur est un syndicat de copropriétaires.',
      },
    });
  }
  const regime = REGIMES.find((known) => known === `${law}.${kind}`);
  if (regime !== undefined) return regime;
  return refuse('debtorKindUnknown', {
    field: '/kind',
    facts: {
      kind: String(kind),
      article: kindArticle(law),
      supply: 'La qualité du débiteur\u202f: professionnel, consommateur, personne publique ou copropriété.',
    },
  });
}

function kindArticle(law: GoverningLaw): string {
  return law === 'FR' ? 'C. conso. art. liminaire' : 'CDE art. I.1';
}
