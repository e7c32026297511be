import { addDays, type DatedValue, type Day, isRefusal, type LegalSource, type Refusal, refuse } from '#domain';
import type { Statutes } from './load-statutes.js';
import type { Confidence, ScaleTier, StatutoryParameter, StatutoryValue } from './statute-schema.js';

/** A legal value with the period it holds for. */
export interface StatutoryDatedValue extends DatedValue<string> {
  /** Last day; absent when no end is known. */
  readonly until?: Day;
  readonly confidence: Confidence;
}

/** A scale with the period it holds for. */
export interface StatutoryScale extends Omit<StatutoryDatedValue, 'value'> {
  readonly value: readonly ScaleTier[];
}

/**
 * The value of a legal parameter on a day, as a decimal string with its source. There is no "current" value.
 * Refused: `statuteUnknown` (no such key, or no line for that day), `statuteAbolished` (the rule had ended).
 * Throws a RangeError for a scale: `scaleOn` gives its steps.
 * Example: `valueOn(statutes, 'fr.latePayment.fixedCompensation', day('2026-03-02'))` → `40.00`, C. com. D441-5.
 */
export function valueOn(statutes: Statutes, key: string, on: Day): StatutoryDatedValue | Refusal {
  const found = figureOn(statutes, key, on);
  if (isRefusal(found)) return found;
  const { value } = found;
  if (typeof value !== 'string') throw new RangeError(`${key} is a scale: ask scaleOn for its steps`);
  return { ...found, value };
}

/** The steps of a scale on a day, lowest first, with their source; refused like `valueOn`. Throws a RangeError for a plain value. */
export function scaleOn(statutes: Statutes, key: string, on: Day): StatutoryScale | Refusal {
  const found = figureOn(statutes, key, on);
  if (isRefusal(found)) return found;
  const { value } = found;
  if (typeof value === 'string') throw new RangeError(`${key} is a plain value: ask valueOn for it`);
  return { ...found, value };
}

type Figure = NonNullable<StatutoryValue['value']>;

function figureOn(statutes: Statutes, key: string, on: Day): (Omit<StatutoryDatedValue, 'value'> & { value: Figure }) | Refusal {
  const parameter = statutes.parameters.get(key);
  if (!parameter) return refuse('statuteUnknown', { facts: { key, day: on } });
  const line = lineOn(parameter, on);
  if (!line) return refuse('statuteUnknown', { facts: { key, day: on, lastKnownDay: lastKnownDay(parameter) } });
  if (line.value === null) return refuse('statuteAbolished', { facts: { key, day: on, since: line.from } });
  const until = line.until ?? dayBeforeNext(parameter, line);
  return {
    key,
    from: line.from,
    ...(until === undefined ? {} : { until }),
    value: line.value,
    source: sourceOf(parameter, line),
    confidence: line.confidence,
  };
}

/** The line that holds on a day, abolished ones included. */
export function lineOn(parameter: StatutoryParameter, on: Day): StatutoryValue | undefined {
  const line = parameter.values.findLast((value) => value.from <= on);
  return line && (line.until === undefined || on <= line.until) ? line : undefined;
}

/** The day the line was last checked at its source; only lines marked V are. */
export function checkedOn(parameter: StatutoryParameter, line: StatutoryValue): Day | undefined {
  return line.confidence === 'V' ? (line.checkedOn ?? parameter.checkedOn) : undefined;
}

function sourceOf(parameter: StatutoryParameter, line: StatutoryValue): LegalSource {
  const checked = checkedOn(parameter, line);
  return {
    article: line.source.article ?? parameter.article,
    title: line.source.title,
    ...(line.source.url === undefined ? {} : { url: line.source.url }),
    ...(checked === undefined ? {} : { checkedOn: checked }),
  };
}

function dayBeforeNext(parameter: StatutoryParameter, line: StatutoryValue): Day | undefined {
  const next = parameter.values[parameter.values.indexOf(line) + 1];
  return next && addDays(next.from, -1);
}

function lastKnownDay(parameter: StatutoryParameter): Day | null {
  return parameter.values.at(-1)?.until ?? null;
}
