import { addDays, addMonths, type Day, parseDay, yearOf } from '#domain';
import { checkScale } from './scale.js';
import type { StatutoryParameter, StatutoryValue, TerritoryRules } from './statute-schema.js';

/** Something wrong, with the place in the file it was read from. */
export interface SenseFinding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The parameter that says on which days of the year half-yearly series begin. */
export const HALF_YEAR_STARTS = 'eu.referenceRate.halfYearStarts';

/**
 * What the shape cannot say: lines in order, no overlap and no hole that nobody declared, a check exactly where a value was read at its
 * source, figures of the right kind, half-years and years whole. One sentence a finding. `halfYearStarts`: `01-01 07-01`.
 */
export function checkSense(parameter: StatutoryParameter, halfYearStarts?: string): SenseFinding[] {
  const lines = parameter.values.flatMap((line, index) => {
    const where = `${parameter.key} from ${line.from}`;
    const messages = [
      ...checkOrder(parameter, line, parameter.values[index + 1]),
      ...checkMark(parameter, line),
      ...checkFigure(parameter, line.value),
      ...checkPeriod(parameter, line, halfYearStarts),
    ];
    return messages.map((message): SenseFinding => ({ path: ['values', index], message: `${where}: ${message}` }));
  });
  const pending = parameter.pending.flatMap(({ value }, index) =>
    checkFigure(parameter, value ?? null).map(
      (message): SenseFinding => ({ path: ['pending', index], message: `${parameter.key}: ${message}` }),
    ),
  );
  const gaps = parameter.gaps.flatMap(({ from, until }, index): SenseFinding[] =>
    until < from ? [{ path: ['gaps', index], message: `${parameter.key}: a gap ends before it begins` }] : [],
  );
  const none = parameter.values.length + parameter.pending.length === 0;
  return [...(none ? [{ path: ['values'], message: `${parameter.key}: has no line` }] : []), ...lines, ...pending, ...gaps];
}

/** The days between a line and the next one, when there are any that nobody declared as unknown. */
export function undeclaredHole(
  parameter: StatutoryParameter,
  line: StatutoryValue,
  next: StatutoryValue,
): { from: Day; until: Day } | undefined {
  if (line.until === undefined) return undefined;
  const hole = { from: addDays(line.until, 1), until: addDays(next.from, -1) };
  if (hole.until < hole.from) return undefined;
  return parameter.gaps.some((gap) => gap.from <= hole.from && hole.until <= gap.until) ? undefined : hole;
}

function checkOrder(parameter: StatutoryParameter, line: StatutoryValue, next: StatutoryValue | undefined): string[] {
  const findings: string[] = [];
  if (line.until !== undefined && line.until < line.from) findings.push('ends before it begins');
  if (!next) return findings;
  if (next.from <= line.from) return [...findings, `the next line (${next.from}) does not begin later`];
  if (line.until !== undefined && next.from <= line.until) return [...findings, `overlaps the line from ${next.from}`];
  const hole = undeclaredHole(parameter, line, next);
  if (hole) findings.push(`nothing from ${hole.from} to ${hole.until}: add the line, or declare the gap with its reason`);
  return findings;
}

function checkMark(parameter: StatutoryParameter, line: StatutoryValue): string[] {
  const isChecked = (line.checkedOn ?? parameter.checkedOn) !== undefined;
  return [
    ...(line.confidence === 'V' && !isChecked ? ['marked V without checkedOn'] : []),
    ...(line.confidence !== 'V' && line.checkedOn !== undefined ? ['checkedOn needs the mark V'] : []),
  ];
}

function checkFigure({ unit }: StatutoryParameter, value: StatutoryValue['value']): string[] {
  if (value === null) return [];
  if (typeof value !== 'string') return unit === 'scale' ? checkScale(value) : [`steps need the unit scale, not ${unit}`];
  if (unit === 'scale') return ['a scale is a list of steps'];
  const isDays = value.includes('-');
  if (unit !== 'daysOfYear') return isDays ? [`${value} is no value in ${unit}`] : [];
  // The first of a year without 29 February: a day that exists every year.
  const parts = value.split(' ');
  const isGood = isDays && parts.every((part, index) => parseDay(`2027-${part}`) !== undefined && part > (parts[index - 1] ?? ''));
  return isGood ? [] : [`${value} are no days of every year in order`];
}

function checkPeriod({ every }: StatutoryParameter, line: StatutoryValue, halfYearStarts: string | undefined): string[] {
  if (every === undefined) return [];
  if (every === 'halfYear' && halfYearStarts === undefined) return [`needs ${HALF_YEAR_STARTS}`];
  const until = periodFrom(every, line.from, halfYearStarts);
  if (until === undefined) return [`does not begin with a ${every === 'year' ? 'year' : 'half-year'}`];
  return line.until === until ? [] : [`must end on ${until}`];
}

/** Last day of the year or half-year that begins on a day; undefined when none begins there. */
export function periodFrom(every: 'year' | 'halfYear', from: Day, halfYearStarts: string | undefined): Day | undefined {
  const starts = every === 'year' ? ['01-01'] : (halfYearStarts ?? '').split(' ');
  const index = starts.indexOf(from.slice(5));
  if (index < 0) return undefined;
  const nextStart = starts[index + 1];
  const next = nextStart === undefined ? addMonths(`${yearOf(from)}-${starts[0]}` as Day, 12) : (`${yearOf(from)}-${nextStart}` as Day);
  return addDays(next, -1);
}

/** Every territory that another one builds on exists, and covers the same years; each finding with the territory it is about. */
export function checkTerritories(territories: ReadonlyMap<string, TerritoryRules>): { territory: string; message: string }[] {
  return [...territories.values()].flatMap((rules) => {
    const message = territoryFault(rules, rules.extends === undefined ? undefined : territories.get(rules.extends));
    return message === undefined ? [] : [{ territory: rules.territory, message: `${rules.territory}: ${message}` }];
  });
}

function territoryFault(rules: TerritoryRules, base: TerritoryRules | undefined): string | undefined {
  if (rules.covers.untilYear < rules.covers.fromYear) return 'covers no year';
  if (rules.extends === undefined) return undefined;
  if (!base) return `extends ${rules.extends}, which does not exist`;
  if (base.extends !== undefined) return `extends ${rules.extends}, which itself extends another`;
  const isCovered = base.covers.fromYear <= rules.covers.fromYear && rules.covers.untilYear <= base.covers.untilYear;
  return isCovered ? undefined : `covers years that ${rules.extends} does not`;
}
