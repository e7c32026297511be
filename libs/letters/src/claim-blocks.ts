import { type ClaimEntry, type ClaimEntryKind, explainLumpSum } from '#domain';
import { type ClaimFigures, claimFigures, currencyOf, openTotal } from './claim-figures.js';
import { cleanLine } from './clean-text.js';
import { epcOf } from './content-checks.js';
import { epcQrSvg } from './epc-qr.js';
import { formatDayInTable, formatMoney, formatPercent } from './format.js';
import { invoiceLabel } from './invoice-label.js';
import { citation, rateDerivations } from './legal-grounds.js';
import type { LetterContent, LetterInvoice } from './letter-content.js';
import { type LetterBlock, paragraph, tableBlock } from './letter-document.js';
import { nameWithForm, printedIban } from './parties.js';
import type { PdfWording } from './pdf-wording.js';
import { regimeOf } from './regime.js';

const RATE_SEPARATOR = { fr: '\u202f; ', nl: '; ', en: '; ' } as const;

/** Characters from which the origin of an invoice is wrapped: left to its own width it would squeeze the number out of its column. */
const LONG_ORIGIN = 24;

/** Money of the letter's currency in its language. */
export function moneyOf(content: LetterContent): (minor: bigint) => string {
  const code = currencyOf(content);
  return (minor) => formatMoney(minor, code, content.language);
}

/** Number, date, due date, origin, amount with tax, paid, balance; a total when there are several. */
export function invoiceBlocks(content: LetterContent, wording: PdfWording, view: object): readonly LetterBlock[] {
  const money = moneyOf(content);
  const withOrder = content.invoices.some((invoice) => invoice.orderReference !== undefined);
  const withCredit = content.invoices.some((invoice) => (invoice.creditedMinor ?? 0n) > 0n);
  const isLongOrigin = content.invoices.some((invoice) => (invoice.orderReference?.length ?? 0) > LONG_ORIGIN);
  const label = (key: string) => wording.label('columns', key);
  const columns = [
    { head: label('number'), wide: true },
    { head: label('issuedOn') },
    { head: label('dueOn') },
    ...(withOrder ? [{ head: label('order'), wide: isLongOrigin }] : []),
    { head: label('gross'), right: true },
    ...(withCredit ? [{ head: label('credited'), right: true }] : []),
    { head: label('paid'), right: true },
    { head: label('open'), right: true },
  ];
  const rows = content.invoices.map((invoice) => [
    invoiceLabel(invoice, content.language),
    formatDayInTable(invoice.issuedOn, content.language),
    formatDayInTable(invoice.dueOn, content.language),
    ...(withOrder ? [cleanLine(invoice.orderReference ?? '')] : []),
    money(invoice.grossMinor),
    ...(withCredit ? [money(invoice.creditedMinor ?? 0n)] : []),
    money(paidOf(invoice)),
    money(invoice.openMinor),
  ]);
  const several = rows.length > 1;
  const sum = (pick: (invoice: LetterInvoice) => bigint) => money(content.invoices.reduce((total, invoice) => total + pick(invoice), 0n));
  const total = [
    label('total'),
    ...['', '', ...(withOrder ? [''] : [])],
    sum(({ grossMinor }) => grossMinor),
    ...(withCredit ? [sum(({ creditedMinor = 0n }) => creditedMinor)] : []),
    sum(paidOf),
    money(openTotal(content)),
  ];
  return [
    { kind: 'heading', text: wording.say('invoicesHeading', view) },
    tableBlock(columns, several ? [...rows, total] : rows, { totalRow: several, size: 10 }),
  ];
}

/** What was really paid: credit notes are none of it. */
function paidOf({ paidMinor, creditedMinor = 0n }: LetterInvoice): bigint {
  return paidMinor - creditedMinor;
}

/** Dated movements of the claim with what each payment was imputed on; nothing when there are none of those kinds. */
export function movementBlocks(
  content: LetterContent,
  wording: PdfWording,
  heading: string,
  kinds: readonly ClaimEntryKind[],
): readonly LetterBlock[] {
  const figures = claimFigures(content);
  if (figures === undefined) return [];
  const money = moneyOf(content);
  const label = (key: string) => wording.label('movementColumns', key);
  const entries = figures.statements.flatMap((statement) => statement.entries.filter((entry) => kinds.includes(entry.kind)));
  if (entries.length === 0) return [];
  const withImputation = entries.some((entry) => entry.imputed !== undefined);
  const rows = entries.map((entry) => [
    formatDayInTable(entry.on, content.language),
    [wording.label('movementKinds', entry.kind), referenceOf(entry)].filter(Boolean).join(' '),
    money(entry.amountMinor),
    ...(withImputation ? imputationCells(entry, money) : []),
  ]);
  const amounts = withImputation ? ['amount', 'interest', 'principal', 'compensation'] : ['amount'];
  const columns = [
    { head: label('on') },
    { head: label('what'), wide: true },
    ...amounts.map((key) => ({ head: label(key), right: true })),
  ];
  return [{ kind: 'heading', text: heading }, tableBlock(columns, rows, { size: 10 })];
}

/** A key of ours says nothing to whoever reads the letter. */
const OWN_KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function referenceOf({ reference }: ClaimEntry): string {
  return reference === undefined || OWN_KEY.test(reference) ? '' : cleanLine(reference);
}

