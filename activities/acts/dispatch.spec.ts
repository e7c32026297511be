import type { Instant } from '#domain';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ActivityPorts } from '../activity-ports.js';
import { mayStillLeave } from './dispatch.js';

const CLAIMED_AT = '2026-03-02T09:00:00.000Z' as Instant;
const ports = { casework: { clock: { now: () => CLAIMED_AT } } } as unknown as ActivityPorts;

afterEach(() => {
  vi.useRealTimers();
});

describe('the last look before a connection is opened', () => {
  it('I2: a fresh claim may leave; one that waited five seconds may not', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const isYoung = mayStillLeave(ports, CLAIMED_AT);
    expect(isYoung()).toBe(true);
    vi.advanceTimersByTime(4_900);
    expect(isYoung()).toBe(true);
    vi.advanceTimersByTime(200);
    expect(isYoung()).toBe(false);
  });

  it('I28: the machine slept for an hour, of which its monotonic time knows nothing: the claim is too old', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const isYoung = mayStillLeave(ports, CLAIMED_AT);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(isYoung()).toBe(false);
  });

  it('I28: the wall clock is set back by an hour: the claim ages all the same', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const isYoung = mayStillLeave(ports, CLAIMED_AT);
    vi.advanceTimersByTime(6_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(isYoung()).toBe(false);
  });
});
