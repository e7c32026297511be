export { createSendGridActivity, type SendGridActivitySettings } from './sendgrid-activity.js';
export { createSendGridMailer, type SendGridSettings } from './sendgrid-mailer.js';
export { type MailEventBatch, parseSendGridEvents, sendGridPublicKey, verifySendGridEvents } from './sendgrid-events.js';
export { UnsendableMail, type UnsendableReason } from './unsendable-mail.js';
