import type { OutgoingMail } from '#ports';

export type UnsendableReason = 'lineBreakInHeader' | 'notAnAddress' | 'emptyField' | 'tooLong' | 'tooManyParts' | 'notBase64' | 'tooLarge';

/** The mail cannot be made into a request; nothing was sent. `field` names the place, never the value. */
export class UnsendableMail extends Error {
  override readonly name = 'UnsendableMail';

  constructor(
    readonly reason: UnsendableReason,
    readonly field: string,
  ) {
    super(`Mail cannot be sent: ${field} ${reason}`);
  }
}

const HEADER_LIMIT = 500;
const MAX_ATTACHMENTS = 10;
const MAX_CATEGORIES = 10;
// Local part and domain as receivers take them in practice; quoting, comments and white space are refused.
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[^\s@<>()[\]\\,;:"\p{C}]{1,255}$/u;
// C0, DEL, C1, and the two Unicode line breaks: none belongs in a header, whatever the provider would make of it.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Throws `UnsendableMail` for anything that could forge a header or that the provider would refuse for its shape. */
export function assertSendable(mail: OutgoingMail): void {
  address(mail.from, 'from');
  address(mail.replyTo, 'replyTo');
  address(mail.to, 'to');
  header(mail.subject, 'subject');
  if (!/^[A-Za-z0-9_.:-]{1,128}$/.test(mail.mid)) throw new UnsendableMail('emptyField', 'mid');
  if (mail.text.trim() === '') throw new UnsendableMail('emptyField', 'text');
  if (mail.html.trim() === '') throw new UnsendableMail('emptyField', 'html');
  if (mail.categories.length > MAX_CATEGORIES) throw new UnsendableMail('tooManyParts', 'categories');
  for (const category of mail.categories) {
    if (category.length > 255 || !/^[\x21-\x7e]+$/.test(category)) throw new UnsendableMail('tooLong', 'categories');
  }
  if (mail.attachments.length > MAX_ATTACHMENTS) throw new UnsendableMail('tooManyParts', 'attachments');
  mail.attachments.forEach((attachment, index) => {
    header(attachment.filename, `attachments[${index}].filename`);
    header(attachment.contentType, `attachments[${index}].contentType`);
    if (attachment.cid !== undefined) header(attachment.cid, `attachments[${index}].cid`);
    if (!isBase64(attachment.base64)) throw new UnsendableMail('notBase64', `attachments[${index}]`);
  });
}

function address(value: { email: string; name?: string }, field: string): void {
  if (!ADDRESS.test(value.email))
    throw new UnsendableMail(CONTROL.test(value.email) ? 'lineBreakInHeader' : 'notAnAddress', `${field}.email`);
  if (value.name !== undefined) header(value.name, `${field}.name`);
}

function header(value: string, field: string): void {
  if (CONTROL.test(value)) throw new UnsendableMail('lineBreakInHeader', field);
  if (value.trim() === '') throw new UnsendableMail('emptyField', field);
  if (value.length > HEADER_LIMIT) throw new UnsendableMail('tooLong', field);
}

function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}
