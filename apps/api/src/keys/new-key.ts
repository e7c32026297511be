import { randomBytes } from 'node:crypto';
import { keyHash } from '../http/auth.guard.js';

/** A fresh key: the token to be shown once, and what is stored of it. `rk_<8 letters or digits>_<32 random bytes>`. */
export function newKey(): { token: string; prefix: string; sha256: string } {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
  const prefix = [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('');
  const token = `rk_${prefix}_${randomBytes(32).toString('base64url')}`;
  return { token, prefix, sha256: keyHash(token) };
}
