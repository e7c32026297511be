/** Why a statement says what it says, or does not say what one would expect. One sentence each in `explainNote`. */
export type ClaimNoteCode =
  /** No fixed compensation: the debtor does not act professionally. */
  | 'noCompensationOutsideBusiness'
  /** No lump sum: the insolvency opened before the debtor was late, or before the free days of a reminder had passed. */
  | 'noCompensationInsolvency'
  /** The debt fell due when no fixed compensation was in force. */
  | 'noCompensationAbolished'
  /** Interest runs from a proven notice only. */
  | 'interestFromNotice'
  /** No notice is proven yet: no interest. */
  | 'noInterestWithoutNotice'
  /** Nothing beyond the principal while the free first reminder runs. */
  | 'freeReminderRunning'
  /** Everything was paid by the last free day. */
  | 'paidWithinFreeReminder'
  /** No free first reminder is proven: nothing beyond the principal. */
  | 'noCostWithoutReminder'
  /** The free first reminder lacked a mandatory mention: nothing beyond the principal. */
  | 'firstReminderIncomplete'
  /** Interest runs from the end of the free first reminder. */
  | 'interestAfterFreeReminder'
  /** A small or medium enterprise: interest runs from the day after the reminder left. */
  | 'interestSinceReminderSent'
  /** A small or medium enterprise whose clause was void when the reminder left: interest runs from the first day it holds. */
  | 'interestSinceClauseValid'
  /** The contract holds no indemnity clause: no indemnity. */
  | 'noIndemnityClause'
  /** The indemnity clause asks for more than the legal scale: void. */
  | 'indemnityClauseVoid'
  /** The interest clause exceeds the legal cap: void, the legal rate remains. */
  | 'interestClauseVoid'
  /** The interest clause lies below the floor of the law: the floor applies. */
  | 'clauseBelowFloor'
  /** An interest clause against a debtor outside business: a person looks at its fairness before it is claimed. */
  | 'clauseNeedsReview'
  /** The interest clause is left out: this regime's rate is the law's own. */
  | 'interestClauseLeftOut'
  /** A penalty clause of the contract is not part of this statement. */
  | 'penaltyClauseLeftOut'
  /** Nobody has read the contract; the rules for a silent one are used. */
  | 'contractNotRead'
  /** The rate is the one of the half-year in which interest began, for the whole delay. */
  | 'rateFrozen'
  /** A waiver towards a public buyer is void and left aside. */
  | 'waiverVoid'
  /** The creditor waived interest or the lump sum. */
  | 'waiverApplied'
  /** Interest ended the day before the judgment that opened the insolvency. */
  | 'interestEndedByInsolvency'
  /** The insolvency opened before interest would have begun: it never ran. */
  | 'noInterestInsolvency'
  /** Payments went to the principal first, by recorded agreement. */
  | 'principalFirstByAgreement';

export interface ClaimNote {
  readonly code: ClaimNoteCode;
  /** What says so: an article, or the regime's rule. */
  readonly article: string;
  /** Days as `YYYY-MM-DD`, percentages as plain decimals, amounts in minor units as digits. */
  readonly facts?: Readonly<Record<string, string>>;
}
