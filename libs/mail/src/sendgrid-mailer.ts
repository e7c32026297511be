import type { MailHandOver, MailPort, PreparedMail } from '#ports';
import { mailBodyBytes } from './mail-body.js';
import { type Answer, bareClient, retryAfter, textOf } from './sendgrid-client.js';

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_WORDS = 2_000;
const MAX_WORDS_READ = 16_384;
const ANSWER_BODY_MS = 2_000;

export interface SendGridSettings {
  /** Real mail. Without it a mail of a creditor that is not a sandbox is `neverLeft`. */
  readonly live?: { readonly apiKey: string; readonly baseUrl?: string };
  /** Where every sandbox mail goes, whatever `live` says. */
  readonly localMailbox: { readonly baseUrl: string };
  /** Bound of the whole call up to the answer's status line; 10 000 by default. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch, only to read `x-ratelimit-reset`. */
  readonly now?: () => number;
}

/**
 * Mail through SendGrid's v3 API: one HTTP call a mail, never retried, and the answer classed by what it proves. Each key has a client of
 * its own (the library's default export is a process-wide singleton). Throws a RangeError at once for an empty or wrong-looking key.
 */
export function createSendGridMailer(settings: SendGridSettings): MailPort {
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const now = settings.now ?? Date.now;
  const local = bareClient({ apiKey: 'SG.local', baseUrl: settings.localMailbox.baseUrl, timeoutMs });
  const live =
    settings.live && bareClient({ apiKey: settings.live.apiKey, baseUrl: settings.live.baseUrl ?? 'https://api.sendgrid.com/', timeoutMs });

  const sendBytes = async (prepared: PreparedMail): Promise<MailHandOver> => {
    const client = prepared.sandbox ? local : live;
    if (!client) return { kind: 'neverLeft', reason: 'No SendGrid key is configured' };
    if (prepared.mayStillLeave && !prepared.mayStillLeave()) return { kind: 'neverLeft', reason: 'The claim had grown too old' };
    try {
      return await answered(await client.ask({ method: 'POST', url: '/v3/mail/send', body: Buffer.from(prepared.bytes) }), now);
    } catch (error) {
      return failed(error);
    }
  };
  return { requestBytes: mailBodyBytes, sendBytes, send: (mail) => sendBytes({ bytes: mailBodyBytes(mail), sandbox: mail.sandbox }) };
}

async function answered(answer: Answer, now: () => number): Promise<MailHandOver> {
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) {
    body.destroy();
    const id = headers['x-message-id'];
    return typeof id === 'string' && id !== '' ? { kind: 'accepted', providerMessageId: id.slice(0, 200) } : { kind: 'accepted' };
  }
  if (status === 429 || status === 503) {
    body.destroy();
    const retryAfterSeconds = retryAfter(headers, now());
    return { kind: 'neverLeft', reason: `SendGrid answered ${status}`, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  }
  if (status >= 400 && status < 500) return { kind: 'rejected', status, providerWords: await wordsOf(body) };
  body.destroy();
  return { kind: 'unknown', reason: `SendGrid answered ${status}` };
}

// Only a connection that was never made proves that no byte left. Anything later, resets included, may have been read by the provider.
const NEVER_CONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

function failed(error: unknown): MailHandOver {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'noCode';
  return NEVER_CONNECTED.has(code) ? { kind: 'neverLeft', reason: code } : { kind: 'unknown', reason: code };
}

async function wordsOf(body: Answer['body']): Promise<string> {
  return readErrors(await textOf(body, ANSWER_BODY_MS, MAX_WORDS_READ)).slice(0, MAX_WORDS);
}

function readErrors(text: string): string {
  try {
    const parsed = JSON.parse(text) as { errors?: { message?: unknown; field?: unknown }[] };
    if (!Array.isArray(parsed.errors)) return text;
    return parsed.errors.map((each) => (each.field ? `${String(each.field)}: ${String(each.message)}` : String(each.message))).join('; ');
  } catch {
    return text;
  }
}
