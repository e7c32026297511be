import { type Day, dayIn, type Instant } from '#domain';
import type { Clock, CreditorRow } from '#ports';

/** "Now" for a creditor: the row of its sandbox clock, else the wall clock. */
export function nowFor(creditor: CreditorRow, clock: Clock): Instant {
  if (creditor.sandbox && creditor.clockAt) return creditor.clockAt;
  return clock.now();
}

export function todayFor(creditor: CreditorRow, clock: Clock, zone = creditor.zone): Day {
  return dayIn(nowFor(creditor, clock), zone);
}
