import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '../calendar/day.js';
import { decimal, rational } from '../money/rational.js';
import { isRefusal } from '../refusal.js';
import { allocateAcrossDebts, type OpenDebt, type PaymentOverDebts } from './allocate-across-debts.js';

const debt = (debtId: string, openMinor: bigint, dueOn: string, more: Partial<OpenDebt> = {}): OpenDebt => ({
  debtId,
  openMinor,
  dueOn: day(dueOn),
  ...more,
});

function shares(payment: Partial<PaymentOverDebts>): string[] {
  const made = allocateAcrossDebts({ amountMinor: 100n, paidOn: day('2026-04-01'), debts: [], ...payment });
  if (isRefusal(made)) throw new Error(JSON.stringify(made));
  return [...made.shares.map((share) => `${share.debtId} ${share.amountMinor} ${share.reason}`), `surplus ${made.surplusMinor}`];
}

describe('one payment over several debts', () => {
  const first = debt('invoice 1', 100n, '2026-01-31');
  const second = debt('invoice 2', 100n, '2026-03-31');

  it('A15, T6: a transfer that quotes invoice 2 pays invoice 2 although invoice 1 is older', () => {
    expect(shares({ debts: [first, second], designated: ['invoice 2'] })).toEqual(['invoice 2 100 designated', 'surplus 0']);
  });

  it('A15: without a quote and with equal interest the older one is paid', () => {
    expect(shares({ debts: [second, first] })).toEqual(['invoice 1 100 oldest', 'surplus 0']);
  });

  it('A15: the same due date too: in proportion, to the cent', () => {
    const debts = [debt('a', 100n, '2026-01-31'), debt('b', 100n, '2026-01-31'), debt('c', 100n, '2026-01-31')];
    expect(shares({ debts })).toEqual(['a 34 proRata', 'b 33 proRata', 'c 33 proRata', 'surplus 0']);
    expect(shares({ debts: [debt('a', 1n, '2026-01-31'), debt('b', 998n, '2026-01-31')], amountMinor: 500n })).toEqual([
      'a 1 proRata',
      'b 499 proRata',
      'surplus 0',
    ]);
  });

  it('what is due comes before what is not, whatever its rate', () => {
    const future = debt('future', 100n, '2026-04-02', { ratePercent: decimal('15'), isSecured: true });
    expect(shares({ debts: [future, second] })).toEqual(['invoice 2 100 dueFirst', 'surplus 0']);
    expect(shares({ debts: [{ ...future, dueOn: day('2026-04-01') }, second] })).toEqual(['future 100 mostInterest', 'surplus 0']);
  });

  it('among due ones the secured, then the one with the highest rate, comes before an older one', () => {
    const dear = debt('dear', 100n, '2026-03-31', { ratePercent: decimal('15') });
    const cheap = debt('cheap', 100n, '2026-01-31', { ratePercent: decimal('12.15') });
    const secured = debt('secured', 100n, '2026-03-31', { isSecured: true });
    expect(shares({ debts: [cheap, dear] })).toEqual(['dear 100 mostInterest', 'surplus 0']);
    expect(shares({ debts: [cheap, dear, secured] })).toEqual(['secured 100 mostInterest', 'surplus 0']);
    expect(shares({ debts: [cheap, { ...dear, ratePercent: rational(243n, 20n) }] })).toEqual(['cheap 100 oldest', 'surplus 0']);
  });

  it('what is left over after a designated debt follows the legal order, and what is left over after all is a credit', () => {
    expect(shares({ debts: [first, second], designated: ['invoice 2'], amountMinor: 250n })).toEqual([
      'invoice 2 100 designated',
      'invoice 1 100 onlyOne',
      'surplus 50',
    ]);
  });

  it('a quote of a debt that is not there, and an amount that cannot be, are refused', () => {
    const payment = { amountMinor: 100n, paidOn: day('2026-04-01'), debts: [first] };
    expect(allocateAcrossDebts({ ...payment, designated: ['invoice 9'] })).toMatchObject({
      refusal: 'designationUnknown',
      field: '/designated/0',
      facts: { designation: 'invoice 9', article: 'C. civ. 1342-10' },
    });
    expect(allocateAcrossDebts({ ...payment, amountMinor: 0n })).toMatchObject({ refusal: 'claimAmountInvalid', field: '/amountMinor' });
    expect(allocateAcrossDebts({ ...payment, debts: [first, first] })).toMatchObject({ refusal: 'claimAmountInvalid', field: '/debts/1' });
    expect(allocateAcrossDebts({ ...payment, debts: [{ ...first, openMinor: -1n }] })).toMatchObject({ refusal: 'claimAmountInvalid' });
  });

  const anyDebts = fc
    .array(
      fc.record({
        openMinor: fc.bigInt({ min: 0n, max: 10_000n }),
        after: fc.integer({ min: -3, max: 3 }),
        rate: fc.constantFrom('10.5', '12.15', '15'),
      }),
      { minLength: 1, maxLength: 7 },
    )
    .map((drawn) =>
      drawn.map(({ openMinor, after, rate }, index) => ({
        debtId: `debt ${index}`,
        openMinor,
        dueOn: addDays(day('2026-04-01'), after),
        ratePercent: decimal(rate),
      })),
    );

  it('shares and surplus add up to the payment, no debt gets more than is open, and the order given changes nothing', () => {
    fc.assert(
      fc.property(anyDebts, fc.bigInt({ min: 1n, max: 40_000n }), fc.boolean(), (debts, amountMinor, quotes) => {
        const payment = { amountMinor, paidOn: day('2026-04-01'), debts, ...(quotes ? { designated: ['debt 0'] } : {}) };
        const made = allocateAcrossDebts(payment);
        if (isRefusal(made)) throw new Error(JSON.stringify(made));
        expect(made.shares.reduce((total, share) => total + share.amountMinor, made.surplusMinor)).toBe(amountMinor);
        for (const share of made.shares) {
          const open = debts.find((one) => one.debtId === share.debtId)?.openMinor ?? -1n;
          expect(share.amountMinor > 0n && share.amountMinor <= open).toBe(true);
        }
        expect(allocateAcrossDebts({ ...payment, debts: [...debts].reverse() })).toEqual(made);
      }),
    );
  });
});
