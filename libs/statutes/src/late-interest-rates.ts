import {
  ceilToFraction,
  compareRational,
  type ClaimNote,
  type Day,
  decimal,
  type InterestClause,
  isRefusal,
  percentText,
  plus,
  type RateOfPeriod,
  type Rational,
  type Refusal,
  refuse,
  times,
} from '#domain';
import { withinHalfYear } from './half-year-rates.js';
import type { Statutes } from './load-statutes.js';
import { type DatedFact, OPEN_END, printedPercent, ratePeriod } from './rate-period.js';
import { type StatutoryDatedValue, valueOn } from './value-on.js';

const ECB = 'eu.referenceRate.ecbMainRefinancing';

/**
 * Late interest between businesses in France. A silent contract: the ECB rate of the first day of the half-year plus 10 points
 * (C. com. L441-10 II), even below the floor. A clause never gives less than three times the legal rate, looked at anew each half-year.
 * Refused: `statuteUnknown`, `statuteAbolished`, `clauseInvalid`; never a rate carried forward.
 */
export function frenchBusinessRate(statutes: Statutes, on: Day, clause: InterestClause | undefined): RateOfPeriod | Refusal {
  return clause ? frenchClauseRate(statutes, on, clause) : frenchDefaultRate(statutes, on);
}

function frenchDefaultRate(statutes: Statutes, on: Day): RateOfPeriod | Refusal {
  const ecb = valueOn(statutes, ECB, on);
  if (isRefusal(ecb)) return ecb;
  const spread = valueOn(statutes, 'fr.latePayment.defaultSpread', on);
  if (isRefusal(spread)) return spread;
  return ecbPlus({ ecb, spread, values: [ecb, spread] });
}

/**
 * Public buyers of France: the ECB rate of the half-year in which interest began plus the points of that day, for the whole delay
 * (CCP R2192-31 to R2192-33). July changes nothing to a delay that began in June.
 */
export function frenchPublicRate(statutes: Statutes, startedOn: Day): RateOfPeriod | Refusal {
  const ecb = valueOn(statutes, ECB, startedOn);
  if (isRefusal(ecb)) return ecb;
  const spread = valueOn(statutes, 'fr.publicProcurement.defaultSpread', startedOn);
  if (isRefusal(spread)) return spread;
  const note: ClaimNote = { code: 'rateFrozen', article: spread.source.article, facts: { since: startedOn, referenceOn: ecb.from } };
  const rate = ecbPlus({ ecb, spread, values: [ecb, spread], isFrozen: true });
  return { ...rate, from: ecb.from, until: OPEN_END, notes: [note] };
}

function frenchClauseRate(statutes: Statutes, on: Day, clause: InterestClause): RateOfPeriod | Refusal {
  const legal = valueOn(statutes, 'fr.legalRate.professional', on);
  if (isRefusal(legal)) return legal;
  const multiple = valueOn(statutes, 'fr.latePayment.clauseFloorMultiple', on);
  if (isRefusal(multiple)) return multiple;
  const agreed = clausePercent(clause, legal, multiple.source.article);
  if (isRefusal(agreed)) return agreed;
  const floor = times(decimal(legal.value), decimal(multiple.value));
  const values = [legal, multiple];
  if (compareRational(agreed, floor) >= 0) {
    return ratePeriod({ ratePercent: agreed, basis: multiple, values, formula: clauseFormula(clause, agreed, legal) });
  }
  // C. com. L441-10 II: a clause below the floor is without effect, the floor applies.
  const legalPercent = printedPercent(legal);
  const words = clause.kind === 'rate' ? { clausePercent: percentText(agreed) } : { clauseMultiple: clause.multiple };
  const facts = { clausePercent: percentText(agreed), floorPercent: percentText(floor), from: legal.from };
  return ratePeriod({
    ratePercent: floor,
    basis: multiple,
    values,
    formula: { kind: 'floor', ...words, multiple: multiple.value, legalPercent },
    notes: [{ code: 'clauseBelowFloor', article: multiple.source.article, facts }],
  });
}

