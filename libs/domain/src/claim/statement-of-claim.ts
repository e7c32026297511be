import { addDays, type Day, laterDay } from '../calendar/day.js';
import { isRefusal, type Refusal } from '../refusal.js';
import { type ClaimInput, type ClaimMovement, checkInterest, checkPrincipal, knownMovements } from './claim-input.js';
import { type Imputation, impute } from './imputation.js';
import { daysOfYear, InterestLines, interestOf, rateUnknown } from './interest-lines.js';
import { openPrincipal } from './principal-only.js';
import type { ClaimEntry, DatedValue, DayCount, LegalSource, StatementOfClaim } from './statement.js';

/**
 * What is claimed for one term on one day: principal, interest by half-year, fixed compensation, payments by their legal order.
 * Minor units of EUR; a line is rounded half-up once, then added. The first day counted is the day after the due date, the last one
 * the day of payment (C. com. L441-10 II, D441-5; Belgian law of 2 August 2002, art. 5 and 6).
 *
 * Refused, never partial: `rateUnknown` (a day without a known rate; use `principalOnly` for letters), `debtorKindUnknown`,
 * `debtorKindNotSupported`, `currencyNotSupportedForInterest`, `imputationAgreementMissing`, `claimAmountInvalid`,
 * `claimMovementInvalid`, `claimTooManyMovements`, `claimTooLong`, `statuteUnknown` (compensation).
 *
 * Example: 15 000.00 due 2026-03-31, on 2026-04-30 under French law: 30 days × 12.15 % = 149.79, and 40.00.
 */
export function statementOfClaim(input: ClaimInput): StatementOfClaim | Refusal {
  const refused = checkPrincipal(input) ?? checkInterest(input);
  if (refused) return refused;
  return new ClaimLedger(input).draw();
}

class ClaimLedger {
  private readonly dayCount: DayCount;
  private readonly interest: InterestLines;
  private readonly known: readonly ClaimMovement[];
  private readonly imputations = new Map<ClaimMovement, Imputation>();
  private principalMinor: bigint;
  private interestOpenMinor = 0n;
  private compensationOpenMinor = 0n;
  private surplusMinor: bigint;

  constructor(private readonly input: ClaimInput) {
    this.dayCount = input.dayCount ?? 'ACT/365F';
    this.interest = new InterestLines(input.rates, this.dayCount);
    this.known = knownMovements(input);
    const credited = this.known.filter((m) => m.kind === 'creditNote').reduce((total, m) => total + m.amountMinor, 0n);
    // A credit note corrects the invoice: it lowers the base from the first late day, whenever it was written.
    this.principalMinor = credited < input.faceMinor ? input.faceMinor - credited : 0n;
    this.surplusMinor = credited > input.faceMinor ? credited - input.faceMinor : 0n;
  }

  draw(): StatementOfClaim | Refusal {
    const { dueOn, on } = this.input;
    const payments = this.known.filter((m) => m.kind === 'payment');
    for (const payment of payments.filter((m) => m.on <= dueOn)) this.take(payment);
    const isLate = on > dueOn && this.principalMinor > 0n;
    const compensation = isLate ? this.input.rates.compensation(dueOn) : undefined;
    if (isRefusal(compensation) && compensation.refusal !== 'statuteAbolished') return compensation;
    const due = isRefusal(compensation) ? undefined : compensation;
    this.compensationOpenMinor = due?.value ?? 0n;
    let cursor = addDays(dueOn, 1);
    for (const payment of payments.filter((m) => m.on > dueOn)) {
      const refused = this.accrue(cursor, payment.on);
      if (refused) return refused;
      this.take(payment);
      cursor = laterDay(cursor, addDays(payment.on, 1));
    }
    return this.accrue(cursor, on) ?? this.statement(due);
  }

  private accrue(from: Day, to: Day): Refusal | undefined {
    const before = this.interest.totalMinor;
    const refused = this.interest.accrue(this.principalMinor, from, to);
    this.interestOpenMinor += this.interest.totalMinor - before;
    return refused;
  }

