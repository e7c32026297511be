import { day, instant } from '#domain';
import { describe, expect, it } from 'vitest';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { informOpens, windowOpens } from './sending-hours.js';

/** Tuesday 10 March 2026 in Paris, one hour ahead of UTC; the debtor's own instant is 09:51:27. */
function at(now: string): CaseEnvironment {
  return {
    now: instant(now),
    today: day('2026-03-10'),
    zone: 'Europe/Paris',
    jitterSeconds: 3087,
    calendar: { territory: 'FR', isHoliday: () => false },
    policy: { limits: { window: { from: '09:00', to: '18:00' } } },
  } as unknown as CaseEnvironment;
}

describe('the sending window', () => {
  it('gives a message that informs the same answer however often the morning is asked', () => {
    const opens = informOpens(at('2026-03-10T07:00:00.000Z'));
    expect(opens).toBe('2026-03-10T08:00:00.000Z');
    expect(informOpens(at(String(opens)))).toBeUndefined();
    expect(informOpens(at('2026-03-10T08:20:02.000Z'))).toBeUndefined();
    expect(informOpens(at('2026-03-10T17:00:00.000Z'))).toBe('2026-03-11T08:00:00.000Z');
  });

  it('keeps the debtor’s own instant for a rung', () => {
    expect(windowOpens(at('2026-03-10T07:00:00.000Z'))).toBe('2026-03-10T08:51:27.000Z');
    expect(windowOpens(at('2026-03-10T08:20:02.000Z'))).toBeUndefined();
  });
});
