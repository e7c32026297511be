import { type Currency, EUR, yearOf } from '#domain';
import { byDueDay } from '../assemble-record.js';
import { type Finding, isFinding, isRefusedBy, quoted, refused, warning } from '../finding.js';
import type { InvoiceRecord, ReadRow } from '../invoice-record.js';
import { soldDescription } from '../sold-description.js';
import { given } from '../xml/printed-values.js';
import { INVOICE_COLUMNS, type InvoiceColumn, knowsColumn, mapColumns } from './csv-columns.js';
import { type CsvRecord, decodeCsv, readCsvTable } from './csv-text.js';
import { markOf } from './csv-values.js';
import { type CsvRow, readInvoiceRow } from './invoice-csv-row.js';

export interface InvoiceCsvOptions {
  /** Currency of rows that name none; EUR unless told. */
  readonly defaultCurrency?: Currency;
}

/** Rows of a file, in its order, and what concerns the file as a whole. A refused file has no rows. */
export interface CsvInvoices {
  readonly rows: ReadRow[];
  readonly findings: Finding[];
}

const REQUIRED: readonly InvoiceColumn[] = ['number', 'issuedOn', 'name'];

/**
 * Reads a CSV file of invoices: any of `; , tab |`, UTF-8, UTF-16 or windows-1252, decimal comma or point, headers in French, Dutch or
 * English. Rows of one invoice that differ only in due date and term amount are its terms; other repetitions are findings.
 */
export function readInvoiceCsv(bytes: Uint8Array, options: InvoiceCsvOptions = {}): CsvInvoices {
  const text = decodeCsv(bytes);
  if (typeof text !== 'string') return { rows: [], findings: [text] };
  const table = readCsvTable(text, knowsColumn(INVOICE_COLUMNS));
  if (isFinding(table)) return { rows: [], findings: [table] };
  const columns = mapColumns<InvoiceColumn>(table.header, INVOICE_COLUMNS);
  const findings = headerFindings(table.header, columns, table.headerLine);
  if (isRefusedBy(findings)) return { rows: [], findings };
  if (table.records.length === 0)
    return {
      rows: [],
      findings: [...findings, refused('noRows', 'Le fichier ne contient que des en-têtes\u202f; aucune facture à lire.')],
    };
  if (!columns.at.has('currency')) {
    const currency = options.defaultCurrency ?? EUR;
    findings.push(warning('currencyDefault', `Le fichier n’a pas de colonne devise\u202f: les montants sont lus en ${currency}.`));
  }
  const amountAt = (['gross', 'paid', 'openAmount', 'termAmount'] as const).flatMap((column) => columns.at.get(column) ?? []);
  const mark = markOf(table.records.flatMap((record) => amountAt.flatMap((index) => record.fields[index] ?? [])));
  const context = { mark, defaultCurrency: options.defaultCurrency ?? EUR };
  const rows = table.records.map((record, index): ReadRow => {
    const broken = record.problem ?? widthProblem(record, table.header.length);
    if (broken !== undefined) return { row: index + 1, findings: [broken] };
    return { row: index + 1, ...readInvoiceRow(rowOf(record, table.header, columns.at), context) };
  });
  return { rows: joinTerms(rows), findings };
}

function headerFindings(header: readonly string[], columns: ReturnType<typeof mapColumns<InvoiceColumn>>, line: number): Finding[] {
  const missing = REQUIRED.filter((column) => !columns.at.has(column)).map((column) => INVOICE_COLUMNS[column][0] as string);
  if (!columns.at.has('gross') && !columns.at.has('openAmount')) missing.push(INVOICE_COLUMNS.gross[0] as string);
  if (missing.length > 0) {
    const seen = header
      .filter((name) => name !== '')
      .slice(0, 12)
      .map(quoted)
      .join(', ');
    const message = `Il manque au fichier ${missing.length > 1 ? 'les colonnes' : 'la colonne'} ${missing.map(quoted).join(', ')}. En-têtes lus\u202f: ${seen}.`;
    return [refused('columnsMissing', message, { field: missing.join(', '), line })];
  }
  return [
    ...columns.unknown.map((name) =>
      warning('columnUnknown', `La colonne ${quoted(name)} n’est pas connue et n’est pas lue.`, { field: name, line }),
    ),
    ...columns.repeated.map((name) =>
      warning('columnRepeated', `La colonne ${quoted(name)} répète une autre colonne\u202f; seule la première est lue.`, {
        field: name,
        line,
      }),
    ),
  ];
}

