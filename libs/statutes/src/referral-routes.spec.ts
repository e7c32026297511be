import {
  courtRoute,
  day,
  type GoverningLaw,
  isRefusal,
  type ReferralCase,
  type ReferralRules,
  ROUTE_DOCUMENTS,
  type RouteAnswer,
  type RouteName,
  referralRoutes,
} from '#domain';
import { describe, expect, it } from 'vitest';
import { loadStatutes } from './load-statutes.js';
import { referralRules } from './procedure-rules.js';

const statutes = loadStatutes();
const today = day('2026-11-22');

function rulesOf(law: GoverningLaw): ReferralRules {
  const rules = referralRules(statutes, law, today, 90);
  if (isRefusal(rules)) throw new Error(`Refused: ${JSON.stringify(rules)}`);
  return rules;
}

const CASE: ReferralCase = {
  law: 'FR',
  kind: 'business',
  currency: 'EUR',
  principalMinor: 4_800_00n,
  accessoriesMinor: 139_06n,
  interestMinor: 99_06n,
  isDisputed: false,
  debtorInsolvent: false,
  bothRegistered: true,
  isCrossBorder: false,
  hasNotice: true,
  limitationOn: day('2030-11-30'),
  today,
};

function routes(more: Partial<ReferralCase> = {}): readonly RouteAnswer[] {
  const given = { ...CASE, ...more };
  return referralRoutes(given, rulesOf(given.law));
}

/** Route → open, or the reason it is closed. */
function doors(more: Partial<ReferralCase> = {}): Partial<Record<RouteName, string>> {
  return Object.fromEntries(routes(more).map((answer) => [answer.route, answer.closedBecause ?? 'open']));
}

function route(name: RouteName, more: Partial<ReferralCase> = {}): RouteAnswer {
  const found = routes(more).find((answer) => answer.route === name);
  if (!found) throw new Error(`No route ${name}`);
  return found;
}

