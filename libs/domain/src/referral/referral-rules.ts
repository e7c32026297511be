import type { LegalSource } from '../claim/statement.js';
import type { LegalAmount, LegalDelay } from '../deadlines/legal-delay.js';

/** A legal or usual percentage, as a plain decimal. */
export interface LegalPercent {
  readonly percent: string;
  readonly source: LegalSource;
}

interface SharedReferralRules {
  readonly euSmallClaimsCeiling: LegalAmount;
  /** Days before limitation from which only a court route is left. */
  readonly courtRouteDays: number;
}

/** The numbers the French routes need, as of one day. */
export interface FrenchReferralRules extends SharedReferralRules {
  readonly law: 'FR';
  readonly smallClaimsCeiling: LegalAmount;
  readonly priorAttemptCeiling: LegalAmount;
  readonly lawyerAbove: LegalAmount;
  readonly delays: {
    readonly smallClaimsAnswer: LegalDelay;
    readonly consignation: LegalDelay;
    readonly service: LegalDelay;
    readonly opposition: LegalDelay;
  };
  /** Tariffs and usages; what nobody has read is absent and then not printed. */
  readonly fees: {
    readonly smallClaimsRequest?: LegalAmount;
    readonly smallClaimsTitle?: LegalAmount;
    readonly registryFrom?: LegalAmount;
    readonly registryTo?: LegalAmount;
    readonly agencyFrom?: LegalPercent;
    readonly agencyTo?: LegalPercent;
  };
}

/** The numbers the Belgian routes need, as of one day. */
export interface BelgianReferralRules extends SharedReferralRules {
  readonly law: 'BE';
  readonly accessoriesCap: LegalPercent;
  readonly justiceOfPeaceCeiling: LegalAmount;
  readonly delays: {
    readonly answer: LegalDelay;
    readonly wait: LegalDelay;
    /** Between a collector's first written notice to a consumer and anything else. */
    readonly collectorWait: LegalDelay;
  };
}

export type ReferralRules = FrenchReferralRules | BelgianReferralRules;
