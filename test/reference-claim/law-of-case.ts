// What the law says about one drawn claim, written from the articles and not from the product.
import { civil, halfYear } from './civil-day.js';
import { add, type Fraction, fraction, isLess, multiply, nearest, read, upToHalf } from './fraction.js';
import { belgianLegal, centralBank, frenchLegal, frenchLegalPersons } from './rate-table.js';
import type { ReferenceCase, ReferenceClause, ReferenceIndemnity } from './reference-case.js';

/** Percent a year; `unfair` when the clause must not be claimed, `none` when the day bears nothing, undefined when nobody knows. */
type Rate = Fraction | 'none' | 'unfair' | undefined;

export interface Accrual {
  /** First and last day that bear interest. */
  readonly first: number;
  readonly last: number;
  readonly rate: (day: number) => Rate;
  /** A line of the statement ends where this changes. */
  readonly period: (day: number) => string;
}

export interface LumpSumRule {
  readonly arises: number;
  readonly amount: (remaining: bigint) => bigint;
}

export interface LawOfCase {
  readonly accrual?: Accrual;
  readonly lumpSum?: LumpSumRule;
  /** Until this day nothing may be claimed; interest of earlier days falls due on it only when something is still unpaid. */
  readonly heldUntil?: number;
}

const FORTY_EUROS = 4000n;
const NEVER_ENDS = Number.MAX_SAFE_INTEGER;

const plusPoints = (rate: Fraction | undefined, points: bigint) => rate && add(rate, fraction(points));
const threeTimes = (rate: Fraction | undefined) => rate && multiply(rate, fraction(3n));
/** Loi du 2 août 2002, art. 5: eight points more, up to the next half. */
const belgianBusiness = (day: number) => {
  const rate = plusPoints(centralBank(day), 8n);
  return rate && upToHalf(rate);
};

function ofClause(clause: ReferenceClause, legal: Fraction | undefined): Fraction | undefined {
  if (clause.kind === 'rate') return read(clause.percent);
  return legal && multiply(legal, read(clause.multiple));
}

/** C. com. L441-10 II: a clause, never below three times the legal rate; a silent contract has ten points more than the central bank. */
function frenchBusinessRate(c: ReferenceCase, day: number): Fraction | undefined {
  if (!c.interestClause) return plusPoints(centralBank(day), 10n);
  const floor = threeTimes(frenchLegal(day));
  const agreed = ofClause(c.interestClause, frenchLegal(day));
  if (!floor || !agreed) return undefined;
  return isLess(agreed, floor) ? floor : agreed;
}

/** CDE XIX.4: above the rate of the law of 2002 the clause is void and the ordinary legal rate remains. */
function belgianConsumerRate(c: ReferenceCase, day: number, withoutClause: Rate): Rate {
  if (!c.interestClause) return withoutClause;
  const agreed = ofClause(c.interestClause, belgianLegal(day));
  const most = belgianBusiness(day);
  if (!agreed || !most) return undefined;
  return isLess(most, agreed) ? withoutClause : agreed;
}

/** CDE XIX.4 on what remains due. */
function scale(remaining: bigint): Fraction {
  if (remaining <= 15_000n) return fraction(2000n);
  if (remaining <= 50_000n) return add(fraction(3000n), fraction(remaining - 15_000n, 10n));
  const sum = add(fraction(6500n), fraction(remaining - 50_000n, 20n));
  return isLess(fraction(200_000n), sum) ? fraction(200_000n) : sum;
}

function indemnity(clause: ReferenceIndemnity, remaining: bigint): bigint {
  const most = scale(remaining);
  if (clause.kind === 'legalScale') return nearest(most);
  if (clause.kind === 'fixed') return isLess(most, fraction(clause.amount)) ? 0n : clause.amount;
  const share = multiply(multiply(read(clause.percent), fraction(1n, 100n)), fraction(remaining));
  const least = fraction(clause.minimum ?? 0n);
  const asked = isLess(share, least) ? least : share;
  return isLess(most, asked) ? 0n : nearest(asked);
}

const lastDay = (c: ReferenceCase) => (c.judgment !== undefined && c.judgment <= c.on ? c.judgment - 1 : NEVER_ENDS);

const yearly = (day: number) => String(civil(day).year);
/** A public buyer's rate, frozen for the whole delay, makes one line ("92 days × 10,15 %"), but days of leap years counted as such are in lines of their own. */
const oneLine = (c: ReferenceCase) => (day: number) => (c.dayCount === 'ACT/366' ? yearly(day) : 'whole');

