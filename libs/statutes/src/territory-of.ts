import type { GoverningLaw } from '#domain';
import type { Statutes } from './load-statutes.js';
import { rulesOf } from './territory-calendar.js';

/** Where an address lies, and whose calendar stands in when it lies abroad. */
export interface AddressFacts {
  /** ISO 3166-1 alpha-2, any case. */
  readonly country: string;
  readonly postcode?: string;
  /** The creditor's own country. */
  readonly creditorCountry: GoverningLaw;
}

/** Overseas parts of France that have a country code of their own. */
const OVERSEAS_BY_COUNTRY: ReadonlyMap<string, string> = new Map([
  ['GP', 'FR-971'],
  ['MQ', 'FR-972'],
  ['GF', 'FR-973'],
  ['RE', 'FR-974'],
  ['PM', 'FR-975'],
  ['YT', 'FR-976'],
  ['BL', 'FR-977'],
  ['MF', 'FR-978'],
  ['WF', 'FR-986'],
  ['PF', 'FR-987'],
  ['NC', 'FR-988'],
]);

/** Post codes of Saint-Barthélemy and Saint-Martin, which still begin like Guadeloupe's. */
const OVERSEAS_BY_POSTCODE: ReadonlyMap<string, string> = new Map([
  ['97133', 'FR-977'],
  ['97150', 'FR-978'],
]);

/** Parts of France with holidays or a zone of their own, by the first digits of the post code. */
const BY_PREFIX = ['57', '67', '68', '971', '972', '973', '974', '975', '976', '977', '978', '986', '987', '988'] as const;

/**
 * The territory whose holidays and zone govern messages to an address: `FR`, `FR-57`… `FR-988` or `BE`. A debtor in any other country
 * is reached by the calendar and zone of its creditor: we know no other holidays, and the creditor is open for the answer.
 * Example: France, 67000 → `FR-67`.
 */
export function territoryOf(address: AddressFacts): string {
  const country = address.country.trim().toUpperCase();
  const overseas = OVERSEAS_BY_COUNTRY.get(country);
  if (overseas !== undefined) return overseas;
  if (country !== 'FR') return country === 'BE' ? 'BE' : address.creditorCountry;
  const postcode = (address.postcode ?? '').replace(/\D/g, '');
  if (postcode.length !== 5) return 'FR';
  const special = OVERSEAS_BY_POSTCODE.get(postcode);
  if (special !== undefined) return special;
  const prefix = BY_PREFIX.find((digits) => postcode.startsWith(digits));
  return prefix === undefined ? 'FR' : `FR-${prefix}`;
}

/** IANA zone of a territory: `FR-974` → `Indian/Reunion`. Throws a RangeError for an unknown one. */
export function zoneOf(statutes: Statutes, territory: string): string {
  return rulesOf(statutes, territory).zone;
}
