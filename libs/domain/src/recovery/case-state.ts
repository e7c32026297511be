/** The state shown to people, derived from the facts by a fixed precedence (see `shownState`). */
export const CASE_STATES = [
  'scheduled',
  'reminding',
  'formalNoticeServed',
  'promised',
  'inPlan',
  'onHold',
  'disputed',
  'insolvency',
  'handedOver',
  'settled',
  'writtenOff',
  'withdrawn',
] as const;

export type CaseState = (typeof CASE_STATES)[number];
