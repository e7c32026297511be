import {
  type ClaimNote,
  type Day,
  decimal,
  earlierDay,
  explainFormula,
  laterDay,
  type LegalSource,
  percentText,
  type RateFormula,
  type RateOfPeriod,
  type Rational,
  rational,
} from '#domain';

/** What every dated value has, a scale included. */
export interface DatedFact {
  readonly from: Day;
  readonly until?: Day;
  readonly source: LegalSource;
}

/** Longest period without an announced end that a rate is given for in one piece. */
export const OPEN_END = '2199-12-31' as Day;

/** The period on which all values hold; the line cites what makes the rate due and is checked only if every value is. */
export function ratePeriod(made: {
  readonly ratePercent: Rational;
  readonly basis: DatedFact;
  readonly values: readonly DatedFact[];
  readonly formula: RateFormula;
  readonly notes?: readonly ClaimNote[];
}): RateOfPeriod {
  const ratePercent = rational(made.ratePercent.num, made.ratePercent.den);
  return {
    ratePercent,
    printed: percentText(ratePercent),
    from: made.values.map((value) => value.from).reduce(laterDay),
    until: made.values.map((value) => value.until ?? OPEN_END).reduce(earlierDay),
    source: checkedWithAll(made.basis.source, made.values),
    sources: made.values.map((value) => value.source),
    derivation: explainFormula(made.formula, 'fr'),
    formula: made.formula,
    ...(made.notes === undefined ? {} : { notes: made.notes }),
  };
}

function checkedWithAll(basis: LegalSource, values: readonly DatedFact[]): LegalSource {
  const { checkedOn: _, ...cited } = basis;
  const checks = values.flatMap(({ source }) => (source.checkedOn === undefined ? [] : [source.checkedOn]));
  return checks.length === values.length ? { ...cited, checkedOn: checks.reduce(earlierDay) } : cited;
}

/** A stored decimal with at least two places: `2.5` → `2.50`. */
export function printedPercent(value: { readonly value: string }): string {
  return percentText(decimal(value.value));
}
