import { parse } from 'csv-parse/sync';
import { type Finding, refused } from '../finding.js';
import { MAX_FILE_BYTES } from '../xml/xml-guard.js';

export const MAX_ROWS = 50_000;
const MAX_COLUMNS = 200;
/** Longest record taken, in characters, and the number of lines a quoted field may span. */
const MAX_RECORD = 65_536;
const MAX_QUOTED_LINES = 200;

/** One record of the file: its fields, or why it cannot be split, with the line it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  readonly problem?: Finding;
}

export interface CsvTable {
  readonly header: readonly string[];
  readonly headerLine: number;
  readonly delimiter: string;
  readonly records: readonly CsvRecord[];
}

/** UTF-8 (with or without BOM), UTF-16 with BOM, else windows-1252, which every byte sequence is. */
export function decodeCsv(bytes: Uint8Array): string | Finding {
  if (bytes.length === 0) return refused('fileEmpty', 'Le fichier est vide (0 octet)\u202f; exportez-le à nouveau.');
  if (bytes.length > MAX_FILE_BYTES) return refused('fileTooLarge', 'Le fichier dépasse 10\u202fMio\u202f; découpez-le.');
  const text = decodeBytes(bytes);
  if (!text.includes('\u0000')) return text;
  return refused('fileTypeUnsupported', 'Le fichier contient des octets nuls\u202f: ce n’est pas un fichier CSV.');
}

function decodeBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Splits a CSV text into header and records. The delimiter is the one of `; , tab |` that yields the most headers that `knows` recognises.
 * A record with a broken quote becomes a problem of its own line; the next line starts afresh, so that one bad row never swallows the rest.
 */
export function readCsvTable(text: string, knows: (header: string) => boolean): CsvTable | Finding {
  const declared = /^sep=([;,|\t])\r?\n/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text;
  const pieces = splitRecords(body, declared ? 2 : 1);
  const [head, ...rest] = pieces;
  if (head === undefined) return refused('fileEmpty', 'Le fichier ne contient que des lignes vides.');
  if (rest.length > MAX_ROWS) {
    return refused('tooManyRows', `Le fichier compte ${rest.length} lignes\u202f; au-delà de ${MAX_ROWS}, découpez-le.`);
  }
  const delimiter = declared?.[1] ?? bestDelimiter(head.text, knows);
  const header = fieldsOf(head, delimiter);
  if (header.problem !== undefined) return header.problem;
  if (header.fields.length > MAX_COLUMNS)
    return refused('tooManyColumns', `Le fichier compte plus de ${MAX_COLUMNS} colonnes.`, { line: head.line });
  const records = rest
    .map((piece) => fieldsOf(piece, delimiter))
    .filter((one) => one.problem !== undefined || one.fields.some((field) => field.trim() !== ''));
  return { header: header.fields, headerLine: head.line, delimiter, records };
}

interface Piece {
  readonly line: number;
  readonly text: string;
  readonly unclosed?: true;
}

function splitRecords(text: string, firstLine: number): Piece[] {
  const lines = text.split(/\r\n|\n|\r/);
  const pieces: Piece[] = [];
  let index = 0;
  while (index < lines.length && pieces.length <= MAX_ROWS + 1) {
    const start = index;
    let record = lines[index] as string;
    const limit = Math.min(lines.length, start + MAX_QUOTED_LINES);
    while (hasOpenQuote(record) && index + 1 < limit && record.length <= MAX_RECORD) {
      index += 1;
      record += `\n${lines[index] as string}`;
    }
    if (hasOpenQuote(record)) {
      pieces.push({ line: firstLine + start, text: lines[start] as string, unclosed: true });
      index = start + 1;
      continue;
    }
    if (record.trim() !== '') pieces.push({ line: firstLine + start, text: record });
    index += 1;
  }
  return pieces;
}

/** An odd number of quotes: a quoted field goes on in the next line. */
function hasOpenQuote(record: string): boolean {
  let quotes = 0;
  for (let at = record.indexOf('"'); at !== -1; at = record.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

function fieldsOf(piece: Piece, delimiter: string): CsvRecord {
  const { line, text } = piece;
  const broken = (): CsvRecord => ({
    line,
    fields: [],
    problem: refused('csvQuote', `Ligne ${line}\u202f: un guillemet n’est pas fermé ou pas doublé\u202f; corrigez cette ligne.`, { line }),
  });
  if (piece.unclosed) return broken();
  if (text.length > MAX_RECORD)
    return { line, fields: [], problem: refused('csvRowTooLong', `Ligne ${line}\u202f: la ligne est trop longue.`, { line }) };
  if (!text.includes('"')) return { line, fields: text.split(delimiter).map((field) => field.trim()) };
  try {
    const [fields] = parse(text, { delimiter, relax_column_count: true, trim: true, record_delimiter: ['\u0000'] }) as string[][];
    return { line, fields: fields ?? [] };
  } catch {
    return broken();
  }
}

function bestDelimiter(header: string, knows: (header: string) => boolean): string {
  const scored = [';', ',', '\t', '|'].map((delimiter) => {
    const { fields } = fieldsOf({ line: 1, text: header }, delimiter);
    return { delimiter, known: fields.filter(knows).length, fields: fields.length };
  });
  scored.sort((a, b) => b.known - a.known || b.fields - a.fields);
  return scored[0]?.delimiter ?? ';';
}
