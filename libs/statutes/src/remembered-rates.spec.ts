import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, REGIMES, type RateOfPeriod, type Refusal, type RuleFacts } from '#domain';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';
import { rememberedRates } from './remembered-rates.js';

const statutes = loadStatutes();
const dayOf = (offset: number) => addDays(day('2014-12-01'), offset);
const facts = fc.record(
  {
    contract: fc.record(
      {
        checkedOn: fc.constant(day('2015-01-01')),
        interest: fc.oneof(
          fc.record({ kind: fc.constant('rate' as const), percent: fc.constantFrom('3', '12', '25.5', 'dix') }),
          fc.record({ kind: fc.constant('multipleOfLegalRate' as const), multiple: fc.constantFrom('1', '3', '5') }),
        ),
      },
      { requiredKeys: [] },
    ),
    creditor: fc.record({ isNaturalPerson: fc.boolean() }),
  },
  { requiredKeys: [] },
);

describe('rates kept for the next case', () => {
  it('are the ones that are found anew, whatever was asked before', () => {
    const asked = fc.record({ regime: fc.constantFrom(...REGIMES), on: fc.nat(4_500), started: fc.nat(400), facts });
    const fresh = new Map(REGIMES.map((regime) => [regime, claimRules(statutes, regime)]));
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 60 }), (questions) => {
        const kept = claimRulesOf();
        for (const { regime, on, started, facts: given } of questions) {
          const [at, startedOn] = [dayOf(on), dayOf(Math.max(0, on - started))];
          expect(kept(regime)(at, startedOn, given as RuleFacts)).toEqual(fresh.get(regime)?.rateFor(at, startedOn, given as RuleFacts));
          fresh.set(regime, claimRules(statutes, regime));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('asks once for a period, again for a clause it has not met, and never keeps a refusal', () => {
    let finds = 0;
    const rate = { from: day('2026-01-01'), until: day('2026-06-30') } as RateOfPeriod;
    const refused: Refusal = { refusal: 'statuteUnknown' };
    const rateFor = rememberedRates('FR.business', (on) => {
      finds += 1;
      return on > rate.until ? refused : rate;
    });
    const start = day('2026-01-02');
    expect(rateFor(day('2026-02-01'), start, {})).toBe(rate);
    expect(rateFor(day('2026-06-30'), day('2025-12-31'), {})).toBe(rate);
    expect(finds).toBe(1);
    rateFor(day('2026-02-01'), start, { contract: { interest: { kind: 'rate', percent: '12' } } });
    expect(finds).toBe(2);
    expect([rateFor(day('2026-07-01'), start, {}), rateFor(day('2026-07-01'), start, {})]).toEqual([refused, refused]);
    expect(finds).toBe(4);
  });
});

/** Rules of every regime, each kept for the whole run. */
function claimRulesOf() {
  const rules = new Map(REGIMES.map((regime) => [regime, claimRules(statutes, regime).rateFor]));
  return (regime: (typeof REGIMES)[number]) => rules.get(regime) ?? (() => ({ refusal: 'none' }));
}
