import {
  checkSmallClaim,
  checkSmallClaimPayment,
  checkUndisputedDebt,
  type Day,
  day,
  eur,
  type InsolvencyNotice,
  insolvencyDeadlines,
  insolvencyNotice,
  isRefusal,
  type Opposition,
  oppositionReport,
  orderToPayConsignation,
  orderToPayEnforceableFrom,
  orderToPayOpposition,
  orderToPayService,
  overIndebtedness,
  type Refusal,
  smallClaimAnswer,
  type UndisputedDebtCase,
  undisputedDebtDays,
} from '#domain';
import { describe, expect, it } from 'vitest';
import { amountOn, delayOn, percentOn } from './deadline-rules.js';
import { loadStatutes } from './load-statutes.js';
import { insolvencyRules, orderToPayRules, undisputedDebtRules } from './procedure-rules.js';
import { businessCalendar } from './territory-calendar.js';

const statutes = loadStatutes();
const FR = businessCalendar(statutes, 'FR');
const BE = businessCalendar(statutes, 'BE');

function given<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`Refused: ${JSON.stringify(value)}`);
  return value;
}

describe('order to pay', () => {
  const serve = (orderedOn: string): ReturnType<typeof orderToPayService> => {
    const on = day(orderedOn);
    return orderToPayService({ orderedOn: on, service: given(orderToPayRules(statutes, on, on)).service, calendar: FR });
  };
  const oppose = (servedOn: Day, more: { wasInPerson: boolean; firstActInPersonOn?: Day; firstFreezingMeasureOn?: Day }): Opposition => {
    const { opposition } = given(orderToPayRules(statutes, servedOn, servedOn));
    return orderToPayOpposition({ servedOn, opposition, calendar: FR, ...more });
  };

  it('A34, T10: ordered on 15 September 2026 it is served by 15 December, three months and no longer six', () => {
    expect(serve('2026-09-15')).toMatchObject({ on: '2026-12-15', article: 'CPC 1411' });
    expect(serve('2026-09-01').on).toBe('2026-12-01');
  });

  it('A34: ordered on 31 August 2026 six months end on Sunday 28 February 2027, hence Monday 1 March', () => {
    expect(serve('2026-08-31')).toMatchObject({ on: '2027-03-01' });
    expect(serve('2026-08-31').how).toEqual([
      '6 mois à compter du 31 août 2026, ce jour non compté\u202f: 28 février 2027',
      'samedi, dimanche ou jour férié, délai reporté au 1er mars 2027',
    ]);
  });

  it('A35: served in person on 31 January 2026 it may be opposed until Monday 2 March', () => {
    expect(oppose(day('2026-01-31'), { wasInPerson: true })).toMatchObject({ isOpen: false, on: '2026-03-02', article: 'CPC 1416' });
  });

  it('A35: not served in person, the month runs from the first act in person, or from the first measure that freezes assets', () => {
    const servedOn = day('2026-01-31');
    expect(oppose(servedOn, { wasInPerson: false })).toMatchObject({ isOpen: true, article: 'CPC 1416' });
    expect(oppose(servedOn, { wasInPerson: false, firstActInPersonOn: day('2026-03-03') })).toMatchObject({ on: '2026-04-03' });
    expect(oppose(servedOn, { wasInPerson: false, firstFreezingMeasureOn: day('2026-03-03') })).toMatchObject({ on: '2026-04-03' });
  });

  it('A35: with both, the debtor never gets the shorter delay while the measure’s is still running', () => {
    const both = (act: string): Opposition =>
      oppose(day('2026-01-31'), { wasInPerson: false, firstActInPersonOn: day(act), firstFreezingMeasureOn: day('2026-03-03') });
    expect(both('2026-02-20')).toMatchObject({ on: '2026-03-20' });
    expect(both('2026-04-03')).toMatchObject({ on: '2026-05-04' });
    expect(both('2026-04-04')).toMatchObject({ on: '2026-04-03' });
  });

  it('T10: an order served from 1 September 2026 on is not enforced before two months without a notice of opposition', () => {
    const servedOn = day('2026-10-01');
    const { registryNotice } = given(orderToPayRules(statutes, day('2026-09-15'), servedOn));
    if (!registryNotice) throw new Error('The registry reports oppositions by then');
    const input = { servedOn, registryNotice, calendar: FR, opposition: oppose(servedOn, { wasInPerson: true }) };
    expect(orderToPayEnforceableFrom(input)).toMatchObject({ on: '2026-12-02' });
    expect(orderToPayEnforceableFrom({ ...input, opposition: oppose(servedOn, { wasInPerson: false }) })).toMatchObject({
      on: '2026-12-02',
    });
    const late = oppose(servedOn, { wasInPerson: false, firstActInPersonOn: day('2026-11-20') });
    expect(orderToPayEnforceableFrom({ ...input, opposition: late })).toMatchObject({ on: '2026-12-22' });
    expect(orderToPayEnforceableFrom({ ...input, oppositionNotifiedOn: day('2026-11-05') })).toMatchObject({
      refusal: 'oppositionNotified',
      facts: { article: 'CPC 1415' },
    });
  });

  it('an order served before waits for the end of opposition only, and for a known one', () => {
    const servedOn = day('2026-01-31');
    const rules = given(orderToPayRules(statutes, servedOn, servedOn));
    expect(rules.registryNotice).toBeUndefined();
    const input = { servedOn, calendar: FR };
    expect(orderToPayEnforceableFrom({ ...input, opposition: oppose(servedOn, { wasInPerson: true }) })).toMatchObject({
      on: '2026-03-03',
    });
    expect(orderToPayEnforceableFrom({ ...input, opposition: oppose(servedOn, { wasInPerson: false }) })).toMatchObject({
      refusal: 'oppositionOpen',
    });
  });

  it('the fees are paid into the registry within 15 days, the registry reports an opposition within a month', () => {
    const requestedOn = day('2026-10-03');
    const consignation = given(delayOn(statutes, 'fr.orderToPay.consignationDays', requestedOn));
    expect(orderToPayConsignation({ requestedOn, consignation, calendar: FR })).toMatchObject({ on: '2026-10-19', article: 'CPC 1425' });
    const report = given(delayOn(statutes, 'fr.orderToPay.oppositionNoticeMonths', requestedOn));
    expect(oppositionReport({ receivedOn: requestedOn, report }).on).toBe('2026-11-03');
  });
});

