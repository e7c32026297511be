import type { LetterStatus, PostHandOver, PostPort, RegisteredLetter } from '#ports';
import { readLetterWire } from './letter-wire.js';
import { assertPostable } from './unpostable-letter.js';

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_WORDS = 2_000;

export interface PostSettings {
  /** The real provider. Without it a letter of a creditor that is not a sandbox is `neverLeft` and waits in our own tray. */
  readonly live?: { readonly baseUrl: string; readonly apiKey: string };
  /** Where every sandbox letter goes, whatever `live` says. */
  readonly localTray: { readonly baseUrl: string };
  readonly timeoutMs?: number;
}

interface Destination {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Registered post over a small JSON protocol (see README): one HTTP call a letter, never retried here, the answer classed by what it proves. */
export function createHttpPost(settings: PostSettings): PostPort {
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const destinationOf = (sandbox: boolean): Destination | undefined =>
    sandbox ? { baseUrl: settings.localTray.baseUrl, apiKey: 'local' } : settings.live;

  return {
    deposit: async (letter, mayStillLeave) => {
      assertPostable(letter);
      const destination = destinationOf(letter.sandbox);
      if (!destination) return { kind: 'neverLeft', reason: 'No postal provider is configured' };
      if (mayStillLeave && !mayStillLeave()) return { kind: 'neverLeft', reason: 'The claim had grown too old' };
      return deposit(destination, letter, timeoutMs);
    },
    statusOf: async ({ mid, sandbox }) => {
      const destination = destinationOf(sandbox);
      if (!destination) return { kind: 'unknown', reason: 'No postal provider is configured' };
      return statusOf(destination, mid, timeoutMs);
    },
  };
}

async function deposit(destination: Destination, letter: RegisteredLetter, timeoutMs: number): Promise<PostHandOver> {
  const body = JSON.stringify({
    mid: letter.mid,
    creditorRef: letter.creditorRef,
    addressLines: letter.addressLines,
    pdf: Buffer.from(letter.pdf).toString('base64'),
    ...(letter.service === 'plain' ? { service: letter.service } : {}),
  });
  let response: Response;
  try {
    response = await fetch(new URL('/v1/letters', destination.baseUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${destination.apiKey}`, 'content-type': 'application/json', 'idempotency-key': letter.mid },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    return failed(error);
  }
  if (response.ok) {
    // The status line alone proves acceptance; a body that breaks off only costs the tracking number, which `statusOf` can fetch.
    const { trackingNumber, depositedOn } = readLetterWire(await jsonOf(response));
    return { kind: 'accepted', ...(trackingNumber ? { trackingNumber } : {}), ...(depositedOn ? { depositedOn } : {}) };
  }
  if (response.status === 429 || response.status === 503) {
    const after = response.headers.get('retry-after') ?? '';
    await response.body?.cancel();
    const reason = `The provider answered ${response.status}`;
    return { kind: 'neverLeft', reason, ...(/^\d{1,6}$/.test(after) ? { retryAfterSeconds: Number(after) } : {}) };
  }
  if (response.status >= 400 && response.status < 500) {
    return { kind: 'rejected', status: response.status, providerWords: (await textOf(response)).slice(0, MAX_WORDS) };
  }
  await response.body?.cancel();
  return { kind: 'unknown', reason: `The provider answered ${response.status}` };
}

async function statusOf(destination: Destination, mid: string, timeoutMs: number): Promise<LetterStatus> {
  try {
    const response = await fetch(new URL(`/v1/letters/${encodeURIComponent(mid)}`, destination.baseUrl), {
      headers: { authorization: `Bearer ${destination.apiKey}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return { kind: 'notFound' };
    }
    const { state, ...rest } = response.ok ? readLetterWire(await jsonOf(response)) : {};
    if (!state) return { kind: 'unknown', reason: `The provider answered ${response.status}` };
    return { kind: 'found', state, ...rest };
  } catch (error) {
    return { kind: 'unknown', reason: codeOf(error) };
  }
}

// Only a connection that was never made proves that no byte left.
const NEVER_CONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

function failed(error: unknown): PostHandOver {
  const code = codeOf(error);
  return NEVER_CONNECTED.has(code) ? { kind: 'neverLeft', reason: code } : { kind: 'unknown', reason: code };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'noCode';
  const cause: unknown = error.cause;
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await textOf(response));
  } catch {
    return undefined;
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    // What came so far is all the provider said.
  }
  return Buffer.concat(chunks).toString('utf8');
}
