import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addSeconds,
  atTime,
  day,
  dayIn,
  daysBetween,
  earlierDay,
  epochMs,
  type Instant,
  instant,
  instantFromEpochMs,
  laterDay,
  parseDay,
  parseInstant,
  timeIn,
  weekday,
  yearOf,
} from './day.js';

describe('days at the edges', () => {
  it('run from 1900 to 2199 and have exactly one spelling', () => {
    for (const text of ['1900-01-01', '1999-12-31', '2000-02-29', '2100-02-28', '2199-12-31']) expect(parseDay(text)).toBe(text);
    const none = [
      '1899-12-31',
      '2200-01-01',
      '2100-02-29',
      '2026-00-10',
      '2026-01-00',
      'x2026-01-01',
      '2026-01-01x',
      '2026-1-01',
      '2026-01-1',
      '12026-01-01',
    ];
    for (const text of none) expect(parseDay(text)).toBeUndefined();
    expect(() => day('2026-02-30')).toThrow(new RangeError('Not a day that exists: 2026-02-30'));
  });

  it('a month later keeps the number of the day, or ends the month', () => {
    expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(day('2028-01-31'), 1)).toBe('2028-02-29');
    expect(addMonths(day('2026-03-15'), -1)).toBe('2026-02-15');
  });

  it('are counted, compared and named', () => {
    expect([addDays(day('2026-02-28'), 1), addDays(day('2000-02-28'), 1), addDays(day('2100-02-28'), 1)]).toEqual([
      '2026-03-01',
      '2000-02-29',
      '2100-03-01',
    ]);
    expect([daysBetween(day('2026-01-01'), day('2027-01-01')), daysBetween(day('2026-01-02'), day('2026-01-01'))]).toEqual([365, -1]);
    expect([weekday(day('2026-11-22')), weekday(day('2026-11-23')), weekday(day('1900-01-01'))]).toEqual([7, 1, 1]);
    expect(yearOf(day('2026-11-22'))).toBe(2026);
    const [early, late] = [day('2026-01-01'), day('2026-01-02')];
    expect([laterDay(early, late), laterDay(late, early), earlierDay(early, late), earlierDay(late, early)]).toEqual([
      late,
      late,
      early,
      early,
    ]);
  });
});

describe('instants at the edges', () => {
  it('are brought to UTC and milliseconds, rounded', () => {
    expect(parseInstant('2026-03-02T09:00:00+01:00')).toBe('2026-03-02T08:00:00.000Z');
    expect(parseInstant('2026-03-02T08:00:00.0005Z')).toBe('2026-03-02T08:00:00.001Z');
    expect(parseInstant('2026-03-02T08:00:00')).toBeUndefined();
    expect(() => instant('tomorrow')).toThrow(new RangeError('Not an instant: tomorrow'));
  });

  it('are counted in milliseconds since 1970, whatever their spelling', () => {
    expect(instantFromEpochMs(-1)).toBe('1969-12-31T23:59:59.999Z');
    expect(instantFromEpochMs(86_400_000 + 3_661_007)).toBe('1970-01-02T01:01:01.007Z');
    expect(epochMs('2026-03-02T09:00:00+01:00' as Instant)).toBe(epochMs(instant('2026-03-02T08:00:00Z')));
    expect(() => epochMs('x1970-01-01T00:00:00.000Z' as Instant)).toThrow(RangeError);
    expect(() => epochMs('1970-01-01T00:00:00.000Zx' as Instant)).toThrow(RangeError);
    expect(epochMs('1970-01-02T01:01:01.007Z' as Instant)).toBe(90_061_007);
    expect(addSeconds(instant('2026-01-01T00:00:00Z'), -1)).toBe('2025-12-31T23:59:59.000Z');
  });
});

describe('clocks at the edges', () => {
  it('a skipped time moves forward, a repeated one is the first', () => {
    expect(atTime(day('2026-03-29'), '02:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
    expect(atTime(day('2026-10-25'), '02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
    expect(atTime(day('2026-06-01'), '09:15:30', 'Europe/Paris')).toBe('2026-06-01T07:15:30.000Z');
    expect(atTime(day('2026-06-01'), '23:59', 'Pacific/Kiritimati')).toBe('2026-06-01T09:59:00.000Z');
  });

  it('a time that no clock shows is refused, on a steady day and on the day of a change', () => {
    for (const on of ['2026-06-01', '2026-03-29']) {
      for (const time of ['24:00', '09:60', '9', 'x09:00', '09:00x', '29:00'])
        expect(() => atTime(day(on), time, 'Europe/Paris')).toThrow(RangeError);
    }
  });

  it('the day and the time of a zone follow its clocks across the change', () => {
    const before = instant('2026-03-29T00:59:59.999Z');
    const after = instant('2026-03-29T01:00:00Z');
    expect([timeIn(before, 'Europe/Paris'), timeIn(after, 'Europe/Paris')]).toEqual(['01:59', '03:00']);
    expect([dayIn(instant('2026-03-29T21:59:59Z'), 'Europe/Paris'), dayIn(instant('2026-03-29T22:00:00Z'), 'Europe/Paris')]).toEqual([
      '2026-03-29',
      '2026-03-30',
    ]);
    expect(timeIn(instant('2026-06-01T12:05:59.999Z'), 'Asia/Kolkata')).toBe('17:35');
  });
});
