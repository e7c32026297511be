import type { BusinessCalendar } from '../calendar/business-calendar.js';
import { addDays, type Day } from '../calendar/day.js';
import { frenchDay } from '../claim/french-figures.js';
import { delayStep, delayWords, endOfDelay, type LegalDelay } from './legal-delay.js';

export interface FirstReminderWindowInput {
  readonly sentOn: Day;
  readonly by: 'post' | 'electronic';
  readonly rules: {
    /** 14 calendar days. */
    readonly wait: LegalDelay;
    /** By post they start on the third working day after sending. */
    readonly postStart: LegalDelay;
    /** Electronically, on the day after. */
    readonly electronicStart: LegalDelay;
  };
  /** Belgian holidays. Saturday is left out: whether a "jour ouvrable" includes it is open, and this reading is never too short. */
  readonly calendar: BusinessCalendar;
}

export interface FirstReminderWindow {
  /** First of the free days. */
  readonly startsOn: Day;
  readonly lastFreeDay: Day;
  /** First day on which an indemnity or interest may be claimed. */
  readonly claimFrom: Day;
  readonly article: string;
  readonly how: readonly string[];
}

/** The free days that the first reminder leaves a Belgian consumer (CDE XIX.2): no cost, indemnity or interest before `claimFrom`. */
export function firstReminderWindow({ sentOn, by, rules, calendar }: FirstReminderWindowInput): FirstReminderWindow {
  const start = by === 'post' ? rules.postStart : rules.electronicStart;
  const startsOn = endOfDelay(sentOn, start, calendar);
  // The starting day is itself the first of the free days.
  const claimFrom = endOfDelay(startsOn, rules.wait);
  const lastFreeDay = addDays(claimFrom, -1);
  const how = [
    `rappel envoyé ${by === 'post' ? 'par la poste' : 'par voie électronique'}\u202f: ${delayStep(sentOn, start, startsOn)}`,
    `${delayWords(rules.wait)}, celui-ci compris\u202f: dernier jour gratuit le ${frenchDay(lastFreeDay)}`,
  ];
  return { startsOn, lastFreeDay, claimFrom, article: rules.wait.source.article, how };
}
