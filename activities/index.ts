export type { ActivityPorts } from './activity-ports.js';
export { type DraftWords, pageOfDraft, refusalOfDraft, wordsOfDraft, type WordsRefusal } from './acts/preview-draft.js';
export { createRecoveryActs } from './acts/recovery-acts.js';
export { type CallSheet, type CallSheetRequest, renderCallSheet } from './calls/render-call-sheet.js';
export { createMessageActs } from './message/deliver-message.js';
