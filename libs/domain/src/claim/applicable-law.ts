import { type Refusal, refuse } from '../refusal.js';
import type { DebtorKind, GoverningLaw } from './statement.js';

/** What the conflict-of-laws rules look at. Countries and a chosen law as ISO 3166-1 alpha-2. */
export interface ConflictFacts {
  /** The law that the contract names. */
  readonly chosenLaw?: string;
  /** Habitual residence of the seller. */
  readonly sellerCountry: string;
  readonly buyerCountry: string;
  readonly buyerKind: DebtorKind;
  /** Whether the seller directed its activity to the buyer's country (Rome I art. 6); asked for consumers only. */
  readonly activityDirectedToBuyerCountry?: boolean;
  /** Finance decided otherwise, and says why. */
  readonly override?: { readonly law: GoverningLaw; readonly note: string };
}

export interface ApplicableLaw {
  readonly law: GoverningLaw;
  readonly reason: 'override' | 'chosen' | 'sellerResidence' | 'consumerProtection' | 'sameCountry';
  readonly article: string;
  /** Why finance decided otherwise. */
  readonly note?: string;
}

/** Parts of France that have a country code of their own and French obligations law. */
const FRENCH_CODES: ReadonlySet<string> = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF']);

/**
 * The law that governs a debt: the one chosen, else the one of the seller's habitual residence (Rome I art. 3 and 4); for a consumer the
 * mandatory protection of his country when the activity was directed there (art. 6). Where both answers agree, what is unknown is not asked.
 * Refused: `applicableLawUnknown` with what is missing, `lawNotCovered` (a law other than French or Belgian), `noteMissing`.
 * Example: seller in France, business in Belgium, nothing chosen → FR, `sellerResidence`.
 */
export function applicableLaw(facts: ConflictFacts): ApplicableLaw | Refusal {
  if (facts.override) return overridden(facts.override);
  const chosen = facts.chosenLaw?.trim();
  const general = countryOf(chosen === undefined || chosen === '' ? facts.sellerCountry : chosen);
  const buyer = countryOf(facts.buyerCountry);
  if (general === undefined) return missing('/sellerCountry', 'Le pays du vendeur, ou la loi choisie au contrat.', 'Rome I, art. 3 et 4');
  if (buyer === undefined) return missing('/buyerCountry', 'Le pays de l’acheteur.', 'Rome I, art. 6');
  const answer = general === buyer ? same(general, chosen) : differing(facts, general, buyer, chosen);
  if ('refusal' in answer) return answer;
  return covered(answer);
}

/** The same before anybody has asked whether the law is one of ours. */
interface FoundLaw extends Omit<ApplicableLaw, 'law'> {
  readonly law: string;
}

function same(law: string, chosen: string | undefined): FoundLaw {
  return chosen ? { law, reason: 'chosen', article: 'Rome I, art. 3' } : { law, reason: 'sameCountry', article: 'Rome I, art. 4' };
}

function differing(facts: ConflictFacts, general: string, buyer: string, chosen: string | undefined): FoundLaw | Refusal {
  if (facts.buyerKind === 'unknown') {
    return missing('/buyerKind', 'La qualité de l’acheteur\u202f: la loi en dépend, il est établi dans un autre pays.', 'Rome I, art. 6');
  }
  // A public buyer contracts under its own procurement law unless the contract says otherwise: nobody guesses it.
  if (facts.buyerKind === 'publicBody' && !chosen) {
    return missing('/chosenLaw', 'La loi que le marché désigne\u202f: l’acheteur public est établi dans un autre pays.', 'Rome I, art. 3');
  }
  if (facts.buyerKind === 'consumer') {
    const supply = 'Si l’activité du vendeur était dirigée vers le pays du consommateur (site, livraison, démarchage).';
    if (facts.activityDirectedToBuyerCountry === undefined) return missing('/activityDirectedToBuyerCountry', supply, 'Rome I, art. 6');
    if (facts.activityDirectedToBuyerCountry) return { law: buyer, reason: 'consumerProtection', article: 'Rome I, art. 6' };
  }
  if (chosen) return { law: general, reason: 'chosen', article: 'Rome I, art. 3' };
  return { law: general, reason: 'sellerResidence', article: 'Rome I, art. 4' };
}

function overridden(override: NonNullable<ConflictFacts['override']>): ApplicableLaw | Refusal {
  const note = override.note.trim();
  if (note === '') {
    const facts = { article: 'Rome I, art. 3 à 6', supply: 'Le motif du choix de la loi.' };
    return refuse('noteMissing', { field: '/override/note', facts });
  }
  return covered({ law: override.law, reason: 'override', article: 'décision du créancier', note });
}

function covered(found: FoundLaw): ApplicableLaw | Refusal {
  const { law } = found;
  if (law === 'FR' || law === 'BE') return { ...found, law };
  const facts = {
    law,
    article: found.article,
    supply: 'Une créance de droit français ou belge\u202f; les autres droits ne sont pas calculés.',
  };
  return refuse('lawNotCovered', { field: '/law', facts });
}

function countryOf(code: string): string | undefined {
  const country = code.trim().toUpperCase();
  if (FRENCH_CODES.has(country)) return 'FR';
  return /^[A-Z]{2}$/.test(country) ? country : undefined;
}

function missing(field: string, supply: string, article: string): Refusal {
  return refuse('applicableLawUnknown', { field, facts: { article, supply } });
}
