import { type BusinessCalendar, rollForward } from '../calendar/business-calendar.js';
import { addDays, addSeconds, atTime, type Day, dayIn, epochMs, type Instant, instantFromEpochMs, laterDay } from '../calendar/day.js';

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
  let on = rollForward(laterDay(earliest, dayIn(notBefore, rule.zone)), rule.calendar);
  // Two tries are enough: on a day after that of `notBefore` the opening is always later than it.
  for (let tries = 0; tries < 3; tries++) {
    const opening = jitteredOpening(on, rule);
    const at = opening >= notBefore ? opening : ceilSecond(notBefore);
    if (at < atTime(on, rule.window.to, rule.zone)) return { on, at };
    on = rollForward(addDays(on, 1), rule.calendar);
  }
  throw new RangeError(`The sending window ${rule.window.from}–${rule.window.to} is empty`);
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

function jitteredOpening(on: Day, rule: SlotRule): Instant {
  const opening = atTime(on, rule.window.from, rule.zone);
  const shifted = addSeconds(opening, rule.jitterSeconds);
  return shifted < atTime(on, rule.window.to, rule.zone) ? shifted : opening;
}

function ceilSecond(at: Instant): Instant {
  return instantFromEpochMs(Math.ceil(epochMs(at) / 1000) * 1000);
}
