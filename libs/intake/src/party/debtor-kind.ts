import type { DebtorKind } from '#domain';
import type { PartyRecord } from '../invoice-record.js';
import { DEBTOR_KIND_WORDS } from './debtor-kind-words.js';

export interface DebtorKindGuess {
  readonly kind: DebtorKind;
  readonly reason: 'stated' | 'publicSiren' | 'publicName' | 'coOwnersName' | 'validSiren' | 'validEnterpriseNumber' | 'noProof';
  /** French sentence for the person who may overrule it. */
  readonly explanation: string;
  readonly confidence: 'certain' | 'probable' | 'none';
}

/**
 * Kind of a debtor, from what the document says. A stated kind wins; then co-owners and public bodies by name or SIREN (1 and 2 are given to
 * the State and local authorities); a valid SIREN or enterprise number means business; nothing else proves anything.
 */
export function debtorKindOf(party: PartyRecord): DebtorKindGuess {
  if (party.kind !== undefined && party.kind !== 'unknown') {
    return {
      kind: party.kind,
      reason: 'stated',
      explanation: 'La nature du débiteur est indiquée par le créancier.',
      confidence: 'certain',
    };
  }
  const word = wordIn(party.name);
  if (word?.kind === 'coOwners')
    return guess('coOwners', 'coOwnersName', `Le nom contient «\u202f${word.word}\u202f»\u202f: syndicat de copropriétaires.`, 'probable');
  const siren = party.siren ?? party.siret?.slice(0, 9);
  if (siren !== undefined && /^[12]/.test(siren)) {
    return guess('publicBody', 'publicSiren', `Le SIREN ${siren} commence par ${siren[0]}\u202f: État ou collectivité.`, 'certain');
  }
  if (word !== undefined) return guess('publicBody', 'publicName', `Le nom contient « ${word.word} » : organisme public.`, 'probable');
  if (siren !== undefined) return guess('business', 'validSiren', `Le SIREN ${siren} est valide\u202f: entreprise.`, 'certain');
  if (party.enterpriseNumber !== undefined) {
    return guess(
      'business',
      'validEnterpriseNumber',
      `Le numéro d’entreprise ${party.enterpriseNumber} est valide\u202f: entreprise.`,
      'certain',
    );
  }
  return guess(
    'unknown',
    'noProof',
    'Ni SIREN ni numéro d’entreprise valide\u202f: la nature du débiteur reste à préciser par une personne.',
    'none',
  );
}

function guess(
  kind: DebtorKind,
  reason: DebtorKindGuess['reason'],
  explanation: string,
  confidence: DebtorKindGuess['confidence'],
): DebtorKindGuess {
  const typeset = explanation.replace(/« /g, '«\u202f').replace(/ »/g, '\u202f»').replace(/ :/g, '\u202f:');
  return { kind, reason, explanation: typeset, confidence };
}

function wordIn(name: string): (typeof DEBTOR_KIND_WORDS)[number] | undefined {
  const plain = ` ${fold(name)} `;
  return DEBTOR_KIND_WORDS.find(({ word, anywhere }) => {
    const sought = ` ${fold(word)} `;
    return anywhere ? plain.includes(sought) : plain.startsWith(sought);
  });
}

/** Lower case, no accents, no punctuation: « Département d’Ille-et-Vilaine » → `departement d ille et vilaine`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
