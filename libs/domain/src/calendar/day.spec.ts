import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addSeconds,
  atTime,
  day,
  dayIn,
  daysBetween,
  epochMs,
  instant,
  instantFromEpochMs,
  parseDay,
  timeIn,
  weekday,
} from './day.js';

const anyDay = fc.integer({ min: 0, max: 109_000 }).map((n) => Temporal.PlainDate.from('1900-01-01').add({ days: n }));

describe('civil days', () => {
  it('agree with the calendar of Temporal on every sum, difference and weekday', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
        const to = from.add({ days });
        expect(addDays(day(from.toString()), days)).toBe(to.toString());
        expect(daysBetween(from.toString() as never, to.toString() as never)).toBe(days);
        expect(weekday(from.toString() as never)).toBe(from.dayOfWeek);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuse days that do not exist', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '9999-01-01', '2026-04-31', ' 2026-04-30'])
      expect(parseDay(text)).toBeUndefined();
    expect(parseDay('2028-02-29')).toBe('2028-02-29');
  });
});

describe('instants', () => {
  it('agree with Temporal to the millisecond, before 1970 too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 6_000_000_000_000 }), (ms) => {
        const text = Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'millisecond' });
        expect(instantFromEpochMs(ms)).toBe(text);
        expect(epochMs(text as never)).toBe(ms);
      }),
      { numRuns: 2000 },
    );
  });

  it('I28: 09:00 in Paris is an hour earlier in UTC after the clocks change on 29 March 2026', () => {
    expect(atTime(day('2026-03-28'), '09:00', 'Europe/Paris')).toBe('2026-03-28T08:00:00.000Z');
    expect(atTime(day('2026-03-30'), '09:00', 'Europe/Paris')).toBe('2026-03-30T07:00:00.000Z');
    expect(dayIn(instant('2026-03-28T23:30:00Z'), 'Europe/Paris')).toBe('2026-03-29');
    expect(addSeconds(instant('2026-03-29T00:59:59Z'), 1)).toBe('2026-03-29T01:00:00.000Z');
  });
});

describe('clocks of a zone', () => {
  const zones = [
    'Europe/Paris',
    'Europe/Brussels',
    'Indian/Reunion',
    'America/Guadeloupe',
    'Pacific/Tahiti',
    'America/Miquelon',
    'Pacific/Kiritimati',
    'Africa/Casablanca',
    'Australia/Lord_Howe',
    'UTC',
  ];
  const someZone = fc.constantFrom(...zones);
  const someDay = fc.integer({ min: 0, max: 50_000 }).map((n) => Temporal.PlainDate.from('1970-01-01').add({ days: n }));
  const changeDay = fc
    .record({ year: fc.integer({ min: 1977, max: 2099 }), month: fc.constantFrom(3, 4, 9, 10, 11), day: fc.integer({ min: 1, max: 30 }) })
    .map((date) => Temporal.PlainDate.from(date));

  it('I28: agree with Temporal at every second of the day, skipped and repeated hours included', () => {
    fc.assert(
      fc.property(fc.oneof(someDay, changeDay), fc.integer({ min: 0, max: 86_399 }), someZone, (on, second, zone) => {
        const plainTime = Temporal.PlainTime.from('00:00:00').add({ seconds: second });
        const wanted = on.toZonedDateTime({ timeZone: zone, plainTime }).toInstant();
        const got = atTime(day(on.toString()), plainTime.toString({ smallestUnit: 'second' }), zone);
        expect(got).toBe(wanted.toString({ smallestUnit: 'millisecond' }));
        const shown = wanted.toZonedDateTimeISO(zone);
        expect(dayIn(got, zone)).toBe(shown.toPlainDate().toString());
        expect(timeIn(got, zone)).toBe(shown.toPlainTime().toString({ smallestUnit: 'minute' }));
      }),
      { numRuns: 3000 },
    );
  });

  it('I28: every hour of the days around the changes of 2026 and 2027 in Paris', () => {
    for (const from of ['2026-03-26', '2026-10-22', '2027-03-25', '2027-10-28']) {
      for (let hour = 0; hour < 7 * 24; hour++) {
        const at = Temporal.PlainDateTime.from(`${from}T00:30:00`).add({ hours: hour });
        const wanted = at.toZonedDateTime('Europe/Paris').toInstant().toString({ smallestUnit: 'millisecond' });
        expect(atTime(day(at.toPlainDate().toString()), at.toPlainTime().toString({ smallestUnit: 'minute' }), 'Europe/Paris')).toBe(
          wanted,
        );
      }
    }
  });
});
