import { addDays, type Day, earlierDay, laterDay } from '../calendar/day.js';
import { isRefusal, type Refusal } from '../refusal.js';
import { type ClaimCourse, courseOf, lastInterestDay, nextInterestDay, withoutStart } from './claim-course.js';
import { type ClaimInput, type ClaimMovement, knownMovements } from './claim-input.js';
import type { ClaimNote } from './claim-note.js';
import type { LumpSumAnswer, RateOfPeriod } from './claim-rules.js';
import { designatedOrder, type Imputation, type ImputationRule, imputationRule, impute } from './imputation.js';
import { daysOfYear, InterestLines, interestOf, rateUnknown } from './interest-lines.js';
import { ledgerEntries } from './ledger-entries.js';
import { openPrincipal } from './principal-only.js';
import type { DayCount, LegalSource, LumpSum, StatementOfClaim } from './statement.js';

/** A rate whose end lies further than this has no end that could be printed. */
const NO_ANNOUNCED_END = '2199-12-31' as Day;

/** Draws one statement; facts are already checked. */
export class ClaimLedger {
  private readonly dayCount: DayCount;
  private readonly interest: InterestLines;
  private readonly known: readonly ClaimMovement[];
  private readonly payments: readonly ClaimMovement[];
  private course: ClaimCourse;
  private readonly rule: ImputationRule;
  private readonly imputations = new Map<ClaimMovement, Imputation>();
  private readonly notes: ClaimNote[] = [];
  private principalMinor: bigint;
  private interestOpenMinor = 0n;
  private compensationOpenMinor = 0n;
  private surplusMinor: bigint;

  constructor(private readonly input: ClaimInput) {
    this.dayCount = input.dayCount ?? 'ACT/365F';
    this.interest = new InterestLines(
      input.law,
      (on) => this.rateOn(on),
      this.dayCount,
      (on, rate) => this.restsUntil(on, rate),
    );
    this.known = knownMovements(input);
    this.payments = this.known.filter((m) => m.kind === 'payment');
    this.course = courseOf(input);
    this.rule = imputationRule(input.law, input.imputation ?? 'interestFirst');
    const credited = this.known.filter((m) => m.kind === 'creditNote').reduce((total, m) => total + m.amountMinor, 0n);
    // A credit note corrects the invoice: it lowers the base from the first late day, whenever it was written.
    this.principalMinor = credited < input.faceMinor ? input.faceMinor - credited : 0n;
    this.surplusMinor = credited > input.faceMinor ? credited - input.faceMinor : 0n;
  }

  draw(): StatementOfClaim | Refusal {
    const remainingMinor = this.remainingWhenClaimable();
    const answer = this.lumpSum(remainingMinor);
    if (isRefusal(answer)) return answer;
    const due = answer && 'due' in answer ? answer : undefined;
    if (answer && 'note' in answer) this.notes.push(answer.note);
    this.compensationOpenMinor = due?.due.amountMinor ?? 0n;
    const refused = this.settle(remainingMinor);
    if (refused) return refused;
    if (remainingMinor === 0n) this.nothingRemained();
    return this.statement(due);
  }

  /** Nothing bore interest: no sentence says from when it runs, and a Belgian consumer who paid in time is told so. */
  private nothingRemained(): void {
    this.course = { ...this.course, notes: withoutStart(this.course.notes) };
    const { freeUntil } = this.course;
    if (freeUntil === undefined || this.payments.length === 0) return;
    const { interestFrom: _, ...rest } = this.course;
    this.course = rest;
    this.notes.push({ code: 'paidWithinFreeReminder', article: 'CDE XIX.2', facts: { freeUntil } });
  }

  /** The principal left when the first claimable day begins; a payment counts on the day it is credited. */
  private remainingWhenClaimable(): bigint {
    const from = this.course.claimableFrom ?? addDays(this.input.dueOn, 1);
    const early = this.payments.filter((m) => m.on < from).reduce((total, m) => total + m.amountMinor, 0n);
    return early < this.principalMinor ? this.principalMinor - early : 0n;
  }

  private lumpSum(remainingMinor: bigint): LumpSumAnswer | Refusal | undefined {
    const { input, course } = this;
    const isLate = input.on > input.dueOn && remainingMinor > 0n;
    if (!isLate || !course.isLumpSumOpen) return undefined;
    const claimedOn = course.claimableFrom ?? input.on;
    const answer = input.rules.lumpSum({
      dueOn: input.dueOn,
      claimedOn,
      remainingMinor,
      ...(input.conduct?.firstReminder ? { remindedOn: input.conduct.firstReminder.sentOn } : {}),
      ...(input.contract ? { contract: input.contract } : {}),
      ...(input.creditor ? { creditor: input.creditor } : {}),
    });
    const isClaimable = course.claimableFrom !== undefined && course.claimableFrom <= input.on;
    return isClaimable || isRefusal(answer) || 'note' in answer ? answer : undefined;
  }

  /** Draws interest up to each payment, then imputes it; then up to the last day. */
  private settle(remainingMinor: bigint): Refusal | undefined {
    const { interestFrom, claimableFrom } = this.course;
    const bears = interestFrom !== undefined && claimableFrom !== undefined && claimableFrom <= this.input.on && remainingMinor > 0n;
    let cursor = bears ? interestFrom : undefined;
    for (const payment of this.payments) {
      const refused = cursor === undefined ? undefined : this.accrue(cursor, payment.on);
      if (refused) return refused;
      this.take(payment, claimableFrom === undefined || payment.on < claimableFrom);
      if (cursor !== undefined) cursor = laterDay(cursor, addDays(payment.on, 1));
    }
    return cursor === undefined ? undefined : this.accrue(cursor, this.input.on);
  }

