import { day, type InterestClause } from '#domain';
import { describe, expect, it } from 'vitest';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';

const statutes = loadStatutes();

describe('clauses that the rates refuse, asked of them directly', () => {
  it.each(['FR.business', 'BE.business', 'FR.consumer', 'BE.consumer'] as const)(
    'a clause in words, %s: the rates themselves name the field, the article and what to supply',
    (regime) => {
      const interest: InterestClause = { kind: 'rate', percent: 'douze' };
      const refused = claimRules(statutes, regime).rateFor(day('2026-03-01'), day('2026-02-01'), {
        contract: { checkedOn: day('2026-01-05'), interest },
      });
      expect(refused).toMatchObject({
        refusal: 'clauseInvalid',
        field: '/contract/interest/percent',
        facts: { value: 'douze', article: expect.stringMatching(/\d/), supply: expect.stringContaining('12.5') },
      });
    },
  );

  it('a multiple of the legal rate under Belgian law, asked of the rates themselves, names the article and what to supply', () => {
    const interest: InterestClause = { kind: 'multipleOfLegalRate', multiple: '3' };
    expect(
      claimRules(statutes, 'BE.business').rateFor(day('2026-03-01'), day('2026-02-01'), {
        contract: { checkedOn: day('2026-01-05'), interest },
      }),
    ).toMatchObject({
      refusal: 'clauseNotSupported',
      facts: { article: expect.stringMatching(/\d/), supply: 'Le taux annuel convenu, en pour cent.' },
    });
  });
});
