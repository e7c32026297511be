import { day, isRefusal, type Regime, type RuleFacts } from '#domain';
import { describe, expect, it } from 'vitest';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';
import { type ClaimStory, claimOf, statementFor } from './test-claim.js';

const statutes = loadStatutes();

describe('a value that nobody has recorded', () => {
  it('A13: a missing rate cites what makes the rate due, then the reference that is missing', () => {
    const articleOf = (more: ClaimStory) => {
      const refused = claimOf(more);
      return isRefusal(refused) ? [refused.refusal, refused.facts?.['article']] : refused;
    };
    const late = { face: '1000', dueOn: '2026-11-30', on: '2027-01-01' };
    const ecb = 'Directive 2011/7/UE, art. 2, point 7';
    expect(articleOf(late)).toEqual(['rateUnknown', `C. com. L441-10 II\u202f; ${ecb}`]);
    expect(articleOf({ ...late, law: 'BE' })).toEqual(['rateUnknown', `Loi du 2 août 2002, art. 5\u202f; ${ecb}`]);
    const contract = { checkedOn: day('2024-01-02'), interest: { kind: 'rate', percent: '20' } } as const;
    const needsFloor: ClaimStory = { ...late, on: '2026-12-01', more: { contract } };
    expect(articleOf(needsFloor)).toEqual(['rateUnknown', 'C. com. L441-10 II\u202f; C. mon. fin. L313-2 et D313-1-A']);
    expect(statementFor({ ...late, on: '2026-12-31' }).dailyRefusal?.facts?.['article']).toBe(`C. com. L441-10 II\u202f; ${ecb}`);
  });

  it('A13: outside business too, each regime its own article, once where it is that of the missing rate', () => {
    const articleFor = (regime: Regime, facts: RuleFacts = {}) => {
      const rate = claimRules(statutes, regime).rateFor(day('2027-01-04'), day('2027-01-04'), facts);
      return isRefusal(rate) ? rate.facts?.['article'] : rate;
    };
    const ecb = 'Directive 2011/7/UE, art. 2, point 7';
    const agreed: RuleFacts = { contract: { checkedOn: day('2026-01-02'), interest: { kind: 'rate', percent: '5' } } };
    expect(articleFor('FR.consumer')).toBe('C. civ. 1231-6\u202f; C. mon. fin. L313-2 et D313-1-A');
    expect(articleFor('FR.coOwners', agreed)).toBe(`C. civ. 1231-5\u202f; ${ecb}`);
    expect(articleFor('FR.publicBody')).toBe(`CCP R2192-31\u202f; ${ecb}`);
    expect(articleFor('BE.publicBody')).toBe(`Loi du 2 août 2002, art. 5\u202f; ${ecb}`);
    expect(articleFor('BE.consumer')).toBe('Loi du 5 mai 1865, art. 2');
    expect(articleFor('BE.consumer', agreed)).toBe(`CDE XIX.4\u202f; ${ecb}`);
    expect(articleFor('BE.coOwners')).toBe('C. civ. belge, livre 5\u202f; Loi du 5 mai 1865, art. 2');
  });

  it('an indemnity for a reminder older than the scale is refused with its article and what to supply', () => {
    const facts = { dueOn: day('2023-07-15'), claimedOn: day('2023-09-10'), remindedOn: day('2023-08-20'), remainingMinor: 21_500n };
    const contract = { checkedOn: day('2023-01-02'), indemnity: { kind: 'legalScale' } } as const;
    expect(claimRules(statutes, 'BE.consumer').lumpSum({ ...facts, contract })).toMatchObject({
      refusal: 'statuteUnknown',
      facts: { key: 'be.consumer.indemnityScale', day: '2023-08-20', article: 'CDE XIX.4', supply: expect.stringContaining('barème') },
    });
  });
});
