import { day, decimal, isRefusal, rational, roundHalfUp, times } from '#domain';
import { describe, expect, it } from 'vitest';
import { loadStatutes, type Statutes } from './load-statutes.js';
import { amountByScale } from './scale.js';
import { parameterSchema, type ScaleTier } from './statute-schema.js';
import { scaleOn, valueOn } from './value-on.js';

const statutes = loadStatutes();

/** A plain value as it stands; of a scale the sum for an amount, rounded to the cent. */
function said(value: string | readonly ScaleTier[], of: string): string {
  if (typeof value === 'string') return value;
  const cents = roundHalfUp(times(amountByScale(value, decimal(of)), rational(100n)))
    .toString()
    .padStart(3, '0');
  return `${cents.slice(0, -2)}.${cents.slice(-2)}`;
}

describe('every legal value', () => {
  const parameters = [...statutes.parameters.values()];

  it.each(parameters.flatMap((p) => p.examples.map((e) => [p.key, e.on, e.of ?? '', e.expect] as const)))(
    '%s on %s %s is %s, as its file says',
    (key, on, of, expected) => {
      const found = of === '' ? valueOn(statutes, key, on) : scaleOn(statutes, key, on);
      expect(isRefusal(found) ? (found.refusal === 'statuteAbolished' ? 'none' : 'unknown') : said(found.value, of)).toBe(expected);
    },
  );

  it('comes with an article and a title, on the first and the last day of each of its lines', () => {
    for (const parameter of parameters) {
      for (const line of parameter.values) {
        const ask = parameter.unit === 'scale' ? scaleOn : valueOn;
        for (const on of [line.from, line.until ?? line.from]) {
          const found = ask(statutes, parameter.key, on);
          expect(isRefusal(found) ? found : found.source).toMatchObject({
            article: expect.stringMatching(/\w/),
            title: expect.stringMatching(/\w/),
          });
        }
      }
    }
  });

  it('has an example on a day it answers, unless it is not in force', () => {
    const silent = parameters.filter((p) => p.values.length > 0 && !p.examples.some((e) => e.expect !== 'unknown'));
    expect(silent.map(({ key }) => key)).toEqual([]);
  });

  it('what is only a bill or an announcement is never answered, on any day', () => {
    const bills = parameters.filter(({ pending }) => pending.length > 0);
    expect(bills.map(({ key }) => key).sort()).toEqual([
      'fr.latePayment.defaultSpread',
      'fr.paymentTerm.fineCompany',
      'fr.paymentTerm.fineRepeatYears',
      'fr.unchallengedClaim.commandMonths',
      'fr.unchallengedClaim.recordDays',
    ]);
    for (const on of ['2026-11-22', '2027-01-01', '2035-06-30'].map(day)) {
      expect(valueOn(statutes, 'fr.unchallengedClaim.recordDays', on)).toMatchObject({ refusal: 'statuteUnknown' });
      expect(valueOn(statutes, 'fr.paymentTerm.fineRepeatYears', on)).toMatchObject({ value: '2' });
    }
  });

  it('an amount or a number that was never read at its source carries no checked day', () => {
    const ecb = valueOn(statutes, 'eu.referenceRate.ecbMainRefinancing', day('2026-07-01'));
    expect(isRefusal(ecb) ? ecb : [ecb.confidence, ecb.source.checkedOn]).toEqual(['V2', undefined]);
    const before = valueOn(statutes, 'eu.referenceRate.ecbMainRefinancing', day('2026-06-30'));
    expect(isRefusal(before) ? before : [before.confidence, before.source.checkedOn, before.from, before.until]).toEqual([
      'V',
      '2026-11-22',
      '2026-01-01',
      '2026-06-30',
    ]);
  });

  it('a key nobody described is refused with the key', () => {
    expect(valueOn(statutes, 'lu.latePayment.defaultSpread', day('2026-03-02'))).toMatchObject({
      refusal: 'statuteUnknown',
      facts: { key: 'lu.latePayment.defaultSpread' },
    });
  });

  it('a rule that ended is refused as abolished, and the line before it ends the day before', () => {
    const parameter = parameterSchema.parse({
      key: 'fr.test.rule',
      title: { fr: 'Règle', en: 'Rule' },
      unit: 'EUR/invoice',
      appliesBy: 'dueDate',
      scope: { debtor: ['business'] },
      article: 'art. 1',
      values: [
        { from: '2013-01-01', value: '40.00', confidence: 'K', source: 'Loi' },
        { from: '2020-01-01', value: null, confidence: 'K', source: 'Loi' },
      ],
      examples: [{ on: '2020-01-01', expect: 'none' }],
    });
    const made: Statutes = { ...statutes, parameters: new Map([[parameter.key, parameter]]) };
    expect(valueOn(made, 'fr.test.rule', day('2019-12-31'))).toMatchObject({ value: '40.00', until: '2019-12-31' });
    expect(valueOn(made, 'fr.test.rule', day('2020-01-01'))).toMatchObject({ refusal: 'statuteAbolished', facts: { since: '2020-01-01' } });
  });
});
