import {
  type ClaimEntry,
  decimalString,
  type ExplanationLanguage,
  explainLine,
  explainLumpSum,
  explainNote,
  type InterestLine,
  isCurrency,
  money,
  type PrincipalStatement,
  type Refusal,
  type StatementOfClaim,
} from '#domain';
import type { Statutes } from '#statutes';
import { statementPage } from './statement-page.js';

/** An amount as it leaves the product: plain decimal and currency. */
export interface WireAmount {
  readonly amount: string;
  readonly currency: string;
}

/** Minor units as the wire says them. */
function amountOf(minor: bigint, code: string): WireAmount {
  return { amount: isCurrency(code) ? decimalString(money(minor, code)) : minor.toString(), currency: code };
}

/** A statement of claim as every door of the product gives it: sums, lines with source and article, and each of them as a sentence. */
export function statementView(statement: StatementOfClaim, language: ExplanationLanguage) {
  const { currency } = statement;
  const amount = (minor: bigint) => amountOf(minor, currency);
  const page = statementPage(statement, language);
  return {
    on: statement.on,
    language,
    law: statement.law,
    debtorKind: statement.kind,
    regime: statement.regime,
    currency,
    dueOn: statement.dueOn,
    imputedPrincipal: amount(statement.imputedPrincipalMinor),
    interest: {
      accrued: amount(statement.interestAccruedMinor),
      open: amount(statement.interestOpenMinor),
      ...(statement.interestFrom ? { from: statement.interestFrom } : {}),
      ...(statement.interestUntil ? { until: statement.interestUntil } : {}),
      ...(statement.freeUntil ? { freeUntil: statement.freeUntil } : {}),
      lines: statement.lines.map((line) => lineView(line, currency, language)),
      dayCount: statement.dayCount,
      daily: dailyView(statement),
    },
    compensation: lumpSumView(statement, language),
    entries: statement.entries.map((entry) => entryView(entry, currency)),
    imputationRule: statement.imputationRule,
    surplus: (statement.surplusMinor ?? 0n) > 0n ? amount(statement.surplusMinor ?? 0n) : null,
    claimTotal: amount(statement.claimTotalMinor),
    notes: statement.notes.map((note) => ({ code: note.code, article: note.article, sentence: explainNote(note, language) })),
    sources: [...statement.sources],
    heading: page.heading,
    parts: page.parts.map(({ title, sentences }) => ({ title, sentences: [...sentences] })),
  };
}

/** The principal and what lowered it, which can be stated where interest cannot. */
export function principalView(principal: PrincipalStatement) {
  const amount = (minor: bigint) => amountOf(minor, principal.currency);
  return {
    on: principal.on,
    law: principal.law,
    debtorKind: principal.kind,
    currency: principal.currency,
    dueOn: principal.dueOn,
    face: amount(principal.faceMinor),
    creditNotes: amount(principal.creditNotesMinor),
    payments: amount(principal.paymentsMinor),
    openPrincipal: amount(principal.openPrincipalMinor),
    entries: principal.entries.map((entry) => entryView(entry, principal.currency)),
  };
}

/**
 * What a refusal tells whoever must mend it: the article that is the reason, and what to supply, taken out of its facts. Where a dated value
 * is missing the article is the one of that value.
 */
export function refusalHelp({ facts }: Refusal, statutes: Statutes): { readonly article?: string; readonly supply?: string } {
  const { key, supply } = facts ?? {};
  const article = facts?.['article'] ?? statutes.parameters.get(String(key))?.article;
  return { ...(typeof article === 'string' ? { article } : {}), ...(typeof supply === 'string' ? { supply } : {}) };
}

function dailyView({ dailyRefusal, dailyInterestMinor, dailyFrom, dailyUntil, currency }: StatementOfClaim) {
  if (dailyRefusal) return null;
  return { amount: amountOf(dailyInterestMinor, currency), from: dailyFrom, ...(dailyUntil ? { until: dailyUntil } : {}) };
}

function lumpSumView({ compensationMinor, compensationOpenMinor, lumpSum, currency }: StatementOfClaim, language: ExplanationLanguage) {
  return {
    amount: amountOf(compensationMinor, currency),
    open: amountOf(compensationOpenMinor, currency),
    ...(lumpSum
      ? { kind: lumpSum.kind, article: lumpSum.article, derivation: lumpSum.derivation, explanation: explainLumpSum(lumpSum, language) }
      : {}),
  };
}

function lineView(line: InterestLine, currency: string, language: ExplanationLanguage) {
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
    explanation: explainLine(line, language),
  };
}

function entryView(entry: ClaimEntry, currency: string) {
  const amount = (minor: bigint) => amountOf(minor, currency);
  const { kind, on, reference, article, imputed, balanceMinor } = entry;
  return {
    kind,
    on,
    amount: amount(entry.amountMinor),
    ...(balanceMinor === undefined ? {} : { balance: amount(balanceMinor) }),
    ...(reference ? { reference } : {}),
    ...(article ? { article } : {}),
    ...(imputed
      ? {
          imputed: {
            interest: amount(imputed.interestMinor),
            principal: amount(imputed.principalMinor),
            compensation: amount(imputed.compensationMinor),
          },
        }
      : {}),
  };
}
