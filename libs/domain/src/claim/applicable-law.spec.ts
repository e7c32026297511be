import { describe, expect, it } from 'vitest';
import { applicableLaw, type ConflictFacts } from './applicable-law.js';
import { REGIMES, regimeOf } from './regime.js';

const FACTS: ConflictFacts = { sellerCountry: 'FR', buyerCountry: 'BE', buyerKind: 'business' };

describe('the law of a debt', () => {
  it.each([
    [{}, 'FR', 'sellerResidence', 'Rome I, art. 4'],
    [{ chosenLaw: 'BE' }, 'BE', 'chosen', 'Rome I, art. 3'],
    [{ chosenLaw: 'be ' }, 'BE', 'chosen', 'Rome I, art. 3'],
    [{ sellerCountry: 'BE' }, 'BE', 'sameCountry', 'Rome I, art. 4'],
    [{ sellerCountry: 'BE', buyerCountry: 'DE' }, 'BE', 'sellerResidence', 'Rome I, art. 4'],
    [{ buyerCountry: 'RE' }, 'FR', 'sameCountry', 'Rome I, art. 4'],
    [{ buyerKind: 'consumer', activityDirectedToBuyerCountry: true }, 'BE', 'consumerProtection', 'Rome I, art. 6'],
    [{ buyerKind: 'consumer', activityDirectedToBuyerCountry: true, chosenLaw: 'FR' }, 'BE', 'consumerProtection', 'Rome I, art. 6'],
    [{ buyerKind: 'consumer', activityDirectedToBuyerCountry: false }, 'FR', 'sellerResidence', 'Rome I, art. 4'],
    [{ buyerKind: 'consumer', activityDirectedToBuyerCountry: false, chosenLaw: 'BE' }, 'BE', 'chosen', 'Rome I, art. 3'],
    [{ buyerKind: 'consumer', buyerCountry: 'FR' }, 'FR', 'sameCountry', 'Rome I, art. 4'],
    [{ buyerKind: 'unknown', buyerCountry: 'FR' }, 'FR', 'sameCountry', 'Rome I, art. 4'],
    [{ buyerKind: 'publicBody', chosenLaw: 'BE' }, 'BE', 'chosen', 'Rome I, art. 3'],
    [{ buyerKind: 'coOwners' }, 'FR', 'sellerResidence', 'Rome I, art. 4'],
  ] as const)('%j is governed by %s (%s, %s)', (more, law, reason, article) => {
    expect(applicableLaw({ ...FACTS, ...more })).toEqual({ law, reason, article });
  });

  it.each([
    [{ buyerKind: 'consumer' }, '/activityDirectedToBuyerCountry'],
    [{ buyerKind: 'unknown' }, '/buyerKind'],
    [{ buyerKind: 'publicBody' }, '/chosenLaw'],
    [{ sellerCountry: '' }, '/sellerCountry'],
    [{ buyerCountry: 'Belgique' }, '/buyerCountry'],
  ] as const)('%j is refused and says that %s is missing', (more, field) => {
    expect(applicableLaw({ ...FACTS, ...more })).toMatchObject({
      refusal: 'applicableLawUnknown',
      field,
      facts: { article: expect.stringContaining('Rome I'), supply: expect.stringMatching(/\w{5}/) },
    });
  });

  it('a law that is neither French nor Belgian is refused by name', () => {
    expect(applicableLaw({ ...FACTS, chosenLaw: 'LU' })).toMatchObject({ refusal: 'lawNotCovered', facts: { law: 'LU' } });
    const consumer = { ...FACTS, buyerCountry: 'DE', buyerKind: 'consumer', activityDirectedToBuyerCountry: true } as const;
    expect(applicableLaw(consumer)).toMatchObject({ refusal: 'lawNotCovered', facts: { law: 'DE' } });
  });

  it('finance overrides with a note, and not without one', () => {
    expect(applicableLaw({ ...FACTS, override: { law: 'BE', note: ' Contrat cadre 2024, art. 18 ' } })).toEqual({
      law: 'BE',
      reason: 'override',
      article: 'décision du créancier',
      note: 'Contrat cadre 2024, art. 18',
    });
    expect(applicableLaw({ ...FACTS, override: { law: 'BE', note: '  ' } })).toMatchObject({
      refusal: 'noteMissing',
      field: '/override/note',
    });
  });
});

describe('the regime', () => {
  it('is law and kind; there are eight', () => {
    expect(REGIMES).toHaveLength(8);
    expect(regimeOf('FR', 'business')).toBe('FR.business');
    expect(regimeOf('BE', 'publicBody')).toBe('BE.publicBody');
    expect(new Set(REGIMES).size).toBe(8);
  });

  it('A19: co-owners need a person’s word, an unknown kind or law has none', () => {
    expect(regimeOf('FR', 'coOwners')).toMatchObject({ refusal: 'debtorKindUnconfirmed', field: '/kind' });
    expect(regimeOf('FR', 'coOwners', { confirmedByPerson: false })).toMatchObject({ refusal: 'debtorKindUnconfirmed' });
    expect(regimeOf('FR', 'coOwners', { confirmedByPerson: true })).toBe('FR.coOwners');
    expect(regimeOf('BE', 'unknown', { confirmedByPerson: true })).toMatchObject({ refusal: 'debtorKindUnknown' });
    expect(regimeOf('BE', 'prince' as 'business')).toMatchObject({ refusal: 'debtorKindUnknown', facts: { kind: 'prince' } });
    expect(regimeOf('LU' as 'BE', 'business')).toMatchObject({ refusal: 'lawUnknown', field: '/law', facts: { law: 'LU' } });
  });
});
