import { compareRational, type Day, decimal, frenchDay, parseDay, rational } from '#domain';
import { HALF_YEAR_STARTS, periodFrom, undeclaredHole } from './check-sense.js';
import { insertLine } from './insert-line.js';
import { type Statutes, statutesFrom, StatutesProblem } from './load-statutes.js';
import { CONFIDENCES, type Confidence, type StatutoryParameter, type StatutoryValue } from './statute-schema.js';

/** One line to add to a series, as a person typed it. */
export interface RateToAdd {
  readonly key: string;
  readonly from: string;
  /** May be left out where the series says how long a line lasts, and for a rule without a known end. */
  readonly until?: string;
  readonly value: string;
  readonly source: string;
  readonly url?: string;
  readonly confidence?: string;
  readonly checkedOn?: string;
}

/** The edited file, its one new line, and what the legal values then are. Nothing is written. */
export interface RateAdded {
  /** Below the data folder. */
  readonly name: string;
  readonly text: string;
  readonly line: string;
  readonly lineNumber: number;
  readonly statutes: Statutes;
}

/** Why a line was not added: French sentences, all of them at once. */
export interface RateRefused {
  readonly problems: readonly string[];
}

/**
 * Adds one line to the file of a series and runs the whole loader on the result. Comments and format of the file stay as they are.
 * `texts` are the files by name (`statuteTexts`); `today` bounds the day of a check.
 */
export function addRate(texts: ReadonlyMap<string, string>, wanted: RateToAdd, today: Day): RateAdded | RateRefused {
  try {
    const statutes = statutesFrom(texts, 'data');
    const parameter = statutes.parameters.get(wanted.key);
    if (!parameter) return { problems: [unknownKey(statutes, wanted.key)] };
    const line = lineFrom(parameter, wanted, today, halfYearStarts(statutes));
    if (Array.isArray(line)) return { problems: line };
    const name = fileOf(texts, wanted.key);
    const inserted = insertLine(texts.get(name) ?? '', line.from, lineText(line));
    return { name, ...inserted, statutes: statutesFrom(new Map([...texts, [name, inserted.text]]), 'data') };
  } catch (problem) {
    if (problem instanceof StatutesProblem) return { problems: problem.findings };
    throw problem;
  }
}

function halfYearStarts(statutes: Statutes): string | undefined {
  const value = statutes.parameters.get(HALF_YEAR_STARTS)?.values.at(-1)?.value;
  return typeof value === 'string' ? value : undefined;
}

function unknownKey(statutes: Statutes, key: string): string {
  const series = [...statutes.parameters.values()].filter(({ every }) => every !== undefined).map((parameter) => parameter.key);
  return `Aucune valeur légale ne s’appelle «\u202f${key}\u202f». Séries\u202f: ${series.sort().join(', ')}.`;
}

function fileOf(texts: ReadonlyMap<string, string>, key: string): string {
  const found = [...texts].find(([, text]) => new RegExp(`^key: ["']?${key.replaceAll('.', '\\.')}["']?\\s*(#.*)?$`, 'm').test(text));
  if (!found) throw new StatutesProblem([`Le fichier de ${key} n’a pas de ligne «\u202fkey: ${key}\u202f» au début.`]);
  return found[0];
}

function lineFrom(parameter: StatutoryParameter, wanted: RateToAdd, today: Day, starts: string | undefined): StatutoryValue | string[] {
  const problems: string[] = [];
  const from = parseDay(wanted.from);
  if (!from) problems.push(notADay('--from', wanted.from));
  const until = wanted.until === undefined ? undefined : parseDay(wanted.until);
  if (wanted.until !== undefined && !until) problems.push(notADay('--until', wanted.until));
  const mark = markOf(wanted, today, problems);
  problems.push(...valueProblems(parameter, wanted.value));
  if (wanted.source.trim() === '' || /[\r\n]/.test(wanted.source))
    problems.push('La source est un titre d’une ligne, qui permet de retrouver le texte.');
  if (wanted.url !== undefined && !URL.canParse(wanted.url)) problems.push(`«\u202f${wanted.url}\u202f» n’est pas une adresse.`);
  if (!from || problems.length > 0) return problems;
  const end = endOf(parameter, from, until, starts);
  if (typeof end === 'object') return [end.problem];
  const source = { title: wanted.source.trim(), ...(wanted.url === undefined ? {} : { url: wanted.url }) };
  const line: StatutoryValue = { from, ...(end === undefined ? {} : { until: end }), value: wanted.value, ...mark, source };
  const place = placeProblem(parameter, line);
  return place === undefined ? line : [place];
}

function notADay(option: string, text: string): string {
  return `${option}\u202f: «\u202f${text}\u202f» n’est pas un jour qui existe\u202f; écrivez AAAA-MM-JJ.`;
}

