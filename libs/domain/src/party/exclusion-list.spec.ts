import { checkExclusionEntry, type ExclusionEntry, exclusionEndsOn, exclusionErasedBy } from '#domain';
import { describe, expect, it } from 'vitest';
import { day, instant } from '../calendar/day.js';

const entry: ExclusionEntry = {
  amountMinor: 120_00n,
  isDisputed: false,
  checkedBy: 'k.dufour',
  checkedOn: day('2026-11-20'),
  informedOn: day('2026-11-18'),
  enteredOn: day('2026-11-22'),
};
const source = { article: 'CNIL, impayés', title: 'Référentiel' };

describe('the exclusion list', () => {
  it('A44: an entry that no person checked is refused', () => {
    expect(checkExclusionEntry(entry)).toBeUndefined();
    const { checkedBy: _, ...unchecked } = entry;
    expect(checkExclusionEntry(unchecked)).toMatchObject({ refusal: 'humanCheckMissing' });
    expect(checkExclusionEntry({ ...entry, checkedOn: day('2026-11-23') })).toMatchObject({ refusal: 'humanCheckMissing' });
    const { checkedOn: __, ...undated } = entry;
    expect(checkExclusionEntry(undated)).toMatchObject({ refusal: 'humanCheckMissing' });
  });

  it('A44: the person is told before, and the debt is certain', () => {
    const { informedOn: _, ...untold } = entry;
    expect(checkExclusionEntry(untold)).toMatchObject({ refusal: 'personNotInformed' });
    expect(checkExclusionEntry({ ...entry, informedOn: day('2026-11-23') })).toMatchObject({ refusal: 'personNotInformed' });
    expect(checkExclusionEntry({ ...entry, isDisputed: true })).toMatchObject({ refusal: 'debtNotCertain' });
    expect(checkExclusionEntry({ ...entry, amountMinor: 0n })).toMatchObject({ refusal: 'debtNotCertain' });
  });

  it('A44: it is erased within 48 hours of payment, to the second and over a change of clocks', () => {
    expect(exclusionErasedBy(instant('2026-03-28T10:15:30Z'), { hours: 48, source })).toEqual({
      at: '2026-03-30T10:15:30.000Z',
      article: 'CNIL, impayés',
    });
  });

  it('A44: never paid, it ends with the retention', () => {
    expect(exclusionEndsOn(day('2026-11-22'), { count: 3, unit: 'years', source })).toMatchObject({ on: '2029-11-22' });
  });
});
