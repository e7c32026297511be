import { type Currency, type Day, isCurrency } from '#domain';
import { amountFinding } from '../assemble-record.js';
import { documentTypeOf } from '../document-type.js';
import { type Finding, isRefusedBy, oneLine, quoted, refused, warning } from '../finding.js';
import type { InvoiceRecord, PartyRecord, TermRecord } from '../invoice-record.js';
import { completeParty } from '../party/party-identifiers.js';
import { soldDescription } from '../sold-description.js';
import { given } from '../xml/printed-values.js';
import type { InvoiceColumn } from './csv-columns.js';
import { type DecimalMark, readAmountCell, readDayCell } from './csv-values.js';
import { countryWord, debtorKindWord, documentWord, languageWord } from './csv-words.js';

/** Access to the cells of one row by column, with the header as the user wrote it. */
export interface CsvRow<K extends string> {
  readonly line: number;
  readonly cell: (column: K) => string;
  readonly header: (column: K) => string;
}

export interface RowContext {
  readonly mark: DecimalMark | undefined;
  readonly defaultCurrency: Currency;
}

const LONGEST_CELL = 2_000;

/** Reads one row of an invoice file. Without a record the findings say why. */
export function readInvoiceRow(row: CsvRow<InvoiceColumn>, context: RowContext): { record?: InvoiceRecord; findings: Finding[] } {
  const findings: Finding[] = [];
  const number = oneLine(row.cell('number'));
  if (number === '') findings.push(empty(row, 'number', 'le numéro de la facture'));
  const name = oneLine(row.cell('name'));
  if (name === '') findings.push(empty(row, 'name', 'le nom du client'));
  if (name.length > LONGEST_CELL)
    findings.push(refused('textTooLong', `Ligne ${row.line}\u202f: le nom du client est trop long.`, where(row, 'name')));
  const issuedOn = dayCell(findings, row, 'issuedOn', true);
  const dueOn = dayCell(findings, row, 'dueOn', false);
  const openAsOf = dayCell(findings, row, 'openAsOf', false);
  const currency = currencyCell(findings, row, context);
  const typeText = row.cell('type');
  const code = /^\d{1,3}$/.test(typeText) ? typeText : undefined;
  const stated = typeText === '' ? undefined : code === undefined ? documentWord(typeText) : documentTypeOf(code).kind;
  const amounts = currency === undefined ? undefined : readRowAmounts(findings, row, currency, context.mark);
  if (isRefusedBy(findings) || issuedOn === undefined || currency === undefined || amounts === undefined) return { findings };
  const negative = (amounts.payable === 0n ? amounts.gross : amounts.payable) < 0n;
  const sign = negative ? -1n : 1n;
  const term = termOf(dueOn, amounts.term === undefined ? undefined : amounts.term * sign);
  const documentKind = negative ? 'creditNote' : (stated ?? 'invoice');
  const record: InvoiceRecord = {
    documentKind,
    ...(code !== undefined
      ? { typeCode: code }
      : typeText !== '' && stated === undefined
        ? { typeCode: oneLine(typeText).slice(0, 40) }
        : {}),
    number,
    ...textCell(row, 'externalId'),
    issuedOn,
    terms: term,
    currency,
    grossMinor: amounts.gross * sign,
    prepaidMinor: amounts.paid * sign,
    payableMinor: amounts.payable * sign,
    ...openAmountOf(findings, row, amounts.open === undefined ? undefined : amounts.open * sign, openAsOf),
    ...(negative && stated !== 'creditNote' ? { negative: true } : {}),
    buyer: buyerOf(findings, row, name),
    ...textCell(row, 'debtorExternalId'),
    ...textCell(row, 'iban'),
    ...textCell(row, 'paymentReference'),
    ...textCell(row, 'orderReference'),
    ...given('description', soldDescription([row.cell('description')])),
    precedingNumbers: row.cell('precedingNumber') === '' ? [] : [oneLine(row.cell('precedingNumber'))],
    source: { format: 'csv', line: row.line },
  };
  return { record, findings };
}

function where(row: CsvRow<InvoiceColumn>, column: InvoiceColumn): { field: string; line: number } {
  return { field: row.header(column), line: row.line };
}

function empty(row: CsvRow<InvoiceColumn>, column: InvoiceColumn, what: string): Finding {
  return refused('cellMissing', `Ligne ${row.line}, colonne ${quoted(row.header(column))}\u202f: ${what} manque.`, where(row, column));
}

function dayCell(
  findings: Finding[],
  row: CsvRow<InvoiceColumn>,
  column: 'issuedOn' | 'dueOn' | 'openAsOf',
  required: boolean,
): Day | undefined {
  const text = row.cell(column);
  if (text === '') {
    if (required) findings.push(empty(row, column, 'la date'));
    return undefined;
  }
  const found = readDayCell(text);
  if (found === undefined) {
    const message = `Ligne ${row.line}, colonne ${quoted(row.header(column))}\u202f: ${quoted(text)} n’est pas une date qui existe\u202f; écrivez JJ/MM/AAAA ou AAAA-MM-JJ.`;
    findings.push(refused('dayUnreadable', message, where(row, column)));
  }
  return found;
}

