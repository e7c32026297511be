import {
  compareRational,
  decimal,
  frenchAmount,
  frenchDecimal,
  type IndemnityClause,
  isRefusal,
  type LegalSource,
  type LumpSum,
  type LumpSumAnswer,
  type LumpSumFacts,
  type LumpSumTier,
  parseMoney,
  type Rational,
  rational,
  type Refusal,
  roundHalfUp,
  times,
} from '#domain';
import type { Statutes } from './load-statutes.js';
import { amountByScale } from './scale.js';
import type { ScaleTier } from './statute-schema.js';
import { scaleOn, valueOn } from './value-on.js';

/**
 * The fixed recovery compensation of a debt due on a day, once per invoice or term (C. com. D441-5; CCP D2192-35; Belgian law of
 * 2 August 2002, art. 6). Refused as `statuteUnknown` for a day nobody has recorded.
 */
export function fixedCompensation(statutes: Statutes, key: string, facts: LumpSumFacts): LumpSumAnswer | Refusal {
  const found = valueOn(statutes, key, facts.dueOn);
  if (isRefusal(found)) {
    if (found.refusal !== 'statuteAbolished') return found;
    return {
      note: { code: 'noCompensationAbolished', article: statutes.parameters.get(key)?.article ?? key, facts: { dueOn: facts.dueOn } },
    };
  }
  const amountMinor = minorOf(found.value, key);
  const derivation = `${frenchAmount(amountMinor, 'EUR')} par facture`;
  return { due: { kind: 'fixedCompensation', amountMinor, article: found.source.article, derivation }, source: found.source };
}

/**
 * The indemnity of a Belgian consumer's contract, once, on what remained unpaid after the free days. A clause that asks for more than the
 * scale is void, not reduced; without a clause nothing is due (CDE XIX.4).
 */
export function consumerIndemnity(statutes: Statutes, facts: LumpSumFacts): LumpSumAnswer | Refusal {
  const clause = facts.contract?.indemnity;
  if (!clause) return { note: { code: 'noIndemnityClause', article: 'CDE XIX.4' } };
  const scale = scaleOn(statutes, 'be.consumer.indemnityScale', facts.remindedOn ?? facts.claimedOn);
  if (isRefusal(scale)) return scale;
  const remaining = rational(facts.remainingMinor, 100n);
  const tier = tierOf(scale.value, remaining, facts.remainingMinor);
  const cap = times(amountByScale(scale.value, remaining), rational(100n));
  if (clause.kind === 'legalScale') return indemnity(roundHalfUp(cap), scaleWords(tier), scale.source, tier);
  const asked = askedBy(clause, facts.remainingMinor);
  if (compareRational(asked, cap) <= 0) return indemnity(roundHalfUp(asked), clauseWords(clause, facts.remainingMinor), scale.source);
  const said = {
    askedMinor: roundHalfUp(asked).toString(),
    capMinor: roundHalfUp(cap).toString(),
    remainingMinor: facts.remainingMinor.toString(),
  };
  return { note: { code: 'indemnityClauseVoid', article: scale.source.article, facts: said } };
}

function indemnity(amountMinor: bigint, derivation: string, source: LegalSource, tier?: LumpSumTier): LumpSumAnswer {
  const due: LumpSum = { kind: 'indemnity', amountMinor, article: source.article, derivation, ...(tier ? { tier } : {}) };
  return { due, source };
}

/** What the clause asks for, in minor units, exact: it is compared with the scale before either is rounded. */
function askedBy(clause: Exclude<IndemnityClause, { kind: 'legalScale' }>, remainingMinor: bigint): Rational {
  if (clause.kind === 'fixed') return rational(clause.amountMinor);
  const share = times(decimal(clause.percent), rational(remainingMinor, 100n));
  const minimum = rational(clause.minimumMinor ?? 0n);
  return compareRational(share, minimum) < 0 ? minimum : share;
}

function tierOf(tiers: readonly ScaleTier[], remaining: Rational, remainingMinor: bigint): LumpSumTier {
  const tier = tiers.find(({ upTo }) => upTo === undefined || compareRational(remaining, decimal(upTo)) <= 0);
  if (!tier) throw new RangeError('No step of the scale covers this amount');
  const isCut = tier.most !== undefined && compareRational(amountByScale(tiers, remaining), decimal(tier.most)) === 0;
  return {
    remainingMinor,
    baseMinor: minorOf(tier.base, 'scale'),
    ...(tier.plusPercent === undefined ? {} : { plusPercent: tier.plusPercent }),
    ...(tier.above === undefined ? {} : { aboveMinor: minorOf(tier.above, 'scale') }),
    ...(isCut && tier.most !== undefined ? { mostMinor: minorOf(tier.most, 'scale') } : {}),
  };
}

function scaleWords(tier: LumpSumTier): string {
  const euro = (minor: bigint) => frenchAmount(minor, 'EUR');
  if (tier.plusPercent === undefined || tier.aboveMinor === undefined)
    return `${euro(tier.baseMinor)} pour ${euro(tier.remainingMinor)} restant dus`;
  const part = `${euro(tier.baseMinor)} + ${frenchDecimal(tier.plusPercent)}\u00a0% de ${euro(tier.remainingMinor - tier.aboveMinor)}`;
  const ceiling = tier.mostMinor === undefined ? '' : `, au plus ${euro(tier.mostMinor)}`;
  return `${part} (part de ${euro(tier.remainingMinor)} au-delà de ${euro(tier.aboveMinor)})${ceiling}`;
}

function clauseWords(clause: Exclude<IndemnityClause, { kind: 'legalScale' }>, remainingMinor: bigint): string {
  if (clause.kind === 'fixed') return 'montant fixé par le contrat, sous le barème légal';
  const least = clause.minimumMinor === undefined ? '' : `, au moins ${frenchAmount(clause.minimumMinor, 'EUR')}`;
  return `clause\u202f: ${frenchDecimal(clause.percent)}\u00a0% de ${frenchAmount(remainingMinor, 'EUR')}${least}, sous le barème légal`;
}

function minorOf(value: string, key: string): bigint {
  const amount = parseMoney(value, 'EUR');
  if ('problem' in amount) throw new RangeError(`${key} is no amount: ${value}`);
  return amount.minor;
}
