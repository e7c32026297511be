// Every calculator of a legal deadline, asked what it says and refuses. Delays are given here, the dated ones are proved elsewhere.
import {
  type DueDateInput,
  day,
  dueDate,
  type LimitationEvent,
  limitation,
  type OppositionInput,
  oppositionReport,
  orderToPayConsignation,
  orderToPayEnforceableFrom,
  orderToPayOpposition,
  orderToPayService,
} from '#domain';
import { type Asked, calendar, delay } from './given-law.js';

const terms = (more: Partial<DueDateInput>) =>
  dueDate({
    law: 'FR',
    kind: 'business',
    terms: { kind: 'notAgreed' },
    issuedOn: day('2026-02-15'),
    rules: {
      whenSilent: delay(30, 'days', 'silence'),
      agreedMax: delay(60, 'days', 'convenu'),
      endOfMonthMax: delay(45, 'days', 'fin de mois'),
      periodicMax: delay(45, 'days', 'récapitulative'),
    },
    ...more,
  });
const sector = { whenSilent: delay(30, 'days', 'silence'), sectorMax: delay(20, 'days', 'secteur') };

const dueDates = (): Asked => [
  ['nothing agreed, from the issue', terms({})],
  ['nothing agreed, from the delivery', terms({ suppliedOn: day('2026-02-20') })],
  ['nothing agreed, a sector with a shorter limit', terms({ rules: sector })],
  ['nothing agreed, a sector with a longer limit', terms({ rules: { ...sector, sectorMax: delay(40, 'days', 'secteur') } })],
  ['nothing agreed, a consumer owes at delivery', terms({ kind: 'consumer', suppliedOn: day('2026-02-20'), rules: {} })],
  ['nothing agreed, a consumer, delivery unknown', terms({ kind: 'consumer', rules: {} })],
  ['nothing agreed, a public buyer, received', terms({ kind: 'publicBody', receivedOn: day('2026-02-18'), suppliedOn: day('2026-02-25') })],
  ['nothing agreed, a public buyer, receipt unknown', terms({ kind: 'publicBody' })],
  ['nothing agreed, Belgium, received', terms({ law: 'BE', receivedOn: day('2026-02-18') })],
  ['nothing agreed, Belgium, receipt unknown', terms({ law: 'BE' })],
  ['nothing agreed, Belgium, no rule for silence', terms({ law: 'BE', receivedOn: day('2026-02-18'), rules: {} })],
  ['sixty days net', terms({ terms: { kind: 'net', days: 60 } })],
  ['sixty-one days net', terms({ terms: { kind: 'net', days: 61 } })],
  ['a periodic invoice of fifty days', terms({ terms: { kind: 'net', days: 50 }, isPeriodic: true })],
  ['one day net, no limit, France', terms({ terms: { kind: 'net', days: 1 }, rules: {} })],
  ['one day net, no limit, Belgium', terms({ law: 'BE', terms: { kind: 'net', days: 1 }, rules: {} })],
  ['A11: 45 days, then the end of the month', terms({ terms: { kind: 'endOfMonth', days: 45, method: 'daysThenMonthEnd' } })],
  ['A11: end of the month, then 45 days', terms({ terms: { kind: 'endOfMonth', days: 45, method: 'monthEndThenDays' } })],
  ['A11: no method', terms({ terms: { kind: 'endOfMonth', days: 45 } })],
  ['A12, T11: sixty days, end of month', terms({ terms: { kind: 'endOfMonth', days: 60, method: 'monthEndThenDays' } })],
  ['a sector beyond its limit', terms({ terms: { kind: 'net', days: 25 }, rules: sector })],
  ['days that are none', terms({ terms: { kind: 'net', days: 1.5 } })],
  ['days below zero', terms({ terms: { kind: 'net', days: -1 } })],
  ['ten years and more', terms({ terms: { kind: 'net', days: 3661 }, rules: {} })],
  ['ten years', terms({ terms: { kind: 'net', days: 3660 }, rules: {} })],
  ['an unknown kind of debtor, limits known', terms({ kind: 'unknown' })],
  ['an unknown kind of debtor, only the agreed limit', terms({ kind: 'unknown', rules: { agreedMax: delay(60, 'days', 'convenu') } })],
  ['an unknown kind of debtor, a sector', terms({ kind: 'unknown', rules: sector })],
];

const month = delay(1, 'months', 'CPC 1416');
const opposed = (more: Partial<OppositionInput>) =>
  orderToPayOpposition({ servedOn: day('2026-01-30'), wasInPerson: false, opposition: month, calendar, ...more });
const registryNotice = delay(2, 'months', 'décret 2026-96');
const enforceable = { servedOn: day('2026-10-01'), calendar };

