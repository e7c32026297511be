import { promiseVerdict } from '#domain';
import { describe, expect, it } from 'vitest';
import { day } from '../calendar/day.js';
import { checkPromise, latestPromiseOn } from './check-command.js';
import { aState, happen, LADDER } from './test-ladder.js';

const today = day('2026-03-09');
const terms = { dueOn: day('2026-03-20'), amountMinor: 100_000n };

describe('promises', () => {
  it('A41: a date beyond the policy’s maximum is refused, the last day of it is not', () => {
    expect(latestPromiseOn(LADDER, today)).toBe('2026-03-24');
    expect(checkPromise(LADDER, aState(), { ...terms, dueOn: day('2026-03-24') }, today)).toBeUndefined();
    expect(checkPromise(LADDER, aState(), { ...terms, dueOn: day('2026-03-25') }, today)).toMatchObject({
      refusal: 'promiseTooLate',
      facts: { latestOn: '2026-03-24', maxDays: 15 },
    });
  });

  it('A41: a third promise is refused even with a manager; a second after a broken one needs him', () => {
    const promised = (state: ReturnType<typeof aState>, id: string): ReturnType<typeof aState> =>
      happen(
        state,
        '2026-03-09',
        { type: 'promiseMade', promiseId: id, amountMinor: 100_000n, dueOn: day('2026-03-12'), judgedOn: day('2026-03-17') },
        { type: 'promiseEnded', promiseId: id, verdict: 'broken' },
      );
    const once = promised(aState(), 'p1');
    expect(checkPromise(LADDER, once, terms, today)).toMatchObject({ refusal: 'promiseNeedsManager' });
    expect(checkPromise(LADDER, once, { ...terms, isAuthorised: true }, today)).toBeUndefined();
    const twice = promised(once, 'p2');
    expect(checkPromise(LADDER, twice, { ...terms, isAuthorised: true }, today)).toMatchObject({ refusal: 'promiseTooMany' });
  });

  it('A41: kept from the policy’s share on, exact to the cent; something is partial, nothing is broken', () => {
    const verdict = (receivedMinor: bigint, keptFromPercent = '95'): string =>
      promiseVerdict({ promisedMinor: 100_001n, receivedMinor, keptFromPercent });
    expect([95_001n, 95_000n, 1n, 0n].map((received) => verdict(received))).toEqual(['kept', 'partial', 'partial', 'broken']);
    expect(verdict(100_001n, '100')).toBe('kept');
    expect(verdict(100_000n, '100')).toBe('partial');
    expect(verdict(200_000n)).toBe('kept');
  });
});
