export { claimRules } from './claim-rules.js';
export { addRate, type RateAdded, type RateRefused, type RateToAdd } from './add-rate.js';
export { easterSunday } from './easter.js';
export { loadStatutes, type Statutes, StatutesProblem, statuteTexts } from './load-statutes.js';
export { amountByScale } from './scale.js';
export type { Confidence, ScaleTier } from './statute-schema.js';
export { type StatuteFinding, statuteWatch, type WatchLimits } from './statute-watch.js';
export { businessCalendar, type Holiday, holidaysOf } from './territory-calendar.js';
export { type AddressFacts, territoryOf, zoneOf } from './territory-of.js';
export { scaleOn, type StatutoryDatedValue, type StatutoryScale, valueOn } from './value-on.js';
export {
  amountOn,
  type ClaimNature,
  countOn,
  delayOn,
  firstReminderRules,
  limitationRules,
  paymentTermRules,
  type PublicBuyer,
  percentOn,
  reminderFeeRules,
  type TermSector,
} from './deadline-rules.js';
export {
  electronicLetterRules,
  insolvencyRules,
  type OrderToPayRules,
  orderToPayRules,
  referralRules,
  undisputedDebtRules,
} from './procedure-rules.js';
