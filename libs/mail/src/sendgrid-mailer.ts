import type { Readable } from 'node:stream';
import type { MailHandOver, MailPort, PreparedMail } from '#ports';
import { mailBodyBytes } from './mail-body.js';
import { Client, type SendGridClient } from './sendgrid-classes.js';

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_WORDS = 2_000;
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
      return await answered(await client.post(prepared.bytes), now);
    } catch (error) {
      return failed(error);
    }
  };
  return { requestBytes: mailBodyBytes, sendBytes, send: (mail) => sendBytes({ bytes: mailBodyBytes(mail), sandbox: mail.sandbox }) };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readable;
}

/** The official client, made to send given bytes and to answer as soon as the status is known: a 202 counts even if its body never comes. */
class BytesClient extends Client {
  #timeoutMs = DEFAULT_TIMEOUT_MS;

  bound(timeoutMs: number): this {
    this.#timeoutMs = timeoutMs;
    return this;
  }

  override createRequest(data: Parameters<SendGridClient['createRequest']>[0]): ReturnType<SendGridClient['createRequest']> {
    return Object.assign(super.createRequest(data), {
      data: data.body,
      responseType: 'stream',
      validateStatus: () => true,
      // A redirect would post the letter a second time somewhere else.
      maxRedirects: 0,
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
  }

  async post(bytes: Uint8Array): Promise<Answer> {
    // A Buffer passes through the HTTP library untouched; an object or a string would be serialised again.
    const [response, body] = await this.request({ method: 'POST', url: '/v3/mail/send', body: Buffer.from(bytes) });
    return { status: response.statusCode, headers: headersOf(response.headers), body: body as Readable };
  }
}

function bareClient({ apiKey, baseUrl, timeoutMs }: { apiKey: string; baseUrl: string; timeoutMs: number }): BytesClient {
  // The library would send without any Authorization, or only warn on the console.
  if (!/^SG\.\S+$/.test(apiKey)) throw new RangeError('A SendGrid key begins with SG.');
  const client = new BytesClient().bound(timeoutMs);
  client.setApiKey(apiKey);
  // After the key: setting it puts the provider's own address back.
  client.setDefaultRequest('baseUrl', new URL(baseUrl).href);
  client.setDefaultRequest('timeout' as 'url', timeoutMs as unknown as string);
  client.setDefaultRequest('proxy' as 'url', false as unknown as string);
  return client;
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

function retryAfter(headers: Readonly<Record<string, unknown>>, nowMs: number): number | undefined {
  const seconds = headers['retry-after'];
  if (typeof seconds === 'string' && /^\d{1,6}$/.test(seconds)) return Number(seconds);
  const reset = headers['x-ratelimit-reset'];
  if (typeof reset === 'string' && /^\d{9,11}$/.test(reset)) return Math.min(86_400, Math.max(0, Math.ceil(Number(reset) - nowMs / 1000)));
  return undefined;
}

async function wordsOf(body: Readable): Promise<string> {
  const late = setTimeout(() => body.destroy(new Error('late')), ANSWER_BODY_MS);
  let text = '';
  try {
    for await (const chunk of body) {
      text += String(chunk);
      if (text.length > 16_384) break;
    }
  } catch {
    // What came so far is all the provider said.
  } finally {
    clearTimeout(late);
    body.destroy();
  }
  return readErrors(text).slice(0, MAX_WORDS);
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

function headersOf(headers: unknown): Record<string, unknown> {
  return typeof headers === 'object' && headers !== null ? { ...headers } : {};
}
