import { describe, expect, it } from 'vitest';
import { canonicalHash, canonicalJson, sha256Hex } from './canonical-hash.js';

describe('hashes of facts and files', () => {
  it('are SHA-256 as published', () => {
    expect(sha256Hex(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(canonicalHash('abc')).toBe(sha256Hex(new TextEncoder().encode('"abc"')));
  });

  it('equal facts give equal text, whatever the order of their fields, and another sum another one', () => {
    const one = { b: [1n, { d: null, c: 'x' }], a: undefined };
    expect(canonicalJson(one)).toBe('{"b":["1",{"c":"x","d":null}]}');
    expect(canonicalHash({ c: 1n, b: 2n })).toBe(canonicalHash({ b: 2n, c: 1n }));
    expect(canonicalHash({ c: 1n })).not.toBe(canonicalHash({ c: 2n }));
  });
});
