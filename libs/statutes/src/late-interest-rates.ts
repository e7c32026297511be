import {
  ceilToFraction,
  compareRational,
  type DatedValue,
  type Day,
  decimal,
  earlierDay,
  frenchDay,
  frenchDecimal,
  frenchPercent,
  type GoverningLaw,
  type InterestClause,
  isRefusal,
  type LateInterestRates,
  laterDay,
  type LegalSource,
  parseMoney,
  percentText,
  plus,
  type RateOfPeriod,
  type Rational,
  rational,
  type Refusal,
  refuse,
  times,
} from '#domain';
import type { Statutes } from './load-statutes.js';
import { type StatutoryDatedValue, valueOn } from './value-on.js';

const ECB = 'eu.referenceRate.ecbMainRefinancing';

/** Longest period without an announced end that a rate is given for in one piece. */
const OPEN_END = '2199-12-31' as Day;

/**
 * Late-interest rates for business debtors under one law. A silent contract: ECB rate of the first day of the half-year plus 10 points
 * (FR, C. com. L441-10 II), or plus 8 points rounded up to the half point (BE, law of 2 August 2002, art. 5). A clause under French law
 * never gives less than three times the legal rate, looked at anew each half-year; a silent contract knows no such floor.
 * `rateFor` refuses (`statuteUnknown`, `statuteAbolished`, `clauseNotSupported`, `clauseInvalid`), it never carries a rate forward.
 */
export function lateInterestRates(statutes: Statutes, law: GoverningLaw, contract: { clause?: InterestClause } = {}): LateInterestRates {
  const make = law === 'FR' ? frenchRate : belgianRate;
  const key = law === 'FR' ? 'fr.latePayment.fixedCompensation' : 'be.latePayment.fixedCompensation';
  return {
    law,
    rateFor: (on) => make(statutes, on, contract.clause),
    compensation: (dueOn) => compensation(statutes, key, dueOn),
  };
}

function compensation(statutes: Statutes, key: string, dueOn: Day): DatedValue<bigint> | Refusal {
  const found = valueOn(statutes, key, dueOn);
  if (isRefusal(found)) return found;
  const amount = parseMoney(found.value, 'EUR');
  if ('problem' in amount) throw new RangeError(`${key} is no amount: ${found.value}`);
  return { key, from: found.from, value: amount.minor, source: found.source };
}

function frenchRate(statutes: Statutes, on: Day, clause: InterestClause | undefined): RateOfPeriod | Refusal {
  if (clause) return frenchClauseRate(statutes, on, clause);
  const ecb = valueOn(statutes, ECB, on);
  if (isRefusal(ecb)) return ecb;
  const spread = valueOn(statutes, 'fr.latePayment.defaultSpread', on);
  if (isRefusal(spread)) return spread;
  const ratePercent = plus(decimal(ecb.value), decimal(spread.value));
  return period({ ratePercent, basis: spread, values: [ecb, spread], derivation: ecbPlus(ecb, spread) });
}

function frenchClauseRate(statutes: Statutes, on: Day, clause: InterestClause): RateOfPeriod | Refusal {
  const legal = valueOn(statutes, 'fr.legalRate.professional', on);
  if (isRefusal(legal)) return legal;
  const multiple = valueOn(statutes, 'fr.latePayment.clauseFloorMultiple', on);
  if (isRefusal(multiple)) return multiple;
  const floor = times(decimal(legal.value), decimal(multiple.value));
  const agreed = clausePercent(clause, legal);
  if (isRefusal(agreed)) return agreed;
  const isBelow = compareRational(agreed, floor) < 0;
  // C. com. L441-10 II: a clause below the floor is without effect, the floor applies.
  const floorWords = `${frenchDecimal(multiple.value)} × taux légal ${frenchPercent(percentText(decimal(legal.value)))}`;
  const clauseWords = clause.kind === 'rate' ? `clause ${frenchPercent(percentText(agreed))}` : clauseMultiple(clause.multiple, legal);
  const derivation = isBelow ? `${clauseWords} sous le plancher, ${floorWords}` : clauseWords;
  return period({ ratePercent: isBelow ? floor : agreed, basis: multiple, values: [legal, multiple], derivation });
}