function imputationCells(entry: ClaimEntry, money: (minor: bigint) => string): readonly string[] {
  if (entry.imputed === undefined) return ['', '', ''];
  return [money(entry.imputed.interestMinor), money(entry.imputed.principalMinor), money(entry.imputed.compensationMinor)];
}

/** Ground, lines per period with rate, base, days and article, and the indemnity; or the sentence that says why they are left open. */
export function interestBlocks(content: LetterContent, wording: PdfWording, view: object): readonly LetterBlock[] {
  const figures = claimFigures(content);
  if (figures === undefined) return paragraph(wording.say('interestUnknown', view));
  // Outside business a claim may hold neither interest nor indemnity: then there is nothing to explain.
  if (figures.lines.length === 0 && figures.compensationMinor === 0n && !regimeOf(content).automatic) return [];
  const money = moneyOf(content);
  const several = content.invoices.length > 1;
  const label = (key: string) => wording.label('interestColumns', key);
  const day = (on: LetterContent['on']) => formatDayInTable(on, content.language);
  const rows = figures.lines.map(({ invoice, line }) => [
    ...(several ? [invoiceLabel(invoice, content.language)] : []),
    wording.say('period', { from: day(line.firstDay), to: day(line.lastDay) }),
    String(line.days),
    money(line.baseMinor),
    formatPercent(line.ratePercent, content.language),
    money(line.interestMinor),
    citation(line.source.article, content.language),
  ]);
  const columns = [
    ...(several ? [{ head: label('invoice') }] : []),
    { head: label('period') },
    { head: label('days'), right: true },
    { head: label('base'), right: true },
    { head: label('rate'), right: true },
    { head: label('interest'), right: true },
    { head: label('source'), wide: true },
  ];
  const dayCount = wording.label('dayCounts', figures.statements[0]?.dayCount ?? 'ACT/365F');
  const rates = rateDerivations(
    figures.lines.map(({ line }) => line),
    content.language,
  );
  const further = { ...view, dayCount, rates: rates.length === 0 ? null : rates.join(RATE_SEPARATOR[content.language]) };
  if (rows.length === 0 && !regimeOf(content).automatic) return indemnityBlocks(figures, content, wording, view);
  return [
    { kind: 'heading', text: wording.say('interestHeading', view) },
    ...paragraph(
      ['interestBasis', 'rates', 'dailyUntil']
        .map((key) => wording.say(key, further))
        .filter(Boolean)
        .join(' '),
    ),
    ...(rows.length === 0 ? [] : [tableBlock(columns, rows, { size: 9.5 })]),
    ...indemnityBlocks(figures, content, wording, view),
  ];
}

/** The lump sum: so much an invoice, or the tier of the legal scale that made it (CDE XIX.4). */
function indemnityBlocks(figures: ClaimFigures, content: LetterContent, wording: PdfWording, view: object): readonly LetterBlock[] {
  const sums = figures.statements.flatMap(({ lumpSum }) => (lumpSum?.kind === 'indemnity' && lumpSum.amountMinor > 0n ? [lumpSum] : []));
  return [
    ...paragraph(wording.say('compensation', view)),
    ...sums.flatMap((lumpSum) => paragraph(cleanLine(explainLumpSum(lumpSum, content.language)))),
  ];
}

/** Principal, interest, indemnity and their sum; what is zero is left out. */
export function totalBlocks(content: LetterContent, wording: PdfWording, heading: string): readonly LetterBlock[] {
  const figures = claimFigures(content);
  if (figures === undefined) return [];
  const money = moneyOf(content);
  const label = (key: string) => wording.label('totals', key);
  const parts: readonly (readonly [string, bigint])[] = [
    [label('principal'), figures.principalMinor],
    [label(regimeOf(content).kind === 'publicBody' ? 'publicInterest' : 'interest'), figures.interestMinor],
    [label('compensation'), figures.compensationMinor],
  ];
  const rows = [...parts.filter(([, minor]) => minor !== 0n), [label('total'), figures.totalMinor] as const];
  const columns = [
    { head: label('what'), wide: true },
    { head: label('amount'), right: true },
  ];
  return [
    { kind: 'heading', text: heading },
    tableBlock(
      columns,
      rows.map(([what, minor]) => [what, money(minor)]),
      { totalRow: true },
    ),
  ];
}

/** What to pay, to whom and with which reference, with the payment code where one can be made. */
export function paymentBlock(content: LetterContent, label: (key: string) => string): LetterBlock {
  const payload = epcOf(content);
  return {
    kind: 'payment',
    heading: label('heading'),
    rows: [
      [label(content.act === 'plan' ? 'firstAmount' : 'amount'), moneyOf(content)(content.payment.amountMinor), true],
      [label('holder'), nameWithForm(content.creditor), false],
      [label('account'), printedIban(content.payment.iban), false],
      ...(content.payment.bic === undefined ? [] : [[label('bank'), cleanLine(content.payment.bic), false] as const]),
      [label('reference'), cleanLine(content.payment.reference), true],
    ],
    qr: payload === undefined ? null : epcQrSvg(payload),
    qrAlt: label('qrAlt'),
  };
}
