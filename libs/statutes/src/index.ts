export { easterSunday } from './easter.js';
export { lateInterestRates } from './late-interest-rates.js';
export { loadStatutes, type Statutes, StatutesProblem } from './load-statutes.js';
export type { Confidence } from './statute-schema.js';
export { type StatuteFinding, statuteWatch, type WatchLimits } from './statute-watch.js';
export { businessCalendar, type Holiday, holidaysOf } from './territory-calendar.js';
export { type AddressFacts, territoryOf, zoneOf } from './territory-of.js';
export { type StatutoryDatedValue, valueOn } from './value-on.js';
