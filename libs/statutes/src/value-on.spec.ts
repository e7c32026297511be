import { day, isRefusal } from '#domain';
import { describe, expect, it } from 'vitest';
import { loadStatutes, type Statutes } from './load-statutes.js';
import { parameterSchema } from './statute-schema.js';
import { valueOn } from './value-on.js';

const statutes = loadStatutes();

describe('every legal value', () => {
  const parameters = [...statutes.parameters.values()];

  it.each(parameters.flatMap((p) => p.examples.map((e) => [p.key, e.on, e.expect] as const)))(
    '%s on %s is %s, as its file says',
    (key, on, expected) => {
      const found = valueOn(statutes, key, on);
      const said = isRefusal(found) ? (found.refusal === 'statuteAbolished' ? 'none' : 'unknown') : found.value;
      expect(said).toBe(expected);
    },
  );

  it('comes with an article and a title', () => {
    for (const parameter of parameters) {
      for (const line of parameter.values) {
        const found = valueOn(statutes, parameter.key, line.from);
        expect(isRefusal(found) ? found : found.source).toMatchObject({
          article: expect.stringMatching(/\w/),
          title: expect.stringMatching(/\w/),
        });
      }
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