describe('small claims', () => {
  const on = day('2026-10-03');
  const ceiling = given(amountOn(statutes, 'fr.smallClaims.ceiling', on));
  const claim = (principal: string, interest = '0.00', currency = 'EUR'): Refusal | undefined =>
    checkSmallClaim({ principalMinor: eur(principal).minor, interestMinor: eur(interest).minor, currency, ceiling });

  it('A36: 5 000.00 is eligible, 5 000.01 is not, interest included', () => {
    expect(claim('5000.00')).toBeUndefined();
    expect(claim('5000.01')).toMatchObject({ refusal: 'aboveCeiling', facts: { article: 'CPCE R125-1', ceiling: '5\u202f000,00\u00a0€' } });
    expect(claim('4990.00', '10.00')).toBeUndefined();
    expect(claim('4990.00', '10.01')).toMatchObject({ refusal: 'aboveCeiling' });
    expect(claim('10.00', '0.00', 'USD')).toMatchObject({ refusal: 'currencyNotEuro' });
  });

  it('A36: silence for a month after sending is a refusal; the month is not rolled', () => {
    const answer = given(delayOn(statutes, 'fr.smallClaims.answerMonths', day('2026-01-31')));
    expect(smallClaimAnswer({ sentOn: day('2026-01-31'), answer })).toMatchObject({ on: '2026-02-28', silenceRefusesFrom: '2026-03-01' });
  });

  it('A36, T10: no payment is taken before the outcome is recorded', () => {
    const running = { sentOn: day('2026-10-05') };
    expect(checkSmallClaimPayment({ ...running, paidOn: day('2026-10-20') })).toMatchObject({
      refusal: 'paymentBeforeOutcome',
      facts: { article: 'CPCE R125-7' },
    });
    expect(checkSmallClaimPayment({ ...running, paidOn: day('2026-10-04') })).toBeUndefined();
    const ended = { ...running, outcomeRecordedOn: day('2026-10-25') };
    expect(checkSmallClaimPayment({ ...ended, paidOn: day('2026-10-24') })).toMatchObject({ refusal: 'paymentBeforeOutcome' });
    expect(checkSmallClaimPayment({ ...ended, paidOn: day('2026-10-25') })).toBeUndefined();
  });
});

describe('the Belgian procedure for undisputed debts', () => {
  const accessoriesCap = given(percentOn(statutes, 'be.undisputedClaims.accessoriesCapPercent', day('2026-02-10')));
  const debt: UndisputedDebtCase = {
    kind: 'business',
    bothRegistered: true,
    debtorInsolvent: false,
    isDisputed: false,
    principalMinor: 1_000_00n,
    accessoriesMinor: 100_00n,
    accessoriesCap,
  };

  it('A31: consumer, public or insolvent debtor, or accessories above a tenth: not eligible', () => {
    expect(checkUndisputedDebt(debt)).toBeUndefined();
    for (const kind of ['consumer', 'publicBody', 'coOwners'] as const) {
      expect(checkUndisputedDebt({ ...debt, kind })).toMatchObject({ refusal: 'notAnEnterprise' });
    }
    expect(checkUndisputedDebt({ ...debt, kind: 'unknown' })).toMatchObject({ refusal: 'kindUnknown' });
    expect(checkUndisputedDebt({ ...debt, debtorInsolvent: true })).toMatchObject({ refusal: 'debtorInsolvent' });
    expect(checkUndisputedDebt({ ...debt, bothRegistered: false })).toMatchObject({ refusal: 'notBothRegistered' });
    expect(checkUndisputedDebt({ ...debt, isDisputed: true })).toMatchObject({ refusal: 'disputed' });
    expect(checkUndisputedDebt({ ...debt, accessoriesMinor: 100_01n })).toMatchObject({ refusal: 'accessoriesAboveCap' });
  });

  it('A31: summoned on 10 February 2026, the report of non-contestation is not before 18 March', () => {
    const summonsOn = day('2026-02-10');
    const days = undisputedDebtDays({ summonsOn, rules: given(undisputedDebtRules(statutes, summonsOn)), calendar: BE });
    expect(days.answerUntil.on).toBe('2026-03-10');
    expect(days.reportFrom.on).toBe('2026-03-18');
  });

  it('A31: a month that ends on a Saturday runs on to Monday, and the eight days follow it', () => {
    const summonsOn = day('2026-01-28');
    const days = undisputedDebtDays({ summonsOn, rules: given(undisputedDebtRules(statutes, summonsOn)), calendar: BE });
    expect([days.answerUntil.on, days.reportFrom.on]).toEqual(['2026-03-02', '2026-03-10']);
  });
});

