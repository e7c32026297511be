import { type BusinessCalendar, rollForward } from '../calendar/business-calendar.js';
import { addDays, atTime, type Day, dayIn, epochMs, type Instant, instantFromEpochMs } from '../calendar/day.js';

export interface SlotRule {
  readonly calendar: BusinessCalendar;
  readonly zone: string;
  readonly window: { readonly from: string; readonly to: string };
  readonly jitterSeconds: number;
}

export interface Slot {
  readonly on: Day;
  readonly at: Instant;
}

/**
 * The first sending slot on or after a day and not before an instant: the window's opening plus the jitter on a business day;
 * where that has passed but the window is still open, the instant itself (rounded up to a second); else the next business day.
 */
export function slotFrom(earliest: Day, notBefore: Instant, rule: SlotRule): Slot {
  let on = rollForward(earliest, rule.calendar);
  let opening = jitteredOpening(on, rule);
  // Three tries are enough: on a day after that of `notBefore` the opening is always later than it.
  for (let tries = 0; tries < 3; tries++) {
    if (opening >= notBefore) return { on, at: opening };
    const today = dayIn(notBefore, rule.zone);
    const at = ceilSecond(notBefore);
    if (today === on && at < atTime(on, rule.window.to, rule.zone)) return { on, at };
    on = rollForward(today > on ? today : addDays(on, 1), rule.calendar);
    opening = jitteredOpening(on, rule);
  }
  throw new RangeError(`The sending window ${rule.window.from}–${rule.window.to} is empty`);
}

/** The same over several windows a day (a morning and an afternoon): the earliest slot of any of them. */
export function slotInWindows(
  earliest: Day,
  notBefore: Instant,
  rule: Omit<SlotRule, 'window'>,
  windows: readonly SlotRule['window'][],
): Slot {
  const slots = windows.map((window) => slotFrom(earliest, notBefore, { ...rule, window }));
  return slots.reduce((best, slot) => (slot.at < best.at ? slot : best));
}

/** The instant at which the window opens on the first business day from `on`; verdicts are judged then, before that day's rungs. */
export function openingFrom(on: Day, rule: Omit<SlotRule, 'jitterSeconds'>): Instant {
  return atTime(rollForward(on, rule.calendar), rule.window.from, rule.zone);
}

/** Length of a window in seconds of wall clock: `09:00`–`18:00` is 32,400. */
export function windowSeconds(window: { readonly from: string; readonly to: string }): number {
  return secondsOf(window.to) - secondsOf(window.from);
}

function secondsOf(time: string): number {
  return Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60;
}

/** A jitter longer than the window is cut to its last second rather than sent after hours. */
function jitteredOpening(on: Day, rule: SlotRule): Instant {
  const jitterSeconds = Math.min(rule.jitterSeconds, Math.max(0, windowSeconds(rule.window) - 1));
  return atTime(on, clock(secondsOf(rule.window.from) + jitterSeconds), rule.zone);
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function ceilSecond(at: Instant): Instant {
  return instantFromEpochMs(Math.ceil(epochMs(at) / 1000) * 1000);
}
