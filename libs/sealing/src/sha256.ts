import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex: `sha256Hex(utf8('abc'))` is `ba7816bf…15ad`. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
