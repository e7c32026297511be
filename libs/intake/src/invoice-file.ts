import type { Currency, Day } from '#domain';
import { isCii, readGuardedCii } from './cii-reader.js';
import { readInvoiceCsv } from './csv/invoice-csv.js';
import { readFacturX } from './facturx-reader.js';
import { type Finding, isRefusedBy, quoted, refused } from './finding.js';
import { checkInvoiceRecord } from './invoice-check.js';
import { invoiceFromInput, invoiceInput } from './invoice-input.js';
import { inFrench, inputFindings } from './input-findings.js';
import type { InvoiceRecord, ReadRow, SourceFormat } from './invoice-record.js';
import { isUbl, readGuardedUbl } from './ubl-reader.js';
import { guardXml, MAX_FILE_BYTES } from './xml/xml-guard.js';

/** One invoice in JSON, with every field at its longest, stays far below. */
const MAX_JSON_BYTES = 256 * 1024;

/** What came out of one file: its format by content, its rows, and what concerns it as a whole. */
export interface InvoiceFile {
  readonly format: SourceFormat | 'unknown';
  readonly rows: ReadRow[];
  readonly findings: Finding[];
}

export interface InvoiceFileOptions {
  /** The creditor's day; the records are checked against it. */
  readonly today: Day;
  /** For CSV rows that name no currency. */
  readonly defaultCurrency?: Currency;
}

/**
 * Reads any file of invoices: UBL, CII, Factur-X PDF, CSV or one JSON invoice. The content decides, never the extension; the name is only
 * quoted in findings. Every record carries the findings of `checkInvoiceRecord` beside those of its reader. Never throws on the content.
 */
export async function readInvoiceFile(bytes: Uint8Array, fileName: string, options: InvoiceFileOptions): Promise<InvoiceFile> {
  const file = await readByContent(bytes, fileName, options);
  const rows = file.rows.map((one): ReadRow => {
    if (one.record === undefined) return one;
    return { ...one, findings: [...one.findings, ...checkInvoiceRecord(one.record, { today: options.today })] };
  });
  return { ...file, rows };
}

async function readByContent(bytes: Uint8Array, fileName: string, options: InvoiceFileOptions): Promise<InvoiceFile> {
  const whole = (finding: Finding): InvoiceFile => ({ format: 'unknown', rows: [], findings: [finding] });
  if (bytes.length === 0)
    return whole(refused('fileEmpty', `Le fichier ${quoted(fileName)} est vide (0 octet)\u202f; exportez-le à nouveau.`));
  if (bytes.length > MAX_FILE_BYTES)
    return whole(refused('fileTooLarge', `Le fichier ${quoted(fileName)} dépasse 10\u202fMio\u202f; découpez-le.`));
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (head.includes('%PDF-')) return single('facturx', await readFacturX(bytes));
  if (head.startsWith('PK\u0003\u0004')) {
    return whole(
      refused('fileTypeUnsupported', `Le fichier ${quoted(fileName)} est un classeur ou une archive ZIP\u202f; enregistrez-le en CSV.`),
    );
  }
  const start = head.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').replace(/^[\s\u0000]+/, '');
  if (start.startsWith('<')) return readXmlFile(bytes);
  if (start.startsWith('{')) return readJsonFile(bytes, fileName);
  // Control bytes other than tab and line ends, without the marks of UTF-16, are no text.
  const isUtf16 = /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(head);
  if (!isUtf16 && /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(head)) {
    return whole(refused('fileTypeUnsupported', `Le fichier ${quoted(fileName)} n’est ni XML, ni PDF, ni CSV.`));
  }
  const { rows, findings } = readInvoiceCsv(
    bytes,
    options.defaultCurrency === undefined ? {} : { defaultCurrency: options.defaultCurrency },
  );
  return { format: 'csv', rows, findings };
}

function single(format: SourceFormat, row: ReadRow): InvoiceFile {
  return row.record === undefined ? { format, rows: [], findings: row.findings } : { format, rows: [row], findings: [] };
}

function readXmlFile(bytes: Uint8Array): InvoiceFile {
  const xml = guardXml(bytes);
  if ('severity' in xml) return { format: 'unknown', rows: [], findings: [xml] };
  if (isUbl(xml)) return single('ubl', readGuardedUbl(xml));
  if (isCii(xml)) return single('cii', readGuardedCii(xml, 'cii'));
  const message = `La racine XML ${quoted(xml.root)} n’est pas une facture UBL ou CII connue (espace de noms ${quoted(xml.namespace || 'absent')}).`;
  return { format: 'unknown', rows: [], findings: [refused('xmlRootUnknown', message, { field: `/${xml.root}` })] };
}

function readJsonFile(bytes: Uint8Array, fileName: string): InvoiceFile {
  if (bytes.length > MAX_JSON_BYTES) {
    return {
      format: 'json',
      rows: [],
      findings: [refused('fileTooLarge', `Le fichier ${quoted(fileName)} dépasse 256\u202fKio\u202f; il doit contenir une seule facture.`)],
    };
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { format: 'json', rows: [], findings: [refused('jsonMalformed', `Le fichier ${quoted(fileName)} n’est pas du JSON valide.`)] };
  }
  const checked = invoiceInput.safeParse(body, inFrench);
  if (checked.success) return single('json', { row: 1, record: invoiceFromInput(checked.data), findings: [] });
  return { format: 'json', rows: [], findings: inputFindings(checked.error.issues) };
}

/** Sums of a file for the person who compares them with their books. */
export interface ControlTotals {
  readonly invoices: number;
  readonly creditNotes: number;
  readonly refusedRows: number;
  readonly tasks: number;
  /** Payable amounts in minor units by currency, refused rows left out. */
  readonly payable: ReadonlyMap<Currency, { readonly invoicesMinor: bigint; readonly creditNotesMinor: bigint }>;
}

/** Counts and adds up what a file would bring. Rows that complete another row's invoice count once. */
export function controlTotals(rows: readonly ReadRow[]): ControlTotals {
  const kept = rows.filter((one): one is ReadRow & { record: InvoiceRecord } => one.record !== undefined && !isRefusedBy(one.findings));
  const payable = new Map<Currency, { invoicesMinor: bigint; creditNotesMinor: bigint }>();
  for (const { record } of kept) {
    const sum = payable.get(record.currency) ?? { invoicesMinor: 0n, creditNotesMinor: 0n };
    sum[record.documentKind === 'invoice' ? 'invoicesMinor' : 'creditNotesMinor'] += record.payableMinor;
    payable.set(record.currency, sum);
  }
  return {
    invoices: kept.filter((one) => one.record.documentKind === 'invoice').length,
    creditNotes: kept.filter((one) => one.record.documentKind === 'creditNote').length,
    refusedRows: rows.filter((one) => isRefusedBy(one.findings)).length,
    tasks: kept.filter((one) => one.findings.some((finding) => finding.severity === 'task')).length,
    payable,
  };
}
