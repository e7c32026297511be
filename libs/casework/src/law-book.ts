import type { BusinessCalendar, ClaimRules, GoverningLaw, Regime } from '#domain';
import { businessCalendar, claimRules, loadStatutes, type Statutes, territoryOf, zoneOf } from '#statutes';

/** Dated law as casework asks for it: calendars, zones and rates; loaded once, read-only. */
export interface LawBook {
  readonly statutes: Statutes;
  calendar(territory: string): BusinessCalendar;
  zone(territory: string): string;
  /** Territory of a debtor; the creditor's national one where his own country has no calendar here. */
  territory(place: { country: string; postcode?: string }, law: GoverningLaw): string;
  rules(regime: Regime): ClaimRules;
}

export function openLawBook(): LawBook {
  const statutes = loadStatutes();
  const calendars = new Map<string, BusinessCalendar>();
  const rules = new Map<Regime, ClaimRules>();
  return {
    statutes,
    calendar(territory) {
      const known = calendars.get(territory) ?? businessCalendar(statutes, territory);
      calendars.set(territory, known);
      return known;
    },
    zone: (territory) => zoneOf(statutes, territory),
    territory: (place, law) => territoryOf({ ...place, creditorCountry: law }),
    rules(regime) {
      const known = rules.get(regime) ?? claimRules(statutes, regime);
      rules.set(regime, known);
      return known;
    },
  };
}