/**
 * Late interest between enterprises in Belgium: the ECB rate of the half-year plus 8 points, rounded up to the half point (law of
 * 2 August 2002, art. 5). A contractual rate stands as agreed (art. 5 to 7); only a judge may review it.
 */
export function belgianBusinessRate(statutes: Statutes, on: Day, clause: InterestClause | undefined): RateOfPeriod | Refusal {
  const spread = valueOn(statutes, 'be.latePayment.defaultSpread', on);
  if (isRefusal(spread)) return spread;
  if (clause) {
    const agreed = belgianClauseRate(clause, spread);
    return isRefusal(agreed) ? agreed : withinHalfYear(statutes, on, agreed);
  }
  const ecb = valueOn(statutes, ECB, on);
  if (isRefusal(ecb)) return ecb;
  const step = valueOn(statutes, 'be.latePayment.roundingStep', on);
  if (isRefusal(step)) return step;
  return ecbPlus({ ecb, spread, values: [ecb, spread, step], step: decimal(step.value) });
}

/** The rate agreed. A multiple of a legal rate is not known to Belgian law: refused as `clauseNotSupported`. */
export function belgianClauseRate(clause: InterestClause, basis: DatedFact): RateOfPeriod | Refusal {
  const { article } = basis.source;
  if (clause.kind !== 'rate') {
    const supply = 'Le taux annuel convenu, en pour cent.';
    return refuse('clauseNotSupported', { field: '/contract/interest', facts: { law: 'BE', kind: clause.kind, article, supply } });
  }
  const agreed = clausePercent(clause, { value: '0' }, article);
  if (isRefusal(agreed)) return agreed;
  return ratePeriod({ ratePercent: agreed, basis, values: [basis], formula: { kind: 'clause', percent: percentText(agreed) } });
}

function ecbPlus(made: {
  readonly ecb: StatutoryDatedValue;
  readonly spread: StatutoryDatedValue;
  readonly values: readonly StatutoryDatedValue[];
  readonly step?: Rational;
  readonly isFrozen?: boolean;
}): RateOfPeriod {
  const { ecb, spread, values, step, isFrozen } = made;
  const sum = plus(decimal(ecb.value), decimal(spread.value));
  const ratePercent = step === undefined ? sum : ceilToStep(sum, step);
  const isRounded = compareRational(sum, ratePercent) !== 0;
  return ratePeriod({
    ratePercent,
    basis: spread,
    values,
    formula: {
      kind: 'referencePlus',
      referencePercent: printedPercent(ecb),
      referenceOn: ecb.from,
      points: spread.value,
      ...(isRounded ? { sumPercent: percentText(sum) } : {}),
      ...(isFrozen === undefined ? {} : { isFrozen }),
    },
  });
}

function ceilToStep(value: Rational, step: Rational): Rational {
  if (step.den % step.num !== 0n) throw new RangeError(`Rounding step ${step.num}/${step.den} does not divide one`);
  return ceilToFraction(value, step.den / step.num);
}

/** The yearly percentage that a clause asks for; a multiple is one of the legal rate given. Refused: `clauseInvalid`, with the article that governs the clause. */
export function clausePercent(clause: InterestClause, legal: { readonly value: string }, article: string): Rational | Refusal {
  const [name, text] = clause.kind === 'rate' ? ['percent', clause.percent] : ['multiple', clause.multiple];
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(text)) {
    const supply = 'Un nombre en chiffres, avec un point\u202f: 12 ou 12.5.';
    return refuse('clauseInvalid', { field: `/contract/interest/${name}`, facts: { kind: clause.kind, value: text, article, supply } });
  }
  return clause.kind === 'rate' ? decimal(text) : times(decimal(text), decimal(legal.value));
}

export function clauseFormula(clause: InterestClause, agreed: Rational, legal: { readonly value: string }) {
  return clause.kind === 'rate'
    ? ({ kind: 'clause', percent: percentText(agreed) } as const)
    : ({ kind: 'clauseMultiple', multiple: clause.multiple, legalPercent: printedPercent(legal) } as const);
}
