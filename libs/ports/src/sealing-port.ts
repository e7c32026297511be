/** A sealed plaintext: both parts are stored side by side; the 16-byte authentication tag is the end of `ciphertext`. */
export interface SealedBytes {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Why bytes could not be opened. `wrongMasterKey`: no configured master key made this wrapped key; `tampered`: bytes, context or key do not agree. */
export type SealingProblem = 'wrongMasterKey' | 'tampered' | 'malformed';

/** What an implementation throws; casework tells the cases apart by `problem`. */
export interface SealingFailure extends Error {
  readonly problem: SealingProblem;
}

/**
 * Seals personal bytes with a key per debtor or per file. The wrapped key is a row; destroying that row erases the person's bytes
 * while every SHA-256 of them still verifies.
 */
export interface Sealer {
  /** A fresh key, already wrapped by the current master key: safe to store beside the data. */
  newKey(): { wrappedKey: Uint8Array };
  /** `context` (for example `creditor/table/id/column`) is authenticated, not stored: bytes moved to another row do not open. */
  seal(wrappedKey: Uint8Array, plaintext: Uint8Array, context: string): SealedBytes;
  /** Throws a `SealingFailure`. */
  open(wrappedKey: Uint8Array, sealed: SealedBytes, context: string): Uint8Array;
  /** The same key under the current master key, for the rotation of the master; the sealed bytes stay as they are. */
  rewrap(wrappedKey: Uint8Array): Uint8Array;
  /** True when the key was wrapped by an older master key and ought to be rewrapped. */
  isWrappedByOlderMaster(wrappedKey: Uint8Array): boolean;
}
