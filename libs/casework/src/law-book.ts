import type { BusinessCalendar, GoverningLaw, LateInterestRates } from '#domain';
import { businessCalendar, lateInterestRates, loadStatutes, type Statutes, territoryOf, zoneOf } from '#statutes';

/** Dated law as casework asks for it: calendars, zones and rates; loaded once, read-only. */
export interface LawBook {
  readonly statutes: Statutes;
  calendar(territory: string): BusinessCalendar;
  zone(territory: string): string;
  /** Territory of a debtor; the creditor's national one where his own country has no calendar here. */
  territory(place: { country: string; postcode?: string }, law: GoverningLaw): string;
  rates(law: GoverningLaw): LateInterestRates;
}

export function openLawBook(): LawBook {
  const statutes = loadStatutes();
  const calendars = new Map<string, BusinessCalendar>();
  const rates = new Map<GoverningLaw, LateInterestRates>();
  return {
    statutes,
    calendar(territory) {
      const known = calendars.get(territory) ?? businessCalendar(statutes, territory);
      calendars.set(territory, known);
      return known;
    },
    zone: (territory) => zoneOf(statutes, territory),
    territory: (place, law) => territoryOf({ ...place, creditorCountry: law }),
    rates(law) {
      const known = rates.get(law) ?? lateInterestRates(statutes, law);
      rates.set(law, known);
      return known;
    },
  };
}
