import { Temporal } from 'temporal-polyfill';

/** A civil day, `YYYY-MM-DD`, years 1900–2199. Compares as text. Legal days are days, never instants. */
export type Day = string & { readonly __brand: 'Day' };

/** A moment in UTC with milliseconds, `2026-03-02T08:00:00.000Z`. Compares as text. */
export type Instant = string & { readonly __brand: 'Instant' };

const DAY = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;

/** Reads a day that exists; `undefined` for 2026-02-30 or another shape. */
export function parseDay(text: string): Day | undefined {
  if (!DAY.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as Day;
  } catch {
    return undefined;
  }
}

/** Like `parseDay`, but throws a RangeError naming the text. For literals and trusted rows. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(`Not a day that exists: ${text}`);
  return parsed;
}

/** Reads any ISO instant with an offset and brings it to UTC milliseconds; `undefined` when it is none. */
export function parseInstant(text: string): Instant | undefined {
  try {
    return Temporal.Instant.from(text).round('millisecond').toString({ smallestUnit: 'millisecond' }) as Instant;
  } catch {
    return undefined;
  }
}

export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new RangeError(`Not an instant: ${text}`);
  return parsed;
}

export function instantFromEpochMs(ms: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'millisecond' }) as Instant;
}

export function epochMs(at: Instant): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}

export function addSeconds(at: Instant, seconds: number): Instant {
  return instantFromEpochMs(epochMs(at) + seconds * 1000);
}

export function addDays(from: Day, days: number): Day {
  return Temporal.PlainDate.from(from).add({ days }).toString() as Day;
}

/** Same day number `months` later, else that month's last day: 31 Jan + 1 month is 28 or 29 Feb. */
export function addMonths(from: Day, months: number): Day {
  return Temporal.PlainDate.from(from).add({ months }).toString() as Day;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekday(on: Day): number {
  return Temporal.PlainDate.from(on).dayOfWeek;
}

export function yearOf(on: Day): number {
  return Number(on.slice(0, 4));
}

export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b;
}

export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** The civil day that `at` falls on in an IANA zone. */
export function dayIn(at: Instant, zone: string): Day {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString() as Day;
}

/** Wall-clock time of `at` in a zone, `HH:MM`. */
export function timeIn(at: Instant, zone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The instant at which the wall clock of `zone` shows `time` (`HH:MM` or `HH:MM:SS`) on `on`; a time skipped by summer time moves forward. */
export function atTime(on: Day, time: string, zone: string): Instant {
  return Temporal.PlainDate.from(on)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' }) as Instant;
}
