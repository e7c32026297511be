import { type ClaimEntry, explainLine, type InterestLine, type PrincipalStatement, type StatementOfClaim } from '#domain';
import { amountOf } from '../http/wire.js';
import type { PrincipalPart, StatementAnswer } from './statement.schemas.js';

/** The statement of a claim on the wire: every line with its source, its article and its calculation in words. */
export function statementView(caseId: string, statement: StatementOfClaim, principal: PrincipalStatement): StatementAnswer {
  const { currency } = statement;
  const money = (minor: bigint) => amountOf(minor, currency);
  const article = statement.entries.find(({ kind }) => kind === 'fixedCompensation')?.article;
  const surplus = statement.surplusMinor ?? 0n;
  return {
    caseId,
    on: statement.on,
    law: statement.law,
    currency,
    dueOn: statement.dueOn,
    principal: principalView(principal),
    imputedPrincipal: money(statement.imputedPrincipalMinor),
    interest: {
      accrued: money(statement.interestAccruedMinor),
      open: money(statement.interestOpenMinor),
      lines: statement.lines.map((line) => lineView(line, currency)),
      dayCount: statement.dayCount,
      daily: statement.dailyRefusal
        ? null
        : {
            amount: money(statement.dailyInterestMinor),
            from: statement.dailyFrom,
            ...(statement.dailyUntil ? { until: statement.dailyUntil } : {}),
          },
    },
    compensation: {
      amount: money(statement.compensationMinor),
      open: money(statement.compensationOpenMinor),
      ...(article ? { article } : {}),
    },
    entries: statement.entries.map((entry) => entryView(entry, currency)),
    surplus: surplus > 0n ? money(surplus) : null,
    claimTotal: money(statement.claimTotalMinor),
    sources: [...statement.sources],
  };
}

export function principalView(principal: PrincipalStatement): PrincipalPart {
  const money = (minor: bigint) => amountOf(minor, principal.currency);
  return {
    on: principal.on,
    law: principal.law,
    debtorKind: principal.kind,
    currency: principal.currency,
    dueOn: principal.dueOn,
    face: money(principal.faceMinor),
    creditNotes: money(principal.creditNotesMinor),
    payments: money(principal.paymentsMinor),
    openPrincipal: money(principal.openPrincipalMinor),
    entries: principal.entries.map((entry) => entryView(entry, principal.currency)),
  };
}

function lineView(line: InterestLine, currency: string): StatementAnswer['interest']['lines'][number] {
  const { firstDay, lastDay, days, ratePercent, source, derivation } = line;
  return {
    firstDay,
    lastDay,
    days,
    base: amountOf(line.baseMinor, currency),
    ratePercent,
    interest: amountOf(line.interestMinor, currency),
    runningTotal: amountOf(line.runningTotalMinor, currency),
    source,
    derivation,
    explanation: explainLine(line),
  };
}

function entryView(entry: ClaimEntry, currency: string): StatementAnswer['entries'][number] {
  const money = (minor: bigint) => amountOf(minor, currency);
  const { kind, on, reference, article, imputed } = entry;
  return {
    kind,
    on,
    amount: money(entry.amountMinor),
    ...(reference ? { reference } : {}),
    ...(article ? { article } : {}),
    ...(imputed
      ? {
          imputed: {
            interest: money(imputed.interestMinor),
            principal: money(imputed.principalMinor),
            compensation: money(imputed.compensationMinor),
          },
        }
      : {}),
  };
}