describe('insolvency', () => {
  const publishedOn = day('2026-01-13');
  const notice = (
    more: { notice?: InsolvencyNotice; isCreditorFar?: boolean; publishedOn?: Day } = {},
  ): ReturnType<typeof insolvencyDeadlines> =>
    insolvencyDeadlines({
      notice: 'opening',
      publishedOn,
      judgmentOn: day('2026-01-06'),
      isCreditorFar: false,
      rules: given(insolvencyRules(statutes, publishedOn)),
      warningDays: [5, 30, 15],
      calendar: FR,
      ...more,
    });

  it('A37: opening published on 13 January 2026: dunning cancelled, interest to the day before judgment, declaration, warnings, relief', () => {
    expect(notice()).toMatchObject({
      effect: 'stops',
      dunning: 'cancelled',
      interestLastDay: '2026-01-05',
      declareBy: { on: '2026-03-13', article: 'C. com. R622-24' },
      warnings: ['2026-02-11', '2026-02-26', '2026-03-08'],
      reliefUntil: { on: '2026-07-13', article: 'C. com. L622-26' },
      reclaimUntil: { on: '2026-04-13', article: 'C. com. L624-9' },
    });
    expect(notice({ isCreditorFar: true })).toMatchObject({ declareBy: { on: '2026-05-13' } });
  });

  it('A37: a last day on a Sunday rolls, the warnings do not wait for it', () => {
    expect(notice({ publishedOn: day('2026-01-15') })).toMatchObject({
      declareBy: { on: '2026-03-16' },
      warnings: ['2026-02-13', '2026-02-28', '2026-03-10'],
    });
  });

  it('A37: a notice of closure has no such effect; what is not understood goes to a person', () => {
    expect(notice({ notice: 'closure' })).toMatchObject({ effect: 'none' });
    for (const other of ['annulment', 'conversion', 'plan', 'unclear'] as const)
      expect(notice({ notice: other })).toMatchObject({ effect: 'review' });
  });

  it('A37: the nature of the judgment decides, not the family of the notice', () => {
    expect(
      [
        'Jugement d’ouverture de liquidation judiciaire',
        "Jugement d'ouverture d'une procédure de redressement judiciaire",
        'Jugement prononçant la liquidation judiciaire',
        'Jugement de clôture pour insuffisance d’actif',
        'Jugement de conversion en liquidation judiciaire',
        'Jugement arrêtant le plan de redressement',
        'Annulation du jugement d’ouverture',
        'Dépôt de l’état de collocation',
      ].map(insolvencyNotice),
    ).toEqual(['opening', 'opening', 'opening', 'closure', 'conversion', 'plan', 'annulment', 'unclear']);
  });

  it('A20: an over-indebted consumer’s admissible file stops dunning and asks for a declaration to the commission', () => {
    const admissibleOn = day('2026-03-02');
    const suspension = given(delayOn(statutes, 'fr.overIndebtedness.stayMaximumYears', admissibleOn));
    const input = { law: 'FR', kind: 'consumer', admissibleOn, suspension } as const;
    expect(overIndebtedness(input)).toMatchObject({
      ladder: 'stops',
      task: 'declareToCommission',
      mayDebtorPay: false,
      suspendedUntil: { on: '2028-03-02' },
    });
    expect(overIndebtedness({ ...input, kind: 'business' })).toMatchObject({ refusal: 'notAConsumer' });
    expect(overIndebtedness({ ...input, law: 'BE' })).toMatchObject({ refusal: 'lawNotFrench' });
  });
});

describe('gaps of the data', () => {
  it('T10: without the key of the registry’s report, nothing says that an order may be enforced earlier', () => {
    const parameters = new Map(statutes.parameters);
    parameters.delete('fr.orderToPay.enforceAfterMonths');
    expect(orderToPayRules({ ...statutes, parameters }, day('2026-09-15'), day('2026-10-01'))).toMatchObject({ refusal: 'statuteUnknown' });
  });

  it('one missing number refuses the whole record', () => {
    const parameters = new Map(statutes.parameters);
    parameters.delete('fr.insolvency.reliefMonths');
    expect(insolvencyRules({ ...statutes, parameters }, day('2026-01-13'))).toMatchObject({
      refusal: 'statuteUnknown',
      facts: { key: 'fr.insolvency.reliefMonths' },
    });
  });
});
