import { describe, expect, it } from 'vitest';
import { idempotentWrite, resumable, throttled, tryAgainAfter } from './effect-profiles.js';

describe('effect profiles', () => {
  it('come back after 1 min, doubling to 1 h and never later', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 1000].map((tries) => tryAgainAfter(tries) / 60_000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('bound every act: one run by two minutes, all runs by half an hour', () => {
    for (const profile of [idempotentWrite, resumable, throttled]) {
      expect(profile.startToCloseTimeout).toBeLessThanOrEqual(2 * 60_000);
      expect(profile.scheduleToCloseTimeout).toBeLessThanOrEqual(30 * 60_000);
      expect(profile.scheduleToCloseTimeout).toBeGreaterThan(profile.startToCloseTimeout);
    }
  });
});
