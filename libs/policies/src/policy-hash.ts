import { createHash } from 'node:crypto';
import type { DunningPolicy } from '#domain';

/** SHA-256, in hexadecimal, of a policy's canonical JSON (keys sorted): the same ladder gives the same hash however it was written. */
export function policyHash(policy: DunningPolicy): string {
  return createHash('sha256').update(canonical(policy)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
