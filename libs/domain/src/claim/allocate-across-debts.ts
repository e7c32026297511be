import type { Day } from '../calendar/day.js';
import { compareRational, type Rational, rational } from '../money/rational.js';
import { type Refusal, refuse } from '../refusal.js';

/** One open debt of the same debtor and currency. */
export interface OpenDebt {
  readonly debtId: string;
  /** What is open on the day of payment, in minor units. */
  readonly openMinor: bigint;
  readonly dueOn: Day;
  /** Yearly rate it bears, in percent; absent when it bears none. */
  readonly ratePercent?: Rational;
  /** A surety or another security makes it the one the debtor has most interest in clearing. */
  readonly isSecured?: boolean;
}

export interface PaymentOverDebts {
  readonly amountMinor: bigint;
  readonly paidOn: Day;
  readonly debts: readonly OpenDebt[];
  /** What the debtor quoted when paying, in his order; his structured reference counts as such. */
  readonly designated?: readonly string[];
}

export type AllocationReason = 'designated' | 'dueFirst' | 'mostInterest' | 'oldest' | 'proRata' | 'onlyOne';

export interface DebtShare {
  readonly debtId: string;
  readonly amountMinor: bigint;
  /** The criterion of C. civ. 1342-10 that put this debt where it is. */
  readonly reason: AllocationReason;
}

export interface AllocationAcrossDebts {
  readonly shares: readonly DebtShare[];
  /** Beyond every debt: the debtor's credit. */
  readonly surplusMinor: bigint;
}

/**
 * Spreads one payment over several debts (C. civ. 1342-10): what the debtor designated, then debts already due, among these the one he has
 * most interest in clearing (secured, then the highest rate), then the oldest, and between equals in proportion, to the cent. The order
 * in which debts are given changes nothing.
 * Refused: `claimAmountInvalid`, `designationUnknown` (a debt that is not among those given).
 * Example: invoice 1 due in January and invoice 2 due in March, a transfer that quotes invoice 2 → invoice 2.
 */
export function allocateAcrossDebts(payment: PaymentOverDebts): AllocationAcrossDebts | Refusal {
  const refused = check(payment);
  if (refused) return refused;
  const chosen = (payment.designated ?? []).flatMap((id) => payment.debts.filter((debt) => debt.debtId === id));
  const others = payment.debts.filter((debt) => !chosen.includes(debt)).sort((a, b) => byRank(a, b, payment.paidOn) || byId(a, b));
  const shares: DebtShare[] = [];
  let leftMinor = payment.amountMinor;
  const take = (debtId: string, amountMinor: bigint, reason: AllocationReason) => {
    if (amountMinor > 0n) shares.push({ debtId, amountMinor, reason });
    leftMinor -= amountMinor;
  };
  for (const debt of chosen) take(debt.debtId, smaller(leftMinor, debt.openMinor), 'designated');
  for (let i = 0; i < others.length; ) {
    const equals = others.slice(i).filter((debt, _, [first]) => first !== undefined && byRank(first, debt, payment.paidOn) === 0);
    const reason = equals.length > 1 ? 'proRata' : reasonOf(others, i, payment.paidOn);
    for (const [debt, amountMinor] of inProportion(leftMinor, equals)) take(debt.debtId, amountMinor, reason);
    i += equals.length;
  }
  return { shares, surplusMinor: leftMinor };
}

function check({ amountMinor, debts, designated }: PaymentOverDebts): Refusal | undefined {
  if (amountMinor <= 0n) return refuse('claimAmountInvalid', { field: '/amountMinor', facts: { amountMinor: amountMinor.toString() } });
  const bad = debts.findIndex((debt, index) => debt.openMinor < 0n || debts.findIndex((other) => other.debtId === debt.debtId) !== index);
  if (bad !== -1) return refuse('claimAmountInvalid', { field: `/debts/${bad}`, facts: { debtId: debts[bad]?.debtId ?? '' } });
  const unknown = (designated ?? []).findIndex((id) => !debts.some((debt) => debt.debtId === id));
  if (unknown === -1) return undefined;
  const facts = { designation: designated?.[unknown] ?? '', article: 'C. civ. 1342-10', supply: 'Une dette ouverte de ce débiteur.' };
  return refuse('designationUnknown', { field: `/designated/${unknown}`, facts });
}

/** Below zero: `a` is cleared before `b`; zero: the law treats them alike. */
function byRank(a: OpenDebt, b: OpenDebt, paidOn: Day): number {
  const due = Number(b.dueOn <= paidOn) - Number(a.dueOn <= paidOn);
  if (due !== 0) return due;
  return byInterest(a, b) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0);
}

function byInterest(a: OpenDebt, b: OpenDebt): number {
  const secured = Number(b.isSecured === true) - Number(a.isSecured === true);
  return secured || compareRational(b.ratePercent ?? rational(0n), a.ratePercent ?? rational(0n));
}

/** What tells a debt from its neighbour in the order: the one after it, or for the last one the one before. */
function reasonOf(debts: readonly OpenDebt[], index: number, paidOn: Day): AllocationReason {
  const debt = debts[index];
  const neighbour = debts[index + 1] ?? debts[index - 1];
  if (debt === undefined || neighbour === undefined) return 'onlyOne';
  if (debt.dueOn <= paidOn !== neighbour.dueOn <= paidOn) return 'dueFirst';
  return byInterest(debt, neighbour) === 0 ? 'oldest' : 'mostInterest';
}

/** Shares in proportion to what is open; cents left by rounding down go to the largest remainders, then by identifier. */
function inProportion(amountMinor: bigint, debts: readonly OpenDebt[]): [OpenDebt, bigint][] {
  const openMinor = debts.reduce((total, debt) => total + debt.openMinor, 0n);
  if (openMinor <= amountMinor) return debts.map((debt) => [debt, debt.openMinor]);
  const shares = debts.map((debt) => ({
    debt,
    share: (amountMinor * debt.openMinor) / openMinor,
    rest: (amountMinor * debt.openMinor) % openMinor,
  }));
  let centsLeft = amountMinor - shares.reduce((total, { share }) => total + share, 0n);
  const inOrder = [...shares].sort((a, b) => (a.rest > b.rest ? -1 : a.rest < b.rest ? 1 : byId(a.debt, b.debt)));
  for (const entry of inOrder) {
    if (centsLeft === 0n) break;
    entry.share += 1n;
    centsLeft -= 1n;
  }
  return shares.map(({ debt, share }) => [debt, share]);
}

function byId(a: OpenDebt, b: OpenDebt): number {
  return a.debtId < b.debtId ? -1 : a.debtId > b.debtId ? 1 : 0;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
