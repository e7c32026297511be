import {
  compareRational,
  type Day,
  decimal,
  earlierDay,
  type InterestClause,
  isRefusal,
  laterDay,
  percentText,
  type RateOfPeriod,
  type Refusal,
  refuse,
  type RuleFacts,
} from '#domain';
import { withinHalfYear } from './half-year-rates.js';
import { belgianBusinessRate, belgianClauseRate, clauseFormula, clausePercent, frenchBusinessRate } from './late-interest-rates.js';
import type { Statutes } from './load-statutes.js';
import { printedPercent, ratePeriod } from './rate-period.js';
import { type StatutoryDatedValue, scaleOn, valueOn } from './value-on.js';

/**
 * Debtors outside business in France, once a notice has started interest (C. civ. 1231-6, 1344-1). The creditor decides which legal rate:
 * "particuliers" only for a natural person outside business, "autres cas" for everybody else. A clause is used as agreed and flagged for
 * a person (C. conso. R212-2 3°, C. civ. 1231-5); one above what the law itself asks of businesses is refused as `clauseUnfair`.
 */
export function frenchLegalRate(statutes: Statutes, on: Day, facts: RuleFacts): RateOfPeriod | Refusal {
  const isPerson = facts.creditor?.isNaturalPerson === true;
  const legal = valueOn(statutes, isPerson ? 'fr.legalRate.personal' : 'fr.legalRate.professional', on);
  const clause = facts.contract?.interest;
  if (clause) return frenchClauseOutsideBusiness(statutes, on, clause, legal);
  return isRefusal(legal) ? legal : legalRate(legal, isPerson ? 'person' : 'professional');
}

const CLAUSE_ARTICLE = 'C. civ. 1231-5\u202f; C. conso. R212-2 3°';

/** A clause in percent needs no legal rate, a multiple does; both are measured against the business rate of each half-year. */
function frenchClauseOutsideBusiness(
  statutes: Statutes,
  on: Day,
  clause: InterestClause,
  legal: StatutoryDatedValue | Refusal,
): RateOfPeriod | Refusal {
  if (clause.kind === 'multipleOfLegalRate' && isRefusal(legal)) return legal;
  const base = isRefusal(legal) ? { value: '0' } : legal;
  const agreed = clausePercent(clause, base, CLAUSE_ARTICLE);
  if (isRefusal(agreed)) return agreed;
  const business = frenchBusinessRate(statutes, on, undefined);
  if (isRefusal(business)) return business;
  if (compareRational(agreed, business.ratePercent) > 0) {
    const supply = 'Une clause qu’une personne a jugée équitable, ou la créance sans clause (taux légal).';
    const said = { percent: percentText(agreed), most: business.printed, article: CLAUSE_ARTICLE, supply };
    return refuse('clauseUnfair', { field: '/contract/interest', facts: said });
  }
  const read = clause.kind === 'rate' || isRefusal(legal) ? [business] : [business, legal];
  return ratePeriod({
    ratePercent: agreed,
    basis: { ...business, source: { article: 'C. civ. 1231-5', title: 'Code civil' } },
    values: read,
    formula: clauseFormula(clause, agreed, base),
    notes: [{ code: 'clauseNeedsReview', article: CLAUSE_ARTICLE, facts: { clausePercent: percentText(agreed) } }],
  });
}

/** Belgium outside business and without a clause: the yearly legal rate (law of 5 May 1865, art. 2), a half-year at a time. */
export function belgianLegalRate(statutes: Statutes, on: Day): RateOfPeriod | Refusal {
  const legal = valueOn(statutes, 'be.legalRate.civil', on);
  return isRefusal(legal) ? legal : withinHalfYear(statutes, on, legalRate(legal, 'any'));
}

/**
 * Belgian consumers. A clause up to the rate of the law of 2 August 2002 is used as agreed; above it the clause is void and only the
 * legal rate remains (CDE XIX.4), looked at anew each half-year. Without a clause only the legal rate.
 */
export function belgianConsumerRate(statutes: Statutes, on: Day, facts: RuleFacts): RateOfPeriod | Refusal {
  const clause = facts.contract?.interest;
  if (!clause) return belgianLegalRate(statutes, on);
  const cap = belgianBusinessRate(statutes, on, undefined);
  if (isRefusal(cap)) return cap;
  const rule = scaleOn(statutes, 'be.consumer.indemnityScale', on);
  if (isRefusal(rule)) return rule;
  const agreed = belgianClauseRate(clause, rule);
  if (isRefusal(agreed)) return agreed;
  const from = laterDay(agreed.from, cap.from);
  const until = earlierDay(agreed.until, cap.until);
  if (compareRational(agreed.ratePercent, cap.ratePercent) <= 0) return { ...agreed, from, until };
  const legal = belgianLegalRate(statutes, on);
  if (isRefusal(legal)) return legal;
  const said = { clausePercent: agreed.printed, capPercent: cap.printed, from: cap.from };
  const within = { from: laterDay(legal.from, from), until: earlierDay(legal.until, until) };
  return { ...legal, ...within, notes: [{ code: 'interestClauseVoid', article: rule.source.article, facts: said }] };
}

function legalRate(legal: StatutoryDatedValue, creditor: 'professional' | 'person' | 'any'): RateOfPeriod {
  return ratePeriod({
    ratePercent: decimal(legal.value),
    basis: legal,
    values: [legal],
    formula: { kind: 'legalRate', percent: printedPercent(legal), creditor, since: legal.from },
  });
}
