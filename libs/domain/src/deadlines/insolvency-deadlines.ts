import type { BusinessCalendar } from '../calendar/business-calendar.js';
import { addDays, type Day } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import { type Deadline, endOfDelay, type LegalDelay, proceduralEnd } from './legal-delay.js';

/** What a notice of the family "collective" announces; the family alone says nothing. */
export type InsolvencyNotice = 'opening' | 'conversion' | 'plan' | 'closure' | 'annulment' | 'unclear';

export interface InsolvencyInput {
  readonly notice: InsolvencyNotice;
  /** The day BODACC published the notice. */
  readonly publishedOn: Day;
  readonly judgmentOn: Day;
  /** Creditor established abroad or overseas: the longer delay. */
  readonly isCreditorFar: boolean;
  readonly rules: {
    readonly declaration: LegalDelay;
    readonly declarationFromFar: LegalDelay;
    readonly relief: LegalDelay;
    /** Retention of title: goods are claimed back within this delay. */
    readonly reclaim?: LegalDelay;
  };
  /** Days before the last day on which staff are warned: policy. */
  readonly warningDays: readonly number[];
  readonly calendar: BusinessCalendar;
}

export interface InsolvencyOpening {
  readonly effect: 'stops';
  readonly dunning: 'cancelled';
  /** Contractual and legal interest ends the day before the judgment (C. com. L622-28). */
  readonly interestLastDay: Day;
  readonly declareBy: Deadline;
  /** Counted from the day before any roll-over, so that the last warning is never too late. */
  readonly warnings: readonly Day[];
  /** Relief from forclusion is asked for until then. */
  readonly reliefUntil: Deadline;
  readonly reclaimUntil?: Deadline;
}

export type InsolvencyConsequence = InsolvencyOpening | { readonly effect: 'none' | 'review'; readonly because: string };

const OTHERWISE: Readonly<Record<Exclude<InsolvencyNotice, 'opening'>, { effect: 'none' | 'review'; because: string }>> = {
  closure: { effect: 'none', because: 'clôture de la procédure\u202f: ni arrêt des poursuites ni déclaration à faire' },
  annulment: { effect: 'review', because: 'annulation d’une annonce\u202f: vérifier ce qui a été arrêté sur la foi de la première' },
  conversion: { effect: 'review', because: 'conversion d’une procédure déjà ouverte\u202f: vérifier que la créance a été déclarée' },
  plan: { effect: 'review', because: 'plan arrêté par le tribunal\u202f: vérifier ce qu’il prévoit pour la créance' },
  unclear: { effect: 'review', because: 'nature du jugement non reconnue\u202f: à lire par une personne' },
};

/**
 * What a BODACC notice of insolvency does to a claim. An opening cancels dunning, ends interest, and opens the delays to declare (C. com.
 * R622-24: two months from publication, four from far away), and to ask for relief (L622-26). Other notices have no such effect.
 */
export function insolvencyDeadlines(input: InsolvencyInput): InsolvencyConsequence {
  if (input.notice !== 'opening') return OTHERWISE[input.notice];
  const { rules } = input;
  const declaration = input.isCreditorFar ? rules.declarationFromFar : rules.declaration;
  const deadline = (delay: LegalDelay): Deadline => {
    const { on, how } = proceduralEnd(input.publishedOn, delay, input.calendar);
    return { on, article: delay.source.article, how: [`publication au BODACC le ${frenchDay(input.publishedOn)}`, ...how] };
  };
  const declareBy = deadline(declaration);
  const lastDay = endOfDelay(input.publishedOn, declaration);
  return {
    effect: 'stops',
    dunning: 'cancelled',
    interestLastDay: addDays(input.judgmentOn, -1),
    declareBy,
    warnings: input.warningDays.toSorted((a, b) => b - a).map((days) => addDays(lastDay, -days)),
    reliefUntil: deadline(rules.relief),
    ...(rules.reclaim ? { reclaimUntil: deadline(rules.reclaim) } : {}),
  };
}

const NATURES: readonly (readonly [RegExp, InsolvencyNotice])[] = [
  [/clôture/, 'closure'],
  [/annul|rétract|infirm/, 'annulment'],
  [/conver/, 'conversion'],
  [/(arrêtant|homologu|modifi|résolution|adopt).*plan|plan de (cession|continuation|redressement|sauvegarde)/, 'plan'],
  [/ouvrant|ouverture|prononçant l(a|’|')\s?(liquidation|sauvegarde|redressement)/, 'opening'],
];

/** Reads the nature of a judgment as BODACC words it; `unclear` when nothing is recognised. */
export function insolvencyNotice(nature: string): InsolvencyNotice {
  const text = nature.normalize('NFC').toLowerCase();
  return NATURES.find(([pattern]) => pattern.test(text))?.[1] ?? 'unclear';
}
