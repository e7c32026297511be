import { type Day, parseDay } from '#domain';

/** A day as a document prints it: ISO, or with a UNTDID 2379 format code. */
export interface PrintedDay {
  readonly text: string;
  /** UNTDID 2379: 102 is CCYYMMDD. */
  readonly format?: string;
  readonly path: string;
}

const SHAPES: ReadonlyMap<string, RegExp> = new Map([
  ['2', /^(?<d>\d{2})(?<m>\d{2})(?<y>\d{2})$/],
  ['3', /^(?<m>\d{2})(?<d>\d{2})(?<y>\d{2})$/],
  ['4', /^(?<d>\d{2})(?<m>\d{2})(?<y>\d{4})$/],
  ['101', /^(?<y>\d{2})(?<m>\d{2})(?<d>\d{2})$/],
  ['102', /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/],
  ['203', /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\d{4}$/],
  ['204', /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\d{6}$/],
  ['205', /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\d{4}.*$/],
  ['303', /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\d{4}.*$/],
  ['304', /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\d{6}.*$/],
]);

/** ISO day with an optional time or zone behind it, as xs:date and xs:dateTime allow. The zone never moves the day: it is the issuer's. */
const ISO = /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?$/;

/** Reads a printed day; `undefined` when it does not exist, lies outside 1900–2199 or has an unknown format. */
export function readDay(printed: PrintedDay): Day | undefined {
  const shape = printed.format === undefined || printed.format === '' ? undefined : SHAPES.get(printed.format);
  const value = printed.text.trim();
  const found = (shape?.exec(value) ?? ISO.exec(value) ?? (printed.format ? null : SHAPES.get('102')?.exec(value)))?.groups;
  if (!found) return undefined;
  const year = found['y'] ?? '';
  return parseDay(`${year.length === 2 ? `20${year}` : year}-${found['m']}-${found['d']}`);
}