const orderToPay = (): Asked => [
  [
    'A34, T10: serve within three months',
    orderToPayService({ orderedOn: day('2026-09-15'), service: delay(3, 'months', 'CPC 1411'), calendar }),
  ],
  ['A34: a last day on a Sunday', orderToPayService({ orderedOn: day('2026-08-31'), service: delay(6, 'months', 'CPC 1411'), calendar })],
  ['consignation', orderToPayConsignation({ requestedOn: day('2026-10-27'), consignation: delay(15, 'days', 'CPC 1425'), calendar })],
  ['A35: opposition, served in person', opposed({ servedOn: day('2026-01-31'), wasInPerson: true })],
  ['opposition, not in person, nothing since', opposed({})],
  ['opposition, from an act in person', opposed({ firstActInPersonOn: day('2026-02-10') })],
  ['opposition, from a measure', opposed({ firstFreezingMeasureOn: day('2026-02-10') })],
  [
    'opposition, an act within the month of a measure',
    opposed({ firstFreezingMeasureOn: day('2026-02-10'), firstActInPersonOn: day('2026-03-10') }),
  ],
  [
    'opposition, an act after the month of a measure',
    opposed({ firstFreezingMeasureOn: day('2026-02-10'), firstActInPersonOn: day('2026-03-11') }),
  ],
  [
    'T10: not enforced before the registry’s two months',
    orderToPayEnforceableFrom({ ...enforceable, opposition: opposed({ servedOn: day('2026-10-01'), wasInPerson: true }), registryNotice }),
  ],
  [
    'enforced although no last day of opposition is known',
    orderToPayEnforceableFrom({ ...enforceable, opposition: opposed({}), registryNotice }),
  ],
  ['an older order', orderToPayEnforceableFrom({ ...enforceable, opposition: opposed({ wasInPerson: true }) })],
  ['an older order, opposition open', orderToPayEnforceableFrom({ ...enforceable, opposition: opposed({}) })],
  [
    'an opposition was reported',
    orderToPayEnforceableFrom({ ...enforceable, opposition: opposed({}), registryNotice, oppositionNotifiedOn: day('2026-10-20') }),
  ],
  ['the registry reports', oppositionReport({ receivedOn: day('2026-10-20'), report: delay(1, 'months', 'décret 2026-96') })],
];

const limited = (events: readonly LimitationEvent[], more: { law?: 'FR' | 'BE'; bare?: boolean; asOf?: string } = {}) =>
  limitation({
    law: more.law ?? 'FR',
    dueOn: day('2026-03-10'),
    asOf: day(more.asOf ?? '2030-12-31'),
    events,
    rules: {
      period: delay(5, 'years', 'C. civ. 2224'),
      ...(!more.bare && {
        title: delay(10, 'years', 'CPCE L111-4'),
        suspensionFloor: delay(6, 'months', 'C. civ. 2238'),
        proxyNotice: delay(1, 'years', 'Ancien C. civ. 2244'),
      }),
    },
  });
const event = (type: LimitationEvent['type'], on: string, more: Partial<LimitationEvent> = {}): LimitationEvent => ({
  type,
  on: day(on),
  ...more,
});

const limitations = (): Asked => [
  ['A21: nothing happened', limited([])],
  ['A21: the last day', limited([], { asOf: '2031-03-10' })],
  ['A21: the day after', limited([], { asOf: '2031-03-11' })],
  [
    'A21, T7: what does not interrupt',
    limited([
      event('creditorNotice', '2027-01-05'),
      event('email', '2026-04-01'),
      event('call', '2026-04-02'),
      event('reminder', '2026-04-03'),
    ]),
  ],
  ['A21: a part payment', limited([event('partPayment', '2027-06-01')])],
  ['a part payment on the due date', limited([event('partPayment', '2026-03-10')])],
  ['before the due date', limited([event('acknowledgment', '2026-03-09')])],
  ['after the limitation', limited([event('partPayment', '2031-03-11')], { asOf: '2031-12-31' })],
  ['a title after the limitation', limited([event('enforceableTitle', '2031-03-11')], { asOf: '2031-12-31' })],
  ['a claim in court that ended', limited([event('courtClaim', '2027-01-05', { endedOn: day('2028-06-30') })])],
  ['a claim in court that ended on the day', limited([event('courtClaim', '2027-01-05', { endedOn: day('2030-12-31') })])],
  ['a claim in court that runs', limited([event('courtClaim', '2027-01-05', { endedOn: day('2031-06-30') })])],
  ['a claim in court that was withdrawn', limited([event('courtClaim', '2027-01-05', { wasWithdrawn: true })])],
  ['an acknowledgment with an end', limited([event('acknowledgment', '2027-01-05', { endedOn: day('2028-06-30') })])],
  ['a mediation', limited([event('mediation', '2027-01-05', { endedOn: day('2027-03-05') })])],
  [
    'a mediation shortly before the end',
    limited([event('mediation', '2031-02-01', { endedOn: day('2031-02-20') })], { asOf: '2031-02-28' }),
  ],
  ['two events out of order', limited([event('partPayment', '2028-06-01'), event('acknowledgment', '2027-06-01')])],
  [
    'T7: a Belgian lawyer’s notice, twice',
    limited([event('lawyerNotice', '2030-11-05', { isComplete: true }), event('bailiffNotice', '2030-12-05', { isComplete: true })], {
      law: 'BE',
    }),
  ],
  ['T7: a Belgian lawyer’s notice without its mentions', limited([event('lawyerNotice', '2030-11-05')], { law: 'BE' })],
  ['T7: a Belgian creditor’s registered letter', limited([event('creditorNotice', '2030-11-05', { isComplete: true })], { law: 'BE' })],
  ['ends before it begins', limited([event('mediation', '2027-01-05', { endedOn: day('2027-01-04') })])],
  ['a title, its period unknown', limited([event('enforceableTitle', '2027-01-05')], { bare: true })],
  ['a mediation, its floor unknown', limited([event('mediation', '2027-01-05')], { bare: true })],
  ['a lawyer’s notice, its period unknown', limited([event('lawyerNotice', '2027-01-05')], { bare: true, law: 'BE' })],
];

/** Asked anew on every call. */
export const deadlines = (): Asked => [...dueDates(), ...orderToPay(), ...limitations()];
