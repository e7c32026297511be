import { describe, expect, it } from 'vitest';
import { debtorKindOf } from './debtor-kind.js';
import { completeParty, isMailAddress, sameParty } from './party-identifiers.js';

describe('completing a party', () => {
  it('derives the SIREN from a French VAT number and the enterprise number from a Belgian one', () => {
    expect(completeParty({ name: 'x', vat: 'FR54000000208' })).toMatchObject({ vat: 'FR54000000208', siren: '000000208' });
    expect(completeParty({ name: 'x', vat: 'BE 0000.000.295' })).toMatchObject({ vat: 'BE 0000.000.295', enterpriseNumber: '0000000295' });
  });

  it('sets an impossible identifier aside and uses it for nothing', () => {
    const party = completeParty({ name: 'x', country: 'FR', siret: '00000020800011', vat: 'FR99000000208' });
    expect(party.siret).toBeUndefined();
    expect(party.siren).toBeUndefined();
    expect(party.vat).toBeUndefined();
    expect(party.rejected).toEqual([
      { kind: 'siret', value: '00000020800011' },
      { kind: 'vat', value: 'FR99000000208' },
    ]);
  });

  it('reads identifiers by their scheme, and legal numbers without one by country and length', () => {
    expect(completeParty({ name: 'x', identifiers: [{ value: '000000208', scheme: '0002' }] }).siren).toBe('000000208');
    expect(completeParty({ name: 'x', identifiers: [{ value: '0000000295', scheme: '0208' }] }).enterpriseNumber).toBe('0000000295');
    expect(completeParty({ name: 'x', country: 'FR', identifiers: [{ value: '000 000 208' }] }).siren).toBe('000000208');
    expect(completeParty({ name: 'x', country: 'NL', identifiers: [{ value: '000000208' }] }).siren).toBeUndefined();
  });

  it('lets the legal number win over the VAT number of a VAT group', () => {
    const party = completeParty({ name: 'x', country: 'BE', vat: 'BE0000000394', identifiers: [{ value: '0000000295', scheme: '0208' }] });
    expect(party.enterpriseNumber).toBe('0000000295');
  });

  it('keeps no e-mail address that could open a mail header', () => {
    expect(isMailAddress('a.b@c.example')).toBe(true);
    for (const bad of ['a@b', 'a@b.example\nBcc: x@y.example', 'A <a@b.example>', 'a@b.example,c@d.example', ''])
      expect(isMailAddress(bad)).toBe(false);
    expect(completeParty({ name: 'x', email: 'pas un courriel' }).rejected).toEqual([{ kind: 'email', value: 'pas un courriel' }]);
  });
});

describe('the check of the seller', () => {
  const creditor = { vat: 'FR48000000109', siren: '000000109' };

  it('agrees by SIREN, also through VAT number or SIRET', () => {
    expect(sameParty(completeParty({ name: 'x', vat: 'FR48000000109' }), creditor)).toBe('same');
    expect(sameParty(completeParty({ name: 'x', siren: '000000109' }), { vat: 'FR48000000109' })).toBe('same');
  });

  it('says other for another number and unknown without one', () => {
    expect(sameParty(completeParty({ name: 'x', vat: 'FR54000000208' }), creditor)).toBe('other');
    expect(sameParty(completeParty({ name: 'x' }), creditor)).toBe('unknown');
    expect(sameParty(completeParty({ name: 'x', vat: 'FR99000000208' }), { vat: 'FR48000000109' })).toBe('other');
  });

  it('compares foreign numbers without their punctuation', () => {
    expect(sameParty(completeParty({ name: 'x', vat: 'NL8200.98.395.B.01' }), { vat: 'NL820098395B01' })).toBe('same');
    expect(sameParty(completeParty({ name: 'x', registration: '32081330 Amersfoort' }), { registration: '32081330 AMERSFOORT' })).toBe(
      'same',
    );
  });
});

describe('the kind of a debtor', () => {
  it('is business with a valid SIREN or enterprise number', () => {
    expect(debtorKindOf(completeParty({ name: 'Boulangerie', siren: '000000208' }))).toMatchObject({
      kind: 'business',
      reason: 'validSiren',
    });
    expect(debtorKindOf(completeParty({ name: 'Brouwerij', vat: 'BE0000000295' }))).toMatchObject({
      kind: 'business',
      reason: 'validEnterpriseNumber',
    });
  });

  it('is never business for public bodies and co-owners, whatever their number', () => {
    for (const name of [
      'Commune de Valfleury',
      'MAIRIE DE BRUZ',
      'Département d’Ille-et-Vilaine',
      'CHU de Nantes',
      'Stad Gent',
      'Gemeente Aalter',
      'SPF Finances',
      'OCMW Gent',
    ]) {
      expect(debtorKindOf(completeParty({ name, siren: '000000604' })).kind, name).toBe('publicBody');
    }
    for (const name of ['Syndicat des copropriétaires du 12 rue Haute', 'SDC Les Tilleuls', 'ACP Résidence du Parc', 'VME Zeezicht']) {
      expect(debtorKindOf(completeParty({ name, siren: '000000604' })).kind, name).toBe('coOwners');
    }
    expect(debtorKindOf(completeParty({ name: 'Agence', siren: '200000008' }))).toMatchObject({
      kind: 'publicBody',
      reason: 'publicSiren',
    });
  });

  it('is unknown without proof, and as stated when somebody stated it', () => {
    expect(debtorKindOf({ name: 'Les Grands Peupliers' })).toMatchObject({ kind: 'unknown', reason: 'noProof', confidence: 'none' });
    expect(debtorKindOf({ name: 'Commune de Paris', kind: 'business' })).toMatchObject({ kind: 'business', reason: 'stated' });
    expect(debtorKindOf({ name: 'Spfeiffer & fils' }).kind).toBe('unknown');
  });
});
