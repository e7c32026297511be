import { randomFillSync } from 'node:crypto';
import { instantFromEpochMs } from '#domain';
import type { Clock, Ids } from '#ports';

/** The machine's clock. */
export const systemClock: Clock = { now: () => instantFromEpochMs(Date.now()) };

const COUNTER_MAX = 0xfff;

/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter, then 62 random bits. Ids of one process rise strictly,
 * also within a millisecond and when the clock steps back.
 */
function createUuidV7Ids(nowMs: () => number): Ids {
  let lastMs = 0;
  let counter = 0;
  return {
    next(): string {
      const bytes = randomFillSync(Buffer.alloc(16));
      const now = nowMs();
      if (now > lastMs) {
        lastMs = now;
        counter = bytes.readUInt16BE(6) & 0x7ff; // starts in the lower half, so that a burst has room
      } else if (++counter > COUNTER_MAX) {
        lastMs += 1;
        counter = 0;
      }
      bytes.writeUIntBE(lastMs, 0, 6);
      bytes.writeUInt16BE(0x7000 | counter, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}

export const uuidV7Ids: Ids = createUuidV7Ids(Date.now);