function clauseMultiple(multiple: string, legal: StatutoryDatedValue): string {
  return `clause ${frenchDecimal(multiple)} × taux légal ${frenchPercent(percentText(decimal(legal.value)))}`;
}

function clausePercent(clause: InterestClause, legal: StatutoryDatedValue): Rational | Refusal {
  const text = clause.kind === 'rate' ? clause.percent : clause.multiple;
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(text)) return refuse('clauseInvalid', { facts: { kind: clause.kind, value: text } });
  return clause.kind === 'rate' ? decimal(text) : times(decimal(text), decimal(legal.value));
}

function belgianRate(statutes: Statutes, on: Day, clause: InterestClause | undefined): RateOfPeriod | Refusal {
  const spread = valueOn(statutes, 'be.latePayment.defaultSpread', on);
  if (isRefusal(spread)) return spread;
  if (clause) return belgianClauseRate(clause, spread);
  const ecb = valueOn(statutes, ECB, on);
  if (isRefusal(ecb)) return ecb;
  const step = valueOn(statutes, 'be.latePayment.roundingStep', on);
  if (isRefusal(step)) return step;
  const sum = plus(decimal(ecb.value), decimal(spread.value));
  const ratePercent = ceilToStep(sum, decimal(step.value));
  const isRounded = compareRational(sum, ratePercent) !== 0;
  const rounded = isRounded ? ` = ${frenchPercent(percentText(sum))}, arrondi au demi-point supérieur` : '';
  return period({ ratePercent, basis: spread, values: [ecb, spread, step], derivation: `${ecbPlus(ecb, spread)}${rounded}` });
}

/** Between enterprises a contractual rate stands as agreed (law of 2 August 2002, art. 5 to 7); only a judge may review it. */
function belgianClauseRate(clause: InterestClause, basis: StatutoryDatedValue): RateOfPeriod | Refusal {
  if (clause.kind !== 'rate') return refuse('clauseNotSupported', { facts: { law: 'BE', kind: clause.kind } });
  const agreed = clausePercent(clause, basis);
  if (isRefusal(agreed)) return agreed;
  return period({ ratePercent: agreed, basis, values: [basis], derivation: `clause ${frenchPercent(percentText(agreed))}` });
}

function ceilToStep(value: Rational, step: Rational): Rational {
  if (step.den % step.num !== 0n) throw new RangeError(`Rounding step ${step.num}/${step.den} does not divide one`);
  return ceilToFraction(value, step.den / step.num);
}

function ecbPlus(ecb: StatutoryDatedValue, spread: StatutoryDatedValue): string {
  return `taux BCE ${frenchPercent(percentText(decimal(ecb.value)))} au ${frenchDay(ecb.from)} + ${frenchDecimal(spread.value)} points`;
}

/** The period on which all values hold; the line cites what makes the rate due and is checked only if every value is. */
function period(made: {
  ratePercent: Rational;
  basis: StatutoryDatedValue;
  values: readonly StatutoryDatedValue[];
  derivation: string;
}): RateOfPeriod {
  const from = made.values.map((value) => value.from).reduce(laterDay);
  const until = made.values.map((value) => value.until ?? OPEN_END).reduce(earlierDay);
  const sources = made.values.map((value) => value.source);
  const { checkedOn: _, ...cited } = made.basis.source;
  const checks = sources.flatMap((source) => (source.checkedOn === undefined ? [] : [source.checkedOn]));
  const checkedOn = checks.length === sources.length ? checks.reduce(earlierDay) : undefined;
  const source: LegalSource = checkedOn === undefined ? cited : { ...cited, checkedOn };
  const ratePercent = rational(made.ratePercent.num, made.ratePercent.den);
  return { ratePercent, printed: percentText(ratePercent), from, until, source, sources, derivation: made.derivation };
}
