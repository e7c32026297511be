import { factsHash } from '#casework';
import { type Day, yearOf } from '#domain';
import { type Finding, type InvoiceRecord, isRefusedBy, type PaymentRecord, readInvoiceFile, readPaymentCsv, type ReadRow } from '#intake';
import type { CreditorRow, ImportRowRow, Tables } from '#ports';
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

export type Prediction = 'new' | 'unchanged' | 'conflict' | 'duplicateInFile' | 'joined' | 'refused';

const BATCH = 1000;

/** What each row would do if it were committed now, in the order of the rows. */
export async function predictRows(tx: Tables, creditorId: string, rows: readonly RowReading[]): Promise<Prediction[]> {
  const invoices = rows.flatMap((row) => (row.invoice && !isRefusedBy(row.findings) ? [row.invoice] : []));
  const known = new Map<string, string>();
  for (let at = 0; at < invoices.length; at += BATCH) {
    const number = [...new Set(invoices.slice(at, at + BATCH).map((record) => record.number))];
    for (const row of await tx.invoices.all({ creditorId, number }))
      known.set(`${row.documentKind}/${row.number}/${row.issueYear}`, row.factsSha256);
  }
  const seen = new Map<string, string>();
  return rows.map((row) => predictionOf(row, known, seen));
}

function predictionOf(
  { invoice, payment, joins, findings }: RowReading,
  known: ReadonlyMap<string, string>,
  seen: Map<string, string>,
): Prediction {
  if (isRefusedBy(findings)) return 'refused';
  if (joins !== undefined) return findings.some((one) => one.code === 'duplicateRow') ? 'duplicateInFile' : 'joined';
  if (!invoice) return payment ? 'new' : 'duplicateInFile';
  const identity = `${invoice.documentKind}/${invoice.number}/${yearOf(invoice.issuedOn)}`;
  const hash = factsHash(invoice);
  const earlier = seen.get(identity);
  seen.set(identity, hash);
  if (earlier !== undefined) return earlier === hash ? 'duplicateInFile' : 'conflict';
  const stored = known.get(identity);
  return stored === undefined ? 'new' : stored === hash ? 'unchanged' : 'conflict';
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
