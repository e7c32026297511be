import { addDays, type Day, earlierDay } from '#domain';
import { parse } from 'yaml';
import { readAsset } from './asset.js';
import { fold } from './fold-text.js';
import { formatDay, formatDayAndMonth } from './format.js';
import type { Language, LetterAct, LetterRegime } from './letter-content.js';
import { appliesTo, type WordingScope } from './wording-scope.js';

/** When the letter's deadline ends and what the ladder does next. */
export interface DeadlineFacts {
  readonly deadlineOn?: Day;
  /** Day of the ladder's next act; null when there is none; left out when nobody knows. */
  readonly nextActOn?: Day | null;
  /** Calendar days between deadline and next act that still count as keeping one's word; left out: `wording/deadlines.yaml`. */
  readonly deadlineToleranceDays?: number;
  /** Days the letter may name as a limit besides the deadline. */
  readonly knownDays?: readonly Day[];
}

const LIMIT_WORDS =
  "(?:au plus tard(?: le)?|avant le|d'ici le|d'ici au|jusqu'au|pour le|uiterlijk(?: op)?|voor|tegen|no later than|not later than|by|before|until)";
const WEEKDAY = '(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[a-z]{3,6}dag|[a-z]{3,6}day),? )?(?:the )?';
/** A day named as limit: `12 avril 2026` (first group) or `12/04/2026` (second). */
const LIMIT = new RegExp(
  `\\b${LIMIT_WORDS} ${WEEKDAY}(?:(\\d{1,2}(?:er|th|st|nd|rd)? [a-z]{3,9}(?: \\d{4})?)|(\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}))\\b`,
  'gu',
);

interface Tolerance extends WordingScope {
  readonly toleranceDays: number;
}

let tolerances: readonly Tolerance[] | undefined;

/** Calendar days of `wording/deadlines.yaml` for a regime. Throws where the file has no entry for it. */
export function deadlineTolerance(act: LetterAct, regime: LetterRegime): number {
  tolerances ??= parse(readAsset('wording/deadlines.yaml')) as Tolerance[];
  const found = tolerances.find((entry) => appliesTo(entry, act, regime));
  if (found === undefined) throw new Error(`wording/deadlines.yaml says nothing of ${regime}`);
  return found.toleranceDays;
}

/** True when the deadline is one that nobody will keep: no act follows, the next act comes before it, or long after it. */
export function isDeadlineIdle(facts: DeadlineFacts, toleranceDays: number): boolean {
  const { deadlineOn, nextActOn } = facts;
  if (deadlineOn === undefined || nextActOn === undefined) return false;
  if (nextActOn === null || nextActOn < deadlineOn) return true;
  return nextActOn > addDays(deadlineOn, facts.deadlineToleranceDays ?? toleranceDays);
}

/**
 * The day that a letter may set for an answer: the one wanted, but never beyond the day on which the ladder goes on by itself; undefined
 * when nothing follows in time (`wording/deadlines.yaml`), for then no day would be kept.
 */
export function keptDeadline(wanted: Day, nextActOn: Day | null, act: LetterAct, regime: LetterRegime): Day | undefined {
  const deadlineOn = nextActOn === null ? wanted : earlierDay(wanted, nextActOn);
  return isDeadlineIdle({ deadlineOn, nextActOn }, deadlineTolerance(act, regime)) ? undefined : deadlineOn;
}

/** Finds the folded sentence that names a day, in words. */
export function dayFinder(on: Day): (folded: string) => boolean {
  const named = LANGUAGES.flatMap((language) => [fold(formatDay(on, language)), fold(formatDayAndMonth(on, language))]);
  return (folded) => named.some((words) => folded.includes(words));
}

/**
 * Finds folded sentences that set a day as limit which is none of the days the letter knows. Without any known day it finds nothing: then
 * nobody can tell a kept limit from an invented one.
 */
export function unknownLimitFinder(facts: DeadlineFacts): (folded: string) => boolean {
  const days = [...(facts.knownDays ?? []), ...(facts.deadlineOn === undefined ? [] : [facts.deadlineOn])];
  if (days.length === 0) return () => false;
  const inWords = new Set(days.flatMap((on) => LANGUAGES.flatMap((l) => [fold(formatDay(on, l)), fold(formatDayAndMonth(on, l))])));
  const inFigures = new Set(
    days.flatMap((on) => [figuresOf(on.slice(8), on.slice(5, 7), on.slice(0, 4)), figuresOf(on.slice(8), on.slice(5, 7), on.slice(2, 4))]),
  );
  return (folded) =>
    [...folded.matchAll(LIMIT)].some(([, words, figures]) => {
      if (figures !== undefined) {
        const [ofMonth = '', month = '', year = ''] = figures.split(/[/.-]/u);
        return !inFigures.has(figuresOf(ofMonth, month, year));
      }
      const named = (words ?? '').replace(/^(\d{1,2})(?:th|st|nd|rd) /u, '$1 ');
      return MONTH_NAMES.has(named.split(' ')[1] ?? '') && !inWords.has(named);
    });
}

/** `12/4/2026` however its parts were padded. */
function figuresOf(ofMonth: string, month: string, year: string): string {
  return `${Number(ofMonth)}/${Number(month)}/${year}`;
}

const LANGUAGES: readonly Language[] = ['fr', 'nl', 'en'];
const MONTH_NAMES: ReadonlySet<string> = new Set(
  Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-15` as Day).flatMap((on) =>
    LANGUAGES.map((language) => fold(formatDayAndMonth(on, language)).split(' ')[1] ?? ''),
  ),
);
