import { frenchAmount, frenchPercent } from '../claim/french-figures.js';
import type { LegalSource } from '../claim/statement.js';
import type { LegalAmount } from '../deadlines/legal-delay.js';
import { checkSmallClaim } from '../deadlines/small-claims.js';
import type { FrenchReferralRules } from './referral-rules.js';
import type { ReferralCase, RouteClosure, RouteCost, RouteDelay, RouteName } from './route.js';
import { closedForAmicable, closedForEuropean, closedForEuSmallClaims, closedWhenDisputed } from './route-closure.js';

/** A route before the shared conditions are put to it. */
export interface RouteRule {
  readonly route: RouteName;
  readonly article: string;
  readonly closedBecause: RouteClosure | undefined;
  readonly needsPriorAttempt?: boolean;
  readonly interruptsBy: 'service' | 'summons' | 'request' | 'none';
  readonly cost: RouteCost;
  readonly nextDelays: readonly RouteDelay[];
}

/** The eight French routes, and two more against a public body. An order to pay asks for no prior conciliation at any stage (Cass. avis 25 septembre 2025, no 25-70.013). */
export function frenchRoutes(given: ReferralCase, rules: FrenchReferralRules): RouteRule[] {
  return [
    collectionAgency(given, rules),
    mediation(given, rules),
    smallClaims(given, rules),
    ...courts(given, rules),
    ...(given.kind === 'publicBody' ? againstPublicBody(given, rules) : []),
    ...european(given, rules),
  ];
}

/**
 * What the law gives against a public debtor, whose goods nobody can seize (CGPPP L2311-1): the prefect has a debt paid that is due, certain, liquid and not
 * seriously contested (CGCT L1612-15, L1612-16); the administrative judge orders a provision on one that is not seriously disputable (CJA R541-1).
 */
function againstPublicBody(given: ReferralCase, rules: FrenchReferralRules): RouteRule[] {
  return [
    {
      route: 'officialPayment',
      article: 'CGCT L1612-15, L1612-16',
      closedBecause: closedForAmicable(given, rules) ?? closedWhenDisputed(given),
      interruptsBy: 'none',
      cost: noted(
        'gratuit, par lettre au préfet\u202f; contre une collectivité territoriale ou un établissement public local, pour une dette échue, certaine et liquide',
      ),
      nextDelays: [],
    },
    {
      route: 'administrativeInterim',
      article: 'CJA R541-1',
      closedBecause: closedWhenDisputed(given),
      interruptsBy: 'request',
      cost: noted('requête au tribunal administratif, sans droit de timbre'),
      nextDelays: [],
    },
  ];
}

function collectionAgency(given: ReferralCase, rules: FrenchReferralRules): RouteRule {
  const { agencyFrom: from, agencyTo: to } = rules.fees;
  const share = from && to ? `, de ${frenchPercent(from.percent)} à ${frenchPercent(to.percent)} selon l’usage` : '';
  return {
    route: 'collectionAgency',
    article: 'CPCE R124-1 à R124-7',
    closedBecause: closedForAmicable(given, rules) ?? closedWhenDisputed(given),
    interruptsBy: 'none',
    cost: noted(`commission de succès à la charge du créancier${share}\u202f; rien n’en est réclamé au débiteur (CPCE L111-8)`, from, to),
    nextDelays: [],
  };
}

function mediation(given: ReferralCase, rules: FrenchReferralRules): RouteRule {
  return {
    route: 'mediation',
    article: 'CPC 750-1',
    closedBecause: closedForAmicable(given, rules),
    interruptsBy: 'none',
    cost: noted('gratuit devant le conciliateur de justice et le Médiateur des entreprises'),
    nextDelays: [],
  };
}

function smallClaims(given: ReferralCase, rules: FrenchReferralRules): RouteRule {
  const { smallClaimsRequest: request, smallClaimsTitle: title } = rules.fees;
  const ceiling = rules.smallClaimsCeiling;
  const above = checkSmallClaim({
    principalMinor: given.principalMinor,
    interestMinor: given.interestMinor,
    currency: given.currency,
    ceiling,
  });
  const fees = request && title ? `, environ ${euros(request)} puis ${euros(title)} HT` : '';
  return {
    route: 'smallClaims',
    article: 'CPCE L125-1, R125-1 à R125-8',
    closedBecause: closedForAmicable(given, rules) ?? publicCourt(given) ?? above?.refusal ?? closedWhenDisputed(given),
    interruptsBy: 'none',
    cost: noted(`tous les frais à la charge du créancier${fees}`, request, title),
    nextDelays: [{ what: 'answer', from: 'sending', delay: rules.delays.smallClaimsAnswer }],
  };
}

