import { addDays, addMonths, type Day, day, frenchDay } from '#domain';
import type { Statutes } from './load-statutes.js';
import type { StatutoryParameter } from './statute-schema.js';
import { checkedOn, lineOn } from './value-on.js';

/** Something a person must look up before a value is missed. */
export interface StatuteFinding {
  readonly code: 'seriesEnds' | 'seriesEnded' | 'checkTooOld' | 'neverChecked' | 'holidaysEnd';
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
  const findings: StatuteFinding[] = [];
  const last = parameter.values.at(-1);
  const title = parameter.title.fr;
  const key = parameter.key;
  if (last?.until !== undefined && last.until < today) {
    const sentence = `${title}\u202f: aucune valeur depuis le ${frenchDay(addDays(last.until, 1))}.`;
    findings.push({ code: 'seriesEnded', key, on: last.until, sentence });
  } else if (last?.until !== undefined && last.until <= addDays(today, limits.warnDays)) {
    const sentence = `${title}\u202f: aucune valeur après le ${frenchDay(last.until)}.`;
    findings.push({ code: 'seriesEnds', key, on: last.until, sentence });
  }
  const line = lineOn(parameter, today) ?? last;
  if (!line) return findings;
  const checked = checkedOn(parameter, line);
  if (checked === undefined) {
    findings.push({
      code: 'neverChecked',
      key,
      sentence: `${title}\u202f: valeur du ${frenchDay(line.from)} jamais vérifiée à sa source.`,
    });
  } else if (addMonths(checked, limits.checkMonths) < today) {
    findings.push({
      code: 'checkTooOld',
      key,
      on: checked,
      sentence: `${title}\u202f: vérifié pour la dernière fois le ${frenchDay(checked)}.`,
    });
  }
  return findings;
}
