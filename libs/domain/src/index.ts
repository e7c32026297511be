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
export type { ClaimInput, ClaimMovement, PrincipalInput } from './claim/claim-input.js';
export { type ExplanationLanguage, explainLine } from './claim/explain-line.js';
export { frenchAmount, frenchDay, frenchDecimal, frenchPercent } from './claim/french-figures.js';
export type { InterestClause, LateInterestRates, RateOfPeriod } from './claim/late-interest-rates.js';
export { percentText } from './claim/percent-text.js';
export { type PrincipalStatement, principalOnly } from './claim/principal-only.js';
export { statementOfClaim } from './claim/statement-of-claim.js';
export type {
  ClaimEntry,
  ClaimEntryKind,
  DatedValue,
  DayCount,
  DebtorKind,
  GoverningLaw,
  InterestLine,
  LegalSource,
  StatementOfClaim,
} from './claim/statement.js';
export { CASE_STATES, type CaseState } from './recovery/case-state.js';
export type { CaseSnapshot, ClosedKind, PlannedStage, SandboxClock, Wake, WakeKind } from './recovery/snapshot.js';
export {
  belgianReference,
  creditorReference,
  findReferences,
  formatStructuredReference,
  parseStructuredReference,
  type StructuredReference,
} from './payment/structured-reference.js';
export type {
  ActType,
  AmountPerCurrency,
  Anchor,
  AnchoredDelay,
  DunningPolicy,
  Lateness,
  LocalText,
  PolicyStage,
} from './policy/dunning-policy.js';
export { checkHold, checkPromise, latestPromiseOn, type PromiseTerms } from './recovery/check-command.js';
export { type Decision, decide, isDecided } from './recovery/decide.js';
export { type DatedStage, drawPlan, type PlanInput } from './recovery/draw-plan.js';
export { decodeState, encodeState, type JsonObject, type JsonValue } from './recovery/encode-state.js';
export { evolve } from './recovery/evolve.js';
export { type Explanation, explainCase } from './recovery/explain-case.js';
export { EXPLAIN_SENTENCES, type ExplainCode } from './recovery/explain-sentences.js';
export { jitterSecondsFor } from './recovery/jitter.js';
export { type NextWakeInput, nextWake } from './recovery/next-wake.js';
export { type OpenStateInput, openState } from './recovery/open-state.js';
export { approvalUntil, callExpiresOn, disputeDueOn, holdEndsOn, isPaused, promiseJudgedOn } from './recovery/pause.js';
export type { RecoveryFact, RecoveryFactType } from './recovery/recovery-fact.js';
export type { ApprovalState, Blocker, Pause, RecoveryState, StageRecord } from './recovery/recovery-state.js';
export { openingFrom, type Slot, type SlotRule, slotFrom, windowSeconds } from './recovery/sending-slot.js';
export { shownState } from './recovery/shown-state.js';
export { type DiaryLine, type SimulateInput, simulate } from './recovery/simulate.js';
export { type SnapshotInput, snapshotOf } from './recovery/snapshot-of.js';
export { FORMAL_NOTICE_STAGE, PROMISE_BROKEN_CALL_STAGE, PROMISE_BROKEN_CALL_TITLE, SENT_ELSEWHERE } from './recovery/stage-names.js';
export { drawTransitions, isTransition, STATES_WITHOUT_FACTS, type Transition, TRANSITIONS } from './recovery/transitions.js';
