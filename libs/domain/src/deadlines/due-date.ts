import { addDays, addMonths, type Day, laterDay } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import type { DebtorKind, GoverningLaw } from '../claim/statement.js';
import { type Refusal, refuse } from '../refusal.js';
import { type Deadline, delayStep, delayWords, endOfDelay, type LegalDelay } from './legal-delay.js';

/** What was agreed about the day of payment. */
export type PaymentTerms =
  | { readonly kind: 'notAgreed' }
  | { readonly kind: 'net'; readonly days: number }
  /** `daysThenMonthEnd` (A): date + days, then the end of that month. `monthEndThenDays` (B): end of the month, then + days. */
  | { readonly kind: 'endOfMonth'; readonly days: number; readonly method?: 'daysThenMonthEnd' | 'monthEndThenDays' };

/** The limits of one regime; what the law does not limit is absent. */
export interface PaymentTermRules {
  /** When nothing is agreed. Absent: due at delivery or performance (French consumers). */
  readonly whenSilent?: LegalDelay;
  /** The longest net term. */
  readonly agreedMax?: LegalDelay;
  /** The longest "fin de mois" term, in its own days. */
  readonly endOfMonthMax?: LegalDelay;
  /** The longest term of a periodic (summary) invoice, from its issue. */
  readonly periodicMax?: LegalDelay;
  /** The term of the debtor's sector, in place of the general one. */
  readonly sectorMax?: LegalDelay;
}

export interface DueDateInput {
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly terms: PaymentTerms;
  readonly issuedOn: Day;
  /** Goods received or service performed. */
  readonly suppliedOn?: Day;
  /** Receipt of the invoice, or of the request for payment by a public body. */
  readonly receivedOn?: Day;
  readonly isPeriodic?: boolean;
  readonly rules: PaymentTermRules;
}

const TERM_DAYS_MAX = 3660;

/**
 * The due day of an invoice from its terms, never rolled over a weekend. A term beyond the law is reported, not accepted: refused
 * `termUnlawful` with the article and the last lawful day. Also refused: `endOfMonthMethodMissing` (two readings are admitted: the contract
 * must say which), `termInvalid`, `kindUnknown`, `dayMissing`, `termNotAgreed` where no rule says what silence means.
 */
export function dueDate(input: DueDateInput): Deadline | Refusal {
  if (input.kind === 'unknown') return refuse('kindUnknown', { field: '/kind', facts: { article: articleOf(input) } });
  const { terms, issuedOn } = input;
  if (terms.kind === 'notAgreed') return silentDueDate(input);
  if (!Number.isInteger(terms.days) || terms.days < 0 || terms.days > TERM_DAYS_MAX) {
    return refuse('termInvalid', { field: '/terms/days', facts: { article: articleOf(input), days: terms.days, atMost: TERM_DAYS_MAX } });
  }
  if (terms.kind === 'endOfMonth' && !terms.method) {
    const supply = 'daysThenMonthEnd | monthEndThenDays';
    return refuse('endOfMonthMethodMissing', { field: '/terms/method', facts: { article: articleOf(input), supply } });
  }
  const beyond = unlawful(input, terms);
  return beyond ?? { article: articleOf(input), ...agreedDueDate(issuedOn, terms, terms.days) };
}

type AgreedTerms = Exclude<PaymentTerms, { kind: 'notAgreed' }>;

/** The due day of terms of that form, with that number of days. */
function agreedDueDate(issuedOn: Day, terms: AgreedTerms, days: number): Steps {
  if (terms.kind === 'net') return netDueDate(issuedOn, days);
  return terms.method === 'daysThenMonthEnd' ? daysThenMonthEnd(issuedOn, days) : monthEndThenDays(issuedOn, days);
}

function netDueDate(issuedOn: Day, days: number): Steps {
  const on = addDays(issuedOn, days);
  return { on, how: [`facture du ${frenchDay(issuedOn)}, délai convenu de ${jours(days)}\u202f: ${frenchDay(on)}`] };
}

interface Steps {
  readonly on: Day;
  readonly how: readonly string[];
}

function daysThenMonthEnd(issuedOn: Day, days: number): Steps {
  const counted = addDays(issuedOn, days);
  const on = monthEnd(counted);
  const how = [
    `facture du ${frenchDay(issuedOn)}`,
    `${jours(days)}\u202f: ${frenchDay(counted)}`,
    `fin de ce mois\u202f: ${frenchDay(on)}`,
  ];
  return { on, how };
}