  private take(payment: ClaimMovement): void {
    const order = payment.designation === 'principal' ? 'principalFirst' : (this.input.imputation ?? 'interestFirst');
    const open = {
      principalMinor: this.principalMinor,
      interestMinor: this.interestOpenMinor,
      compensationMinor: this.compensationOpenMinor,
    };
    const spread = impute(payment.amountMinor, open, order);
    this.principalMinor -= spread.principalMinor;
    this.interestOpenMinor -= spread.interestMinor;
    this.compensationOpenMinor -= spread.compensationMinor;
    this.surplusMinor += spread.surplusMinor;
    this.imputations.set(payment, spread);
  }

  private statement(compensation: DatedValue<bigint> | undefined): StatementOfClaim {
    const { input, interest } = this;
    return {
      on: input.on,
      law: input.law,
      kind: input.kind,
      currency: input.currency,
      dueOn: input.dueOn,
      faceMinor: input.faceMinor,
      openPrincipalMinor: openPrincipal(input).openPrincipalMinor,
      imputedPrincipalMinor: this.principalMinor,
      interestAccruedMinor: interest.totalMinor,
      interestOpenMinor: this.interestOpenMinor,
      compensationMinor: compensation?.value ?? 0n,
      compensationOpenMinor: this.compensationOpenMinor,
      claimTotalMinor: this.principalMinor + this.interestOpenMinor + this.compensationOpenMinor,
      lines: interest.lines,
      entries: this.entries(compensation),
      ...this.daily(),
      surplusMinor: this.surplusMinor,
      dayCount: this.dayCount,
      sources: distinct([...interest.sources, ...(compensation ? [compensation.source] : [])]),
    };
  }

  /** Interest of the day after the statement; a day without a known rate says so instead of keeping the last one. */
  private daily(): Pick<StatementOfClaim, 'dailyInterestMinor' | 'dailyFrom' | 'dailyUntil' | 'dailyRefusal'> {
    const dailyFrom = addDays(laterDay(this.input.on, this.input.dueOn), 1);
    if (this.principalMinor === 0n) return { dailyInterestMinor: 0n, dailyFrom };
    const rate = this.input.rates.rateFor(dailyFrom);
    if (isRefusal(rate)) return { dailyInterestMinor: 0n, dailyFrom, dailyRefusal: rateUnknown(this.input.rates, dailyFrom, rate) };
    const dailyInterestMinor = interestOf(this.principalMinor, rate, 1, daysOfYear(dailyFrom, this.dayCount));
    return { dailyInterestMinor, dailyFrom, dailyUntil: rate.until };
  }

  /** Day by day; on one day what is owed comes before what was paid. Debits and credits add up to the claim less the surplus. */
  private entries(compensation: DatedValue<bigint> | undefined): ClaimEntry[] {
    const debits: ClaimEntry[] = this.interest.lines.map((line) => ({
      kind: 'interest',
      on: line.lastDay,
      amountMinor: line.interestMinor,
      article: line.source.article,
    }));
    if (compensation) {
      const article = compensation.source.article;
      debits.unshift({ kind: 'fixedCompensation', on: addDays(this.input.dueOn, 1), amountMinor: compensation.value, article });
    }
    const movements = openPrincipal(this.input).entries.map((entry, index) => {
      const movement = index === 0 ? undefined : this.known[index - 1];
      const spread = movement && this.imputations.get(movement);
      return spread ? { ...entry, imputed: withoutSurplus(spread) } : entry;
    });
    const [principal, ...credits] = movements;
    const dated = [...debits, ...credits].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    return principal ? [principal, ...dated] : dated;
  }
}

function withoutSurplus(spread: Imputation): NonNullable<ClaimEntry['imputed']> {
  return { interestMinor: spread.interestMinor, principalMinor: spread.principalMinor, compensationMinor: spread.compensationMinor };
}

function distinct(sources: readonly LegalSource[]): LegalSource[] {
  return [...new Map(sources.map((source) => [`${source.article}|${source.title}`, source])).values()];
}
