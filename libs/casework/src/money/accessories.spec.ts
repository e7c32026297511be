import { day } from '#domain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessoriesTitle, takeAccessories } from './accessories.js';

const ON = day('2026-03-30');
const minor = fc.bigInt({ min: 0n, max: 10n ** 12n });

describe('what accessories take of money beyond the principal', () => {
  it.each([
    [9_177n, 5_177n, 4_000n],
    [12_000n, 5_177n, 4_000n],
    [5_000n, 5_000n, 0n],
    [6_000n, 5_177n, 823n],
    [0n, 0n, 0n],
  ])('%s cents on 51.77 of interest and 40.00: interest %s first, then %s of the indemnity', (surplus, interestMinor, indemnityMinor) => {
    expect(takeAccessories(surplus, { interestMinor: 5_177n, indemnityMinor: 4_000n })).toEqual({ interestMinor, indemnityMinor });
  });

  it('I11: never more than came in or than is owed on either head, and all of the smaller', () => {
    fc.assert(
      fc.property(minor, minor, minor, (offered, interestMinor, indemnityMinor) => {
        const taken = takeAccessories(offered, { interestMinor, indemnityMinor });
        expect(taken.interestMinor <= interestMinor && taken.indemnityMinor <= indemnityMinor).toBe(true);
        const owed = interestMinor + indemnityMinor;
        expect(taken.interestMinor + taken.indemnityMinor).toBe(offered < owed ? offered : owed);
      }),
    );
  });
});

describe('N8: the question that is left', () => {
  it('names what came in for accessories only where something did', () => {
    expect(accessoriesTitle('EUR', { restMinor: 5_177n, receivedMinor: 0n, on: ON })).toMatch(/^Principal réglé\. Restent 51,77/);
    expect(accessoriesTitle('EUR', { restMinor: 1_177n, receivedMinor: 8_000n, on: ON })).toMatch(
      /^Principal réglé, et 80,00.€ sur les accessoires\. Restent 11,77/u,
    );
  });
});
