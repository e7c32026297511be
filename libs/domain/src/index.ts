export { assertNever, isRefusal, type Refusal, refuse } from './refusal.js';
export { type Currency, currency, decimalsOf, EUR, isCurrency } from './money/currency.js';
export {
  add,
  decimalString,
  eur,
  isAbove,
  MINOR_MAX,
  type Money,
  type MoneyProblem,
  type MoneyWire,
  money,
  parseMoney,
  subtract,
  sum,
  toWire,
  zero,
} from './money/money.js';
export { ceilToFraction, compareRational, decimal, plus, type Rational, rational, roundHalfUp, times } from './money/rational.js';
export {
  addDays,
  addMonths,
  addSeconds,
  atTime,
  type Day,
  day,
  dayIn,
  daysBetween,
  earlierDay,
  epochMs,
  type Instant,
  instant,
  instantFromEpochMs,
  laterDay,
  parseDay,
  parseInstant,
  timeIn,
  weekday,
  yearOf,
} from './calendar/day.js';
export { addBusinessDays, type BusinessCalendar, isBusinessDay, rollForward } from './calendar/business-calendar.js';
export type {
  ClaimEntry,
  ClaimEntryKind,
  DatedValue,
  DebtorKind,
  GoverningLaw,
  InterestLine,
  LegalSource,
  StatementOfClaim,
} from './claim/statement.js';
export { CASE_STATES, type CaseState } from './recovery/case-state.js';
export type { CaseSnapshot, ClosedKind, PlannedStage, SandboxClock, Wake, WakeKind } from './recovery/snapshot.js';
