import { day, type DebtorKind, type DueDateInput, dueDate, type GoverningLaw, isRefusal, type PaymentTerms, type Refusal } from '#domain';
import { describe, expect, it } from 'vitest';
import { paymentTermRules, type PublicBuyer, type TermSector } from './deadline-rules.js';
import { loadStatutes } from './load-statutes.js';

const statutes = loadStatutes();

function given<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`Refused: ${JSON.stringify(value)}`);
  return value;
}

interface Invoice {
  law?: GoverningLaw;
  kind?: DebtorKind;
  on?: string;
  sector?: TermSector;
  buyer?: PublicBuyer;
  more?: Partial<DueDateInput>;
}

function due(
  terms: PaymentTerms,
  { law = 'FR', kind = 'business', on = '2026-02-15', more, ...at }: Invoice = {},
): ReturnType<typeof dueDate> {
  const issuedOn = day(on);
  const rules = paymentTermRules(statutes, { law, kind, issuedOn, ...at });
  return isRefusal(rules) ? rules : dueDate({ law, kind, terms, issuedOn, rules, ...more });
}

function dueOn(terms: PaymentTerms, invoice: Invoice = {}): string {
  return given(due(terms, invoice)).on;
}

const net = (days: number): PaymentTerms => ({ kind: 'net', days });
const endOfMonthA = (days: number): PaymentTerms => ({ kind: 'endOfMonth', days, method: 'daysThenMonthEnd' });
const endOfMonthB = (days: number): PaymentTerms => ({ kind: 'endOfMonth', days, method: 'monthEndThenDays' });
const SILENT: PaymentTerms = { kind: 'notAgreed' };

