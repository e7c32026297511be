import { type Currency, type Day, EUR, isCurrency } from '#domain';
import { type Finding, isFinding, isRefusedBy, oneLine, quoted, refused, warning } from '../finding.js';
import { normaliseIban } from '../party/identifiers.js';
import { structuredReferenceOf } from '../party/structured-reference.js';
import { knowsColumn, mapColumns, PAYMENT_COLUMNS, type PaymentColumn } from './csv-columns.js';
import { decodeCsv, readCsvTable } from './csv-text.js';
import { type DecimalMark, markOf, readAmountCell, readDayCell } from './csv-values.js';
import { rowOf, widthProblem } from './invoice-csv.js';
import { type CsvRow, cellAmountFinding } from './invoice-csv-row.js';

/** A payment received, as a line of a file says it. */
export interface PaymentRecord {
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly paidOn: Day;
  /** Free text as printed. */
  readonly reference?: string;
  /** Twelve Belgian digits or an ISO 11649 reference, verified. */
  readonly structuredReference?: string;
  readonly invoiceNumber?: string;
  readonly payerName?: string;
  /** Electronic form, verified. */
  readonly payerIban?: string;
  readonly bankTransactionId?: string;
  readonly line: number;
}

export interface ReadPaymentRow {
  readonly row: number;
  readonly record?: PaymentRecord;
  readonly findings: Finding[];
}

export interface CsvPayments {
  readonly rows: ReadPaymentRow[];
  readonly findings: Finding[];
}

/** Reads a CSV file of payments received; delimiter, encoding, decimal mark and headers as for invoices. */
export function readPaymentCsv(bytes: Uint8Array, options: { readonly defaultCurrency?: Currency } = {}): CsvPayments {
  const text = decodeCsv(bytes);
  if (typeof text !== 'string') return { rows: [], findings: [text] };
  const table = readCsvTable(text, knowsColumn(PAYMENT_COLUMNS));
  if (isFinding(table)) return { rows: [], findings: [table] };
  const columns = mapColumns<PaymentColumn>(table.header, PAYMENT_COLUMNS);
  const missing = (['amount', 'paidOn'] as const)
    .filter((column) => !columns.at.has(column))
    .map((column) => PAYMENT_COLUMNS[column][0] as string);
  if (missing.length > 0) {
    const message = `Il manque au fichier de paiements ${missing.length > 1 ? 'les colonnes' : 'la colonne'} ${missing.map(quoted).join(', ')}.`;
    return { rows: [], findings: [refused('columnsMissing', message, { field: missing.join(', '), line: table.headerLine })] };
  }
  const findings = columns.unknown.map((name) =>
    warning('columnUnknown', `La colonne ${quoted(name)} n’est pas connue et n’est pas lue.`, { field: name, line: table.headerLine }),
  );
  if (table.records.length === 0) findings.push(refused('noRows', 'Le fichier ne contient que des en-têtes\u202f; aucun paiement à lire.'));
  const amountAt = columns.at.get('amount') as number;
  const mark = markOf(table.records.flatMap((record) => record.fields[amountAt] ?? []));
  const rows = table.records.map((record, index): ReadPaymentRow => {
    const broken = record.problem ?? widthProblem(record, table.header.length);
    if (broken !== undefined) return { row: index + 1, findings: [broken] };
    return { row: index + 1, ...readPaymentRow(rowOf(record, table.header, columns.at), mark, options.defaultCurrency ?? EUR) };
  });
  return { rows: withoutRepeatedIds(rows), findings };
}

