export {
  type Act,
  type ActInput,
  type DeliveryInput,
  type DeliveryResult,
  MAIL_ACTS,
  type MessageActs,
  type RecoveryActs,
} from './activities.js';
export { type CaseCaption, staticDetails, staticSummary } from './case-caption.js';
export { type EffectProfile, idempotentWrite, resumable, throttled, tryAgain, tryAgainAfter } from './effect-profiles.js';
export { COLLECTIONS_MAIL_QUEUE, COLLECTIONS_QUEUE, mailQueueOf } from './queues.js';
export { readClock, readSnapshot } from './read-snapshot.js';
export { hash64, safePart } from './safe-text.js';
export {
  CaseStage,
  CaseStateKey,
  CreditorId,
  CurrencyKey,
  DebtorRef,
  Disputed,
  DueOn,
  NextActionAt,
  OpenBalanceMinor,
  SEARCH_ATTRIBUTES,
  searchAttributesOf,
  startingSearchAttributes,
} from './search-attributes.js';
export {
  CASE_SIGNALS,
  type CaseNews,
  type CaseSignal,
  type Cause,
  caseSignals,
  SANDBOX_CLOCK_MOVED,
  type SignalName,
  sandboxClockMoved,
} from './signals.js';
export { messageWorkflowId, recoveryWorkflowId } from './workflow-ids.js';
export {
  INFORM_DEBTOR,
  type MessageInput,
  type MessageOutcome,
  RECOVER_INVOICE,
  type RecoveryInput,
  type RecoveryOutcome,
} from './workflow-inputs.js';
