import { belgianRoutes } from './belgian-routes.js';
import { frenchRoutes, type RouteRule } from './french-routes.js';
import type { ReferralRules } from './referral-rules.js';
import type { ReferralCase, RouteAnswer, RouteName } from './route.js';
import { closedForAll } from './route-closure.js';
import { routeFile } from './route-document.js';

/**
 * Every route by which a claim may be handed over under its law: open or closed and why, what it costs and who bears it, what the file must hold
 * and lacks, the delays it opens. Throws a RangeError when the rules are those of the other law.
 */
export function referralRoutes(given: ReferralCase, rules: ReferralRules): readonly RouteAnswer[] {
  if (given.law !== rules.law) throw new RangeError(`Rules of ${rules.law} for a claim under ${given.law}`);
  const closedAll = closedForAll(given, rules);
  const routes = rules.law === 'FR' ? frenchRoutes(given, rules) : belgianRoutes(given, rules);
  return routes.map((rule) => answer(given, rule, closedAll ?? rule.closedBecause));
}

function answer(given: ReferralCase, rule: RouteRule, closedBecause: RouteAnswer['closedBecause']): RouteAnswer {
  const file = routeFile(rule.route, rule.needsPriorAttempt);
  const hasAttempt = given.hadPriorAttempt === true || given.smallClaimsFailed === true;
  return {
    route: rule.route,
    isEligible: closedBecause === undefined,
    ...(closedBecause === undefined ? {} : { closedBecause }),
    article: rule.article,
    cost: rule.cost,
    file,
    missing: file.filter((item) => (item === 'noticeWithProof' && !given.hasNotice) || (item === 'priorAttempt' && !hasAttempt)),
    interruptsBy: rule.interruptsBy,
    nextDelays: rule.nextDelays,
  };
}

const COURT_ROUTES: readonly RouteName[] = [
  'orderToPay',
  'interimPayment',
  'administrativeInterim',
  'enterpriseCourt',
  'justiceOfPeace',
  'suit',
  'firstInstanceCourt',
  'euOrderForPayment',
  'euSmallClaims',
];

/** The court route to propose first, the quickest open one; `undefined` when every one is closed. */
export function courtRoute(answers: readonly RouteAnswer[]): RouteAnswer | undefined {
  return COURT_ROUTES.map((route) => answers.find((given) => given.route === route)).find((given) => given?.isEligible);
}
