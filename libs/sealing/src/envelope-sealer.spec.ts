import { describe, expect, it } from 'vitest';
import { createSealer, parseMasterKey, SealingError } from './envelope-sealer.js';

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const master = (id: number, fill: number) => ({ id, key: new Uint8Array(32).fill(fill) });

function problemOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SealingError) return error.problem;
    throw error;
  }
  return 'opened';
}

describe('envelope sealer', () => {
  const sealer = createSealer({ current: master(1, 7) });
  const { wrappedKey } = sealer.newKey();
  const sealed = sealer.seal(wrappedKey, utf8('Madame Dupont, 1 240,00 €'), 'cr1/message/m1');

  it('I36: opens what it sealed, and the stored bytes do not contain the text', () => {
    expect(Buffer.from(sealer.open(wrappedKey, sealed, 'cr1/message/m1')).toString('utf8')).toBe('Madame Dupont, 1 240,00 €');
    expect(Buffer.from(sealed.ciphertext).includes(Buffer.from('Dupont'))).toBe(false);
    const empty = sealer.seal(wrappedKey, new Uint8Array(0), 'x');
    expect(sealer.open(wrappedKey, empty, 'x')).toHaveLength(0);
  });

  it('never seals twice to the same bytes', () => {
    const again = sealer.seal(wrappedKey, utf8('Madame Dupont, 1 240,00 €'), 'cr1/message/m1');
    expect(Buffer.from(again.ciphertext).equals(Buffer.from(sealed.ciphertext))).toBe(false);
  });

  it('refuses any flipped byte of ciphertext, tag or nonce', () => {
    for (let index = 0; index < sealed.ciphertext.length; index += 1) {
      const ciphertext = Uint8Array.from(sealed.ciphertext);
      ciphertext[index] = (ciphertext[index] as number) ^ 1;
      expect(problemOf(() => sealer.open(wrappedKey, { nonce: sealed.nonce, ciphertext }, 'cr1/message/m1'))).toBe('tampered');
    }
    const nonce = Uint8Array.from(sealed.nonce);
    nonce[0] = (nonce[0] as number) ^ 1;
    expect(problemOf(() => sealer.open(wrappedKey, { ...sealed, nonce }, 'cr1/message/m1'))).toBe('tampered');
    expect(problemOf(() => sealer.open(wrappedKey, { ...sealed, ciphertext: new Uint8Array(3) }, 'cr1/message/m1'))).toBe('malformed');
  });

  it('refuses bytes moved to another row, and the key of another debtor', () => {
    expect(problemOf(() => sealer.open(wrappedKey, sealed, 'cr1/message/m2'))).toBe('tampered');
    expect(problemOf(() => sealer.open(sealer.newKey().wrappedKey, sealed, 'cr1/message/m1'))).toBe('tampered');
  });

  it('says when the master key is not the one, by id or by value, and when the wrapped key is none', () => {
    expect(problemOf(() => createSealer({ current: master(2, 7) }).open(wrappedKey, sealed, 'cr1/message/m1'))).toBe('wrongMasterKey');
    expect(problemOf(() => createSealer({ current: master(1, 8) }).open(wrappedKey, sealed, 'cr1/message/m1'))).toBe('wrongMasterKey');
    expect(problemOf(() => sealer.open(wrappedKey.subarray(1), sealed, 'cr1/message/m1'))).toBe('malformed');
  });

  it('rotates the master: the old one still opens, new keys use the new one, rewrapped keys need only the new one', () => {
    const both = createSealer({ current: master(2, 9), older: [master(1, 7)] });
    expect(both.isWrappedByOlderMaster(wrappedKey)).toBe(true);
    expect(Buffer.from(both.open(wrappedKey, sealed, 'cr1/message/m1'))).toEqual(Buffer.from(utf8('Madame Dupont, 1 240,00 €')));
    expect(problemOf(() => sealer.seal(both.newKey().wrappedKey, utf8('x'), 'x'))).toBe('wrongMasterKey');
    const rewrapped = both.rewrap(wrappedKey);
    expect(both.isWrappedByOlderMaster(rewrapped)).toBe(false);
    const onlyNew = createSealer({ current: master(2, 9) });
    expect(Buffer.from(onlyNew.open(rewrapped, sealed, 'cr1/message/m1')).toString('utf8')).toContain('Dupont');
  });

  it('refuses at boot a master key of another length, a repeated id, and text that is no key', () => {
    expect(() => createSealer({ current: { id: 1, key: new Uint8Array(31) } })).toThrow(/31 bytes/);
    expect(() => createSealer({ current: master(1, 1), older: [master(1, 2)] })).toThrow(/id 1/);
    expect(parseMasterKey(`${'ab'.repeat(32)}\n`)).toHaveLength(32);
    expect(parseMasterKey(Buffer.alloc(32, 5).toString('base64'))).toHaveLength(32);
    expect(() => parseMasterKey('zz')).toThrow(RangeError);
  });
});
