import { cleanLine } from './clean-text.js';
import type { Language, LetterInvoice } from './letter-content.js';

const TERM: Readonly<Record<Language, (number: number, count: number) => string>> = {
  fr: (number, count) => `échéance ${number} sur ${count}`,
  nl: (number, count) => `termijn ${number} van ${count}`,
  en: (number, count) => `instalment ${number} of ${count}`,
};

/** How a letter names an invoice: `A2`, or `B12 (échéance 2 sur 3)` where the letter asks for one of several terms and not for the whole. */
export function invoiceLabel({ number, term }: Pick<LetterInvoice, 'number' | 'term'>, language: Language): string {
  const name = cleanLine(number);
  return term === undefined || term.count < 2 ? name : `${name} (${TERM[language](term.number, term.count)})`;
}