describe('French routes', () => {
  it('an undisputed claim between professionals has every domestic route open', () => {
    expect(doors()).toEqual({
      collectionAgency: 'open',
      mediation: 'open',
      smallClaims: 'open',
      orderToPay: 'open',
      interimPayment: 'open',
      suit: 'open',
      euOrderForPayment: 'domesticDebtor',
      euSmallClaims: 'domesticDebtor',
    });
    expect(courtRoute(routes())?.route).toBe('orderToPay');
  });

  it('A36: the simplified procedure ends at 5 000.00, principal and interest, the 40 € apart', () => {
    expect(doors({ principalMinor: 4_900_94n })).toMatchObject({ smallClaims: 'open' });
    expect(doors({ principalMinor: 4_900_95n })).toMatchObject({ smallClaims: 'aboveCeiling' });
    expect(doors({ currency: 'USD' })).toMatchObject({ smallClaims: 'currencyNotEuro', orderToPay: 'open' });
  });

  it('A34, T10: an order to pay asks for no prior conciliation, where a suit against a consumer does', () => {
    const consumer = { kind: 'consumer', accessoriesMinor: 0n, interestMinor: 0n } as const;
    expect(doors(consumer)).toMatchObject({ orderToPay: 'open', suit: 'priorAttemptMissing', interimPayment: 'priorAttemptMissing' });
    expect(doors({ ...consumer, hadPriorAttempt: true })).toMatchObject({ suit: 'open', interimPayment: 'open' });
    expect(doors({ ...consumer, smallClaimsFailed: true })).toMatchObject({ suit: 'open' });
    expect(doors({ ...consumer, principalMinor: 5_000_01n })).toMatchObject({ suit: 'open' });
    expect(route('suit', consumer).missing).toContain('priorAttempt');
    expect(route('suit', { ...consumer, hadPriorAttempt: true }).missing).toEqual([]);
    expect(route('suit', { ...consumer, smallClaimsFailed: true }).missing).toEqual([]);
    expect([route('interimPayment').article, route('interimPayment', consumer).article]).toEqual(['CPC 872, 873', 'CPC 834, 835']);
    expect(route('orderToPay', consumer).file).not.toContain('priorAttempt');
  });

  it('a dispute leaves the suit and the mediator', () => {
    expect(doors({ isDisputed: true })).toMatchObject({
      collectionAgency: 'disputed',
      smallClaims: 'disputed',
      orderToPay: 'disputed',
      interimPayment: 'disputed',
      mediation: 'open',
      suit: 'open',
    });
    expect(courtRoute(routes({ isDisputed: true }))?.route).toBe('suit');
  });

  it('insolvency, over-indebtedness, an unknown debtor and expired limitation close every route', () => {
    const all = (more: Partial<ReferralCase>): string[] => [...new Set(Object.values(doors(more)))];
    expect(all({ debtorInsolvent: true })).toEqual(['debtorInsolvent']);
    expect(all({ kind: 'consumer', isOverIndebted: true })).toEqual(['overIndebted']);
    expect(all({ kind: 'unknown' })).toEqual(['kindUnknown']);
    expect(all({ limitationOn: day('2026-11-21') })).toEqual(['limitationExpired']);
    expect(courtRoute(routes({ debtorInsolvent: true }))).toBeUndefined();
  });

  it('A38: with less than 90 days left only the courts stay open', () => {
    expect(doors({ limitationOn: day('2027-02-19') })).toMatchObject({
      collectionAgency: 'limitationTooClose',
      mediation: 'limitationTooClose',
      smallClaims: 'limitationTooClose',
      orderToPay: 'open',
      suit: 'open',
    });
    expect(doors({ limitationOn: day('2027-02-20') })).toMatchObject({ collectionAgency: 'open' });
    expect(route('orderToPay').interruptsBy).toBe('service');
    expect(route('suit').interruptsBy).toBe('summons');
  });

  it('against a public body the law has ways of its own: the prefect first, then the administrative judge', () => {
    const town = { kind: 'publicBody' } as const;
    expect(doors(town)).toMatchObject({ officialPayment: 'open', administrativeInterim: 'open', collectionAgency: 'open' });
    expect(route('officialPayment', town)).toMatchObject({ article: 'CGCT L1612-15, L1612-16', interruptsBy: 'none' });
    expect(route('officialPayment', { ...town, hasNotice: false }).missing).toEqual(['noticeWithProof']);
    expect(courtRoute(routes(town))?.route).toBe('administrativeInterim');
    expect(doors({ ...town, isDisputed: true })).toMatchObject({ officialPayment: 'disputed', administrativeInterim: 'disputed' });
    expect(doors({ ...town, limitationOn: day('2027-01-10') })).toMatchObject({
      officialPayment: 'limitationTooClose',
      administrativeInterim: 'open',
    });
    expect(doors()).not.toHaveProperty('officialPayment');
    expect(doors({ kind: 'consumer' })).not.toHaveProperty('administrativeInterim');
  });

  it('a public body is sued elsewhere', () => {
    expect(doors({ kind: 'publicBody' })).toMatchObject({
      orderToPay: 'administrativeCourt',
      suit: 'administrativeCourt',
      smallClaims: 'administrativeCourt',
      mediation: 'open',
    });
  });

  it('a debtor in another state opens the European procedures', () => {
    expect(doors({ isCrossBorder: true })).toMatchObject({ euOrderForPayment: 'open', euSmallClaims: 'open' });
    expect(doors({ isCrossBorder: true, principalMinor: 5_000_01n })).toMatchObject({ euSmallClaims: 'aboveCeiling' });
    expect(doors({ isCrossBorder: true, isDisputed: true })).toMatchObject({ euOrderForPayment: 'disputed', euSmallClaims: 'open' });
  });

  it('says what it costs with a source, what the file must hold and lacks, and which delays follow', () => {
    const order = route('orderToPay', { hasNotice: false });
    expect(order.cost.note).toBe(
      'environ 35,00\u00a0€ à 38,00\u00a0€ au greffe du tribunal de commerce, gratuit au tribunal judiciaire\u202f; signification en sus',
    );
    expect(order.cost.sources.map((source) => source.article)).toEqual(['Tarif des greffes', 'Tarif des greffes']);
    expect(order.missing).toEqual(['noticeWithProof']);
    expect(order.file).toContain('documentList');
    expect(order.nextDelays.map(({ what, from, delay }) => [what, from, delay.count, delay.unit])).toEqual([
      ['consignation', 'request', 15, 'days'],
      ['service', 'order', 3, 'months'],
      ['opposition', 'service', 1, 'months'],
    ]);
    expect(route('collectionAgency').file).toContain('collectionMandate');
    expect(route('smallClaims').cost.note).toContain('tous les frais à la charge du créancier');
  });

  it('prints no tariff that nobody has read, not even half of one', () => {
    const rules = rulesOf('FR');
    if (rules.law !== 'FR') throw new Error('French rules expected');
    const { smallClaimsRequest: _, registryTo: __, agencyTo: ___, ...fees } = rules.fees;
    for (const read of [fees, {}]) {
      const notes = referralRoutes(CASE, { ...rules, fees: read }).map((answer) => answer.cost.note);
      expect(notes).toContain('tous les frais à la charge du créancier');
      expect(notes).toContain('émolument au greffe du tribunal de commerce, gratuit au tribunal judiciaire\u202f; signification en sus');
      expect(notes[0]).toBe('commission de succès à la charge du créancier\u202f; rien n’en est réclamé au débiteur (CPCE L111-8)');
    }
  });

  it('every document of a dossier is asked for by some route, and none twice', () => {
    const files = [...routes({ kind: 'consumer', accessoriesMinor: 0n }), ...routes({ law: 'BE' })].map((answer) => answer.file);
    for (const file of files) expect(new Set(file).size).toBe(file.length);
    expect(new Set(files.flat())).toEqual(new Set(ROUTE_DOCUMENTS));
  });
});

