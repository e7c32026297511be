import { addDays, type BusinessCalendar, type Day, day, yearOf } from '#domain';
import { easterSunday } from './easter.js';
import type { Statutes } from './load-statutes.js';
import type { HolidayRule, TerritoryRules } from './statute-schema.js';

/** A holiday with its French name; `condition` says where it holds when not everywhere in the territory. */
export interface Holiday {
  readonly on: Day;
  readonly name: string;
  readonly condition?: string;
}

/**
 * Working days of a territory (`FR`, `FR-67`, `FR-974`, `BE`…). Holidays that hold in some communes only (Good Friday in Alsace-Moselle)
 * count by default: nobody is disturbed on a day that may be a holiday. Throws a RangeError for an unknown territory, and for a day
 * outside the covered years: a missing year is never "no holiday".
 */
export function businessCalendar(statutes: Statutes, territory: string, local: { observesConditional?: boolean } = {}): BusinessCalendar {
  const observesConditional = local.observesConditional ?? true;
  const years = new Map<number, ReadonlySet<Day>>();
  rulesOf(statutes, territory);
  return {
    territory,
    isHoliday(on) {
      const year = yearOf(on);
      let days = years.get(year);
      if (!days) {
        const holidays = holidaysOf(statutes, territory, year).filter((holiday) => observesConditional || holiday.condition === undefined);
        days = new Set(holidays.map((holiday) => holiday.on));
        years.set(year, days);
      }
      return days.has(on);
    },
  };
}

/** The holidays of one year by day; throws like `businessCalendar`. */
export function holidaysOf(statutes: Statutes, territory: string, year: number): Holiday[] {
  const rules = rulesOf(statutes, territory);
  if (year < rules.covers.fromYear || year > rules.covers.untilYear) {
    throw new RangeError(`Holidays of ${territory} are known from ${rules.covers.fromYear} to ${rules.covers.untilYear}, not for ${year}`);
  }
  const inherited = rules.extends === undefined ? [] : rulesOf(statutes, rules.extends).rules;
  return [...inherited, ...rules.rules]
    .filter((rule) => (rule.fromYear ?? year) <= year && year <= (rule.untilYear ?? year))
    .map((rule) => ({ on: dayOf(rule, year), name: rule.name, ...(rule.condition === undefined ? {} : { condition: rule.condition }) }))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

export function rulesOf(statutes: Statutes, territory: string): TerritoryRules {
  const rules = statutes.territories.get(territory);
  if (!rules) throw new RangeError(`No holidays are known for ${territory}`);
  return rules;
}

function dayOf(rule: HolidayRule, year: number): Day {
  if ('easterOffset' in rule) return addDays(easterSunday(year), rule.easterOffset);
  return day(`${year}-${String(rule.month).padStart(2, '0')}-${String(rule.day).padStart(2, '0')}`);
}
