import type { InvoiceRecord, PartyRecord } from './invoice-record.js';
import { sameParty } from './party/party-identifiers.js';

/**
 * Names of the facts in which two records of one invoice contradict each other; empty when they say the same, in whatever formats. What
 * only one of them says (order, contact, IBAN…) is no contradiction; a single term without amount is the whole payable amount.
 */
export function conflictingFacts(a: InvoiceRecord, b: InvoiceRecord): string[] {
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['documentKind', a.documentKind, b.documentKind],
    ['number', a.number, b.number],
    ['issuedOn', a.issuedOn, b.issuedOn],
    ['currency', a.currency, b.currency],
    ['gross', a.grossMinor, b.grossMinor],
    ['prepaid', a.prepaidMinor, b.prepaidMinor],
    ['payable', a.payableMinor, b.payableMinor],
    ['terms', termsKey(a), termsKey(b)],
    ['buyer', 'same', sameDebtor(a.buyer, b.buyer) ? 'same' : 'other'],
  ];
  return facts.filter(([, one, other]) => one !== other).map(([name]) => name);
}

function termsKey({ terms, payableMinor }: InvoiceRecord): string {
  const [only] = terms;
  if (only !== undefined && terms.length === 1) return `${only.dueOn} ${only.amountMinor ?? payableMinor}`;
  return terms.map((term) => `${term.dueOn} ${term.amountMinor ?? '?'}`).join(',');
}

function sameDebtor(a: PartyRecord, b: PartyRecord): boolean {
  const byNumber = sameParty(a, b);
  return byNumber === 'unknown' ? plainName(a.name) === plainName(b.name) : byNumber === 'same';
}

function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
