import type { ApiKeyRow } from '#ports';
import { notFound, Problem } from '../http/problem.js';

/** The creditor whose matters a key may see here: its own, or for a key of the installation the one asked for, or all (undefined). */
export function scopeOf(key: ApiKeyRow, asked: string | undefined): string | undefined {
  if (key.creditorId === '*') return asked;
  if (asked !== undefined && asked !== key.creditorId) throw notFound('creditor', asked);
  return key.creditorId;
}

/** What concerns everybody is done with a key of the installation. */
export function refuseUnlessOfInstallation(key: ApiKeyRow): void {
  if (key.creditorId !== '*') throw new Problem('forbidden', { detail: 'Cette clé est celle d’un seul créancier.' });
}