  private accrue(from: Day, to: Day): Refusal | undefined {
    const before = this.interest.totalMinor;
    const refused = this.interest.accrue(this.principalMinor, from, lastInterestDay(this.course, to));
    this.interestOpenMinor += this.interest.totalMinor - before;
    return refused;
  }

  /** `early`: nothing but the principal could be claimed yet, so nothing else takes a share. */
  private take(payment: ClaimMovement, early: boolean): void {
    const open = {
      principalMinor: this.principalMinor,
      interestMinor: early ? 0n : this.interestOpenMinor,
      compensationMinor: early ? 0n : this.compensationOpenMinor,
    };
    const spread = impute(payment.amountMinor, open, designatedOrder(this.rule, payment.designation));
    this.principalMinor -= spread.principalMinor;
    this.interestOpenMinor -= spread.interestMinor;
    this.compensationOpenMinor -= spread.compensationMinor;
    this.surplusMinor += spread.surplusMinor;
    this.imputations.set(payment, spread);
  }

  private statement(due: { readonly due: LumpSum; readonly source: LegalSource } | undefined): StatementOfClaim {
    const { input, interest, course } = this;
    return {
      on: input.on,
      law: input.law,
      kind: input.kind,
      regime: input.rules.regime,
      currency: input.currency,
      dueOn: input.dueOn,
      faceMinor: input.faceMinor,
      openPrincipalMinor: openPrincipal(input).openPrincipalMinor,
      imputedPrincipalMinor: this.principalMinor,
      interestAccruedMinor: interest.totalMinor,
      interestOpenMinor: this.interestOpenMinor,
      compensationMinor: due?.due.amountMinor ?? 0n,
      compensationOpenMinor: this.compensationOpenMinor,
      ...(due ? { lumpSum: due.due } : {}),
      claimTotalMinor: this.principalMinor + this.interestOpenMinor + this.compensationOpenMinor,
      lines: interest.lines,
      entries: ledgerEntries({
        input,
        known: this.known,
        imputations: this.imputations,
        lines: interest.lines,
        claimableFrom: course.claimableFrom ?? addDays(input.dueOn, 1),
        ...(due ? { lumpSum: due.due } : {}),
      }),
      ...this.daily(),
      ...(course.interestFrom === undefined ? {} : { interestFrom: course.interestFrom }),
      ...(course.interestUntil === undefined ? {} : { interestUntil: course.interestUntil }),
      ...(course.freeUntil === undefined ? {} : { freeUntil: course.freeUntil }),
      surplusMinor: this.surplusMinor,
      dayCount: this.dayCount,
      notes: distinctNotes([...course.notes, ...this.notes, ...interest.notes, ...this.agreementNote()]),
      imputationRule: this.rule.ref,
      sources: distinctSources([...interest.sources, ...(due ? [due.source] : [])]),
    };
  }

  /** Interest of the day after the statement; a day without a known rate says so instead of keeping the last one. */
  private daily(): Pick<StatementOfClaim, 'dailyInterestMinor' | 'dailyFrom' | 'dailyUntil' | 'dailyRefusal'> {
    const { course, input } = this;
    const dailyFrom = nextInterestDay(course, input);
    const isOver = course.interestUntil !== undefined && dailyFrom > course.interestUntil;
    if (this.principalMinor === 0n || course.interestFrom === undefined || isOver) return { dailyInterestMinor: 0n, dailyFrom };
    const rate = this.rateOn(dailyFrom);
    if (isRefusal(rate)) return { dailyInterestMinor: 0n, dailyFrom, dailyRefusal: rateUnknown(input.law, dailyFrom, rate) };
    const dailyInterestMinor = interestOf(this.principalMinor, rate, 1, daysOfYear(dailyFrom, this.dayCount));
    return { dailyInterestMinor, dailyFrom, ...(rate.until >= NO_ANNOUNCED_END ? {} : { dailyUntil: rate.until }) };
  }

  private rateOn(on: Day): RateOfPeriod | Refusal {
    return this.input.rules.rateFor(on, this.course.interestFrom ?? on, this.input);
  }

  /** Before the first claimable day only agreed interest runs: a void clause leaves the legal rate, which waits for that day. */
  private restsUntil(on: Day, rate: RateOfPeriod): Day | undefined {
    const { claimableFrom } = this.course;
    if (claimableFrom === undefined || on >= claimableFrom || rate.formula?.kind !== 'legalRate') return undefined;
    return earlierDay(rate.until, addDays(claimableFrom, -1));
  }

  private agreementNote(): ClaimNote[] {
    const byPayment = this.payments.some((payment) => payment.designation === 'principal');
    if (this.input.imputation !== 'principalFirst' && !byPayment) return [];
    return [{ code: 'principalFirstByAgreement', article: this.rule.article }];
  }
}

function distinctSources(sources: readonly LegalSource[]): LegalSource[] {
  return [...new Map([...new Set(sources)].map((source) => [`${source.article}|${source.title}`, source])).values()];
}

function distinctNotes(notes: readonly ClaimNote[]): ClaimNote[] {
  return [...new Map(notes.map((note) => [`${note.code}|${JSON.stringify(note.facts ?? {})}`, note])).values()];
}
