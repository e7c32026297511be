import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AnswerScript, type ScriptStep } from './answer-script.js';
import { EventCourier } from './event-courier.js';
import { answerJson, BodyTooLarge } from './http-exchange.js';
import { LocalStore, type MailState, type StoredLetter, type StoredMail } from './local-store.js';
import { reportMail } from './mail-server.js';
import { type LetterReport, reportLetter } from './post-server.js';
import { type LocalServers, route } from './routes.js';

export interface LocalServerOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly host?: string;
  /** Where mails, letters and unsent events are kept between runs. */
  readonly dir: string;
  /** The product's API, for the event webhooks; without it no event is sent. */
  readonly apiUrl?: string;
  readonly mailPath?: string;
  readonly postPath?: string;
  /** P-256; made anew when absent. */
  readonly eventPrivateKey?: KeyObject;
  /** 24 to 64 bytes; made anew when absent. */
  readonly postSecret?: Uint8Array;
  readonly log?: (line: string) => void;
}

export interface RunningLocalServers {
  readonly url: string;
  /** As SendGrid shows it: base64 of the SPKI. */
  readonly eventPublicKey: string;
  /** `whsec_…`, with which post events are signed. */
  readonly postSecret: string;
  mails(): StoredMail[];
  /** The exact bytes of the request that brought a mail. */
  rawMail(id: string): Buffer;
  letters(): StoredLetter[];
  letterPdf(id: string): Buffer;
  /** Says what the next calls get, one step a call. */
  script(steps: readonly ScriptStep[], target?: 'mail' | 'post' | 'activity'): void;
  /** How far the activity lags behind the mail, in milliseconds; 0 until told. */
  lagActivity(ms: number): void;
  /** Makes the postal operator report a letter. */
  reportLetter(mid: string, report: LetterReport): void;
  /** Makes the receiving side report a mail. */
  reportMail(id: string, state: MailState): void;
  /** Events not yet taken by the product, and calls held back by the script. */
  pending(): number;
  close(): Promise<void>;
}

/** One HTTP server on one port that speaks SendGrid's and the postal provider's protocols, shows what it got, and posts signed events back. */
export async function startLocalServers(options: LocalServerOptions): Promise<RunningLocalServers> {
  const eventPrivateKey = options.eventPrivateKey ?? generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const postSecret = options.postSecret ?? randomBytes(32);
  const store = new LocalStore(options.dir);
  const { apiUrl, mailPath, postPath, log } = options;
  const courier = new EventCourier(store, {
    eventPrivateKey,
    postSecret,
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(mailPath === undefined ? {} : { mailPath }),
    ...(postPath === undefined ? {} : { postPath }),
    ...(log === undefined ? {} : { log }),
  });
  const script = new AnswerScript();
  const postScript = new AnswerScript();
  const activityScript = new AnswerScript();
  const pending = (): number => courier.pending + script.held + postScript.held;
  const servers: LocalServers = { store, courier, script, postScript, activityScript, activityLagMs: 0, pending };
  const host = options.host ?? '127.0.0.1';
  const server = createServer((request, response) => void answer(servers, request, response, isLoopback(host), log));
  // Bulk senders keep their connections; closing one in the instant it is used again looks like a lost answer.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    eventPublicKey: createPublicKey(eventPrivateKey).export({ type: 'spki', format: 'der' }).toString('base64'),
    postSecret: `whsec_${Buffer.from(postSecret).toString('base64')}`,
    mails: () => [...store.mails.values()],
    rawMail: (id) => store.rawMail(id),
    letters: () => [...store.letters.values()],
    letterPdf: (id) => store.letterPdf(id),
    script: (steps, target = 'mail') => ({ mail: script, post: postScript, activity: activityScript })[target].add(steps),
    lagActivity: (ms) => {
      servers.activityLagMs = ms;
    },
    reportLetter: (mid, report) => reportLetter(servers, existing(store.letters.get(mid), mid), report),
    reportMail: (id, state) => reportMail(servers, existing(store.mails.get(id), id), state),
    pending,
    close: async () => {
      courier.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  servers: LocalServers,
  request: IncomingMessage,
  response: ServerResponse,
  isLocalOnly: boolean,
  log?: (line: string) => void,
): Promise<void> {
  try {
    if (!isFromHere(request, isLocalOnly)) return answerJson(response, 403, { title: 'forbidden' });
    await route(servers, { request, response, url: new URL(request.url ?? '/', 'http://local') });
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    if (error instanceof BodyTooLarge) return answerJson(response, 413, { title: 'too large' });
    log?.(`${request.method} ${request.url}: ${error instanceof Error ? error.message : 'failed'}`);
    answerJson(response, 500, { title: 'failed' });
  }
}

// A page of another site must not press our buttons, nor read the mails by renaming itself to this address.
function isFromHere(request: IncomingMessage, isLocalOnly: boolean): boolean {
  const host = request.headers.host ?? '';
  const origin = request.headers.origin;
  if (isLocalOnly && !/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host)) return false;
  return origin === undefined || request.method === 'GET' || origin === `http://${host}` || origin === `https://${host}`;
}

function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === 'localhost' || host === '::1';
}

function existing<T>(found: T | undefined, key: string): T {
  if (found === undefined) throw new RangeError(`Nothing known under ${key}`);
  return found;
}
