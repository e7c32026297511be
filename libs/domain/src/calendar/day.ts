import { Temporal } from 'temporal-polyfill';

/** A civil day, `YYYY-MM-DD`, years 1900–2199. Compares as text. Legal days are days, never instants. */
export type Day = string & { readonly __brand: 'Day' };

/** A moment in UTC with milliseconds, `2026-03-02T08:00:00.000Z`. Compares as text. */
export type Instant = string & { readonly __brand: 'Instant' };

const DAY = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;

/** Reads a day that exists; `undefined` for 2026-02-30 or another shape. */
export function parseDay(text: string): Day | undefined {
  if (!DAY.test(text)) return undefined;
  // A day that does not exist is counted as another one, and comes back under that one's name.
  return dayOfNumber(dayNumber(text as Day)) === text ? (text as Day) : undefined;
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

const DAY_MS = 86_400_000;

export function instantFromEpochMs(ms: number): Instant {
  const days = Math.floor(ms / DAY_MS);
  const rest = ms - days * DAY_MS;
  const clock = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60]
    .map((part) => pad(part, 2))
    .join(':');
  return `${dayOfNumber(days)}T${clock}.${pad(rest % 1000, 3)}Z` as Instant;
}

/** Milliseconds since 1970 of a canonical instant; throws a RangeError for any other text. */
export function epochMs(at: Instant): number {
  const match = INSTANT.exec(at);
  if (!match) return Temporal.Instant.from(at).epochMilliseconds;
  const [, date, hours, minutes, seconds, millis] = match;
  return dayNumber(date as Day) * DAY_MS + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(millis);
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{3})Z$/;

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar: plans ask for thousands of them, so they are counted, not constructed. */
function dayNumber(on: Day): number {
  const month = Number(on.slice(5, 7));
  // The year begins in March: leap days then fall at its end.
  const year = Number(on.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(on.slice(8, 10)) - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function dayOfNumber(days: number): Day {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1, 2)}` as Day;
}

export function addSeconds(at: Instant, seconds: number): Instant {
  return instantFromEpochMs(epochMs(at) + seconds * 1000);
}

export function addDays(from: Day, days: number): Day {
  return dayOfNumber(dayNumber(from) + days);
}

/** Same day number `months` later, else that month's last day: 31 Jan + 1 month is 28 or 29 Feb. */
export function addMonths(from: Day, months: number): Day {
  return Temporal.PlainDate.from(from).add({ months }).toString() as Day;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekday(on: Day): number {
  return ((((dayNumber(on) + 3) % 7) + 7) % 7) + 1;
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
  const local = wallClockMs(at, zone);
  if (local !== undefined) return dayOfNumber(Math.floor(local / DAY_MS));
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString() as Day;
}

/** Wall-clock time of `at` in a zone, `HH:MM`. */
export function timeIn(at: Instant, zone: string): string {
  const local = wallClockMs(at, zone);
  if (local !== undefined) return instantFromEpochMs(local).slice(11, 16);
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** The instant at which the wall clock of `zone` shows `time` (`HH:MM` or `HH:MM:SS`) on `on`; a time skipped by summer time moves forward. */
export function atTime(on: Day, time: string, zone: string): Instant {
  const shown = TIME.exec(time);
  const days = dayNumber(on);
  // No zone is a day away from UTC: whatever instant it is lies between these two midnights.
  const offset = steadyOffset(days - 1, days + 2, zone);
  if (shown && offset !== undefined) {
    const [, hours, minutes, seconds = '0'] = shown;
    return instantFromEpochMs(days * DAY_MS + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 - offset);
  }
  return Temporal.PlainDate.from(on)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' }) as Instant;
}

/** What the clocks of a zone show at `at`, counted like an epoch; `undefined` on a day on which they change. */
function wallClockMs(at: Instant, zone: string): number | undefined {
  const ms = epochMs(at);
  const days = Math.floor(ms / DAY_MS);
  const offset = steadyOffset(days, days + 1, zone);
  return offset === undefined ? undefined : ms + offset;
}

/** Milliseconds that a zone is ahead of UTC between two UTC midnights, days since 1970; `undefined` where its clocks change in between. */
function steadyOffset(from: number, to: number, zone: string): number | undefined {
  const offset = midnightOffset(from, zone);
  return offset === midnightOffset(to, zone) ? offset : undefined;
}

/** Asking the time zone database costs 0.05 ms and plans ask for the same few days: kept per zone and day, at most one entry per day of three centuries. */
const midnightOffsets = new Map<string, Map<number, number>>();

function midnightOffset(days: number, zone: string): number {
  let known = midnightOffsets.get(zone);
  if (!known) midnightOffsets.set(zone, (known = new Map()));
  let offset = known.get(days);
  if (offset === undefined) {
    offset = Temporal.Instant.fromEpochMilliseconds(days * DAY_MS).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
    known.set(days, offset);
  }
  return offset;
}
