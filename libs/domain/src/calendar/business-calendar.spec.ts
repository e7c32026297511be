import { describe, expect, it } from 'vitest';
import { addBusinessDays, type BusinessCalendar, isBusinessDay, rollForward } from './business-calendar.js';
import { day } from './day.js';

/** Wednesday 11 November 2026 is the only holiday. */
const CALENDAR: BusinessCalendar = { territory: 'FR', isHoliday: (on) => on === '2026-11-11' };
const NEVER_OPEN: BusinessCalendar = { territory: 'FR-57', isHoliday: () => true };

describe('business days', () => {
  it('are Monday to Friday without the holidays', () => {
    const week = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14', '2026-11-15'];
    expect(week.map((on) => isBusinessDay(day(on), CALENDAR))).toEqual([true, true, false, true, true, false, false]);
  });

  it('a day that is none rolls to the next one, a business day stays', () => {
    expect(rollForward(day('2026-11-10'), CALENDAR)).toBe('2026-11-10');
    expect(rollForward(day('2026-11-11'), CALENDAR)).toBe('2026-11-12');
    expect(rollForward(day('2026-11-14'), CALENDAR)).toBe('2026-11-16');
  });

  it('are counted after the day, before it when the count is negative', () => {
    expect(addBusinessDays(day('2026-11-10'), 3, CALENDAR)).toBe('2026-11-16');
    expect(addBusinessDays(day('2026-11-10'), 1, CALENDAR)).toBe('2026-11-12');
    expect(addBusinessDays(day('2026-11-14'), 1, CALENDAR)).toBe('2026-11-16');
    expect(addBusinessDays(day('2026-11-16'), -3, CALENDAR)).toBe('2026-11-10');
    expect(addBusinessDays(day('2026-11-14'), 0, CALENDAR)).toBe('2026-11-16');
    expect(addBusinessDays(day('2026-11-13'), 0, CALENDAR)).toBe('2026-11-13');
  });

  it('a calendar that has none for thirty days is a defect and is named', () => {
    const message = 'No business day within 30 days of 2026-11-10 in FR-57';
    expect(() => rollForward(day('2026-11-10'), NEVER_OPEN)).toThrow(new RangeError(message));
    const opensOn = (last: string): BusinessCalendar => ({ territory: 'FR', isHoliday: (on) => on < last });
    expect(rollForward(day('2026-11-02'), opensOn('2026-12-01'))).toBe('2026-12-01');
    expect(() => rollForward(day('2026-11-02'), opensOn('2026-12-02'))).toThrow(RangeError);
  });
});
