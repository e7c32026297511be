import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  belgianReference,
  creditorReference,
  findReferences,
  formatStructuredReference,
  parseStructuredReference,
} from './structured-reference.js';

describe('structured references', () => {
  it('reads and prints published examples', () => {
    expect(formatStructuredReference(belgianReference(909_337_554n))).toBe('+++090/9337/55493+++');
    expect(parseStructuredReference('***090/9337/55493***')).toEqual({ kind: 'ogm', value: '090933755493' });
    expect(creditorReference('539007547034')).toEqual({ kind: 'rf', value: 'RF18539007547034' });
    expect(formatStructuredReference(creditorReference('539007547034'))).toBe('RF18 5390 0754 7034');
    expect(parseStructuredReference('rf18 5390 0754 7034')).toEqual({ kind: 'rf', value: 'RF18539007547034' });
  });

  it('writes 97 where the remainder is 0, and 00 is never valid', () => {
    expect(belgianReference(97n).value).toBe('000000009797');
    expect(parseStructuredReference('000000009700')).toBeUndefined();
    expect(belgianReference(0n).value).toBe('000000000097');
  });

  it('refuses one wrong digit, always', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 9_999_999_999n), fc.nat(11), fc.integer({ min: 1, max: 9 }), (number, place, shift) => {
        const { value } = belgianReference(number);
        const digit = String((Number(value[place]) + shift) % 10);
        return parseStructuredReference(value.slice(0, place) + digit + value.slice(place + 1)) === undefined;
      }),
    );
  });

  it('finds what it generates, in either spelling, inside any sentence', () => {
    const body = fc.stringMatching(/^[A-Z0-9]{1,21}$/);
    fc.assert(
      fc.property(fc.bigInt(0n, 9_999_999_999n), body, fc.boolean(), (number, text, isPrinted) => {
        const references = [belgianReference(number), creditorReference(text)];
        const spelled = references.map((each) => (isPrinted ? formatStructuredReference(each) : each.value));
        const values = findReferences(`Facture (payée) ${spelled[0]} et ${spelled[1]} merci de votre patience`).map((each) => each.value);
        return references.every((each) => values.includes(each.value));
      }),
    );
  });

  it('finds a printed reference that ends in a full group, followed by a word of four letters', () => {
    expect(findReferences('RF18 5390 0754 7034 FACT 12').map((each) => each.value)).toContain('RF18539007547034');
  });

  it('finds nothing in invoice numbers, accounts and sums', () => {
    expect(findReferences('Facture FA-2026-0117 du 12/03/2026, 1 240,00 EUR, IBAN FR76 3000 6000 0112 3456 7890 189')).toEqual([]);
    expect(findReferences('x090933755493')).toHaveLength(1);
    expect(findReferences('1090933755493')).toEqual([]);
  });

  it('bounds text and results, and stays fast on hostile text', () => {
    const many = Array.from({ length: 60 }, (_, index) => belgianReference(BigInt(index)).value).join(' ');
    expect(findReferences(many)).toHaveLength(20);
    const started = performance.now();
    for (const hostile of ['RF18 '.repeat(400), '1'.repeat(2_000), '123 '.repeat(500), 'RF18A'.repeat(400)])
      findReferences(hostile.repeat(500));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
