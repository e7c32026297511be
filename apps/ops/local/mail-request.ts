import { parseDay } from '#domain';
import type { MailState, Person, StoredMail } from './local-store.js';

/** The provider's error shape: `{"errors":[{message, field, help}]}`. */
export interface SendGridError {
  readonly message: string;
  readonly field: string | null;
  readonly help: string | null;
}

export interface ReadMail {
  readonly mail: Omit<StoredMail, 'id' | 'at' | 'sha256' | 'state'>;
  readonly isSandboxMode: boolean;
  readonly outcome: MailState;
}

type Fields = Readonly<Record<string, unknown>>;

const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html';

/** Checks a `POST /v3/mail/send` body as the real API does, for the fields this product uses, and reads what the mailbox shows. */
export function readMailRequest(value: unknown): { errors: SendGridError[] } | ReadMail {
  if (!isFields(value)) return { errors: [error('Bad Request', null)] };
  const errors: SendGridError[] = [];
  const personalizations = listOf(value.personalizations).filter(isFields);
  const first = personalizations[0];
  if (!first) {
    errors.push(error('The personalizations field is required and must have at least one personalization.', 'personalizations'));
  }
  const to = personsIn(first?.to, 'personalizations.0.to', errors);
  if (first && to.length === 0)
    errors.push(
      error(
        'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
        'personalizations.0.to',
      ),
    );
  const from = personIn(value.from, 'from.email', errors);
  const subject = typeof first?.subject === 'string' ? first.subject : value.subject;
  if (typeof subject !== 'string' || subject === '') {
    errors.push(
      error(
        'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
        'subject',
      ),
    );
  }
  checkContent(value.content, errors);
  checkAttachments(value.attachments, errors);
  checkCategories(value.categories, errors);
  const customArgs = isFields(value.custom_args) ? value.custom_args : {};
  for (const [name, given] of Object.entries(customArgs)) {
    if (typeof given !== 'string') errors.push(error('The custom_args value must be a string.', `custom_args.${name}`));
  }
  if (Buffer.byteLength(JSON.stringify(customArgs)) > 10_000)
    errors.push(error('The custom_args total length must be less than 10000 bytes.', 'custom_args'));
  if (errors.length > 0 || !from) return { errors };
  const replyTo = value.reply_to === undefined ? undefined : personIn(value.reply_to, 'reply_to.email', errors);
  if (errors.length > 0) return { errors };
  return {
    mail: {
      ...(typeof customArgs.mid === 'string' ? { mid: customArgs.mid } : {}),
      ...(isDay(customArgs.sandboxDay) ? { sandboxDay: customArgs.sandboxDay } : {}),
      from,
      ...(replyTo ? { replyTo } : {}),
      to,
      subject: String(subject),
      categories: listOf(value.categories).map(String),
      attachments: listOf(value.attachments).filter(isFields).map(attachmentOf),
    },
    isSandboxMode: isSandboxMode(value.mail_settings),
    outcome: outcomeOf(to[0]?.email ?? ''),
  };
}

/** `bounce@…`, `dropped+7@…`, `spam@…`, `unsubscribe@…` meet their fate by name; every other address receives its mail. */
export function outcomeOf(email: string): MailState {
  const name = /^([a-z]+)(?:\+[^@]*)?@/i.exec(email)?.[1]?.toLowerCase() ?? '';
  const outcomes: Readonly<Record<string, MailState>> = {
    bounce: 'bounce',
    dropped: 'dropped',
    spam: 'spamreport',
    unsubscribe: 'unsubscribe',
  };
  return (Object.hasOwn(outcomes, name) ? outcomes[name] : undefined) ?? 'delivered';
}

function checkContent(content: unknown, errors: SendGridError[]): void {
  const parts = listOf(content).filter(isFields);
  if (parts.length === 0)
    errors.push(
      error(
        'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
        'content',
      ),
    );
  parts.forEach((part, index) => {
    if (typeof part.type !== 'string' || part.type === '') errors.push(error('The content type is required.', `content.${index}.type`));
    if (typeof part.value !== 'string' || part.value === '')
      errors.push(error('The content value must be a string at least one character in length.', `content.${index}.value`));
  });
  const [firstType, secondType] = parts.map((part) => part.type);
  if (secondType === 'text/plain' && firstType !== 'text/plain') {
    errors.push(error('If present, text/plain and text/html may only be provided once, in that order.', 'content'));
  }
}

function checkAttachments(attachments: unknown, errors: SendGridError[]): void {
  listOf(attachments).forEach((attachment, index) => {
    const fields = isFields(attachment) ? attachment : {};
    if (typeof fields.filename !== 'string' || fields.filename === '')
      errors.push(error('The filename of the attachment is required.', `attachments.${index}.filename`));
    if (typeof fields.content !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(fields.content)) {
      errors.push(error('The attachment content must be base64 encoded.', `attachments.${index}.content`));
    }
  });
}

function checkCategories(categories: unknown, errors: SendGridError[]): void {
  const list = listOf(categories);
  if (list.length > 10) errors.push(error('You cannot have more than 10 categories per message.', 'categories'));
  if (new Set(list).size !== list.length) errors.push(error('The categories must be unique.', 'categories'));
  if (list.some((category) => typeof category !== 'string' || category.length > 255)) {
    errors.push(error('Each category must be a string of at most 255 characters.', 'categories'));
  }
}

function personsIn(value: unknown, field: string, errors: SendGridError[]): Person[] {
  return listOf(value).flatMap((each, index) => personIn(each, `${field}.${index}.email`, errors) ?? []);
}

function personIn(value: unknown, field: string, errors: SendGridError[]): Person | undefined {
  const fields = isFields(value) ? value : {};
  if (typeof fields.email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(fields.email)) {
    errors.push(error('Does not contain a valid address.', field));
    return undefined;
  }
  return { email: fields.email, ...(typeof fields.name === 'string' ? { name: fields.name } : {}) };
}

function attachmentOf(fields: Fields): StoredMail['attachments'][number] {
  return {
    filename: String(fields.filename),
    type: typeof fields.type === 'string' ? fields.type : 'application/octet-stream',
    disposition: typeof fields.disposition === 'string' ? fields.disposition : 'attachment',
    ...(typeof fields.content_id === 'string' ? { cid: fields.content_id } : {}),
  };
}

function isSandboxMode(settings: unknown): boolean {
  return isFields(settings) && isFields(settings.sandbox_mode) && settings.sandbox_mode.enable === true;
}

function error(message: string, field: string | null): SendGridError {
  return { message, field, help: field === null ? null : `${HELP}#message.${field}` };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && parseDay(value) !== undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
