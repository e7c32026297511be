import pg from 'pg';
import { type Instant, parseInstant } from '#domain';

const OID_BYTEA = 17;
const OID_INT8 = 20;
const OID_DATE = 1082;
const OID_TIMESTAMPTZ = 1184;
/** What PostgreSQL writes when the session is in UTC: `2026-03-02 08:00:00+00`, with up to six decimals. */
const UTC_TEXT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/;

/** PostgreSQL's text of a timestamptz, whatever the session's zone, as an `Instant`. Throws a RangeError on infinity. */
export function instantFromPostgres(text: string): Instant {
  const utc = UTC_TEXT.exec(text);
  if (utc) return `${utc[1]}T${utc[2]}.${(utc[3] ?? '').padEnd(3, '0').slice(0, 3)}Z` as Instant;
  const read = parseInstant(text.replace(' ', 'T'));
  if (read === undefined) throw new RangeError(`Not an instant of PostgreSQL: ${text}`);
  return read;
}

function bytesFromPostgres(text: string): Uint8Array {
  const buffer = Buffer.from(text.slice(2), 'hex');
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [OID_BYTEA, bytesFromPostgres],
  [OID_INT8, BigInt],
  [OID_DATE, (text: string) => text],
  [OID_TIMESTAMPTZ, instantFromPostgres],
]);

/**
 * Parsers of our connections only (pg's own registry is global and belongs to everybody): days stay text,
 * instants become `Instant`, bigint stays exact, bytes are a Uint8Array.
 */
export const VALUE_PARSERS: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format ?? 'text') === 'text'
      ? (PARSERS.get(oid) ?? pg.types.getTypeParser(oid, 'text'))
      : pg.types.getTypeParser(oid, 'binary')) as pg.CustomTypesConfig['getTypeParser'],
};