describe('due days', () => {
  it('A11, FR-3: 45 days end of month by method A and by method B, in a common and in a leap year', () => {
    expect(dueOn(endOfMonthA(45))).toBe('2026-04-30');
    expect(dueOn(endOfMonthA(45), { on: '2026-04-02' })).toBe('2026-05-31');
    expect(dueOn(endOfMonthB(45))).toBe('2026-04-14');
    expect(given(due(endOfMonthA(45))).how).toEqual([
      'facture du 15 février 2026',
      '45 jours\u202f: 1er avril 2026',
      'fin de ce mois\u202f: 30 avril 2026',
    ]);
  });

  it('A11, FR-3: 15 February 2028 gives 31 March by A and 14 April by B once the law of that year is read', () => {
    const rules = given(paymentTermRules(statutes, { law: 'FR', kind: 'business', issuedOn: day('2026-02-15') }));
    const leap = (terms: PaymentTerms): string =>
      given(dueDate({ law: 'FR', kind: 'business', terms, issuedOn: day('2028-02-15'), rules })).on;
    expect(leap(endOfMonthA(45))).toBe('2028-03-31');
    expect(leap(endOfMonthB(45))).toBe('2028-04-14');
    expect(due(endOfMonthA(45), { on: '2028-02-15' })).toMatchObject({ refusal: 'statuteUnknown' });
  });

  it('FR-3: 15 April plus 60 days is 14 June: the day of the invoice is not counted', () => {
    expect(dueOn(net(60), { on: '2026-04-15' })).toBe('2026-06-14');
  });

  it('A11: no method, no due day', () => {
    expect(due({ kind: 'endOfMonth', days: 45 })).toMatchObject({
      refusal: 'endOfMonthMethodMissing',
      field: '/terms/method',
      facts: { article: 'C. com. L441-10 I' },
    });
  });

  it('A12: "60 jours fin de mois" is reported as unlawful by either method, although 60 net days stand', () => {
    for (const terms of [endOfMonthA(60), endOfMonthB(60), endOfMonthA(46)]) {
      expect(due(terms)).toMatchObject({ refusal: 'termUnlawful', facts: { article: 'C. com. L441-10 I', atMost: '45 jours' } });
    }
    expect(dueOn(net(60))).toBe('2026-04-16');
    expect(dueOn(endOfMonthA(30))).toBe('2026-03-31');
  });

  it('A12: the last lawful day of a "fin de mois" term is that of 45 days, by its own method', () => {
    expect(due(endOfMonthA(60))).toMatchObject({ facts: { agreed: '60 jours fin de mois', latestLawfulOn: '2026-04-30' } });
    expect(due(endOfMonthB(60))).toMatchObject({ facts: { latestLawfulOn: '2026-04-14' } });
  });

  it('A12: 61 net days are reported as unlawful with the article and the last lawful day', () => {
    expect(due(net(61))).toEqual({
      refusal: 'termUnlawful',
      field: '/terms/days',
      facts: { article: 'C. com. L441-10 I', agreed: '61 jours nets', atMost: '60 jours', latestLawfulOn: '2026-04-16' },
    });
  });

  it('a periodic invoice has 45 days at most, in whatever words', () => {
    const more = { isPeriodic: true };
    expect(dueOn(net(45), { more })).toBe('2026-04-01');
    expect(due(net(46), { more })).toMatchObject({ refusal: 'termUnlawful', facts: { atMost: '45 jours' } });
    expect(due(endOfMonthA(45), { more })).toMatchObject({ refusal: 'termUnlawful' });
    expect(dueOn(endOfMonthA(30), { on: '2026-03-01', more })).toBe('2026-03-31');
  });

  it('the sectors the law names have their own maximum, and their own silence', () => {
    expect(dueOn(net(30), { sector: 'transport' })).toBe('2026-03-17');
    expect(due(net(31), { sector: 'transport' })).toMatchObject({ refusal: 'termUnlawful', facts: { article: 'C. com. L441-11' } });
    expect(due(endOfMonthA(30), { sector: 'perishables' })).toMatchObject({ refusal: 'termUnlawful' });
    expect(due(SILENT, { sector: 'transport', more: { suppliedOn: day('2026-02-10') } })).toMatchObject({
      on: '2026-03-12',
      article: 'C. com. L441-11',
    });
  });

  it('nothing agreed in France: 30 days from the supply, or from the invoice where it is not known', () => {
    expect(dueOn(SILENT, { more: { suppliedOn: day('2026-02-10') } })).toBe('2026-03-12');
    expect(dueOn(SILENT)).toBe('2026-03-17');
  });

  it('nothing agreed in Belgium: 30 days from receipt of the invoice, or of goods that came later; 60 days at most', () => {
    const be: Invoice = { law: 'BE' };
    expect(due(SILENT, be)).toMatchObject({ refusal: 'dayMissing', field: '/receivedOn' });
    expect(dueOn(SILENT, { ...be, more: { receivedOn: day('2026-02-17') } })).toBe('2026-03-19');
    const later = { receivedOn: day('2026-02-17'), suppliedOn: day('2026-02-20') };
    expect(dueOn(SILENT, { ...be, more: later })).toBe('2026-03-22');
    expect(due(net(61), be)).toMatchObject({ refusal: 'termUnlawful', facts: { article: 'Loi du 2 août 2002, art. 4' } });
    expect(dueOn(endOfMonthA(30), be)).toBe('2026-03-31');
    expect(due(endOfMonthA(60), be)).toMatchObject({ refusal: 'termUnlawful' });
  });

  it('a consumer owes at delivery in France, and no rule speaks for Belgium', () => {
    const consumer: Invoice = { kind: 'consumer' };
    expect(dueOn(SILENT, { ...consumer, more: { suppliedOn: day('2026-02-10') } })).toBe('2026-02-10');
    expect(due(SILENT, consumer)).toMatchObject({ refusal: 'dayMissing', field: '/suppliedOn' });
    expect(dueOn(net(90), consumer)).toBe('2026-05-16');
    expect(due(SILENT, { ...consumer, law: 'BE' })).toMatchObject({ refusal: 'termNotAgreed' });
  });

  it('a public body has 30 days from the request, a hospital 50, a public company 60', () => {
    const more = { receivedOn: day('2026-02-16') };
    const on = (buyer: PublicBuyer): string => dueOn(SILENT, { kind: 'publicBody', buyer, more });
    expect([on('general'), on('hospital'), on('publicCompany')]).toEqual(['2026-03-18', '2026-04-07', '2026-04-17']);
    expect(due(net(31), { kind: 'publicBody', more })).toMatchObject({ refusal: 'termUnlawful' });
    expect(due(SILENT, { kind: 'publicBody' })).toMatchObject({ refusal: 'dayMissing', field: '/receivedOn' });
  });

  it('refuses a debtor of unknown kind and terms that are none', () => {
    expect(due(net(30), { kind: 'unknown' })).toMatchObject({ refusal: 'kindUnknown' });
    for (const days of [-1, 1.5, 99_999, Number.NaN])
      expect(due(net(days), { kind: 'consumer' })).toMatchObject({ refusal: 'termInvalid' });
  });

  it('paid on the spot, it is due on the day of the invoice', () => {
    expect(dueOn(net(0))).toBe('2026-02-15');
    expect(dueOn(net(3660), { kind: 'consumer', on: '2026-01-01' })).toBe('2036-01-09');
  });

  it('T5: a due day on a Sunday stays a Sunday', () => {
    expect(dueOn(net(30), { on: '2026-10-16' })).toBe('2026-11-15');
  });
});
