import { checkUndisputedDebt } from '../deadlines/undisputed-debt.js';
import { europeanRoutes, noted, type RouteRule } from './french-routes.js';
import type { BelgianReferralRules } from './referral-rules.js';
import type { ReferralCase, RouteClosure } from './route.js';
import { closedForAmicable, closedForEuropean, closedForEuSmallClaims, closedWhenDisputed } from './route-closure.js';

/** The Belgian routes: the procedure for undisputed debts, the courts by debtor and amount, collection, the European procedures. */
export function belgianRoutes(given: ReferralCase, rules: BelgianReferralRules): RouteRule[] {
  return [
    collectionAgency(given, rules),
    undisputedDebt(given, rules),
    ...courts(given, rules),
    ...europeanRoutes(closedForEuropean(given) ?? closedWhenDisputed(given), closedForEuSmallClaims(given, rules)),
  ];
}

function collectionAgency(given: ReferralCase, rules: BelgianReferralRules): RouteRule {
  const isConsumer = given.kind === 'consumer';
  return {
    route: 'collectionAgency',
    article: isConsumer ? 'CDE, livre XIX' : 'Contrat de recouvrement',
    closedBecause: closedForAmicable(given, rules) ?? closedWhenDisputed(given),
    interruptsBy: 'none',
    cost: noted(
      isConsumer
        ? 'à la charge du créancier\u202f: l’indemnité légale couvre tout le recouvrement amiable'
        : 'commission à la charge du créancier',
    ),
    nextDelays: isConsumer ? [{ what: 'wait', from: 'notice', delay: rules.delays.collectorWait }] : [],
  };
}

function undisputedDebt(given: ReferralCase, rules: BelgianReferralRules): RouteRule {
  const refusal = checkUndisputedDebt({ ...given, accessoriesCap: rules.accessoriesCap });
  return {
    route: 'undisputedDebt',
    article: 'C. jud. 1394/20 à 1394/27',
    // Whether the summons interrupts limitation has not been read: near the end, a summons before a court is the safe way.
    closedBecause: refusal?.refusal ?? closedForAmicable(given, rules),
    interruptsBy: 'none',
    cost: noted('honoraires de l’avocat qui vérifie le dossier et actes de l’huissier de justice'),
    nextDelays: [
      { what: 'answer', from: 'summons', delay: rules.delays.answer },
      { what: 'report', from: 'endOfAnswer', delay: rules.delays.wait },
    ],
  };
}

function courts(given: ReferralCase, rules: BelgianReferralRules): RouteRule[] {
  const isEnterprise = given.kind === 'business';
  const isSmall = given.principalMinor + given.accessoriesMinor <= rules.justiceOfPeaceCeiling.amountMinor;
  const inEuro: RouteClosure | undefined = given.currency === 'EUR' ? undefined : 'currencyNotEuro';
  const shared = {
    interruptsBy: 'summons',
    cost: noted('citation par huissier de justice, indemnité de procédure à la charge de la partie perdante'),
    nextDelays: [],
  } as const;
  return [
    { route: 'enterpriseCourt', article: 'C. jud. 573', closedBecause: isEnterprise ? undefined : 'notAnEnterprise', ...shared },
    {
      route: 'justiceOfPeace',
      article: rules.justiceOfPeaceCeiling.source.article,
      closedBecause: isEnterprise ? 'betweenEnterprises' : (inEuro ?? (isSmall ? undefined : 'aboveCeiling')),
      ...shared,
    },
    {
      route: 'firstInstanceCourt',
      article: 'C. jud. 568',
      closedBecause: isEnterprise ? 'betweenEnterprises' : !inEuro && isSmall ? 'belowCeiling' : undefined,
      ...shared,
    },
  ];
}
