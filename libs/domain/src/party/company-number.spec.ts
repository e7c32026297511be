import { belgianCheckDigits, frenchVatKey, isBelgianEnterpriseNumber, isSiren, isSiret } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('company numbers', () => {
  it('A45: the company number 356000000 has the VAT key 39', () => {
    expect(frenchVatKey('356000000')).toBe('39');
    expect(() => frenchVatKey('356000001')).toThrow('Not a French company number');
  });

  it('A45: the Belgian digits 04031707 have the check 01', () => {
    expect(belgianCheckDigits('04031707')).toBe('01');
    expect(isBelgianEnterpriseNumber('0403.170.701')).toBe(true);
    expect(isBelgianEnterpriseNumber('BE 0403170701')).toBe(true);
    expect(isBelgianEnterpriseNumber('0403.170.702')).toBe(false);
    expect(isBelgianEnterpriseNumber('2403.170.701')).toBe(false);
    expect(() => belgianCheckDigits('0403170')).toThrow('first eight digits');
  });

  it('A45: a SIRET follows Luhn, those of La Poste the sum of their digits', () => {
    expect(isSiret('35600000000048')).toBe(true);
    expect(isSiret('35600000049837')).toBe(true);
    expect(isSiret('35600000049838')).toBe(false);
    expect(isSiret('73282932000074')).toBe(true);
    expect(isSiret('73282932000075')).toBe(false);
    expect(isSiret('7328293200007')).toBe(false);
  });

  it('the exception of La Poste helps nobody else', () => {
    // Among ten last digits two add up to a multiple of five; by Luhn's check one is right.
    const five = fc.integer({ min: 0, max: 99_999 }).map((nic) => `732829320${String(nic).padStart(5, '0')}`);
    fc.assert(
      fc.property(five, (siret) => {
        const valid = isSiret(siret);
        const neighbours = [...'0123456789'].filter((digit) => isSiret(siret.slice(0, 13) + digit));
        expect(neighbours).toHaveLength(1);
        expect(valid).toBe(neighbours[0] === siret.slice(13));
      }),
    );
  });

  it('one wrong digit is always found in a SIREN', () => {
    expect(isSiren('732829320')).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digits = [...'732829320'];
        digits[place] = String((Number(digits[place]) + shift) % 10);
        expect(isSiren(digits.join(''))).toBe(false);
      }),
    );
  });
});
