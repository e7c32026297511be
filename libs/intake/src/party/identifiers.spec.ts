import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterpriseCheckDigits, enterpriseNumberOf, frenchVatKey, normaliseIban, readVat, sirenOf, siretOf } from './identifiers.js';
import { belgianReference, belgianReferenceOf, creditorReferenceOf, structuredReferenceOf } from './structured-reference.js';

describe('French identifiers', () => {
  it('A45: gives the VAT key 39 for the SIREN 356000000', () => {
    expect(frenchVatKey('356000000')).toBe('39');
    expect(readVat('FR 39 356 000 000')).toEqual({ country: 'FR', valid: true, siren: '356000000' });
  });

  it('takes a SIREN with spaces and refuses a wrong check digit', () => {
    expect(sirenOf('000 000 109')).toBe('000000109');
    expect(sirenOf('000000108')).toBeUndefined();
    expect(sirenOf('00000010')).toBeUndefined();
    expect(sirenOf('٠٠٠٠٠٠١٠٩')).toBeUndefined();
  });

  it('knows that SIRETs of La Poste follow a rule of their own', () => {
    expect(siretOf('356 000 000 49837')).toBe('35600000049837');
    expect(siretOf('73282932000074')).toBe('73282932000074');
    expect(siretOf('73282932000075')).toBeUndefined();
  });

  it('refuses a VAT number whose key does not belong to its SIREN', () => {
    expect(readVat('FR99000000208')).toEqual({ country: 'FR', valid: false });
    expect(readVat('FR54000000208')).toMatchObject({ valid: true, siren: '000000208' });
  });

  it('finds exactly one valid last digit for any eight first digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{8}$/), (eight) => {
        expect([...'0123456789'].filter((last) => sirenOf(eight + last) !== undefined)).toHaveLength(1);
      }),
    );
  });
});

describe('Belgian identifiers', () => {
  it('A45: gives the check digits 01 for 04031707', () => {
    expect(enterpriseCheckDigits('04031707')).toBe('01');
    expect(enterpriseNumberOf('0403.170.701')).toBe('0403170701');
  });

  it('takes numbers beginning with 1, old nine-digit ones and VAT numbers', () => {
    const begun = `10000000${enterpriseCheckDigits('10000000')}`;
    expect(enterpriseNumberOf(begun)).toBe(begun);
    expect(enterpriseNumberOf('403170701')).toBe('0403170701');
    expect(readVat('BE 0000.000.295')).toEqual({ country: 'BE', valid: true, enterpriseNumber: '0000000295' });
    expect(readVat('BE0000000296')).toEqual({ country: 'BE', valid: false });
    expect(enterpriseNumberOf('2403170701')).toBeUndefined();
    expect(enterpriseNumberOf('0000000000')).toBeUndefined();
  });

  it('verifies structured references, with 97 in the place of 0', () => {
    expect(belgianReference('0000000097')).toBe('+++000/0000/09797+++');
    expect(belgianReferenceOf('+++000/0000/09797+++')).toBe('000000009797');
    expect(structuredReferenceOf('vir. +++120/0000/01214+++ merci')).toBe('120000001214');
    expect(belgianReferenceOf('+++120/0000/01215+++')).toBeUndefined();
    fc.assert(fc.property(fc.stringMatching(/^\d{10}$/), (ten) => belgianReferenceOf(belgianReference(ten))?.startsWith(ten) === true));
  });

  it('verifies creditor references of ISO 11649', () => {
    expect(creditorReferenceOf('RF18 5390 0754 7034')).toBe('RF18539007547034');
    expect(creditorReferenceOf('RF19 5390 0754 7034')).toBeUndefined();
  });
});

describe('IBAN', () => {
  it('normalises the published examples and refuses impossible ones', () => {
    expect(normaliseIban('FR14 2004 1010 0505 0001 3M02 606')).toBe('FR1420041010050500013M02606');
    expect(normaliseIban('be68 5390 0754 7034')).toBe('BE68539007547034');
    expect(normaliseIban('FR1520041010050500013M02606')).toBeUndefined();
    expect(normaliseIban('DK1212341234123412')).toBeUndefined();
  });
});
