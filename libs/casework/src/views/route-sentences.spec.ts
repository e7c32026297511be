import type { RouteAnswer, RouteClosure, RouteName } from '#domain';
import { describe, expect, it } from 'vitest';
import { referralAdvice } from './route-sentences.js';

function answer(route: RouteName, closedBecause?: RouteClosure): RouteAnswer {
  const article = route === 'officialPayment' ? 'CGCT L1612-15, L1612-16' : 'CPC 1405';
  const shared = { cost: { note: '', sources: [] }, file: [], missing: [], interruptsBy: 'none' as const, nextDelays: [] };
  return { route, article, isEligible: closedBecause === undefined, ...(closedBecause ? { closedBecause } : {}), ...shared };
}

describe('what whoever decides about a hand-over reads', () => {
  it('A8: against a commune the prefect comes before a collector, and why', () => {
    expect(referralAdvice([answer('collectionAgency'), answer('orderToPay', 'administrativeCourt'), answer('officialPayment')])).toBe(
      ' Débiteur public\u202f: ses biens sont insaisissables (CGPPP L2311-1), un prestataire n’a aucun moyen de contrainte. Voie à préférer\u202f: mandatement d’office par le préfet (CGCT L1612-15, L1612-16), gratuit.',
    );
  });

  it('a closed amicable route is told with the court route that is open', () => {
    const routes = [answer('collectionAgency', 'disputed'), answer('officialPayment', 'disputed'), answer('administrativeInterim')];
    expect(referralAdvice(routes)).toBe(
      ' Recouvrement amiable par un tiers\u202f: fermée\u202f: la créance est contestée. Voie judiciaire ouverte\u202f: référé-provision devant le juge administratif.',
    );
  });

  it('says nothing where an agency may try', () => {
    expect(referralAdvice([answer('collectionAgency'), answer('orderToPay')])).toBe('');
  });
});
