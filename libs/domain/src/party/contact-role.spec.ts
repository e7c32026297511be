import { CONTACT_ROLES, checkBailiffWords, checkContactRole } from '#domain';
import { describe, expect, it } from 'vitest';

describe('whom a message may reach', () => {
  it('A42: only the debtor’s own sphere, its guarantor, counsel and curator', () => {
    expect(CONTACT_ROLES).toEqual(['debtor', 'legalRepresentative', 'accounting', 'orderingParty', 'guarantor', 'counsel', 'curator']);
    for (const role of CONTACT_ROLES) expect(checkContactRole(role)).toBeUndefined();
  });

  it('A42: anyone else is refused', () => {
    for (const role of ['customer', 'investor', 'employer', 'neighbour', 'family', 'partner', '', 'Debtor', 'toString']) {
      expect(checkContactRole(role)).toMatchObject({ refusal: 'contactOutsideSphere', facts: { role } });
    }
  });
});

describe('words about a bailiff', () => {
  const sentences = [
    'Notre huissier mandaté se présentera chez vous.',
    'Un commissaire de justice a été saisi du dossier.',
    'HUISSIER DE JUSTICE MANDATÉ',
    'De gerechtsdeurwaarder is aangesteld.',
    'A bailiff has been instructed.',
  ];

  it('A42: "huissier mandaté" without a referral is refused with the sentence', () => {
    for (const text of sentences) {
      expect(checkBailiffWords(`Bonjour. ${text}`, { hasBailiffReferral: false })).toMatchObject({
        refusal: 'bailiffNotMandated',
        facts: { article: 'C. conso. L121-6, 5°' },
      });
    }
    const refusal = checkBailiffWords('Bonjour. Notre huissier mandaté passera. Merci.', { hasBailiffReferral: false });
    expect(refusal?.facts?.sentence).toBe('notre huissier mandaté passera');
  });

  it('A42: with a referral it may be written, and a possible next step may always be', () => {
    for (const text of sentences) expect(checkBailiffWords(text, { hasBailiffReferral: true })).toBeUndefined();
    const possible = [
      'À défaut, le dossier pourra être transmis à un commissaire de justice. Vous êtes chargé de la comptabilité.',
      'Un huissier pourrait être mandaté.',
      'Nous nous réservons de saisir un commissaire de justice, frais à la charge de qui succombe.',
      'Een gerechtsdeurwaarder kan worden aangesteld.',
      'A bailiff may be instructed.',
    ];
    for (const text of possible) expect(checkBailiffWords(text, { hasBailiffReferral: false })).toBeUndefined();
  });
});
