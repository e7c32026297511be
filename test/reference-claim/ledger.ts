// A ledger kept by hand, one day after the other. Slow on purpose: no formula over a period, only days added up.
import { daysOfYear, written } from './civil-day.js';
import { add, type Fraction, nearest, shown } from './fraction.js';
import { type LawOfCase, lawOfCase } from './law-of-case.js';
import type { ReferenceAnswer, ReferenceCase, ReferenceLine, ReferenceMovement, ReferenceRefusal } from './reference-case.js';

interface OpenLine {
  readonly first: number;
  last: number;
  readonly period: string;
  readonly rate: Fraction;
  readonly base: bigint;
  sum: Fraction;
}

interface Book {
  readonly c: ReferenceCase;
  readonly law: LawOfCase;
  principal: bigint;
  interestAccrued: bigint;
  interestOpen: bigint;
  lumpSum: bigint;
  lumpSumOpen: bigint;
  surplus: bigint;
  line: OpenLine | undefined;
  /** Lines of the days on which nothing may be claimed yet. */
  held: Omit<ReferenceLine, 'running'>[];
  isHeldRateUnknown: boolean;
  readonly lines: ReferenceLine[];
  readonly payments: ReferenceAnswer['payments'][number][];
}

/** Stops the ledger: without this rate there is no total, not even a part of one. */
class NoAnswer extends Error {
  constructor(readonly refusal: string) {
    super(refusal);
  }
}

/** Interest of one day: principal × rate / 100 / 365, or 366 where the year has as many days and the parties count so. */
function ofOneDay(c: ReferenceCase, principal: bigint, rate: Fraction, day: number): Fraction {
  const year = c.dayCount === 'ACT/366' ? daysOfYear(day) : 365;
  return { n: principal * rate.n, d: rate.d * 100n * BigInt(year) };
}

function enter(book: Book, line: Omit<ReferenceLine, 'running'>): void {
  book.interestAccrued += line.interest;
  book.interestOpen += line.interest;
  book.lines.push({ ...line, running: book.interestAccrued });
}

function closeLine(book: Book, day: number): void {
  const open = book.line;
  if (!open) return;
  book.line = undefined;
  const days = open.last - open.first + 1;
  const made = { firstDay: written(open.first), lastDay: written(open.last), days, base: open.base, rate: shown(open.rate) };
  const line = { ...made, interest: nearest(open.sum) };
  if (book.law.heldUntil !== undefined && day < book.law.heldUntil) book.held.push(line);
  else enter(book, line);
}

function accrue(book: Book, day: number): void {
  const accrual = book.law.accrual;
  const isHeldStill = book.c.on < (book.law.heldUntil ?? 0);
  if (!accrual || isHeldStill || book.principal === 0n || day < accrual.first || day > accrual.last) return closeLine(book, day);
  const rate = accrual.rate(day);
  if (rate === 'none') return closeLine(book, day);
  if (!rate && day < (book.law.heldUntil ?? 0)) {
    book.isHeldRateUnknown = true;
    return closeLine(book, day);
  }
  if (!rate) throw new NoAnswer('rateUnknown');
  if (rate === 'unfair') throw new NoAnswer('clauseUnfair');
  const period = accrual.period(day);
  const line = book.line;
  if (line && (line.period !== period || line.base !== book.principal || shown(line.rate) !== shown(rate))) closeLine(book, day);
  const share = ofOneDay(book.c, book.principal, rate, day);
  if (book.line) {
    book.line.last = day;
    book.line.sum = add(book.line.sum, share);
  } else {
    book.line = { first: day, last: day, period, rate, base: book.principal, sum: share };
  }
}

function openTheDay(book: Book, day: number): void {
  const { lumpSum, heldUntil } = book.law;
  if (day === heldUntil) {
    if (book.principal > 0n && book.isHeldRateUnknown) throw new NoAnswer('rateUnknown');
    if (book.principal > 0n) for (const line of book.held) enter(book, line);
    book.held = [];
  }
  if (day === lumpSum?.arises && book.principal > 0n) {
    book.lumpSum = lumpSum.amount(book.principal);
    book.lumpSumOpen = book.lumpSum;
  }
}