function readPaymentRow(
  row: CsvRow<PaymentColumn>,
  mark: DecimalMark | undefined,
  fallback: Currency,
): { record?: PaymentRecord; findings: Finding[] } {
  const findings: Finding[] = [];
  const where = (column: PaymentColumn) => ({ field: row.header(column), line: row.line });
  const code = row.cell('currency') === '' ? fallback : row.cell('currency').toUpperCase().replace('€', 'EUR');
  if (!isCurrency(code)) {
    findings.push(refused('currencyUnknown', `Ligne ${row.line}\u202f: la devise ${quoted(code)} n’est pas connue.`, where('currency')));
    return { findings };
  }
  const amount = readAmountCell(row.cell('amount'), code, mark);
  if (typeof amount !== 'bigint') findings.push(cellAmountFinding(amount.problem, row.cell('amount'), code, where('amount')));
  else if (amount <= 0n)
    findings.push(
      refused(
        'paymentNotPositive',
        `Ligne ${row.line}\u202f: ${quoted(row.cell('amount'))} n’est pas un encaissement\u202f; saisissez un rejet comme annulation du paiement.`,
        where('amount'),
      ),
    );
  const paidOn = readDayCell(row.cell('paidOn'));
  if (paidOn === undefined) {
    findings.push(
      refused(
        'dayUnreadable',
        `Ligne ${row.line}\u202f: la date ${quoted(row.cell('paidOn'))} n’existe pas\u202f; écrivez JJ/MM/AAAA.`,
        where('paidOn'),
      ),
    );
  }
  const structured = readStructured(findings, row);
  const iban = row.cell('payerIban') === '' ? undefined : normaliseIban(row.cell('payerIban'));
  if (row.cell('payerIban') !== '' && iban === undefined) {
    findings.push(
      warning(
        'ibanInvalid',
        `Ligne ${row.line}\u202f: l’IBAN du payeur ${quoted(row.cell('payerIban'))} n’est pas valide et n’est pas repris.`,
        where('payerIban'),
      ),
    );
  }
  if (isRefusedBy(findings) || paidOn === undefined || typeof amount !== 'bigint') return { findings };
  const text = (key: string, value: string): object => (oneLine(value) === '' ? {} : { [key]: oneLine(value).slice(0, 2_000) });
  const record: PaymentRecord = {
    amountMinor: amount,
    currency: code,
    paidOn,
    ...text('reference', row.cell('reference') || row.cell('structuredReference')),
    ...(structured === undefined ? {} : { structuredReference: structured }),
    ...text('invoiceNumber', row.cell('invoiceNumber')),
    ...text('payerName', row.cell('payerName')),
    ...(iban === undefined ? {} : { payerIban: iban }),
    ...text('bankTransactionId', row.cell('bankTransactionId')),
    line: row.line,
  };
  return { record, findings };
}

/** The verified structured reference of its own column or of the free text. */
function readStructured(findings: Finding[], row: CsvRow<PaymentColumn>): string | undefined {
  const printed = row.cell('structuredReference');
  const structured = structuredReferenceOf(printed) ?? structuredReferenceOf(row.cell('reference'));
  if (printed !== '' && structuredReferenceOf(printed) === undefined) {
    findings.push(
      warning(
        'structuredReferenceInvalid',
        `Ligne ${row.line}\u202f: la communication structurée ${quoted(printed)} n’est pas valide\u202f; elle n’est gardée que comme texte.`,
        { field: row.header('structuredReference'), line: row.line },
      ),
    );
  }
  return structured;
}

/** The same bank transaction twice in one file counts once; the second line says so. */
function withoutRepeatedIds(rows: readonly ReadPaymentRow[]): ReadPaymentRow[] {
  const seen = new Map<string, PaymentRecord>();
  return rows.map((one) => {
    const id = one.record?.bankTransactionId;
    if (id === undefined || one.record === undefined) return one;
    const earlier = seen.get(id);
    if (earlier === undefined) {
      seen.set(id, one.record);
      return one;
    }
    if (
      earlier.amountMinor !== one.record.amountMinor ||
      earlier.currency !== one.record.currency ||
      earlier.paidOn !== one.record.paidOn
    ) {
      const conflict = `L’opération ${quoted(id)} figure déjà à la ligne ${earlier.line} avec un autre montant ou une autre date\u202f; gardez la bonne.`;
      return { row: one.row, findings: [...one.findings, refused('duplicatePayment', conflict, { line: one.record.line })] };
    }
    const message = `L’opération ${quoted(id)} figure déjà à la ligne ${earlier.line}\u202f; elle n’est comptée qu’une fois.`;
    return { row: one.row, findings: [...one.findings, warning('duplicateRow', message, { line: one.record.line })] };
  });
}
