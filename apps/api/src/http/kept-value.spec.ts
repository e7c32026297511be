import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kept, revived } from './kept-value.js';

const plain = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.bigInt(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('what a transaction answered, kept for a repetition', () => {
  it('comes back from JSON as it was, money included', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(revived(JSON.parse(JSON.stringify(kept(value))))).toEqual(value);
      }),
    );
  });

  it('nothing stays nothing, and undefined fields are absent', () => {
    expect(revived(JSON.parse(JSON.stringify(kept(undefined))))).toBeUndefined();
    expect(revived(kept({ a: undefined, b: 1n }))).toEqual({ b: 1n });
  });

  it.each([[new Uint8Array(2)], [new Map()], [new Date(0)], [Number.NaN], [() => 1], [{ deep: [new Set()] }]])(
    'what JSON cannot give back is opaque: %s',
    (value) => {
      expect(kept(value)).toEqual({ isOpaque: true });
    },
  );
});
