import { describe, expect, it } from 'vitest';
import { instantFromPostgres, VALUE_PARSERS } from './value-parsers.js';

describe('values of PostgreSQL', () => {
  it.each([
    ['2026-03-02 08:00:00+00', '2026-03-02T08:00:00.000Z'],
    ['2026-03-02 08:00:00.1+00', '2026-03-02T08:00:00.100Z'],
    ['2026-03-02 08:00:00.123456+00', '2026-03-02T08:00:00.123Z'],
    ['2026-03-02 09:00:00.5+01', '2026-03-02T08:00:00.500Z'],
    ['2026-03-02 13:30:00+05:30', '2026-03-02T08:00:00.000Z'],
  ])('%s is %s, whatever the zone of the session', (text, expected) => {
    expect(instantFromPostgres(text)).toBe(expected);
  });

  it('what is no moment throws', () => {
    expect(() => instantFromPostgres('infinity')).toThrow(RangeError);
  });

  it('bigint stays exact and a day stays text', () => {
    const parse = (oid: number, text: string): unknown => (VALUE_PARSERS.getTypeParser(oid, 'text') as (text: string) => unknown)(text);
    expect(parse(20, '9223372036854775807')).toBe(9_223_372_036_854_775_807n);
    expect(parse(1082, '2026-03-02')).toBe('2026-03-02');
    expect(parse(17, '\\x00ff')).toEqual(Uint8Array.of(0, 255));
  });
});
