import { describe, expect, it } from 'vitest';
import { atTime, day, instant } from '../calendar/day.js';
import { slotFrom } from './sending-slot.js';
import { GENT, LYON, STRASBOURG } from './test-ladder.js';

const PARIS = 'Europe/Paris';
const window = { from: '09:00', to: '18:00' };
const longAgo = instant('2026-01-01T00:00:00Z');

describe('the next sending window', () => {
  it('A43: due on a Sunday, it waits for Monday morning', () => {
    const slot = slotFrom(day('2026-03-15'), longAgo, { calendar: LYON, zone: PARIS, window, jitterSeconds: 0 });
    expect(slot).toEqual({ on: '2026-03-16', at: '2026-03-16T08:00:00.000Z' });
  });

  it('A43: the holidays are those of the debtor’s territory', () => {
    const on = (calendar: typeof LYON, from: string): string =>
      slotFrom(day(from), longAgo, { calendar, zone: PARIS, window, jitterSeconds: 0 }).on;
    expect([on(LYON, '2026-04-03'), on(STRASBOURG, '2026-04-03')]).toEqual(['2026-04-03', '2026-04-07']);
    expect([on(LYON, '2026-05-08'), on(GENT, '2026-05-08')]).toEqual(['2026-05-11', '2026-05-08']);
    expect(on(LYON, '2026-05-01')).toBe('2026-05-04');
  });

  it('A43: due on a business evening after the window, it waits for the next business morning', () => {
    const friday = atTime(day('2026-03-13'), '18:00', PARIS);
    const slot = slotFrom(day('2026-03-13'), friday, { calendar: LYON, zone: PARIS, window, jitterSeconds: 0 });
    expect(slot).toEqual({ on: '2026-03-16', at: '2026-03-16T08:00:00.000Z' });
    const inTime = atTime(day('2026-03-13'), '17:59', PARIS);
    expect(slotFrom(day('2026-03-13'), inTime, { calendar: LYON, zone: PARIS, window, jitterSeconds: 0 }).at).toBe(inTime);
  });
});