/** Forty euros the day after the due date, unless the insolvency opened before the debtor was late. */
function fortyEuros(c: ReferenceCase): LumpSumRule | undefined {
  const arises = c.due + 1;
  return arises <= lastDay(c) ? { arises, amount: () => FORTY_EUROS } : undefined;
}

function fromDueDate(c: ReferenceCase, rate: Accrual['rate'], period: Accrual['period'] = halfYear): LawOfCase {
  const lumpSum = fortyEuros(c);
  return { accrual: { first: c.due + 1, last: lastDay(c), rate, period }, ...(lumpSum && { lumpSum }) };
}

/** C. civ. 1231-6 and 1344-1: from the day after the notice, at the rate of the creditor's own quality. */
function fromNotice(c: ReferenceCase, rate: Accrual['rate'], period: Accrual['period'] = halfYear): LawOfCase {
  // A notice of a debt that is not due yet demands nothing.
  if (c.notice === undefined || c.notice > c.on || c.notice <= c.due) return {};
  return { accrual: { first: c.notice + 1, last: lastDay(c), rate, period } };
}

/** Code de la consommation R212-2 3°: above the rate a business owes, a clause against anybody else is presumed out of proportion. */
function fairClause(clause: ReferenceClause, day: number, legal: Fraction | undefined): Rate {
  const agreed = ofClause(clause, legal);
  const most = plusPoints(centralBank(day), 10n);
  if (!agreed || !most) return undefined;
  return isLess(most, agreed) ? 'unfair' : agreed;
}

function frenchConsumer(c: ReferenceCase): LawOfCase {
  const legal = c.naturalPerson ? frenchLegalPersons : frenchLegal;
  return fromNotice(c, (day) => (c.interestClause ? fairClause(c.interestClause, day, legal(day)) : legal(day)));
}

/** CCP R2192-32: the rate of the half-year in which interest began, for the whole delay. */
function frenchPublicBody(c: ReferenceCase): LawOfCase {
  return fromDueDate(c, () => plusPoints(centralBank(c.due + 1), 8n), oneLine(c));
}

/** CDE XIX.2 and XIX.4. */
function belgianConsumer(c: ReferenceCase): LawOfCase {
  const reminder = c.reminder;
  if (!reminder?.complete || reminder.sent > c.on) return {};
  const heldUntil = Math.max(reminder.claimFrom, c.due + 1);
  const first = c.smallEnterprise ? reminder.sent + 1 : heldUntil;
  // An insolvency that opens while the consumer may still pay without cost leaves the principal alone.
  if (heldUntil > lastDay(c)) return {};
  const clause = c.indemnityClause;
  const lumpSum = clause ? { arises: heldUntil, amount: (rest: bigint) => indemnity(clause, rest) } : undefined;
  // Only a valid clause lets a small enterprise count from the day after the reminder; the legal rate waits for the end of the free days.
  const rate = (day: number) => belgianConsumerRate(c, day, day < heldUntil ? 'none' : belgianLegal(day));
  const accrual = { first, last: lastDay(c), rate, period: halfYear };
  return { accrual, heldUntil, ...(lumpSum && { lumpSum }) };
}

function applicable(c: ReferenceCase): LawOfCase {
  if (c.law === 'FR') {
    if (c.kind === 'business') return fromDueDate(c, (day) => frenchBusinessRate(c, day));
    return c.kind === 'publicBody' ? frenchPublicBody(c) : frenchConsumer(c);
  }
  if (c.kind === 'consumer') return belgianConsumer(c);
  const clause = c.interestClause;
  return clause ? fromDueDate(c, (day) => ofClause(clause, belgianLegal(day))) : fromDueDate(c, belgianBusiness);
}

/** What the law gives for this claim, less what the creditor gave up; a waiver towards a French public buyer is void (CCP L2192-14). */
export function lawOfCase(c: ReferenceCase): LawOfCase {
  const whole = applicable(c);
  if (c.law === 'FR' && c.kind === 'publicBody') return whole;
  return {
    ...(whole.accrual && !c.waivesInterest && { accrual: whole.accrual }),
    ...(whole.lumpSum && !c.waivesLumpSum && { lumpSum: whole.lumpSum }),
    ...(whole.heldUntil !== undefined && { heldUntil: whole.heldUntil }),
  };
}
