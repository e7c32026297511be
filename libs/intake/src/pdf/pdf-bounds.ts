import { constants, inflateSync } from 'node:zlib';

/** Largest object stream and sum of them that a PDF of at most 10 MiB may unpack to; ordinary invoices stay under 1 MiB. */
const LARGEST_STREAM = 16 * 1024 * 1024;
const LARGEST_SUM = 64 * 1024 * 1024;
const MOST_STREAMS = 5_000;
/** Arrays and dictionaries inside each other; the library reads them by recursion and starts again at every one. */
const DEEPEST = 100;
const DICTIONARY_WINDOW = 4_096;

/**
 * Unpacks a zlib stream up to `limit` bytes; `tooLarge` when it would be more, `undefined` when it is none. A stream that is cut off gives
 * what it has, as PDF readers do.
 */
export function inflateWithin(bytes: Uint8Array, limit: number): Uint8Array | 'tooLarge' | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : undefined;
  }
}

/**
 * True when a PDF could unpack to more than we hold. The library unpacks object and cross-reference streams while it loads, without a
 * limit of its own, so they are measured before. Streams whose type is hidden behind name escapes are measured like them; of those, only
 * plain Flate is taken.
 */
export function isPdfBomb(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (isTooDeep(text)) return true;
  let sum = 0;
  let streams = 0;
  const keyword = /stream\r?\n/g;
  for (let found = keyword.exec(text); found !== null; found = keyword.exec(text)) {
    if (text.startsWith('end', found.index - 3)) continue;
    const before = text.slice(Math.max(0, found.index - DICTIONARY_WINDOW), found.index);
    const begin = before.lastIndexOf('obj');
    const dictionary = begin === -1 ? before : before.slice(begin);
    if (begin !== -1 && !/ObjStm|XRef|#/.test(dictionary)) continue;
    streams += 1;
    if (streams > MOST_STREAMS || hasOddFilter(dictionary)) return true;
    const inflated = inflateWithin(bytes.subarray(keyword.lastIndex), LARGEST_STREAM);
    if (inflated === 'tooLarge') return true;
    sum += inflated?.length ?? 0;
    if (sum > LARGEST_SUM) return true;
  }
  return false;
}

/** More than one filter, or one that is not Flate, on a stream that the library would unpack. */
function hasOddFilter(dictionary: string): boolean {
  const filters =
    dictionary.match(/\/(?:ASCIIHex|ASCII85|LZW|RunLength|Flate|DCT|CCITTFax|JBIG2|JPX)Decode|\/(?:AHx|A85|LZW|RL|Fl)(?=[\s/\]>])/g) ?? [];
  return /ObjStm|XRef/.test(dictionary) && (filters.length > 1 || filters.some((filter) => !filter.startsWith('/Fl')));
}

/** Depth of arrays and dictionaries outside strings and streams, in one pass. */
function isTooDeep(text: string): boolean {
  const marks = /\[|\]|<<|>>|\(|\bstream\b/g;
  let depth = 0;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    if (found[0] === '[' || found[0] === '<<') depth += 1;
    else if (found[0] === ']' || found[0] === '>>') depth = Math.max(0, depth - 1);
    else if (found[0] === '(') marks.lastIndex = endOfString(text, marks.lastIndex);
    else {
      const end = text.indexOf('endstream', marks.lastIndex);
      marks.lastIndex = end === -1 ? text.length : end + 9;
    }
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Index after a literal string whose opening parenthesis lies just before `from`. */
function endOfString(text: string, from: number): number {
  const marks = /\\[\s\S]|\(|\)/g;
  marks.lastIndex = from;
  let open = 1;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    if (found[0] === '(') open += 1;
    else if (found[0] === ')') open -= 1;
    if (open === 0) return marks.lastIndex;
  }
  return text.length;
}
