import {
  type ClaimRules,
  type Day,
  isRefusal,
  type LumpSumAnswer,
  type LumpSumFacts,
  type RateOfPeriod,
  type Refusal,
  type Regime,
  type RuleFacts,
} from '#domain';
import { belgianBusinessRate, frenchBusinessRate, frenchPublicRate } from './late-interest-rates.js';
import { belgianConsumerRate, belgianLegalRate, frenchLegalRate } from './legal-interest-rates.js';
import type { Statutes } from './load-statutes.js';
import { consumerIndemnity, fixedCompensation } from './lump-sum-rules.js';
import { rememberedRates } from './remembered-rates.js';

/**
 * The dated numbers of one regime, for `statementOfClaim`. Pure over the loaded files: one object per regime may be kept.
 * Example: `claimRules(statutes, 'FR.business').rateFor(day('2026-03-02'), startedOn, {})` → 12.15 %.
 */
export function claimRules(statutes: Statutes, regime: Regime): ClaimRules {
  return {
    regime,
    rateFor: rememberedRates(regime, (on, startedOn, facts) => {
      const rate = rateFor(statutes, regime, on, startedOn, facts);
      return isRefusal(rate) ? rateRefusal(statutes, regime, rate, facts) : rate;
    }),
    lumpSum: (facts) => {
      const answer = lumpSum(statutes, regime, facts);
      return isRefusal(answer) ? lumpSumRefusal(regime, answer) : answer;
    },
  };
}

function rateFor(statutes: Statutes, regime: Regime, on: Day, startedOn: Day, facts: RuleFacts): RateOfPeriod | Refusal {
  switch (regime) {
    case 'FR.business':
      return frenchBusinessRate(statutes, on, facts.contract?.interest);
    case 'FR.publicBody':
      return frenchPublicRate(statutes, startedOn);
    case 'FR.consumer':
    case 'FR.coOwners':
      return frenchLegalRate(statutes, on, facts);
    case 'BE.business':
    case 'BE.publicBody':
      return belgianBusinessRate(statutes, on, facts.contract?.interest);
    case 'BE.consumer':
      return belgianConsumerRate(statutes, on, facts);
    case 'BE.coOwners':
      return belgianLegalRate(statutes, on);
  }
}

function lumpSum(statutes: Statutes, regime: Regime, facts: LumpSumFacts): LumpSumAnswer | Refusal {
  switch (regime) {
    case 'FR.business':
      return fixedCompensation(statutes, 'fr.latePayment.fixedCompensation', facts);
    case 'FR.publicBody':
      return fixedCompensation(statutes, 'fr.publicProcurement.fixedCompensation', facts);
    case 'BE.business':
    case 'BE.publicBody':
      return fixedCompensation(statutes, 'be.latePayment.fixedCompensation', facts);
    case 'BE.consumer':
      return consumerIndemnity(statutes, facts);
    // C. com. D441-5 binds professional debtors only; CPCE L111-8 leaves every cost before a title with the creditor.
    case 'FR.consumer':
    case 'FR.coOwners':
      return { note: { code: 'noCompensationOutsideBusiness', article: 'C. com. D441-5\u202f; CPCE L111-8' } };
    case 'BE.coOwners':
      return { note: { code: 'noCompensationOutsideBusiness', article: 'Loi du 2 août 2002, art. 2 et 6' } };
  }
}

/** What makes the rate due, cited before the article of the value that is missing. */
function rateGround(regime: Regime, { contract }: RuleFacts): string {
  const isAgreed = contract?.interest !== undefined;
  switch (regime) {
    case 'FR.business':
      return 'C. com. L441-10 II';
    case 'FR.publicBody':
      return 'CCP R2192-31';
    case 'FR.consumer':
    case 'FR.coOwners':
      return isAgreed ? 'C. civ. 1231-5' : 'C. civ. 1231-6';
    case 'BE.business':
    case 'BE.publicBody':
      return 'Loi du 2 août 2002, art. 5';
    case 'BE.consumer':
      return isAgreed ? 'CDE XIX.4' : 'Loi du 5 mai 1865, art. 2';
    case 'BE.coOwners':
      return 'C. civ. belge, livre 5';
  }
}

/** A value that is missing, with both articles; a clause that cannot be used keeps its own refusal. */
function rateRefusal(statutes: Statutes, regime: Regime, refused: Refusal, facts: RuleFacts): Refusal {
  if (!isMissing(refused)) return refused;
  const missing = statutes.parameters.get(String(refused.facts?.['key']))?.article;
  const articles = new Set([rateGround(regime, facts), ...(missing === undefined ? [] : [missing])]);
  return { ...refused, facts: { ...refused.facts, article: [...articles].join('\u202f; ') } };
}

function lumpSumRefusal(regime: Regime, refused: Refusal): Refusal {
  if (!isMissing(refused)) return refused;
  const supply =
    regime === 'BE.consumer'
      ? 'Le barème de l’indemnité en vigueur ce jour-là, lu à sa source.'
      : 'Le montant de l’indemnité forfaitaire en vigueur à l’échéance, lu à sa source.';
  return { ...refused, facts: { ...refused.facts, article: lumpSumGround(regime), supply } };
}

function lumpSumGround(regime: Regime): string {
  if (regime === 'BE.consumer') return 'CDE XIX.4';
  if (regime === 'FR.publicBody') return 'CCP D2192-35';
  return regime.startsWith('FR.') ? 'C. com. D441-5' : 'Loi du 2 août 2002, art. 6';
}

function isMissing({ refusal }: Refusal): boolean {
  return refusal === 'statuteUnknown' || refusal === 'statuteAbolished';
}
