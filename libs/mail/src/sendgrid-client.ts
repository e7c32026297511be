import type { Readable } from 'node:stream';
import { Client, type SendGridClient } from './sendgrid-classes.js';

/** An answer as soon as its status line is known; the body may still be on its way. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readable;
}

/** The official client, made to send given bytes and to answer as soon as the status is known: a 202 counts even if its body never comes. */
class StreamClient extends Client {
  constructor(private readonly timeoutMs: number) {
    super();
  }

  override createRequest(data: Parameters<SendGridClient['createRequest']>[0]): ReturnType<SendGridClient['createRequest']> {
    return Object.assign(super.createRequest(data), {
      // A Buffer passes through the HTTP library untouched; an object or a string would be serialised again.
      data: data.body,
      responseType: 'stream',
      validateStatus: () => true,
      // A redirect would post the letter a second time somewhere else.
      maxRedirects: 0,
      signal: AbortSignal.timeout(this.timeoutMs),
    });
  }

  async ask(request: Parameters<SendGridClient['request']>[0]): Promise<Answer> {
    const [response, body] = await this.request(request);
    return { status: response.statusCode, headers: headersOf(response.headers), body: body as Readable };
  }
}

/** A client for one key: no redirects, no proxy, one deadline over the call. Throws a RangeError for a key that does not look like one. */
export function bareClient({ apiKey, baseUrl, timeoutMs }: { apiKey: string; baseUrl: string; timeoutMs: number }): StreamClient {
  // The library would send without any Authorization, or only warn on the console.
  if (!/^SG\.\S+$/.test(apiKey)) throw new RangeError('A SendGrid key begins with SG.');
  const client = new StreamClient(timeoutMs);
  client.setApiKey(apiKey);
  // After the key: setting it puts the provider's own address back.
  client.setDefaultRequest('baseUrl', new URL(baseUrl).href);
  client.setDefaultRequest('timeout' as 'url', timeoutMs as unknown as string);
  client.setDefaultRequest('proxy' as 'url', false as unknown as string);
  return client;
}

/** The wait the provider asks for, in seconds, a day at most; undefined when it names none. */
export function retryAfter(headers: Readonly<Record<string, unknown>>, nowMs: number): number | undefined {
  const seconds = headers['retry-after'];
  if (typeof seconds === 'string' && /^\d{1,6}$/.test(seconds)) return Number(seconds);
  const reset = headers['x-ratelimit-reset'];
  if (typeof reset === 'string' && /^\d{9,11}$/.test(reset)) return Math.min(86_400, Math.max(0, Math.ceil(Number(reset) - nowMs / 1000)));
  return undefined;
}

/** What of a body came within `ms`, a little over `limit` characters at most. Never throws. */
export async function textOf(body: Readable, ms: number, limit: number): Promise<string> {
  const late = setTimeout(() => body.destroy(new Error('late')), ms);
  let text = '';
  try {
    for await (const chunk of body) {
      text += String(chunk);
      if (text.length > limit) break;
    }
  } catch {
    // What came so far is all the provider said.
  } finally {
    clearTimeout(late);
    body.destroy();
  }
  return text;
}

function headersOf(headers: unknown): Record<string, unknown> {
  return typeof headers === 'object' && headers !== null ? { ...headers } : {};
}