type Pocket = 'interestOpen' | 'principal' | 'lumpSumOpen';

function orderOf(c: ReferenceCase, payment: ReferenceMovement): readonly Pocket[] {
  const order: readonly Pocket[] =
    c.principalFirst || payment.designation === 'principal'
      ? ['principal', 'interestOpen', 'lumpSumOpen']
      : ['interestOpen', 'principal', 'lumpSumOpen'];
  return payment.designation === 'lumpSum' ? ['lumpSumOpen', ...order.filter((pocket) => pocket !== 'lumpSumOpen')] : order;
}

function take(book: Book, payment: ReferenceMovement): void {
  const given = { interestOpen: 0n, principal: 0n, lumpSumOpen: 0n };
  let left = payment.amount;
  for (const pocket of orderOf(book.c, payment)) {
    const part = left < book[pocket] ? left : book[pocket];
    given[pocket] = part;
    book[pocket] -= part;
    left -= part;
  }
  book.surplus += left;
  book.payments.push({
    on: written(payment.on),
    interest: given.interestOpen,
    principal: given.principal,
    lumpSum: given.lumpSumOpen,
  });
}

/** Interest of the next day for which any may be claimed. */
function tomorrow(book: Book): bigint | 'unknown' {
  const { accrual, heldUntil = 0 } = book.law;
  if (!accrual || book.principal === 0n) return 0n;
  const day = Math.max(book.c.on + 1, accrual.first, heldUntil);
  if (day > accrual.last) return 0n;
  const rate = accrual.rate(day);
  return rate && typeof rate !== 'string' ? nearest(ofOneDay(book.c, book.principal, rate, day)) : 'unknown';
}

function sum(movements: readonly ReferenceMovement[], kind: ReferenceMovement['kind']): bigint {
  return movements.filter((movement) => movement.kind === kind).reduce((total, movement) => total + movement.amount, 0n);
}

const atLeastNothing = (amount: bigint) => (amount > 0n ? amount : 0n);

function keep(c: ReferenceCase): ReferenceAnswer {
  const known = c.movements.filter((movement) => movement.on <= c.on);
  const payments = known.filter((movement) => movement.kind === 'payment');
  // A credit note lowers the claim from its start, whenever it was written; what it lowers below nothing is the debtor's.
  const start = c.face - sum(known, 'creditNote');
  const zero = {
    interestAccrued: 0n,
    interestOpen: 0n,
    lumpSum: 0n,
    lumpSumOpen: 0n,
    line: undefined,
    held: [],
    isHeldRateUnknown: false,
    lines: [],
    payments: [],
  };
  const book: Book = { ...zero, c, law: lawOfCase(c), principal: atLeastNothing(start), surplus: atLeastNothing(-start) };
  for (let day = Math.min(c.due, c.on, ...payments.map((payment) => payment.on)); day <= c.on; day += 1) {
    openTheDay(book, day);
    accrue(book, day);
    const today = payments.filter((payment) => payment.on === day);
    // The day of a payment still bears interest on what was owed before it.
    if (today.length > 0) closeLine(book, day);
    for (const payment of today) take(book, payment);
  }
  closeLine(book, c.on);
  return {
    ...book,
    booksPrincipal: atLeastNothing(start - sum(known, 'payment')),
    total: book.principal + book.interestOpen + book.lumpSumOpen,
    dailyInterest: tomorrow(book),
  };
}

/** The answer for a claim without any fault of form; a day without a rate refuses the whole of it. */
export function keepLedger(c: ReferenceCase): ReferenceAnswer | ReferenceRefusal {
  try {
    return keep(c);
  } catch (error) {
    if (error instanceof NoAnswer) return { refusal: error.refusal };
    throw error;
  }
}