function monthEndThenDays(issuedOn: Day, days: number): Steps {
  const end = monthEnd(issuedOn);
  const on = addDays(end, days);
  const how = [`facture du ${frenchDay(issuedOn)}`, `fin du mois\u202f: ${frenchDay(end)}`, `${jours(days)}\u202f: ${frenchDay(on)}`];
  return { on, how };
}

function jours(count: number): string {
  return delayWords({ count, unit: 'days' });
}

function monthEnd(on: Day): Day {
  return addDays(addMonths(`${on.slice(0, 7)}-01` as Day, 1), -1);
}

/**
 * The refusal of terms beyond the law. Net days and the French derogation of "45 jours fin de mois" are limits on the agreed days (60 days "fin
 * de mois" are unlawful in every case); every other limit is one on the day the terms lead to: sectors, periodic invoices, Belgium.
 */
function unlawful(input: DueDateInput, terms: AgreedTerms): Refusal | undefined {
  const { rules, issuedOn } = input;
  const ownMax = rules.sectorMax ? undefined : terms.kind === 'net' ? rules.agreedMax : rules.endOfMonthMax;
  if (ownMax && terms.days > ownMax.count) return tooLong(terms, ownMax, agreedDueDate(issuedOn, terms, ownMax.count).on);
  const { on } = agreedDueDate(issuedOn, terms, terms.days);
  const byDay = [rules.sectorMax ?? (ownMax ? undefined : rules.agreedMax), input.isPeriodic ? rules.periodicMax : undefined];
  const broken = byDay.find((limit) => limit !== undefined && on > endOfDelay(issuedOn, limit));
  return broken && tooLong(terms, broken, endOfDelay(issuedOn, broken));
}

function tooLong(terms: AgreedTerms, max: LegalDelay, latestLawfulOn: Day): Refusal {
  const agreed = `${jours(terms.days)} ${terms.kind === 'net' ? 'nets' : 'fin de mois'}`;
  const facts = { article: max.source.article, agreed, atMost: delayWords(max), latestLawfulOn };
  return refuse('termUnlawful', { field: '/terms/days', facts });
}

function silentDueDate(input: DueDateInput): Deadline | Refusal {
  const { rules, suppliedOn, receivedOn, issuedOn } = input;
  const article = articleOf(input);
  const { whenSilent } = rules;
  if (input.law === 'BE') {
    if (!whenSilent) return refuse('termNotAgreed', { field: '/terms', facts: { article } });
    if (!receivedOn) return refuse('dayMissing', { field: '/receivedOn', facts: { article } });
    // Law of 2 August 2002, art. 4: from the day after receipt of the invoice, or of the goods or services where they came later.
    return counted(laterDay(receivedOn, suppliedOn ?? receivedOn), whenSilent, rules.sectorMax);
  }
  if (!whenSilent) {
    if (!suppliedOn) return refuse('dayMissing', { field: '/suppliedOn', facts: { article } });
    return { on: suppliedOn, article: 'C. civ. 1342', how: [`livraison ou exécution le ${frenchDay(suppliedOn)}, prix dû ce jour`] };
  }
  if (input.kind !== 'publicBody') return counted(suppliedOn ?? issuedOn, whenSilent, rules.sectorMax);
  if (!receivedOn) return refuse('dayMissing', { field: '/receivedOn', facts: { article } });
  return counted(laterDay(receivedOn, suppliedOn ?? receivedOn), whenSilent);
}

/** A sector's maximum bounds its silence too. */
function counted(from: Day, whenSilent: LegalDelay, sectorMax?: LegalDelay): Deadline {
  const delay = sectorMax && endOfDelay(from, sectorMax) <= endOfDelay(from, whenSilent) ? sectorMax : whenSilent;
  const on = endOfDelay(from, delay);
  return { on, article: delay.source.article, how: [delayStep(from, delay, on)] };
}

/** Where no rule limits the term, the contract alone makes it. */
function articleOf({ law, rules }: DueDateInput): string {
  const limit = rules.sectorMax ?? rules.whenSilent ?? rules.agreedMax;
  return limit?.source.article ?? (law === 'FR' ? 'C. civ. 1103' : 'C. civ. belge 5.69');
}
