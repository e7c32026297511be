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
export {
  type AllocationAcrossDebts,
  type AllocationReason,
  allocateAcrossDebts,
  type DebtShare,
  type OpenDebt,
  type PaymentOverDebts,
} from './claim/allocate-across-debts.js';
export { type ApplicableLaw, applicableLaw, type ConflictFacts } from './claim/applicable-law.js';
export type { ConductOfCase, ContractTerms, CreditorStanding, FirstReminder, IndemnityClause } from './claim/claim-facts.js';
export type { ClaimInput, ClaimMovement, ClaimWaiver, PrincipalInput } from './claim/claim-input.js';
export type { ClaimNote, ClaimNoteCode } from './claim/claim-note.js';
export type {
  ClaimRules,
  InterestClause,
  LumpSumAnswer,
  LumpSumFacts,
  RateFormula,
  RateOfPeriod,
  RuleFacts,
} from './claim/claim-rules.js';
export { explainFormula, explainLine } from './claim/explain-line.js';
export { explainLumpSum } from './claim/explain-lump-sum.js';
export { explainNote, NOTE_CODES } from './claim/explain-note.js';
export { type ExplanationLanguage, type Figures, figuresIn } from './claim/figures.js';
export { frenchAmount, frenchDay, frenchDecimal, frenchPercent } from './claim/french-figures.js';
export { percentText } from './claim/percent-text.js';
export { type PrincipalStatement, principalOnly } from './claim/principal-only.js';
export { type KindOfDebtor, REGIMES, type Regime, regimeOf } from './claim/regime.js';
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
  LumpSum,
  LumpSumTier,
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
export { asksForCosts, limitationThresholds } from './policy/dunning-policy.js';
export { checkHold, checkPromise, latestPromiseOn, type PromiseTerms } from './recovery/check-command.js';
export { type Decision, decide, isDecided } from './recovery/decide.js';
export { type DatedStage, drawPlan, type PlanInput } from './recovery/draw-plan.js';
export { decodeState, encodeState, type JsonObject, type JsonValue } from './recovery/encode-state.js';
export { evolve } from './recovery/evolve.js';
export { type Explanation, explainCase } from './recovery/explain-case.js';
export { EXPLAIN_SENTENCES, type ExplainCode } from './recovery/explain-sentences.js';
export { heldUntil, isHeld, revisionOf } from './recovery/held-messages.js';
export { jitterSecondsFor } from './recovery/jitter.js';
export { businessDaysLate, type LateRung, type WhenLate } from './recovery/lateness.js';
export { rungsNeeding } from './recovery/needed-rungs.js';
export { owedRound } from './recovery/owed-round.js';
export { type NextWakeInput, nextWake } from './recovery/next-wake.js';
export { type OpenStateInput, openState } from './recovery/open-state.js';
export { approvalUntil, callExpiresOn, disputeDueOn, holdEndsOn, isPaused, promiseJudgedOn } from './recovery/pause.js';
export type { RecoveryFact, RecoveryFactType } from './recovery/recovery-fact.js';
export type { ApprovalState, Blocker, HeldMessage, Pause, RecoveryState, StageRecord } from './recovery/recovery-state.js';
export type { PlanConstraints } from './recovery/plan-constraints.js';
export { openingFrom, type Slot, type SlotRule, slotFrom, windowSeconds } from './recovery/sending-slot.js';
export { shownState } from './recovery/shown-state.js';
export { type DiaryLine, type SimulateInput, simulate } from './recovery/simulate.js';
export { type SnapshotInput, snapshotOf } from './recovery/snapshot-of.js';
export {
  CANCELLED,
  FIRST_REMINDER_STAGE,
  FORMAL_NOTICE_STAGE,
  LIMITATION_NEAR,
  NEEDS_CANCELLED,
  PROMISE_BROKEN_CALL_STAGE,
  PROMISE_BROKEN_CALL_TITLE,
  SENT_ELSEWHERE,
  TOO_LATE,
} from './recovery/stage-names.js';
export { drawTransitions, isTransition, STATES_WITHOUT_FACTS, type Transition, TRANSITIONS } from './recovery/transitions.js';
export {
  checkElectronicLetter,
  type ElectronicLetterInput,
  electronicLetterDeadlines,
} from './deadlines/electronic-registered-letter.js';
export { type DueDateInput, dueDate, type PaymentTermRules, type PaymentTerms } from './deadlines/due-date.js';
export { type FirstReminderWindow, type FirstReminderWindowInput, firstReminderWindow } from './deadlines/first-reminder-window.js';
export {
  type InsolvencyConsequence,
  type InsolvencyInput,
  type InsolvencyNotice,
  type InsolvencyOpening,
  insolvencyDeadlines,
  insolvencyNotice,
} from './deadlines/insolvency-deadlines.js';
export { type Deadline, delayWords, endOfDelay, type LegalAmount, type LegalDelay, proceduralEnd } from './deadlines/legal-delay.js';
export {
  type JudgedLimitationEvent,
  type Limitation,
  type LimitationInput,
  type LimitationRules,
  limitation,
} from './deadlines/limitation.js';
export { type LimitationAlert, limitationAlert } from './deadlines/limitation-alert.js';
export type { LimitationEffect, LimitationEvent, LimitationEventType } from './deadlines/limitation-event.js';
export { type NoticeDeadline, type NoticeDeadlineInput, noticeDeadline } from './deadlines/notice-period.js';
export {
  type EnforcementInput,
  type Opposition,
  type OppositionInput,
  oppositionReport,
  orderToPayConsignation,
  orderToPayEnforceableFrom,
  orderToPayOpposition,
  orderToPayService,
} from './deadlines/order-to-pay.js';
export { type OverIndebtedness, overIndebtedness } from './deadlines/over-indebtedness.js';
export {
  afterLetterState,
  type LetterConsequence,
  type RegisteredLetterDays,
  type RegisteredLetterState,
  registeredLetterAvailability,
} from './deadlines/registered-letter.js';
export { type ConsumerReminder, type ReminderFee, type ReminderFeeRules, reminderFees } from './deadlines/reminder-fees.js';
export { checkSmallClaim, checkSmallClaimPayment, type SmallClaimRefusal, smallClaimAnswer } from './deadlines/small-claims.js';
export {
  checkUndisputedDebt,
  type UndisputedDebtCase,
  type UndisputedDebtRefusal,
  undisputedDebtDays,
} from './deadlines/undisputed-debt.js';
export { E_INVOICE_STATUSES, type EInvoiceConsequence, type EInvoiceEffect, eInvoiceConsequence } from './invoice/e-invoice-status.js';
export { belgianCheckDigits, frenchVatKey, isBelgianEnterpriseNumber, isSiren, isSiret } from './party/company-number.js';
export { type AllowedContactRole, CONTACT_ROLES, checkBailiffWords, checkContactRole } from './party/contact-role.js';
export { checkExclusionEntry, type ExclusionEntry, exclusionEndsOn, exclusionErasedBy } from './party/exclusion-list.js';
export { type CollectionMonth, collectionEffectiveness } from './portfolio/collection-effectiveness.js';
export { countbackDso, type MonthOfSales } from './portfolio/countback-dso.js';
export { roundedText } from './portfolio/rounded-text.js';
export { type PromiseVerdict, promiseVerdict } from './recovery/promise-verdict.js';
export type { BelgianReferralRules, FrenchReferralRules, LegalPercent, ReferralRules } from './referral/referral-rules.js';
export { courtRoute, referralRoutes } from './referral/referral-routes.js';
export type { ReferralCase, RouteAnswer, RouteClosure, RouteCost, RouteDelay, RouteName } from './referral/route.js';
export { ROUTE_DOCUMENTS, type RouteDocument } from './referral/route-document.js';
