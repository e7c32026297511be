import { addDays, type Day, daysBetween, type InterestLine, type StatementOfClaim } from '#domain';
import type { LetterContent, LetterInvoice } from './letter-content.js';
import { LetterError } from './letter-error.js';

/** The statements of a letter added up; amounts in minor units. */
export interface ClaimFigures {
  readonly statements: readonly StatementOfClaim[];
  /** Principal, interest and indemnity still owed after the legal order of imputation; their sum is `totalMinor`. */
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  readonly compensationMinor: bigint;
  readonly totalMinor: bigint;
  readonly dailyMinor: bigint;
  readonly dailyFrom: Day;
  /** Last day for which `dailyMinor` holds, when the rate changes soon after the letter. */
  readonly dailyUntil?: Day;
  /** Indemnity of one invoice and how many invoices carry it, when it is the same for all. */
  readonly compensationEach?: { readonly amountMinor: bigint; readonly invoices: number };
  /** True when a payment was imputed on interest or indemnity first, so that the principal differs from the open balance. */
  readonly imputed: boolean;
  readonly lines: readonly { readonly invoice: LetterInvoice; readonly line: InterestLine }[];
}

/**
 * Adds up the claims of a letter. Undefined when it carries none (early rungs, or interest unknown).
 * Throws `LetterError('contentInconsistent')` when statements and invoices do not belong together or sums disagree.
 */
export function claimFigures(content: LetterContent): ClaimFigures | undefined {
  if (content.statement === undefined || content.interestUnknown) return undefined;
  const statements = [content.statement, ...(content.furtherStatements ?? [])];
  if (statements.length !== content.invoices.length)
    throw mismatch('statements', `${statements.length} for ${content.invoices.length} invoices`);
  statements.forEach((statement, index) => {
    checkStatement(statement, content.invoices[index] as LetterInvoice, content.on);
  });
  const add = (pick: (statement: StatementOfClaim) => bigint) => statements.reduce((total, statement) => total + pick(statement), 0n);
  const withIndemnity = statements.filter((statement) => statement.compensationOpenMinor > 0n);
  const each = withIndemnity[0]?.compensationOpenMinor;
  return {
    statements,
    principalMinor: add((statement) => statement.imputedPrincipalMinor),
    interestMinor: add((statement) => statement.interestOpenMinor),
    compensationMinor: add((statement) => statement.compensationOpenMinor),
    totalMinor: add((statement) => statement.claimTotalMinor),
    dailyMinor: add((statement) => statement.dailyInterestMinor),
    dailyFrom: content.statement.dailyFrom,
    ...dailyUntil(statements, content.on),
    ...(each !== undefined && withIndemnity.every((statement) => statement.compensationOpenMinor === each)
      ? { compensationEach: { amountMinor: each, invoices: withIndemnity.length } }
      : {}),
    imputed: statements.some((statement) => statement.imputedPrincipalMinor !== statement.openPrincipalMinor),
    lines: statements.flatMap((statement, index) =>
      statement.lines.map((line) => ({ invoice: content.invoices[index] as LetterInvoice, line })),
    ),
  };
}

// A rate that is agreed or frozen holds longer than any half-year: then there is no end to name.
const LONGEST_HALF_YEAR_DAYS = 184;

function dailyUntil(statements: readonly StatementOfClaim[], on: Day): { readonly dailyUntil?: Day } {
  const [first] = statements
    .flatMap((statement) => (statement.dailyUntil === undefined || statement.dailyInterestMinor === 0n ? [] : [statement.dailyUntil]))
    .sort();
  return first === undefined || first > addDays(on, LONGEST_HALF_YEAR_DAYS) ? {} : { dailyUntil: first };
}

/** Sum of what the invoices leave open, in minor units. Throws when the letter mixes currencies or an invoice does not add up. */
export function openTotal(content: LetterContent): bigint {
  const code = currencyOf(content);
  for (const invoice of content.invoices) {
    if (invoice.currency !== code) throw mismatch('currency', `${code} and ${invoice.currency}`);
    if (invoice.grossMinor - invoice.paidMinor !== invoice.openMinor)
      throw mismatch('invoice', `${invoice.number}: gross less paid is not open`);
    const late = daysBetween(invoice.dueOn, content.on);
    if (late > 0 && invoice.openMinor > 0n && invoice.daysOverdue !== late)
      throw mismatch('daysOverdue', `${invoice.number}: ${invoice.daysOverdue}, the dates say ${late}`);
  }
  return content.invoices.reduce((total, invoice) => total + invoice.openMinor, 0n);
}

export function currencyOf(content: LetterContent): string {
  const first = content.invoices[0];
  if (first === undefined) throw new LetterError('contentIncomplete', 'A letter needs at least one invoice', { field: 'invoices' });
  return first.currency;
}

function checkStatement(statement: StatementOfClaim, invoice: LetterInvoice, on: Day): void {
  const parts = statement.imputedPrincipalMinor + statement.interestOpenMinor + statement.compensationOpenMinor;
  if (parts !== statement.claimTotalMinor) throw mismatch('claimTotal', `${invoice.number}: ${parts} is not ${statement.claimTotalMinor}`);
  if (statement.currency !== invoice.currency)
    throw mismatch('currency', `${invoice.number}: ${statement.currency} and ${invoice.currency}`);
  if (statement.openPrincipalMinor !== invoice.openMinor)
    throw mismatch('openPrincipal', `${invoice.number}: statement and invoice differ`);
  if (statement.dueOn !== invoice.dueOn) throw mismatch('dueOn', `${invoice.number}: ${statement.dueOn} and ${invoice.dueOn}`);
  if (statement.on !== on) throw mismatch('on', `${invoice.number}: statement of ${statement.on}, letter of ${on}`);
}

function mismatch(field: string, detail: string): LetterError {
  return new LetterError('contentInconsistent', `The letter contradicts itself: ${field} (${detail})`, { field, detail });
}