function courts(given: ReferralCase, rules: FrenchReferralRules): RouteRule[] {
  const needsPriorAttempt = asksPriorAttempt(given, rules);
  const withoutAttempt = needsPriorAttempt && !given.hadPriorAttempt && !given.smallClaimsFailed ? 'priorAttemptMissing' : undefined;
  const { registryFrom: from, registryTo: to } = rules.fees;
  const fee = from && to ? `environ ${euros(from)} à ${euros(to)} ` : 'émolument ';
  const lawyer = rules.lawyerAbove;
  return [
    {
      route: 'orderToPay',
      article: 'CPC 1405 à 1425',
      closedBecause: publicCourt(given) ?? closedWhenDisputed(given),
      // The request interrupts nothing: only the service of the order does.
      interruptsBy: 'service',
      cost: noted(`${fee}au greffe du tribunal de commerce, gratuit au tribunal judiciaire\u202f; signification en sus`, from, to),
      nextDelays: [
        { what: 'consignation', from: 'request', delay: rules.delays.consignation },
        { what: 'service', from: 'order', delay: rules.delays.service },
        { what: 'opposition', from: 'service', delay: rules.delays.opposition },
      ],
    },
    {
      route: 'interimPayment',
      article: given.kind === 'business' ? 'CPC 872, 873' : 'CPC 834, 835',
      closedBecause: publicCourt(given) ?? closedWhenDisputed(given) ?? withoutAttempt,
      needsPriorAttempt,
      interruptsBy: 'summons',
      cost: noted('assignation par commissaire de justice, dépens à la charge de la partie perdante'),
      nextDelays: [],
    },
    {
      route: 'suit',
      article: needsPriorAttempt ? 'CPC 54, 750-1' : 'CPC 54, 853',
      closedBecause: publicCourt(given) ?? withoutAttempt,
      needsPriorAttempt,
      interruptsBy: 'summons',
      cost: noted(`assignation\u202f; avocat obligatoire au tribunal de commerce au-dessus de ${euros(lawyer)}`, lawyer),
      nextDelays: [],
    },
  ];
}

/** CPC 750-1: before the tribunal judiciaire, a claim up to the ceiling; traders sue each other before the commercial court. */
function asksPriorAttempt(given: ReferralCase, rules: FrenchReferralRules): boolean {
  return given.kind !== 'business' && given.principalMinor + given.accessoriesMinor <= rules.priorAttemptCeiling.amountMinor;
}

/** A public body is sued before the administrative court, which knows none of these procedures. */
function publicCourt(given: ReferralCase): RouteClosure | undefined {
  return given.kind === 'publicBody' ? 'administrativeCourt' : undefined;
}

function european(given: ReferralCase, rules: FrenchReferralRules): RouteRule[] {
  return europeanRoutes(closedForEuropean(given) ?? closedWhenDisputed(given), closedForEuSmallClaims(given, rules));
}

/** The two European procedures, the same from either country. */
export function europeanRoutes(order: RouteClosure | undefined, smallClaim: RouteClosure | undefined): RouteRule[] {
  const cost = noted('frais de la juridiction saisie, formulaires européens, sans avocat obligatoire');
  const shared = { interruptsBy: 'none', cost, nextDelays: [] } as const;
  return [
    { route: 'euOrderForPayment', article: 'Règlement (CE) 1896/2006', closedBecause: order, ...shared },
    { route: 'euSmallClaims', article: 'Règlement (CE) 861/2007', closedBecause: smallClaim, ...shared },
  ];
}

export function noted(note: string, ...sourced: readonly ({ readonly source: LegalSource } | undefined)[]): RouteCost {
  return { note, sources: sourced.flatMap((value) => (value ? [value.source] : [])) };
}

function euros({ amountMinor }: LegalAmount): string {
  return frenchAmount(amountMinor, 'EUR');
}
