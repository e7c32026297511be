import type { ClaimRules, LumpSumAnswer, LumpSumFacts, RateOfPeriod, Refusal, Regime, RuleFacts } from '#domain';
import type { Day } from '#domain';
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
    rateFor: rememberedRates(regime, (on, startedOn, facts) => rateFor(statutes, regime, on, startedOn, facts)),
    lumpSum: (facts) => lumpSum(statutes, regime, facts),
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
      return { note: { code: 'noCompensationOutsideBusiness', article: 'C. com. D441-5 ; CPCE L111-8' } };
    case 'BE.coOwners':
      return { note: { code: 'noCompensationOutsideBusiness', article: 'Loi du 2 août 2002, art. 2 et 6' } };
  }
}
