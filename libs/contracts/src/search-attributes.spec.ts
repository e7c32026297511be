import type { CaseSnapshot, Instant } from '#domain';
import { describe, expect, it } from 'vitest';
import { SEARCH_ATTRIBUTES, searchAttributesOf, startingSearchAttributes } from './search-attributes.js';

const snapshot: CaseSnapshot = {
  caseId: 'case-1',
  creditorId: 'dupont',
  debtorRef: 'D-100',
  episode: 1,
  epoch: 1,
  factSeq: 1,
  state: 'scheduled',
  openPrincipal: '124000',
  currency: 'EUR',
  dueOn: '2026-01-31',
  disputed: false,
  plan: [],
  wake: { kind: 'mail', at: '2026-03-02T08:00:00.000Z' as Instant },
};

describe('search attributes', () => {
  it('fit the slots of a namespace: 10 keywords, 3 of any other kind', () => {
    const ofType = (type: string) => SEARCH_ATTRIBUTES.filter((key) => key.type === type).length;
    expect(ofType('KEYWORD')).toBeLessThanOrEqual(10);
    for (const type of ['INT', 'BOOL', 'DATETIME']) expect(ofType(type)).toBeLessThanOrEqual(3);
  });

  it('name every key once, and leave out what has no value at the start', () => {
    expect(searchAttributesOf(snapshot).map(({ key }) => key)).toEqual([...SEARCH_ATTRIBUTES]);
    expect(startingSearchAttributes(snapshot).map(({ key }) => key.name)).not.toContain('CaseStage');
  });

  it('show no next action on a closed case', () => {
    const next = (of: CaseSnapshot) => searchAttributesOf(of).find(({ key }) => key.name === 'NextActionAt')?.value;
    expect(next(snapshot)).toEqual(new Date('2026-03-02T08:00:00.000Z'));
    expect(next({ ...snapshot, closed: 'settled' })).toBeNull();
  });
});
