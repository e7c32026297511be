import { type Refusal, refuse } from '../refusal.js';

/** Whom a message about a debt may reach: the debtor's own sphere, its guarantor, its counsel, the curator. Nobody else, in any country. */
export const CONTACT_ROLES = ['debtor', 'legalRepresentative', 'accounting', 'orderingParty', 'guarantor', 'counsel', 'curator'] as const;

export type AllowedContactRole = (typeof CONTACT_ROLES)[number];

/** Refuses `contactOutsideSphere` for any other role: partners, clients, staff, family, neighbours have no path. */
export function checkContactRole(role: string): Refusal | undefined {
  if ((CONTACT_ROLES as readonly string[]).includes(role)) return undefined;
  return refuse('contactOutsideSphere', {
    field: '/role',
    facts: { role, allowed: CONTACT_ROLES.join(', '), article: 'C. civ. 1240\u202f; CP 312-10' },
  });
}

const BAILIFF = /(?<!\p{L})(?:huissiers?|commissaires? de justice|gerechtsdeurwaarders?|bailiffs?)(?!\p{L})/u;
const MANDATED =
  /(?<!\p{L})(?:mandat[ée]e?s?|saisis?|chargée?s?|désignée?s?|gemandateerd|aangesteld|instructed|appointed|mandated)(?!\p{L})/u;
/** "Pourra être mandaté": a step that is possible, which is not said to have been taken. */
const POSSIBLE = /(?<!\p{L})(?:pourr\p{L}+|kan|kunnen|may|might|could)(?!\p{L})/u;

/**
 * Refuses `bailiffNotMandated` where a text says that a bailiff was instructed and no referral to one stands in the case
 * (C. conso. L121-6 5°, CP 433-13): a threat that is not true may not be written, by anyone to anyone.
 */
export function checkBailiffWords(text: string, given: { hasBailiffReferral: boolean }): Refusal | undefined {
  if (given.hasBailiffReferral) return undefined;
  const sentence = text
    .normalize('NFC')
    .toLowerCase()
    .split(/[.!?\n]+/)
    .find((part) => BAILIFF.test(part) && MANDATED.test(part) && !POSSIBLE.test(part));
  if (sentence === undefined) return undefined;
  return refuse('bailiffNotMandated', { facts: { sentence: sentence.trim().slice(0, 200), article: 'C. conso. L121-6, 5°' } });
}
