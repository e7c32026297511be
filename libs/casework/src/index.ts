export { canonicalHash, canonicalJson, sha256Hex } from './canonical-hash.js';
export { type Actor, type CaseworkDeps, workflowActor } from './casework-deps.js';
export { type LawBook, openLawBook } from './law-book.js';
export { nowFor, todayFor } from './moment.js';
export { amountFor, openPolicyBook, type PolicyBook } from './policy-book.js';
export { found, orRefuse, RefusedError, refusal } from './refused-error.js';
export { type BytesToSeal, openBytes, sealBytes } from './sealed-bytes.js';
export { type AppliedCase, applyFacts, type CaseView, look, snapshotOfRow } from './facts/apply-facts.js';
export { type CaseEnvironment, environmentOf } from './facts/case-environment.js';
export { captionOf, nextEpisode } from './facts/next-episode.js';
export { CHAIN_START, journalRow, recordChange } from './facts/journal-entry.js';
export type { BuyerFacts, IntakeOutcome, InvoiceFacts, InvoiceIntake } from './intake/invoice-facts.js';
export { changesMetAgain } from './intake/met-again.js';
export { attachPdf, factsHash, registerInvoice } from './intake/register-invoice.js';
export { blockersOf, isKindConfirmed, isServed } from './regime/served-regime.js';
export { type CorrectionOutcome, correctInvoice } from './intake/correct-invoice.js';
export { allocateCredit } from './intake/credit-notes.js';
export { chooseCasePolicy } from './intake/case-policy.js';
export { bookPayment, allocatePayment } from './money/book-payment.js';
export { type PaymentMatch, matchPayment } from './money/match-payment.js';
export type { PaymentFacts, PaymentOutcome } from './money/payment-facts.js';
export { type ReversalOutcome, reversePayment } from './money/reverse-payment.js';
export { type ClaimOfCase, claimOfCase } from './money/claim-of-case.js';
export { type ClaimInBook, claimsOfCases } from './money/claims-of-cases.js';
export { allocateParked, returnPayment } from './money/settle-parked.js';
export { decideAccessories } from './money/decide-accessories.js';
export {
  cancelMessage,
  comingIn,
  type ComingMessageKey,
  editMessage,
  holdMessage,
  releaseMessage,
} from './people/coming-messages.js';
export { newestWords, type OwnWords } from './messages/own-words.js';
export { liveMessageOf } from './messages/leave-out.js';
export { beginRaising, endRaising, type EpochRaising, openRaising, raiseEpochs } from './people/raise-epoch.js';
export { resumeLadder } from './people/resume-ladder.js';
export { postEntry } from './money/postings.js';
export { type DeliveryNews, applyDelivery, FROM_RECORD } from './messages/delivery-events.js';
export { decideByPerson } from './messages/decide-message.js';
export { chooseContact } from './messages/choose-contact.js';
export { draftMessage, type MessageDraft } from './messages/draft-message.js';
export { concludeNeverLeft, type LookedUp, recordLookUp } from './messages/look-up-message.js';
export { CLAIM_SECONDS, type ClaimOutcome, claimMessage } from './messages/claim-message.js';
export { planMessage, type RenderedMessage } from './messages/plan-message.js';
export { readSum, type SumAsked, sumAsked } from './messages/sum-asked.js';
export { type DispatchAnswer, recordDispatch } from './messages/record-dispatch.js';
export {
  ibanDiffers,
  type LetterFacts,
  letterFacts,
  type LetterInvoiceFacts,
  membersOf,
  type MessageMember,
} from './messages/letter-facts.js';
export {
  judgeSend,
  type NotSentCode,
  type PostponedCode,
  type SendQuestion,
  type SendVerdict,
} from './messages/judge-send.js';
export { informOpens } from './messages/sending-hours.js';
export { expireClaim, HUMAN_HOURS, handUnknownToPerson } from './messages/janitor.js';
export { recordVerdict } from './messages/record-verdict.js';
export { type ActRequest, type ActScope, currentSnapshot, isCurrentWake, runAct } from './acts/begin-act.js';
export { type CallReport, expireCall, openCallTask, reportCall } from './acts/call-acts.js';
export { type ApprovalDecision, decideApproval, expireApproval, requestApproval } from './acts/approvals.js';
export { endHold, escalateDispute, judgePromise, reviewCase } from './acts/verdict-acts.js';
export { completeHandOver } from './acts/hand-over-case.js';
export { conductOf } from './regime/conduct-of-case.js';
export type { AnnouncedReminder } from './regime/first-reminder.js';
export { openPostItem, type PostReportFacts, recordDeposit, reportPost } from './acts/post-tray.js';
export {
  closeCase,
  makePromise,
  openDispute,
  placeHold,
  type PromiseFacts,
  releaseHold,
  resolveDispute,
  withdrawPromise,
} from './people/commands.js';
export { type InsolvencyReport, openInsolvency, reportOverIndebtedness } from './people/insolvency.js';
export { settleLaw, settleTerms } from './people/settle-invoice.js';
export { keepTerms, readTerms, type SettledTerms } from './regime/contract-terms.js';
export { limitationOfCase } from './regime/limitation-of-case.js';
export { routesOfCase } from './regime/routes-of-case.js';
export { changeDebtor, type DebtorChange } from './people/change-debtor.js';
export { addContact, type ContactFacts, decideDebtorKind, liftForDebtor } from './people/debtor-decisions.js';
export { type MissingMention, missingMentions } from './people/creditor-mentions.js';
export { createCreditor, moveClock, readinessOf, SANDBOX_START, updateCreditor } from './people/creditor-settings.js';
export { type Braked, brakeOn, EVERYBODY } from './messages/brake-on.js';
export { liftBraked, type NewBrake, releaseBrake, setBrake } from './people/brakes.js';
export { casesWaitingFor, liftWaiting } from './people/lift-waiting.js';
export { TASK_RULES } from './people/task-rules.js';
export { closeTask, type NewTask, raiseTask } from './people/tasks.js';
export { claimInform, draftInform, type InformClaim, type InformDraft, recordInform } from './messages/inform-message.js';
export { type InformRequest, queueInform } from './messages/queue-inform.js';
export { releaseLease, takeLease } from './acts/stage-lease.js';
export { preJudge } from './acts/pre-judge.js';
export { waitForParkedMoney } from './acts/wait-for-parked-money.js';
export { type CaseRecord, limitationOf, messagesOf, recordOf, type SealedDocument, sealedDocumentsOf } from './acts/case-file.js';
export { letterImpossible } from './acts/letter-impossible.js';
export { type CaseOutlook, diaryOf, explanationOf, outlookOf, titleOfStage, wakeOfRow } from './views/case-outlook.js';
export { type HeldBack, heldBackLetters } from './views/held-back-letters.js';
export type { CallSheetEvent, CallSheetRemark } from './views/call-sheet-events.js';
export { type CallSheetFacts, callSheetFacts } from './views/call-sheet-facts.js';
export { clearDoubts } from './views/clear-doubts.js';
export { type NextStep, type NextStepChange, nextStepChanges } from './views/next-step-changes.js';
export { recordRecall } from './views/record-recall.js';
export { routeClosureSentence, routeSentence } from './views/route-sentences.js';
export { verdictSentence } from './views/verdict-sentences.js';
export {
  BEFORE_FIRST,
  type ChainEnd,
  isFault,
  type JournalFault,
  type JournalFaultCode,
  verifyCase,
  verifyNext,
  verifyStream,
} from './views/verify-journal.js';
export { type LawOfInvoice, lawReasonSentence, lawReasonSentences } from './views/law-reason-sentences.js';
export { statementHeading, type StatementPage, statementPage, type StatementPart } from './views/statement-page.js';
export { principalView, refusalHelp, statementView } from './views/statement-view.js';
export { actSentence, assumptionSentence } from './views/act-sentences.js';
export { factSentence } from './views/fact-sentences.js';
