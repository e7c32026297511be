import { describe, expect, it } from 'vitest';
import { applicableLaw, type ConflictFacts } from './applicable-law.js';

const facts = (more: Partial<ConflictFacts>): ConflictFacts => ({
  sellerCountry: 'FR',
  buyerCountry: 'BE',
  buyerKind: 'business',
  ...more,
});

describe('the answers about the governing law, in full', () => {
  it.each<[string, Partial<ConflictFacts>, object]>([
    ['the law chosen', { chosenLaw: ' be ' }, { law: 'BE', reason: 'chosen', article: 'Rome I, art. 3' }],
    ['a chosen law of blanks is none', { chosenLaw: '  ' }, { law: 'FR', reason: 'sellerResidence', article: 'Rome I, art. 4' }],
    ['an empty choice is none', { chosenLaw: '' }, { law: 'FR', reason: 'sellerResidence', article: 'Rome I, art. 4' }],
    [
      'countries in small letters',
      { sellerCountry: ' gp', buyerCountry: 're' },
      { law: 'FR', reason: 'sameCountry', article: 'Rome I, art. 4' },
    ],
    ['the seller’s law is chosen for a foreign buyer', { chosenLaw: 'FR' }, { law: 'FR', reason: 'chosen', article: 'Rome I, art. 3' }],
    ['the law of both is chosen', { chosenLaw: 'FR', buyerCountry: 'FR' }, { law: 'FR', reason: 'chosen', article: 'Rome I, art. 3' }],
    [
      'a public buyer with a chosen law',
      { buyerKind: 'publicBody', chosenLaw: 'FR' },
      { law: 'FR', reason: 'chosen', article: 'Rome I, art. 3' },
    ],
    [
      'a consumer to whom nothing was directed',
      { buyerKind: 'consumer', activityDirectedToBuyerCountry: false },
      { law: 'FR', reason: 'sellerResidence', article: 'Rome I, art. 4' },
    ],
    [
      'finance says why',
      { override: { law: 'BE', note: ' contrat-cadre ' } },
      { law: 'BE', reason: 'override', article: 'décision du créancier', note: 'contrat-cadre' },
    ],
    [
      'finance says nothing',
      { override: { law: 'BE', note: '  ' } },
      {
        refusal: 'noteMissing',
        field: '/override/note',
        facts: { article: 'Rome I, art. 3 à 6', supply: 'Le motif du choix de la loi.' },
      },
    ],
    [
      'a law that is not computed',
      { chosenLaw: 'LU' },
      {
        refusal: 'lawNotCovered',
        field: '/law',
        facts: {
          law: 'LU',
          article: 'Rome I, art. 3',
          supply: 'Une créance de droit français ou belge\u202f; les autres droits ne sont pas calculés.',
        },
      },
    ],
    [
      'a seller nowhere',
      { sellerCountry: 'FRA' },
      {
        refusal: 'applicableLawUnknown',
        field: '/sellerCountry',
        facts: { article: 'Rome I, art. 3 et 4', supply: 'Le pays du vendeur, ou la loi choisie au contrat.' },
      },
    ],
  ])('%s', (_, more, answer) => {
    expect(applicableLaw(facts(more))).toEqual(answer);
  });
});