function currencyCell(findings: Finding[], row: CsvRow<InvoiceColumn>, context: RowContext): Currency | undefined {
  const text = row.cell('currency').toUpperCase();
  if (text === '') return context.defaultCurrency;
  const code = text === '€' ? 'EUR' : text;
  if (isCurrency(code)) return code;
  findings.push(refused('currencyUnknown', `Ligne ${row.line}\u202f: la devise ${quoted(text)} n’est pas connue.`, where(row, 'currency')));
  return undefined;
}

interface RowAmounts {
  readonly gross: bigint;
  readonly paid: bigint;
  readonly payable: bigint;
  readonly open: bigint | undefined;
  readonly term: bigint | undefined;
}

function readRowAmounts(
  findings: Finding[],
  row: CsvRow<InvoiceColumn>,
  currency: Currency,
  mark: DecimalMark | undefined,
): RowAmounts | undefined {
  const read = (column: 'gross' | 'paid' | 'openAmount' | 'termAmount'): bigint | undefined => {
    const text = row.cell(column);
    if (text === '') return undefined;
    const value = readAmountCell(text, currency, mark);
    if (typeof value === 'bigint') return value;
    findings.push(cellAmountFinding(value.problem, text, currency, where(row, column)));
    return undefined;
  };
  const open = read('openAmount');
  const gross = read('gross') ?? (row.cell('gross') === '' ? open : undefined);
  const paidPrinted = read('paid') ?? 0n;
  const term = read('termAmount');
  if (gross === undefined) {
    if (!isRefusedBy(findings)) findings.push(empty(row, 'gross', 'le montant'));
    return undefined;
  }
  // What was paid is written without sign in most books, also on a credit note.
  const paid = gross < 0n && paidPrinted > 0n ? -paidPrinted : paidPrinted;
  return { gross, paid, payable: gross - paid, open, term };
}

/** The finding for an amount cell, with what makes `1,240` unreadable. */
export function cellAmountFinding(problem: string, text: string, currency: string, at: { field: string; line: number }): Finding {
  if (problem !== 'ambiguous') {
    const base = amountFinding(problem, text, currency, at);
    return { ...base, message: `Ligne ${at.line}, colonne ${quoted(at.field)}\u202f: ${base.message}` };
  }
  const message = `Ligne ${at.line}, colonne ${quoted(at.field)}\u202f: ${quoted(text)} peut se lire de deux façons\u202f; écrivez les décimales (1240,00 ou 1240.00).`;
  return refused('amountAmbiguous', message, at);
}

function termOf(dueOn: Day | undefined, amountMinor: bigint | undefined): TermRecord[] {
  if (dueOn === undefined) return [];
  return [amountMinor === undefined ? { dueOn } : { dueOn, amountMinor }];
}

function openAmountOf(
  findings: Finding[],
  row: CsvRow<InvoiceColumn>,
  amountMinor: bigint | undefined,
  asOf: Day | undefined,
): Pick<InvoiceRecord, 'openAmount'> {
  if (amountMinor === undefined) return {};
  if (asOf !== undefined) return { openAmount: { amountMinor, asOf } };
  const message = `Ligne ${row.line}\u202f: le solde n’a pas de date (colonne «\u202fsolde au\u202f»)\u202f; il n’est pas repris.`;
  findings.push(warning('openAmountUndated', message, where(row, 'openAmount')));
  return {};
}

function textCell<K extends InvoiceColumn>(row: CsvRow<InvoiceColumn>, column: K): { [P in K]?: string } {
  const text = oneLine(row.cell(column)).slice(0, LONGEST_CELL);
  return text === '' ? {} : ({ [column]: text } as { [P in K]: string });
}

/** The debtor of a row. Words that are not understood are left out with a warning. */
function buyerOf(findings: Finding[], row: CsvRow<InvoiceColumn>, name: string): PartyRecord {
  const word = <V>(column: 'country' | 'language' | 'kind', read: (text: string) => V | undefined): V | undefined => {
    const text = row.cell(column);
    const value = text === '' ? undefined : read(text);
    if (text !== '' && value === undefined) {
      const message = `Ligne ${row.line}, colonne ${quoted(row.header(column))}\u202f: ${quoted(text)} n’est pas compris et n’est pas repris.`;
      findings.push(warning('wordUnknown', message, where(row, column)));
    }
    return value;
  };
  return completeParty({
    name,
    ...textCell(row, 'vat'),
    ...textCell(row, 'siren'),
    ...textCell(row, 'siret'),
    ...textCell(row, 'enterpriseNumber'),
    ...textCell(row, 'email'),
    ...textCell(row, 'phone'),
    ...textCell(row, 'street'),
    ...textCell(row, 'postcode'),
    ...textCell(row, 'city'),
    ...given('country', word('country', countryWord)),
    ...given('language', word('language', languageWord)),
    ...given('kind', word('kind', debtorKindWord)),
  });
}
