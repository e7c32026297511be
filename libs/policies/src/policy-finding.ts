export type PolicyFindingCode =
  | 'shape'
  | 'stageTwice'
  | 'anchorUnknown'
  | 'anchorLater'
  | 'stageOrder'
  | 'approvalMissing'
  | 'preparationTooEarly'
  | 'noticeIdFixed'
  | 'noticeTwice'
  | 'callBeforeNoticeMissing'
  | 'noticeBeforeReferralMissing'
  | 'deadlineCut'
  | 'referralNotLast'
  | 'contactCapUnreachable'
  | 'firstContactTooLate'
  | 'windowEmpty'
  | 'channelMissing'
  | 'templateMissing'
  | 'amountUnreadable'
  | 'toleranceAboveThreshold'
  | 'firstReminderMissing'
  | 'firstReminderIdFixed'
  | 'firstReminderElsewhere'
  | 'firstReminderNotFree'
  | 'costsBeforeFirstReminder'
  | 'costsBeforeNotice'
  | 'noticeTooShort'
  | 'contactsTooMany'
  | 'latenessNotAllowed'
  | 'latenessWithoutEffect';

/** What is wrong with a ladder: a stable code, where (JSON pointer), and a sentence for the person who wrote it. */
export interface PolicyFinding {
  readonly code: PolicyFindingCode;
  readonly path: string;
  readonly sentence: string;
}

export function finding(code: PolicyFindingCode, path: string, sentence: string): PolicyFinding {
  return { code, path, sentence };
}
