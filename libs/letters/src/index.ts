export type {
  CallNumber,
  CreditorParty,
  DebtorParty,
  FirstReminderContent,
  HandOverContent,
  HistoryRow,
  InlineImage,
  Instalment,
  Language,
  LastCallContent,
  LegalMentions,
  LetterAct,
  LetterChannel,
  LetterContent,
  LetterInvoice,
  LetterRegime,
  MailAct,
  Mediator,
  NextStep,
  PartnerParty,
  PaymentDetails,
  PlanContent,
  PostAct,
  RenderedMail,
  Tone,
} from './letter-content.js';
export { LetterError, type LetterErrorCode } from './letter-error.js';
export { mailWords, renderMail } from './render-mail.js';
export { templateVersion } from './template-version.js';
export { formalNoticeText, renderFormalNotice } from './formal-notice.js';
export { handOverSummaryText, renderHandOverSummary } from './hand-over-summary.js';
export { postLetterText, renderPostLetter } from './post-letter.js';
export { lastCallSheetText, renderLastCallSheet } from './last-call-sheet.js';
export { amountToPay } from './content-checks.js';
export { deadlineTolerance, keptDeadline } from './deadline-wording.js';
export { checkMentions, checkWording, type Finding, type WordingFacts, type WordingFor } from './check-wording.js';
export type { MentionId } from './mention-parts.js';
export { type RequiredMention, requiredMentions } from './mandatory-mentions.js';
export { epcPayload, epcQrPng, epcQrSvg, type EpcTransfer } from './epc-qr.js';
export {
  formatDay,
  formatDayAndMonth,
  formatDayInTable,
  formatDays,
  formatDecimal,
  formatIban,
  formatList,
  formatMoney,
  formatPercent,
} from './format.js';
export { type DossierFile, type DossierManifest, packDossier } from './pack-dossier.js';
