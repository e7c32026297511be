import { addBusinessDays, addDays, type Day, day, isBusinessDay, yearOf } from '#domain';
import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { easterSunday } from './easter.js';
import { loadStatutes } from './load-statutes.js';
import { businessCalendar, holidaysOf } from './territory-calendar.js';
import { territoryOf, zoneOf } from './territory-of.js';

const statutes = loadStatutes();
const YEARS = [2024, 2025, 2026, 2027, 2028, 2029, 2030];

/** Public holidays according to an independent library. */
function oracle(year: number, country: string, department?: string): string[] {
  const book = department === undefined ? new Holidays(country) : new Holidays(country, department);
  const days = book.getHolidays(year).filter((holiday) => holiday.type === 'public');
  return [...new Set(days.map((holiday) => holiday.date.slice(0, 10)))].sort();
}

const ours = (territory: string, year: number): string[] => [
  ...new Set(holidaysOf(statutes, territory, year).map((holiday) => holiday.on)),
];
const sundaysOfTheLibrary = (year: number): Day[] => [easterSunday(year), addDays(easterSunday(year), 49)];

describe('Easter', () => {
  it.each([
    [2026, '2026-04-05', '2026-04-06', '2026-05-14', '2026-05-25'],
    [2027, '2027-03-28', '2027-03-29', '2027-05-06', '2027-05-17'],
    [2028, '2028-04-16', '2028-04-17', '2028-05-25', '2028-06-05'],
    [2029, '2029-04-01', '2029-04-02', '2029-05-10', '2029-05-21'],
    [2030, '2030-04-21', '2030-04-22', '2030-05-30', '2030-06-10'],
  ])('of %i and the days that follow it', (year, sunday, monday, ascension, whitMonday) => {
    expect(easterSunday(year)).toBe(sunday);
    for (const territory of ['FR', 'BE']) expect(ours(territory, year)).toEqual(expect.arrayContaining([monday, ascension, whitMonday]));
  });
});

describe('holidays beside an independent library, 2024 to 2030', () => {
  it.each([
    { territory: 'FR', country: 'FR' },
    { territory: 'FR-57', country: 'FR', department: '57' },
    { territory: 'FR-67', country: 'FR', department: '67' },
    { territory: 'FR-68', country: 'FR', department: '68' },
    { territory: 'BE', country: 'BE' },
  ])('$territory', ({ territory, country, department }) => {
    for (const year of YEARS) {
      // The library also lists the Sundays themselves, which change nothing for business days.
      const expected = oracle(year, country, department).filter((on) => !sundaysOfTheLibrary(year).includes(on as Day));
      expect({ year, days: ours(territory, year) }).toEqual({ year, days: expected });
    }
  });

  it('France has 11 holidays, Belgium 10, Alsace-Moselle 13, counted by rule', () => {
    const count = (territory: string) => holidaysOf(statutes, territory, 2026).length;
    expect([count('FR'), count('BE'), count('FR-57'), count('FR-67'), count('FR-68')]).toEqual([11, 10, 13, 13, 13]);
  });

  it.each([
    ['FR-976', '2026-04-27'],
    ['FR-972', '2026-05-22'],
    ['FR-971', '2026-05-27'],
    ['FR-973', '2026-06-10'],
    ['FR-974', '2026-12-20'],
    ['FR-977', '2026-10-09'],
    ['FR-978', '2026-05-27'],
  ])('%s remembers the abolition of slavery on %s', (territory, on) => {
    expect(businessCalendar(statutes, territory).isHoliday(day(on))).toBe(true);
    expect(businessCalendar(statutes, 'FR').isHoliday(day(on))).toBe(false);
  });
});

describe('business calendars', () => {
  it('Good Friday 3 April 2026 is free in Strasbourg by default, and a working day where its commune does not have it', () => {
    const friday = day('2026-04-03');
    expect(isBusinessDay(friday, businessCalendar(statutes, 'FR-67'))).toBe(false);
    expect(isBusinessDay(friday, businessCalendar(statutes, 'FR-67', { observesConditional: false }))).toBe(true);
    expect(isBusinessDay(friday, businessCalendar(statutes, 'FR'))).toBe(true);
    expect(holidaysOf(statutes, 'FR-67', 2026).find((holiday) => holiday.on === friday)?.condition).toBeDefined();
  });

  it('the business day before Tuesday 7 April 2026 is Thursday 2 April in Strasbourg', () => {
    expect(addBusinessDays(day('2026-04-07'), -1, businessCalendar(statutes, 'FR-67'))).toBe('2026-04-02');
  });

  it('a day outside 2015 to 2035 throws, it is never "no holiday"', () => {
    const calendar = businessCalendar(statutes, 'BE');
    expect(() => calendar.isHoliday(day('2014-12-31'))).toThrow(/2015 to 2035/);
    expect(() => calendar.isHoliday(day('2036-01-01'))).toThrow(/2015 to 2035/);
    expect(calendar.isHoliday(day('2015-01-01'))).toBe(true);
    expect(calendar.isHoliday(day('2035-12-25'))).toBe(true);
  });

  it('an unknown territory throws at once', () => {
    expect(() => businessCalendar(statutes, 'LU')).toThrow(/No holidays are known for LU/);
  });

  it('every year that is covered has its rules on days that exist', () => {
    for (const territory of statutes.territories.keys()) {
      for (let year = 2015; year <= 2035; year++) {
        expect(holidaysOf(statutes, territory, year).every((holiday) => yearOf(holiday.on) === year)).toBe(true);
      }
    }
  });
});

describe('the territory of an address', () => {
  it.each([
    ['FR', '69002', 'FR', 'FR', 'Europe/Paris'],
    ['fr', '67 000', 'FR', 'FR-67', 'Europe/Paris'],
    ['FR', '57000', 'FR', 'FR-57', 'Europe/Paris'],
    ['FR', '68100', 'BE', 'FR-68', 'Europe/Paris'],
    ['FR', '97400', 'FR', 'FR-974', 'Indian/Reunion'],
    ['FR', '97200', 'FR', 'FR-972', 'America/Martinique'],
    ['FR', '97150', 'FR', 'FR-978', 'America/Marigot'],
    ['RE', undefined, 'FR', 'FR-974', 'Indian/Reunion'],
    ['FR', undefined, 'FR', 'FR', 'Europe/Paris'],
    ['FR', '67', 'FR', 'FR', 'Europe/Paris'],
    ['BE', '2000', 'FR', 'BE', 'Europe/Brussels'],
    ['LU', '1111', 'BE', 'BE', 'Europe/Brussels'],
    ['DE', '67000', 'FR', 'FR', 'Europe/Paris'],
  ] as const)('%s %s of a creditor in %s is %s in %s', (country, postcode, creditorCountry, territory, zone) => {
    const facts = { country, creditorCountry, ...(postcode === undefined ? {} : { postcode }) };
    expect(territoryOf(facts)).toBe(territory);
    expect(zoneOf(statutes, territory)).toBe(zone);
  });

  it('every zone is one that this runtime knows', () => {
    for (const territory of statutes.territories.keys()) {
      expect(() => new Intl.DateTimeFormat('fr', { timeZone: zoneOf(statutes, territory) })).not.toThrow();
    }
  });
});
