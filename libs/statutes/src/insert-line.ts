import type { Day } from '#domain';
import { isSeq, parseDocument } from 'yaml';

/**
 * Puts one line among the `values` of a file, by its day, and leaves every other character as it is. `line` is the item without its
 * indentation. Throws a RangeError when the file has no line yet to take the place and the indentation from.
 */
export function insertLine(text: string, from: Day, line: string): { text: string; line: string; lineNumber: number } {
  const values: unknown = parseDocument(text, { schema: 'core' }).get('values', true);
  const items = isSeq(values) ? values.items.map(placeOf) : [];
  const first = items[0];
  if (!first) throw new RangeError('The file has no line to put a new one beside');
  const before = items.findLast((item) => item.from < from);
  const start = text.lastIndexOf('\n', first.start) + 1;
  const indented = `${text.slice(start, text.indexOf('-', start))}${line}`;
  const at = before ? endOfLine(text, before.end) : start;
  const made = before ? `${text.slice(0, at)}\n${indented}${text.slice(at)}` : `${text.slice(0, at)}${indented}\n${text.slice(at)}`;
  return { text: made, line: indented, lineNumber: text.slice(0, at).split('\n').length + (before ? 1 : 0) };
}

function placeOf(item: unknown): { from: string; start: number; end: number } {
  const node = item as { range: [number, number, number]; get(key: string): unknown };
  return { from: String(node.get('from')), start: node.range[0], end: node.range[1] };
}

/** The end of the line in which the text before `offset` ends. */
function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', text.slice(0, offset).trimEnd().length);
  return end < 0 ? text.length : end;
}
