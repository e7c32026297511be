import { describe, expect, it } from 'vitest';
import { day } from '../calendar/day.js';
import { decimal } from '../money/rational.js';
import { isRefusal } from '../refusal.js';
import { allocateAcrossDebts, type OpenDebt } from './allocate-across-debts.js';

const debt = (debtId: string, openMinor: bigint, dueOn: string, more: Partial<OpenDebt> = {}): OpenDebt => ({
  debtId,
  openMinor,
  dueOn: day(dueOn),
  ...more,
});

function shares(amountMinor: bigint, debts: readonly OpenDebt[], designated?: readonly string[]): string[] {
  const made = allocateAcrossDebts({ amountMinor, paidOn: day('2026-04-01'), debts, ...(designated && { designated }) });
  if (isRefusal(made)) throw new Error(JSON.stringify(made));
  return made.shares.map((share) => `${share.debtId} ${share.amountMinor} ${share.reason}`);
}

describe('why a debt was paid', () => {
  it('a single debt needs no reason, and the last one is told from the one before it', () => {
    expect(shares(100n, [debt('a', 100n, '2026-01-31')])).toEqual(['a 100 onlyOne']);
    expect(shares(200n, [debt('a', 100n, '2026-01-31'), debt('b', 100n, '2026-05-31')])).toEqual(['a 100 dueFirst', 'b 100 dueFirst']);
    expect(shares(200n, [debt('a', 100n, '2026-01-31'), debt('b', 100n, '2026-02-28')])).toEqual(['a 100 oldest', 'b 100 oldest']);
  });

  it('a debt due on the day of the payment is due', () => {
    expect(shares(100n, [debt('a', 100n, '2026-04-01'), debt('b', 100n, '2026-04-02')])).toEqual(['a 100 dueFirst']);
    expect(shares(100n, [debt('a', 100n, '2026-03-31'), debt('b', 100n, '2026-04-01')])).toEqual(['a 100 oldest']);
  });

  it('debts not due yet follow the same order among themselves', () => {
    const dear = debt('dear', 100n, '2026-06-30', { ratePercent: decimal('15') });
    expect(shares(100n, [debt('a', 100n, '2026-05-31'), dear])).toEqual(['dear 100 mostInterest']);
  });

  it('two groups of equals: the older group first, the younger one in proportion to what is left', () => {
    const debts = [
      debt('d', 100n, '2026-02-28'),
      debt('b', 100n, '2026-01-31'),
      debt('c', 100n, '2026-02-28'),
      debt('a', 100n, '2026-01-31'),
    ];
    expect(shares(250n, debts)).toEqual(['a 100 proRata', 'b 100 proRata', 'c 25 proRata', 'd 25 proRata']);
  });

  it('the cent left by rounding goes to the largest remainder, wherever it stands', () => {
    expect(shares(2n, [debt('a', 2n, '2026-01-31'), debt('b', 1n, '2026-01-31')])).toEqual(['a 1 proRata', 'b 1 proRata']);
    expect(shares(1n, [debt('a', 1n, '2026-01-31'), debt('b', 2n, '2026-01-31')])).toEqual(['b 1 proRata']);
  });

  it('what the debtor designates is paid in his order, also beyond what is open', () => {
    const debts = [debt('a', 100n, '2026-01-31'), debt('b', 100n, '2026-02-28'), debt('c', 100n, '2026-03-31')];
    expect(shares(150n, debts, ['c', 'b'])).toEqual(['c 100 designated', 'b 50 designated']);
  });

  it('refusals say which amount or debt', () => {
    const made = (amountMinor: bigint, debts: readonly OpenDebt[], designated: readonly string[] = []) =>
      allocateAcrossDebts({ amountMinor, paidOn: day('2026-04-01'), debts, designated });
    const one = debt('a', 100n, '2026-01-31');
    expect(made(-5n, [one])).toEqual({ refusal: 'claimAmountInvalid', field: '/amountMinor', facts: { amountMinor: '-5' } });
    expect(made(5n, [one, debt('b', -1n, '2026-01-31')])).toEqual({
      refusal: 'claimAmountInvalid',
      field: '/debts/1',
      facts: { debtId: 'b' },
    });
    expect(made(5n, [one], ['a', 'z'])).toEqual({
      refusal: 'designationUnknown',
      field: '/designated/1',
      facts: { designation: 'z', article: 'C. civ. 1342-10', supply: 'Une dette ouverte de ce débiteur.' },
    });
  });
});
