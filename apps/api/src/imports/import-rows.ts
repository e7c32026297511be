import { changesMetAgain, factsHash } from '#casework';
import { type Day, yearOf } from '#domain';
import { type Finding, type InvoiceRecord, isRefusedBy, type PaymentRecord, readInvoiceFile, readPaymentCsv, type ReadRow } from '#intake';
import type { CaseRow, CreditorRow, ImportRowRow, InvoiceRow, Tables } from '#ports';
import { sellerFindings } from '../invoices/intake-of-record.js';

export type ImportKind = 'invoices' | 'payments';

/** A file as read: its rows with what was found, or why nothing of it can be used. */
export interface FileReading {
  readonly format: string;
  readonly rows: readonly RowReading[];
  /** What concerns the whole file; with a refused one the file has no rows. */
  readonly findings: readonly Finding[];
}

export interface RowReading {
  readonly row: number;
  readonly invoice?: InvoiceRecord;
  readonly payment?: PaymentRecord;
  /** Row of the file whose invoice this one completes. */
  readonly joins?: number;
  readonly findings: readonly Finding[];
}

/** Reads a file of the kind asked for; the content decides its format. */
export async function readFile(
  kind: ImportKind,
  bytes: Uint8Array,
  fileName: string,
  creditor: CreditorRow,
  today: Day,
): Promise<FileReading> {
  if (kind === 'payments') {
    const { rows, findings } = readPaymentCsv(bytes);
    return {
      format: 'csvPayments',
      rows: rows.map(({ row, record, findings: own }) => ({ row, findings: own, ...(record ? { payment: record } : {}) })),
      findings,
    };
  }
  const file = await readInvoiceFile(bytes, fileName, { today });
  return { format: file.format, rows: file.rows.map((row) => withSeller(row, creditor)), findings: file.findings };
}

function withSeller(row: ReadRow, creditor: CreditorRow): RowReading {
  const { record, joins, findings } = row;
  return {
    row: row.row,
    findings: record ? [...findings, ...sellerFindings(record, creditor)] : findings,
    ...(record ? { invoice: record } : {}),
    ...(joins === undefined ? {} : { joins }),
  };
}

export type Prediction = 'new' | 'updated' | 'unchanged' | 'conflict' | 'duplicateInFile' | 'joined' | 'refused';

export interface Forecast {
  readonly predicted: Prediction;
  /** What a known invoice would be given; with `updated` only. */
  readonly changes?: readonly string[];
}

const BATCH = 1000;

/** What we have already. */
interface Known {
  readonly invoices: ReadonlyMap<string, InvoiceRow>;
  readonly cases: ReadonlyMap<string, readonly CaseRow[]>;
}

/** What each row would do if it were committed now, in the order of the rows. */
export async function predictRows(tx: Tables, creditorId: string, rows: readonly RowReading[]): Promise<Forecast[]> {
  const records = rows.flatMap((row) => (row.invoice && !isRefusedBy(row.findings) ? [row.invoice] : []));
  const invoices = new Map<string, InvoiceRow>();
  const cases = new Map<string, CaseRow[]>();
  for (let at = 0; at < records.length; at += BATCH) {
    const batch = records.slice(at, at + BATCH);
    const found = await tx.invoices.all({ creditorId, number: [...new Set(batch.map((record) => record.number))] });
    for (const row of found) invoices.set(`${row.documentKind}/${row.number}/${row.issueYear}`, row);
    // Only the books' own figure needs the cases.
    const withBooks = new Set(batch.flatMap((record) => (record.openAmount ? [record.number] : [])));
    const invoiceId = found.flatMap((row) => (withBooks.has(row.number) ? [row.invoiceId] : []));
    if (invoiceId.length === 0) continue;
    for (const row of await tx.cases.all({ creditorId, invoiceId })) cases.set(row.invoiceId, [...(cases.get(row.invoiceId) ?? []), row]);
  }
  const seen = new Map<string, InvoiceRecord>();
  return rows.map((row) => forecastOf(row, { invoices, cases }, seen));
}

function forecastOf({ invoice, payment, joins, findings }: RowReading, known: Known, seen: Map<string, InvoiceRecord>): Forecast {
  if (isRefusedBy(findings)) return { predicted: 'refused' };
  if (joins !== undefined) return { predicted: findings.some((one) => one.code === 'duplicateRow') ? 'duplicateInFile' : 'joined' };
  if (!invoice) return { predicted: payment ? 'new' : 'duplicateInFile' };
  const identity = `${invoice.documentKind}/${invoice.number}/${yearOf(invoice.issuedOn)}`;
  const earlier = seen.get(identity);
  if (!earlier) seen.set(identity, invoice);
  if (earlier) return { predicted: factsHash(earlier) === factsHash(invoice) ? 'duplicateInFile' : 'conflict' };
  const stored = known.invoices.get(identity);
  if (!stored) return { predicted: 'new' };
  if (stored.factsSha256 !== factsHash(invoice)) return { predicted: 'conflict' };
  const changes = changesMetAgain(stored, known.cases.get(stored.invoiceId) ?? [], invoice);
  return changes.length > 0 ? { predicted: 'updated', changes } : { predicted: 'unchanged' };
}

/** A record as JSON: members ending in `Minor` are digit strings. */
export function recordToJson(record: InvoiceRecord | PaymentRecord): Record<string, unknown> {
  return JSON.parse(JSON.stringify(record, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))) as Record<
    string,
    unknown
  >;
}

/** The record of a stored row; `recordToJson` wrote it, after it had been checked. */
export function recordFromJson<T extends InvoiceRecord | PaymentRecord>(row: Pick<ImportRowRow, 'record'>): T {
  return JSON.parse(JSON.stringify(row.record), (key, value: unknown) =>
    key.endsWith('Minor') && typeof value === 'string' ? BigInt(value) : value,
  ) as T;
}
