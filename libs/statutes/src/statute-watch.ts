import { addDays, addMonths, type Day, day, frenchDay } from '#domain';
import type { Statutes } from './load-statutes.js';
import type { StatutoryParameter } from './statute-schema.js';
import { checkedOn, lineOn } from './value-on.js';

/** Something a person must look up before a value is missed. */
export interface StatuteFinding {
  readonly code: 'seriesEnds' | 'seriesEnded' | 'valueMissing' | 'checkTooOld' | 'neverChecked' | 'pendingRule' | 'holidaysEnd';
  /** The parameter's key, or the territory. */
  readonly key: string;
  /** The day it ends, or was last checked. */
  readonly on?: Day;
  /** One French sentence for staff. */
  readonly sentence: string;
}

/** How early staff are told; product habits, not law. */
export interface WatchLimits {
  readonly warnDays: number;
  readonly checkMonths: number;
}

const LIMITS: WatchLimits = { warnDays: 30, checkMonths: 12 };

/** What ends soon, has ended, was never checked at its source, or not for a year, by key. `today` is given. */
export function statuteWatch(statutes: Statutes, today: Day, limits: WatchLimits = LIMITS): StatuteFinding[] {
  const parameters = [...statutes.parameters.values()].flatMap((parameter) => watch(parameter, today, limits));
  const territories = [...statutes.territories.values()].flatMap((rules): StatuteFinding[] => {
    const on = day(`${rules.covers.untilYear}-12-31`);
    if (on > addMonths(today, limits.checkMonths)) return [];
    return [
      { code: 'holidaysEnd', key: rules.territory, on, sentence: `${rules.title.fr}\u202f: connus jusqu’au ${frenchDay(on)} seulement.` },
    ];
  });
  return [...parameters, ...territories].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function watch(parameter: StatutoryParameter, today: Day, limits: WatchLimits): StatuteFinding[] {
  return [
    ...watchEnd(parameter, today, limits),
    ...watchGaps(parameter, today),
    ...watchCheck(parameter, today, limits),
    ...watchPending(parameter),
  ];
}

function watchEnd({ key, title, values }: StatutoryParameter, today: Day, limits: WatchLimits): StatuteFinding[] {
  const until = values.at(-1)?.until;
  if (until === undefined || until > addDays(today, limits.warnDays)) return [];
  if (until >= today) {
    return [{ code: 'seriesEnds', key, on: until, sentence: `${title.fr}\u202f: aucune valeur après le ${frenchDay(until)}.` }];
  }
  const sentence = `${title.fr}\u202f: aucune valeur depuis le ${frenchDay(addDays(until, 1))}.`;
  return [{ code: 'seriesEnded', key, on: until, sentence }];
}

/** A hole before the last line; one after it is an ended series. */
function watchGaps({ key, title, gaps, values }: StatutoryParameter, today: Day): StatuteFinding[] {
  const last = values.at(-1)?.from;
  const holes = gaps.filter(
    (gap) => last !== undefined && gap.from < last && gap.from <= today && !values.some(({ from }) => from === gap.from),
  );
  return holes.map(({ from, until, reason }) => ({
    code: 'valueMissing',
    key,
    on: from,
    sentence: `${title.fr}\u202f: aucune valeur du ${frenchDay(from)} au ${frenchDay(until)} (${reason}).`,
  }));
}

function watchCheck(parameter: StatutoryParameter, today: Day, limits: WatchLimits): StatuteFinding[] {
  const { key, title, values, nature } = parameter;
  const line = lineOn(parameter, today) ?? values.at(-1);
  // A usage of the trade has no source that could be read again.
  if (!line || nature === 'practice') return [];
  const checked = checkedOn(parameter, line);
  if (checked === undefined) {
    const sentence = `${title.fr}\u202f: valeur du ${frenchDay(line.from)} jamais vérifiée à sa source.`;
    return [{ code: 'neverChecked', key, sentence }];
  }
  if (addMonths(checked, limits.checkMonths) >= today) return [];
  return [
    { code: 'checkTooOld', key, on: checked, sentence: `${title.fr}\u202f: vérifié pour la dernière fois le ${frenchDay(checked)}.` },
  ];
}

function watchPending({ key, pending }: StatutoryParameter): StatuteFinding[] {
  return pending.map(({ name, effect, from, lookedUpOn }) => ({
    code: 'pendingRule',
    key,
    ...(from === undefined ? {} : { on: from }),
    sentence: `${name}\u202f: ${effect} Non appliqué\u202f; dernier examen le ${frenchDay(lookedUpOn)}.`,
  }));
}
