import { courtRoute, type RouteAnswer, type RouteClosure, type RouteName } from '#domain';

const ROUTES: Readonly<Record<RouteName, string>> = {
  collectionAgency: 'Société de recouvrement amiable',
  mediation: 'Médiation',
  smallClaims: 'Procédure simplifiée des petites créances',
  orderToPay: 'Injonction de payer',
  interimPayment: 'Référé-provision',
  suit: 'Assignation au fond',
  officialPayment: 'Mandatement d’office par le préfet',
  administrativeInterim: 'Référé-provision devant le juge administratif',
  euOrderForPayment: 'Injonction de payer européenne',
  euSmallClaims: 'Règlement européen des petits litiges',
  undisputedDebt: 'Recouvrement de dettes non contestées (RCI)',
  enterpriseCourt: 'Citation devant le tribunal de l’entreprise',
  justiceOfPeace: 'Citation devant le juge de paix',
  firstInstanceCourt: 'Citation devant le tribunal de première instance',
};

const CLOSURES: Readonly<Record<RouteClosure, string>> = {
  kindUnknown: 'Fermée\u202f: la qualité du débiteur est inconnue.',
  debtorInsolvent: 'Fermée\u202f: une procédure collective est ouverte, la créance se déclare.',
  overIndebted: 'Fermée\u202f: le dossier de surendettement du débiteur est recevable.',
  limitationExpired: 'Fermée\u202f: la créance est prescrite.',
  limitationTooClose: 'Fermée\u202f: la prescription est trop proche pour une voie qui ne l’interrompt pas.',
  disputed: 'Fermée\u202f: la créance est contestée.',
  aboveCeiling: 'Fermée\u202f: la somme dépasse le plafond.',
  belowCeiling: 'Fermée\u202f: la somme relève d’un autre juge.',
  currencyNotEuro: 'Fermée\u202f: la créance n’est pas en euros.',
  notAnEnterprise: 'Fermée\u202f: le débiteur n’est pas une entreprise.',
  betweenEnterprises: 'Fermée\u202f: le litige est entre entreprises.',
  notBothRegistered: 'Fermée\u202f: les deux parties ne sont pas inscrites à la Banque-Carrefour des entreprises.',
  accessoriesAboveCap: 'Fermée\u202f: les accessoires dépassent la part permise du principal.',
  administrativeCourt: 'Fermée\u202f: un débiteur public relève du juge administratif.',
  domesticDebtor: 'Fermée\u202f: le débiteur est établi dans le même pays.',
  priorAttemptMissing: 'Fermée\u202f: une tentative de règlement amiable doit précéder.',
};

/** The name of a route, in French. */
export function routeSentence(route: RouteName): string {
  return ROUTES[route];
}

/** Why a route is closed, in French. */
export function routeClosureSentence(closure: RouteClosure): string {
  return CLOSURES[closure];
}

/**
 * What whoever decides about a hand-over should read: against a public debtor the way the law made for it, and why a collector is of no use there; where the amicable
 * route is closed, what closes it and the court route that is open. Empty where there is nothing to prefer.
 */
export function referralAdvice(routes: readonly RouteAnswer[]): string {
  const official = routes.find(({ route, isEligible }) => route === 'officialPayment' && isEligible);
  if (official) {
    const name = `${ROUTES.officialPayment.charAt(0).toLowerCase()}${ROUTES.officialPayment.slice(1)}`;
    return ` Débiteur public\u202f: ses biens sont insaisissables (CGPPP L2311-1), un prestataire n’a aucun moyen de contrainte. Voie à préférer\u202f: ${name} (${official.article}), gratuit.`;
  }
  const closure = routes.find(({ route }) => route === 'collectionAgency')?.closedBecause;
  if (!closure) return '';
  const court = courtRoute(routes)?.route;
  const instead = court ? ` Voie judiciaire ouverte\u202f: ${routeSentence(court).toLowerCase()}.` : '';
  return ` Recouvrement amiable par un tiers\u202f: ${routeClosureSentence(closure).toLowerCase()}${instead}`;
}
