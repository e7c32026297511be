export type {
  CreditorParty,
  DebtorParty,
  HandOverContent,
  HistoryRow,
  InlineImage,
  Language,
  LegalMentions,
  LetterAct,
  LetterChannel,
  LetterContent,
  LetterInvoice,
  MailAct,
  NextStep,
  PartnerParty,
  PaymentDetails,
  RenderedMail,
  Tone,
} from './letter-content.js';
export { LetterError, type LetterErrorCode } from './letter-error.js';
export { renderMail } from './render-mail.js';
export { templateVersion } from './template-version.js';
export { formalNoticeText, renderFormalNotice } from './formal-notice.js';
export { handOverSummaryText, renderHandOverSummary } from './hand-over-summary.js';
export { checkMentions, type Finding, type MentionId, requiredMentions } from './mentions.js';
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
