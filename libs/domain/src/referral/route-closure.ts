import { limitationAlert } from '../deadlines/limitation-alert.js';
import type { ReferralRules } from './referral-rules.js';
import type { ReferralCase, RouteClosure } from './route.js';

/** What closes every route at once, if anything does. */
export function closedForAll(given: ReferralCase, rules: ReferralRules): RouteClosure | undefined {
  if (given.kind === 'unknown') return 'kindUnknown';
  if (given.debtorInsolvent) return 'debtorInsolvent';
  if (given.isOverIndebted) return 'overIndebted';
  return limitationLeft(given, rules) === 'expired' ? 'limitationExpired' : undefined;
}

/** What closes a route that interrupts nothing and takes weeks. */
export function closedForAmicable(given: ReferralCase, rules: ReferralRules): RouteClosure | undefined {
  return limitationLeft(given, rules) === 'courtRouteNow' ? 'limitationTooClose' : undefined;
}

/** European procedures: another state of the Union; the simplified one knows a ceiling on the principal alone. */
export function closedForEuropean(given: ReferralCase): RouteClosure | undefined {
  if (!given.isCrossBorder) return 'domesticDebtor';
  return given.kind === 'publicBody' ? 'administrativeCourt' : undefined;
}

export function closedForEuSmallClaims(given: ReferralCase, rules: ReferralRules): RouteClosure | undefined {
  const european = closedForEuropean(given);
  if (european) return european;
  if (given.currency !== 'EUR') return 'currencyNotEuro';
  return given.principalMinor > rules.euSmallClaimsCeiling.amountMinor ? 'aboveCeiling' : undefined;
}

export function closedWhenDisputed(given: ReferralCase): RouteClosure | undefined {
  return given.isDisputed ? 'disputed' : undefined;
}

function limitationLeft(given: ReferralCase, { courtRouteDays }: ReferralRules): ReturnType<typeof limitationAlert> {
  return limitationAlert(given.limitationOn, given.today, { warnDays: courtRouteDays, courtRouteDays });
}
