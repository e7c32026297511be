import {
  type ClaimInput,
  type ContractTerms,
  currency,
  type Day,
  type IndemnityClause,
  isRefusal,
  REGIMES,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import { claimRules, loadStatutes } from '#statutes';
import { written } from './civil-day.js';
import type { ReferenceAnswer, ReferenceCase, ReferenceIndemnity, ReferenceRefusal } from './reference-case.js';

const statutes = loadStatutes();
const RULES = new Map(REGIMES.map((regime) => [regime, claimRules(statutes, regime)]));

/** Unchecked on purpose: days out of range are among the faults. */
const on = (number: number): Day => written(number) as Day;

function indemnityOf(clause: ReferenceIndemnity): IndemnityClause {
  if (clause.kind === 'legalScale') return clause;
  if (clause.kind === 'fixed') return { kind: 'fixed', amountMinor: clause.amount };
  return { kind: 'percent', percent: clause.percent, ...(clause.minimum !== undefined && { minimumMinor: clause.minimum }) };
}

function contractOf(c: ReferenceCase): ContractTerms {
  return {
    ...(c.contractRead !== undefined && { checkedOn: on(c.contractRead) }),
    ...(c.interestClause && { interest: c.interestClause }),
    ...(c.indemnityClause && { indemnity: indemnityOf(c.indemnityClause) }),
    ...(c.procurement && { procurement: c.procurement }),
  };
}

/** The drawn claim as the product takes it. */
export function claimInput(c: ReferenceCase): ClaimInput {
  const rules = RULES.get(REGIMES.find((regime) => regime === `${c.law}.${c.kind}`) ?? 'FR.business');
  if (!rules) throw new Error('Every regime has its rules');
  const r = c.reminder;
  return {
    law: c.law,
    kind: c.kind,
    currency: currency(c.currency),
    faceMinor: c.face,
    dueOn: on(c.due),
    on: on(c.on),
    ...(c.issued !== undefined && { issuedOn: on(c.issued) }),
    movements: c.movements.map(({ kind, amount, designation, on: number }) => ({
      kind,
      on: on(number),
      amountMinor: amount,
      ...(designation && { designation }),
    })),
    rules,
    kindConfirmed: c.confirmed,
    contract: contractOf(c),
    conduct: {
      ...(c.notice !== undefined && { noticeServedOn: on(c.notice) }),
      ...(r && { firstReminder: { sentOn: on(r.sent), by: r.by, claimFrom: on(r.claimFrom), isComplete: r.complete } }),
      ...(c.judgment !== undefined && { insolvencyOpenedOn: on(c.judgment) }),
    },
    creditor: { isNaturalPerson: c.naturalPerson, isSme: c.smallEnterprise },
    waiver: { interest: c.waivesInterest, lumpSum: c.waivesLumpSum },
    dayCount: c.dayCount,
    imputation: c.principalFirst ? 'principalFirst' : 'interestFirst',
    agreementRecorded: c.agreement,
  };
}

function inPlainWords(made: StatementOfClaim): ReferenceAnswer {
  return {
    lines: made.lines.map((line) => ({
      firstDay: line.firstDay,
      lastDay: line.lastDay,
      days: line.days,
      base: line.baseMinor,
      rate: line.ratePercent,
      interest: line.interestMinor,
      running: line.runningTotalMinor,
    })),
    interestAccrued: made.interestAccruedMinor,
    interestOpen: made.interestOpenMinor,
    lumpSum: made.compensationMinor,
    lumpSumOpen: made.compensationOpenMinor,
    booksPrincipal: made.openPrincipalMinor,
    principal: made.imputedPrincipalMinor,
    total: made.claimTotalMinor,
    surplus: made.surplusMinor ?? 0n,
    payments: made.entries
      .filter((entry) => entry.kind === 'payment')
      .map(({ on: paidOn, imputed }) => ({
        on: paidOn,
        interest: imputed?.interestMinor ?? 0n,
        principal: imputed?.principalMinor ?? 0n,
        lumpSum: imputed?.compensationMinor ?? 0n,
      })),
    dailyInterest: made.dailyRefusal ? 'unknown' : made.dailyInterestMinor,
  };
}

/** What the product answers, in the words of the reference. */
export function productAnswer(c: ReferenceCase): ReferenceAnswer | ReferenceRefusal {
  const made = statementOfClaim(claimInput(c));
  return isRefusal(made) ? { refusal: made.refusal } : inPlainWords(made);
}
