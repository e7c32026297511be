import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedBytes, Sealer, SealingFailure, SealingProblem } from '#ports';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;
const WRAPPED_BYTES = 2 + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** A 32-byte master key and its id (0–255), which is written in front of every key it wraps. */
export interface MasterKey {
  readonly id: number;
  readonly key: Uint8Array;
}

export class SealingError extends Error implements SealingFailure {
  override readonly name = 'SealingError';

  constructor(readonly problem: SealingProblem) {
    super(`Sealed bytes cannot be opened: ${problem}`);
  }
}

/**
 * AES-256-GCM envelope sealing. `current` wraps new keys; `older` masters only unwrap, so that a rotation is: configure both, rewrap
 * the key rows, drop the old one. Throws a RangeError at once for a key of another length or two masters with one id.
 */
export function createSealer({ current, older = [] }: { current: MasterKey; older?: readonly MasterKey[] }): Sealer {
  const masters = new Map<number, Uint8Array>();
  for (const master of [current, ...older]) {
    if (master.key.length !== KEY_BYTES)
      throw new RangeError(`Master key ${master.id} has ${master.key.length} bytes, ${KEY_BYTES} are needed`);
    if (!Number.isInteger(master.id) || master.id < 0 || master.id > 255) throw new RangeError(`Master key id out of 0–255: ${master.id}`);
    if (masters.has(master.id)) throw new RangeError(`Two master keys have the id ${master.id}`);
    masters.set(master.id, Uint8Array.from(master.key));
  }

  const wrap = (key: Uint8Array): Uint8Array => {
    const header = wrapHeader(current.id);
    const { nonce, ciphertext } = encrypt(masters.get(current.id) as Uint8Array, key, header);
    return Buffer.concat([header, nonce, ciphertext]);
  };
  const unwrap = (wrapped: Uint8Array): Uint8Array => {
    if (wrapped.length !== WRAPPED_BYTES || wrapped[0] !== FORMAT) throw new SealingError('malformed');
    const master = masters.get(wrapped[1] as number);
    if (!master) throw new SealingError('wrongMasterKey');
    const sealed = { nonce: wrapped.subarray(2, 2 + NONCE_BYTES), ciphertext: wrapped.subarray(2 + NONCE_BYTES) };
    return decrypt(master, sealed, wrapped.subarray(0, 2), 'wrongMasterKey');
  };

  return {
    newKey: () => ({ wrappedKey: wrap(randomBytes(KEY_BYTES)) }),
    seal: (wrappedKey, plaintext, context) => encrypt(unwrap(wrappedKey), plaintext, Buffer.from(context, 'utf8')),
    open: (wrappedKey, sealed, context) => decrypt(unwrap(wrappedKey), sealed, Buffer.from(context, 'utf8'), 'tampered'),
    rewrap: (wrappedKey) => wrap(unwrap(wrappedKey)),
    isWrappedByOlderMaster: (wrappedKey) => wrappedKey[1] !== current.id,
  };
}

/** Reads a master key from 64 hex digits or base64 of 32 bytes; surrounding white space is taken off. Throws a RangeError without the value. */
export function parseMasterKey(text: string): Uint8Array {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/]{43}=$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  throw new RangeError('A master key is 64 hex digits or the base64 of 32 bytes');
}

function wrapHeader(masterId: number): Buffer {
  return Buffer.from([FORMAT, masterId]);
}

// A random 96-bit nonce is safe for some 2^32 messages per key; a key per debtor or file stays far below.
function encrypt(key: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): SealedBytes {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return { nonce, ciphertext: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]) };
}

function decrypt(key: Uint8Array, sealed: SealedBytes, aad: Uint8Array, problem: SealingProblem): Uint8Array {
  if (sealed.nonce.length !== NONCE_BYTES || sealed.ciphertext.length < TAG_BYTES) throw new SealingError('malformed');
  const end = sealed.ciphertext.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.ciphertext.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.ciphertext.subarray(0, end)), decipher.final()]);
  } catch {
    throw new SealingError(problem);
  }
}
