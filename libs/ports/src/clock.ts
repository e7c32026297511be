import type { Instant } from '#domain';

/** The wall clock: claim ages, signatures and leases stay in real time. A sandbox creditor's time is a row, never this. */
export interface Clock {
  now(): Instant;
}

/** Makes ids: UUIDv7, so that rows of one table stay in time order. */
export interface Ids {
  next(): string;
}