describe('Belgian routes', () => {
  const be = { law: 'BE' } as const;

  it('A31: an undisputed debt between enterprises goes through the RCI, whatever its amount', () => {
    expect(doors({ ...be, principalMinor: 400_000_00n })).toEqual({
      collectionAgency: 'open',
      undisputedDebt: 'open',
      enterpriseCourt: 'open',
      justiceOfPeace: 'betweenEnterprises',
      firstInstanceCourt: 'betweenEnterprises',
      euOrderForPayment: 'domesticDebtor',
      euSmallClaims: 'domesticDebtor',
    });
    expect(doors({ ...be, bothRegistered: false })).toMatchObject({ undisputedDebt: 'notBothRegistered' });
    expect(doors({ ...be, accessoriesMinor: 480_01n })).toMatchObject({ undisputedDebt: 'accessoriesAboveCap' });
    expect(route('undisputedDebt', be).nextDelays.map(({ delay }) => [delay.count, delay.unit])).toEqual([
      [1, 'months'],
      [8, 'days'],
    ]);
  });

  it('A31: a consumer goes to the juge de paix up to 5 000 €, above to the court of first instance', () => {
    const consumer = { ...be, kind: 'consumer', accessoriesMinor: 0n } as const;
    expect(doors(consumer)).toMatchObject({
      undisputedDebt: 'notAnEnterprise',
      enterpriseCourt: 'notAnEnterprise',
      justiceOfPeace: 'open',
      firstInstanceCourt: 'belowCeiling',
    });
    expect(doors({ ...consumer, principalMinor: 5_000_01n })).toMatchObject({ justiceOfPeace: 'aboveCeiling', firstInstanceCourt: 'open' });
    expect(doors({ ...consumer, accessoriesMinor: 200_01n })).toMatchObject({ justiceOfPeace: 'aboveCeiling' });
    expect(route('collectionAgency', consumer).nextDelays.map(({ what }) => what)).toEqual(['wait']);
    expect(courtRoute(routes(consumer))?.route).toBe('justiceOfPeace');
  });

  it('A38: near limitation the summons is the way, since nothing else is known to interrupt it', () => {
    const near = { ...be, limitationOn: day('2027-01-10') };
    expect(doors(near)).toMatchObject({
      undisputedDebt: 'limitationTooClose',
      collectionAgency: 'limitationTooClose',
      enterpriseCourt: 'open',
    });
    expect(courtRoute(routes(near))?.route).toBe('enterpriseCourt');
  });

  it('the rules of one law never judge a claim of the other', () => {
    expect(() => referralRoutes({ ...CASE, law: 'BE' }, rulesOf('FR'))).toThrow('Rules of FR for a claim under BE');
  });
});
