import { instantFromPostgres } from '../value-parsers.js';
import type { Conditions } from './conditions.js';
import type { Reader } from './reader.js';

export type Direction = 'asc' | 'desc';

export interface PageRequest<S extends string = never> {
  /** 50 when absent, at most 200. */
  limit?: number;
  /** `nextCursor` of the page before; only good for the same sort and direction. */
  cursor?: string;
  sort?: S;
  direction?: Direction;
}

export interface Page<T> {
  items: T[];
  /** Absent on the last page. */
  nextCursor?: string;
}

/** The cursor is none of ours, or belongs to another sort. The API answers 400. */
export class BadCursor extends RangeError {
  override readonly name = 'BadCursor';
}

export interface SortKey {
  /** SQL that is never NULL. */
  expression: string;
  type: 'date' | 'bigint' | 'integer' | 'timestamptz' | 'text';
}

export interface ListShape<S extends string> {
  selection: string;
  /** Tables and joins, without the word `from`. */
  from: string;
  /** SQL that is unique among the rows with equal sort keys, text. */
  tie: string;
  sorts: Record<S, SortKey>;
  sort: S;
  direction: Direction;
}

export const PAGE_LIMIT = 50;
export const PAGE_LIMIT_MAX = 200;

interface Keyed {
  sortKeyText: string;
  tieText: string;
}

/**
 * One page of a list, ordered by (sort key, tie), from just after the cursor: complete and without repetition however many rows share
 * a sort key, and as fast on the last page as on the first.
 */
export async function readPage<T, S extends string>(
  reader: Reader,
  shape: ListShape<S>,
  conditions: Conditions,
  request: PageRequest<S>,
): Promise<Page<T>> {
  const sort = request.sort ?? shape.sort;
  const direction = request.direction ?? (request.sort === undefined || request.sort === shape.sort ? shape.direction : 'asc');
  const limit = Math.min(Math.max(1, Math.trunc(request.limit ?? PAGE_LIMIT)), PAGE_LIMIT_MAX);
  const key = shape.sorts[sort];
  if (request.cursor !== undefined) {
    const [sortKey, tie] = readCursor(request.cursor, sort, direction, key);
    const place = [conditions.place(sortKey), conditions.place(tie)];
    conditions.addSql(`(${key.expression}, ${shape.tie}) ${direction === 'asc' ? '>' : '<'} (${place[0]}::${key.type}, ${place[1]}::text)`);
  }
  const sql = `select ${shape.selection}, (${key.expression})::text as "sortKeyText", ${shape.tie} as "tieText"
    from ${shape.from} where ${conditions.sql} order by ${key.expression} ${direction}, ${shape.tie} ${direction} limit ${limit + 1}`;
  const rows = await reader.rows<T & Keyed>(sql, conditions.values);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const items = rows.slice(0, limit).map(({ sortKeyText: _key, tieText: _tie, ...item }) => item as unknown as T);
  return last ? { items, nextCursor: writeCursor(sort, direction, last) } : { items };
}

function writeCursor(sort: string, direction: Direction, row: Keyed): string {
  return Buffer.from(JSON.stringify([sort, direction, row.sortKeyText, row.tieText])).toString('base64url');
}

function readCursor(cursor: string, sort: string, direction: Direction, key: SortKey): [string, string] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new BadCursor('The cursor cannot be read');
  }
  if (!Array.isArray(parts) || parts.length !== 4) throw new BadCursor('The cursor cannot be read');
  const [ofSort, ofDirection, sortKey, tie] = parts as unknown[];
  if (ofSort !== sort || ofDirection !== direction) throw new BadCursor('The cursor belongs to another sort');
  if (typeof sortKey !== 'string' || typeof tie !== 'string' || !fits(sortKey, key.type) || tie.includes('\0')) {
    throw new BadCursor('The cursor cannot be read');
  }
  return [sortKey, tie];
}

/** A forged cursor must not become an error of the database. */
function fits(text: string, type: SortKey['type']): boolean {
  if (type === 'text') return !text.includes('\0');
  if (type === 'bigint') return /^-?\d{1,18}$/.test(text);
  if (type === 'integer') return /^-?\d{1,9}$/.test(text);
  if (type === 'date') return isInstantText(`${text} 00:00:00+00`) && /^\d{4}-\d{2}-\d{2}$/.test(text);
  return text === 'infinity' || isInstantText(text);
}

function isInstantText(text: string): boolean {
  try {
    return !Number.isNaN(Date.parse(instantFromPostgres(text)));
  } catch {
    return false;
  }
}
