import { type CaseSnapshot, currency, decimalString, money } from '#domain';

/** What the Temporal UI shows above a case and the snapshot does not hold. No personal data: a number and a policy version. */
export interface CaseCaption {
  readonly invoiceNumber: string;
  /** Policy with its version, `standard@3`. */
  readonly policy: string;
  /** Which due term of the invoice, and of how many. */
  readonly term?: { readonly index: number; readonly of: number };
}

const LONGEST_NAME = 80;
const MOST_RUNGS = 60;

/** One line of markdown: `Invoice F-2026-17 · due 2026-02-01 · 1250.00 EUR · policy standard@3`. */
export function staticSummary(snapshot: CaseSnapshot, caption: CaseCaption): string {
  const term = caption.term === undefined || caption.term.of === 1 ? '' : ` (term ${caption.term.index} of ${caption.term.of})`;
  return [
    `Invoice ${plain(caption.invoiceNumber)}${term}`,
    `due ${plain(snapshot.dueOn)}`,
    amountOf(snapshot),
    `policy ${plain(caption.policy)}`,
  ].join(' · ');
}

/** Markdown: the facts at the start and the rungs as planned that day. Later plans stand in the signals and results that brought them. */
export function staticDetails(snapshot: CaseSnapshot, caption: CaseCaption): string {
  const facts = [
    ['Invoice', caption.invoiceNumber],
    ['Due on', snapshot.dueOn],
    ['Open principal', amountOf(snapshot)],
    ['Policy', caption.policy],
    ['Case', snapshot.caseId],
    ['Debtor reference', snapshot.debtorRef],
    ['Episode', String(snapshot.episode)],
  ];
  const rungs = snapshot.plan.slice(0, MOST_RUNGS).map((rung) => row([rung.at.slice(0, 10), rung.stage, rung.summary]));
  const rest = snapshot.plan.length - rungs.length;
  return [
    ...['| | |', '|---|---|'],
    ...facts.map((fact) => row(fact)),
    ...['', '**Planned rungs at the start**', ''],
    ...(rungs.length === 0 ? ['None yet: the case waits for a person or a fact.'] : ['| Day | Rung | What |', '|---|---|---|', ...rungs]),
    ...(rest > 0 ? ['', `… and ${rest} more.`] : []),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(plain).join(' | ')} |`;
}

/** Text from outside as inert one-line text: no markdown, no table cell, no line of its own. */
function plain(text: string): string {
  const short = text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text;
  return short.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\\`*_[\]<>|#!~]/g, '\\$&');
}

function amountOf(snapshot: CaseSnapshot): string {
  return `${decimalString(money(BigInt(snapshot.openPrincipal), currency(snapshot.currency)))} ${snapshot.currency}`;
}
