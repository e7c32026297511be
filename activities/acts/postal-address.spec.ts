import { describe, expect, it } from 'vitest';
import { postalAddress } from './postal-address.js';

const inFrance = { from: 'FR', to: 'FR' };

describe('the address on a registered letter', () => {
  it('names no country at home and ends with it, in capitals, abroad', () => {
    const lines = ['3 quai des Arts', '13002 Marseille'];
    expect(postalAddress('Transports Vérendelle', lines, inFrance)).toEqual(['Transports Vérendelle', ...lines]);
    expect(postalAddress('Transports Vérendelle', lines, { from: 'BE', to: 'FR' })).toEqual(['Transports Vérendelle', ...lines, 'FRANCE']);
    expect(postalAddress('Drukkerij', ['Kaai 1', '9000 Gent'], { from: 'FR', to: 'BE' }).at(-1)).toBe('BELGIQUE');
  });

  it('is made of printable lines: breaks become spaces, empty lines go, long ones are cut by characters', () => {
    const [name, street] = postalAddress('A\r\nB', ['', ' \u2028 ', '𝔘'.repeat(70), 'x'], inFrance);
    expect([name, street]).toEqual(['A B', '𝔘'.repeat(60)]);
  });

  it('has two to seven lines, and keeps the country when it is cut', () => {
    const many = Array.from({ length: 9 }, (_, index) => `ligne ${index}`);
    const abroad = postalAddress('N', many, { from: 'FR', to: 'BE' });
    expect([abroad.length, abroad.at(-1)]).toEqual([7, 'BELGIQUE']);
    expect(postalAddress('N', [], { from: 'FR', to: undefined })).toEqual(['N', 'Adresse à compléter']);
  });
});
