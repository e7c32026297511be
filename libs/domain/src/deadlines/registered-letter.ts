import { addDays, type Day } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay } from './legal-delay.js';

/** What the carrier says of a registered letter. */
export type RegisteredLetterState = 'sent' | 'deposited' | 'presented' | 'delivered' | 'unclaimed' | 'refused' | 'returnedUnknown';

export interface RegisteredLetterDays {
  /** First presentation at the address. */
  readonly presentedOn?: Day;
  readonly deliveredOn?: Day;
  /** The day it was refused, or came back. */
  readonly endedOn?: Day;
}

export interface LetterConsequence {
  /** What the ladder does with it. */
  readonly ladder: 'goesOn' | 'stopsForAddress';
  /** The day from which the notice has its effects; absent while unknown. */
  readonly servedOn?: Day;
  /** The letter leaves again once a new address is known. */
  readonly sendAgain: boolean;
  readonly article: string;
  readonly how: string;
}

/** Not receiving a notice does not undo it: it is no act of procedure (Cass. 1re civ. 20 janvier 2021, no 19-20.680). */
const UNRECEIVED = 'C. civ. 1344\u202f; Cass. 1re civ. 20 janvier 2021, n°\u00a019-20.680';

/**
 * The last day a registered letter waits at the post office after its first presentation: from the day after, it is unclaimed. The delay is the
 * carrier's and is not rolled.
 */
export function registeredLetterAvailability(input: { presentedOn: Day; availability: LegalDelay }): Deadline & { unclaimedFrom: Day } {
  const on = endOfDelay(input.presentedOn, input.availability);
  const { article } = input.availability.source;
  return { on, unclaimedFrom: addDays(on, 1), article, how: [delayStep(input.presentedOn, input.availability, on)] };
}

/**
 * What each state of a registered notice means for the ladder: unclaimed and refused letters count and the ladder goes on; only an unknown
 * address stops it, until a new one is found and the letter leaves again.
 */
export function afterLetterState(state: RegisteredLetterState, days: RegisteredLetterDays = {}): LetterConsequence {
  const served = (on: Day | undefined, how: string, article = 'C. civ. 1344'): LetterConsequence => ({
    ladder: 'goesOn',
    ...(on === undefined ? {} : { servedOn: on }),
    sendAgain: false,
    article,
    how: on === undefined ? how : `${how}\u202f: ${frenchDay(on)}`,
  });
  switch (state) {
    case 'sent':
    case 'deposited':
      return served(undefined, 'pli en chemin, la suite n’attend pas l’accusé de réception');
    case 'presented':
      return served(days.presentedOn, 'première présentation du pli');
    case 'delivered':
      return served(days.deliveredOn ?? days.presentedOn, 'pli remis');
    case 'unclaimed':
      return served(days.presentedOn ?? days.endedOn, 'pli non réclamé, la mise en demeure vaut malgré tout', UNRECEIVED);
    case 'refused':
      return served(days.presentedOn ?? days.endedOn, 'pli refusé, la mise en demeure vaut malgré tout', UNRECEIVED);
    case 'returnedUnknown':
      return {
        ladder: 'stopsForAddress',
        sendAgain: true,
        article: 'C. civ. 1344',
        how: 'destinataire inconnu à l’adresse\u202f: corriger l’adresse, puis envoyer à nouveau',
      };
  }
}