/** A row with more cells than headers has usually a stray delimiter inside a text: its cells cannot be trusted. Empty cells at the end may be left out. */
export function widthProblem(record: CsvRecord, width: number): Finding | undefined {
  const extra = record.fields.slice(width).some((field) => field !== '');
  if (!extra && record.fields.length * 2 > width) return undefined;
  const message = `Ligne ${record.line}\u202f: ${record.fields.length} cellules pour ${width} colonnes\u202f; entourez de guillemets les textes qui contiennent le séparateur.`;
  return refused('csvWidth', message, { line: record.line });
}

/** Cells by column. */
export function rowOf<K extends string>(record: CsvRecord, header: readonly string[], at: ReadonlyMap<K, number>): CsvRow<K> {
  return {
    line: record.line,
    cell: (column) => record.fields[at.get(column) ?? -1] ?? '',
    header: (column) => header[at.get(column) ?? -1] ?? column,
  };
}

function joinTerms(rows: readonly ReadRow[]): ReadRow[] {
  const groups = new Map<string, number[]>();
  rows.forEach(({ record }, index) => {
    if (record === undefined) return;
    const key = JSON.stringify([record.documentKind, record.number, yearOf(record.issuedOn)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  const joined = [...rows];
  for (const group of groups.values()) if (group.length > 1) joinGroup(joined, group);
  return joined;
}

/** Rows of one invoice: same facts and other due dates are terms of the first row; same everything is a repetition; else nobody can tell. */
function joinGroup(rows: ReadRow[], group: readonly number[]): void {
  const of = (index: number): InvoiceRecord => (rows[index] as ReadRow).record as InvoiceRecord;
  const [head = 0, ...others] = group;
  const lines = group.map((index) => of(index).source.line).join(', ');
  if (others.some((index) => factsOf(of(index)) !== factsOf(of(head)))) {
    for (const index of group) {
      const { row, findings, record } = rows[index] as ReadRow;
      const message = `La facture ${quoted((record as InvoiceRecord).number)} figure plusieurs fois avec des données différentes (lignes ${lines})\u202f; gardez la bonne.`;
      rows[index] = {
        row,
        findings: [...findings, refused('duplicateInvoice', message, { line: (record as InvoiceRecord).source.line as number })],
      };
    }
    return;
  }
  // A book with a row per line of the invoice describes each line; that makes no other invoice.
  const description = soldDescription(group.flatMap((index) => of(index).description ?? []));
  const terms = new Map(of(head).terms.map((term) => [term.dueOn, term]));
  for (const index of others) {
    const { row, findings } = rows[index] as ReadRow;
    const [term] = of(index).terms;
    const line = of(index).source.line as number;
    const headRow = (rows[head] as ReadRow).row;
    if (term !== undefined && !terms.has(term.dueOn)) {
      terms.set(term.dueOn, term);
      rows[index] = { row, joins: headRow, findings };
    } else {
      const message = `La ligne ${line} répète la facture ${quoted(of(head).number)} (lignes ${lines})\u202f; elle n’est comptée qu’une fois.`;
      rows[index] = { row, joins: headRow, findings: [...findings, warning('duplicateRow', message, { line })] };
    }
  }
  const first = rows[head] as ReadRow;
  rows[head] = { ...first, record: { ...of(head), terms: byDueDay([...terms.values()]), ...given('description', description) } };
}

function factsOf(record: InvoiceRecord): string {
  const { terms: _terms, source: _source, description: _description, ...facts } = record;
  return JSON.stringify(facts, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