function valueProblems({ unit, key }: StatutoryParameter, value: string): string[] {
  if (unit === 'scale' || unit === 'daysOfYear') return [`${key} n’est pas une série de nombres\u202f: modifiez son fichier.`];
  if (/^\d+,\d+$/.test(value)) return [`«\u202f${value}\u202f»\u202f: écrivez le nombre avec un point, ${value.replace(',', '.')}.`];
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(value)) return [`«\u202f${value}\u202f» n’est pas un nombre décimal positif, comme 2.40.`];
  const isRate = unit === 'percent' || unit === 'percentagePoints';
  return isRate && compareRational(decimal(value), rational(100n)) > 0 ? [`${value} n’est pas un taux en pour cent.`] : [];
}

/** A check is never invented: V says that somebody read the source on a day, and no other mark may say so. */
function markOf(wanted: RateToAdd, today: Day, problems: string[]): { confidence: Confidence; checkedOn?: Day } {
  const confidence = CONFIDENCES.find((mark) => mark === (wanted.confidence ?? 'U'));
  if (!confidence) problems.push(`--confidence\u202f: ${CONFIDENCES.join(', ')}, et non «\u202f${wanted.confidence}\u202f».`);
  if (confidence === 'V' && wanted.checkedOn === undefined) {
    problems.push('Une valeur marquée V a été lue à sa source\u202f: dites quel jour avec --checked-on.');
  }
  if (wanted.checkedOn === undefined) return { confidence: confidence ?? 'U' };
  const checkedOn = parseDay(wanted.checkedOn);
  if (!checkedOn) problems.push(notADay('--checked-on', wanted.checkedOn));
  else if (checkedOn > today) problems.push(`--checked-on\u202f: le ${frenchDay(checkedOn)} n’est pas encore passé.`);
  if (confidence !== 'V')
    problems.push('--checked-on va avec --confidence V\u202f: une valeur non lue à sa source n’a pas de jour de vérification.');
  return { confidence: confidence ?? 'U', ...(checkedOn ? { checkedOn } : {}) };
}

/** The last day of the new line: the one the rhythm of the series asks for, else the one given. */
function endOf(
  { every, key }: StatutoryParameter,
  from: Day,
  until: Day | undefined,
  starts: string | undefined,
): Day | { problem: string } | undefined {
  if (every === undefined)
    return until !== undefined && until < from ? { problem: `La ligne finirait avant de commencer, le ${frenchDay(until)}.` } : until;
  const end = periodFrom(every, from, starts);
  const period = every === 'year' ? 'année' : 'semestre';
  if (end === undefined) return { problem: `${key} avance par ${period}\u202f: le ${frenchDay(from)} n’en est pas le premier jour.` };
  if (until !== undefined && until !== end) {
    return {
      problem: `${key} avance par ${period}\u202f: la ligne du ${frenchDay(from)} finit le ${frenchDay(end)}, et non le ${frenchDay(until)}.`,
    };
  }
  return end;
}

function placeProblem(parameter: StatutoryParameter, line: StatutoryValue): string | undefined {
  const { values } = parameter;
  const first = values[0];
  if (!first) return `${parameter.key} n’est pas en vigueur\u202f: sa première ligne s’écrit à la main, avec le texte promulgué.`;
  const same = values.find(({ from }) => from === line.from);
  if (same)
    return `Il y a déjà une ligne du ${frenchDay(line.from)} (${figure(same.value)})\u202f: une période close ne se réécrit pas, elle se corrige dans le journal.`;
  const before = values.findLast(({ from }) => from < line.from);
  const after = values.find(({ from }) => from > line.from);
  if (before?.until !== undefined && before.until >= line.from) {
    return `La ligne du ${frenchDay(before.from)} court jusqu’au ${frenchDay(before.until)}\u202f: la nouvelle la chevaucherait.`;
  }
  if (after && (line.until === undefined || line.until >= after.from))
    return `La nouvelle ligne chevaucherait celle du ${frenchDay(after.from)}.`;
  const hole = (before && undeclaredHole(parameter, before, line)) ?? (after && undeclaredHole(parameter, line, after));
  if (hole)
    return `Rien n’est connu du ${frenchDay(hole.from)} au ${frenchDay(hole.until)}\u202f: ajoutez d’abord cette période, ou déclarez-la sous «\u202fgaps\u202f» avec sa raison.`;
  return undefined;
}

function figure(value: StatutoryValue['value']): string {
  return typeof value === 'string' ? value : value === null ? 'abrogée' : 'barème';
}

/** The line as the files write it, without its indentation. */
function lineText({ from, until, value, confidence, checkedOn, source }: StatutoryValue): string {
  const parts = [
    `from: ${from}`,
    ...(until === undefined ? [] : [`until: ${until}`]),
    `value: ${JSON.stringify(value)}`,
    `confidence: ${confidence}`,
    ...(checkedOn === undefined ? [] : [`checkedOn: ${checkedOn}`]),
    `source: ${source.url === undefined ? JSON.stringify(source.title) : `{ title: ${JSON.stringify(source.title)}, url: ${JSON.stringify(source.url)} }`}`,
  ];
  return `- { ${parts.join(', ')} }`;
}
