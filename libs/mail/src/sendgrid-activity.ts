import { instantFromEpochMs } from '#domain';
import type { MailActivityPort, MailEvent, MailEventKind, MailLookUp } from '#ports';
import { type Answer, bareClient, retryAfter, textOf } from './sendgrid-client.js';

const DEFAULT_TIMEOUT_MS = 10_000;
const BODY_MS = 5_000;
const BODY_MAX = 1_000_000;
/** A `mid` belongs to one mail to one person; more than a few answers mean that the filter was not understood. */
const LISTED_MAX = 5;
const EVENTS_MAX = 100;
const MAX_REASON = 500;

export interface SendGridActivitySettings {
  /** The account of real mail, by a key with the right to read Email Activity. Without it real mail is `notOffered`. */
  readonly live?: { readonly apiKey: string; readonly baseUrl?: string };
  /** The account of sandbox mail. Without it sandbox mail is `notOffered`. */
  readonly localMailbox?: { readonly baseUrl: string };
  /** Bound of each call up to the answer's status line; 10 000 by default. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch, only to read `x-ratelimit-reset`. */
  readonly now?: () => number;
}

type Client = ReturnType<typeof bareClient>;
type Failure = Extract<MailLookUp, { kind: 'notOffered' | 'later' }>;

/**
 * SendGrid's Email Activity: the list filtered by our custom argument, then each listed message by its id, because only the single message shows its
 * arguments. A message counts as found when it carries our `mid` itself: a filter that was ignored lists strangers. Throws a RangeError at once for an
 * empty or wrong-looking key.
 */
export function createSendGridActivity(settings: SendGridActivitySettings): MailActivityPort {
  const timeoutMs = settings.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const now = settings.now ?? Date.now;
  const { live, localMailbox } = settings;
  const local = localMailbox && bareClient({ apiKey: 'SG.local', baseUrl: localMailbox.baseUrl, timeoutMs });
  const real = live && bareClient({ apiKey: live.apiKey, baseUrl: live.baseUrl ?? 'https://api.sendgrid.com/', timeoutMs });
  return {
    lookUp: async ({ mid, sandbox }) => {
      const client = sandbox ? local : real;
      if (!client) return { kind: 'notOffered', reason: 'No key for the activity is configured' };
      if (!/^[A-Za-z0-9_.:-]{1,128}$/.test(mid)) return { kind: 'notOffered', reason: 'This mid cannot be asked for' };
      return lookUp(client, mid, now);
    },
  };
}

async function lookUp(client: Client, mid: string, now: () => number): Promise<MailLookUp> {
  const query = encodeURIComponent(`(unique_args['mid']="${mid}")`);
  const list = await read(client, `/v3/messages?limit=${LISTED_MAX}&query=${query}`, now);
  if ('kind' in list) return list;
  const listed = Array.isArray(list.body['messages']) ? list.body['messages'] : undefined;
  if (!listed) return { kind: 'notOffered', reason: 'The answer is no list of messages' };
  if (listed.length === 0) return { kind: 'notFound' };
  const ids = listed.map((each) => textField(each, 'msg_id')).filter((id) => id !== undefined);
  const found: { id: string; events: MailEvent[] }[] = [];
  for (const id of ids.slice(0, LISTED_MAX)) {
    const message = await read(client, `/v3/messages/${encodeURIComponent(id)}`, now);
    if ('kind' in message) return message.kind === 'notOffered' ? { kind: 'later', reason: message.reason } : message;
    if (argumentOf(message.body['unique_args'], 'mid') === mid)
      found.push({ id: id.slice(0, 200), events: eventsOf(message.body, id, mid) });
  }
  const [first] = found;
  if (!first) return { kind: 'notOffered', reason: 'The activity lists messages that do not carry our mid' };
  return { kind: 'found', providerMessageId: first.id, events: found.flatMap(({ events }) => events), copies: found.length };
}

type Fields = Readonly<Record<string, unknown>>;

async function read(client: Client, url: string, now: () => number): Promise<{ body: Fields } | Failure> {
  let answer: Answer;
  try {
    answer = await client.ask({ method: 'GET', url });
  } catch (error) {
    return { kind: 'later', reason: typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'noAnswer' };
  }
  const { status, headers } = answer;
  const text = await textOf(answer.body, BODY_MS, BODY_MAX);
  if (status === 429 || status >= 500) {
    const retryAfterSeconds = retryAfter(headers, now());
    return { kind: 'later', reason: `SendGrid answered ${status}`, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  }
  if (status !== 200) return { kind: 'notOffered', reason: `SendGrid answered ${status}` };
  const body = fieldsOf(text);
  // Half a body is a broken line; a whole one that is something else is another server.
  if (!body) return { kind: 'later', reason: 'The answer could not be read' };
  return { body };
}

/** `unique_args` comes as JSON in a text. */
function argumentOf(value: unknown, name: string): string | undefined {
  return textField(typeof value === 'string' ? fieldsOf(value) : value, name);
}

const KINDS: Readonly<Record<string, MailEventKind>> = {
  processed: 'processed',
  delivered: 'delivered',
  bounced: 'bounce',
  dropped: 'dropped',
  spam_report: 'spamreport',
  unsubscribe: 'unsubscribe',
  group_unsubscribe: 'unsubscribe',
  deferred: 'deferred',
  opened: 'open',
  clicked: 'click',
};

/** The events of one message, oldest first. They have no ids of their own: message, name and moment make one that is always the same. */
function eventsOf(message: Fields, id: string, mid: string): MailEvent[] {
  const listed = Array.isArray(message['events']) ? message['events'].slice(0, EVENTS_MAX) : [];
  return listed
    .flatMap((element: unknown): MailEvent[] => {
      const name = textField(element, 'event_name');
      const ms = Date.parse(textField(element, 'processed') ?? '');
      if (name === undefined || !Number.isFinite(ms)) return [];
      const reason = textField(element, 'reason');
      const type = textField(element, 'bounce_type');
      return [
        {
          eventId: `activity:${id.slice(0, 120)}:${name.slice(0, 30)}:${ms}`,
          mid,
          kind: (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined) ?? 'other',
          at: instantFromEpochMs(ms),
          providerMessageId: id.slice(0, 200),
          ...(reason === undefined ? {} : { reason: reason.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_REASON) }),
          ...(type === 'hard' ? { bounceType: 'bounce' as const } : type === 'soft' ? { bounceType: 'blocked' as const } : {}),
        },
      ];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function textField(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (value as Fields)[name];
  return typeof field === 'string' && field !== '' ? field : undefined;
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Fields) : undefined;
  } catch {
    return undefined;
  }
}
