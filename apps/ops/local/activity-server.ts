import type { AnswerScript } from './answer-script.js';
import { answerJson, bearerOf, type Exchange } from './http-exchange.js';
import type { LocalStore, MailState, StoredMail } from './local-store.js';

export interface ActivityServer {
  readonly store: LocalStore;
  /** What the next calls of the activity get, apart from those that bring mail. */
  readonly activityScript: AnswerScript;
  /** How far the record lags behind the mail: what is younger is not known to it yet. */
  activityLagMs: number;
}

const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 1_000;
const ID_SUFFIX = '.local-0';

/** Names of events in the activity; the webhook spells some otherwise. */
const NAMES: Readonly<Record<MailState, string>> = {
  processed: 'processed',
  delivered: 'delivered',
  bounce: 'bounced',
  dropped: 'dropped',
  spamreport: 'spam_report',
  unsubscribe: 'unsubscribe',
};

/** `GET /v3/messages?limit=…&query=…`: what the account has sent, newest first, as SendGrid's Email Activity lists it. */
export function listActivity(server: ActivityServer, exchange: Exchange): Promise<void> {
  return whenAllowed(server, exchange, () => {
    const { response, url } = exchange;
    const refuse = (message: string): void => answerJson(response, 400, { errors: [{ message }] });
    const limitText = url.searchParams.get('limit') ?? String(LIMIT_DEFAULT);
    const limit = /^\d{1,5}$/.test(limitText) ? Number(limitText) : 0;
    if (limit < 1 || limit > LIMIT_MAX) return refuse('limit must be greater than 0 and less than or equal to 1000');
    const filter = readQuery(url.searchParams.get('query') ?? '');
    if (typeof filter === 'string') return refuse(filter);
    const found = known(server)
      .filter((mail) => filter.every((condition) => matches(mail, condition)))
      .toReversed()
      .slice(0, limit);
    return answerJson(response, 200, { messages: found.map((mail) => summary(server, mail)) });
  });
}

/** `GET /v3/messages/{msg_id}`: one message with its events and, as a text of JSON, its custom arguments. */
export function showActivity(server: ActivityServer, exchange: Exchange, messageId: string): Promise<void> {
  return whenAllowed(server, exchange, () => {
    const mail = known(server).find(({ id }) => `${id}${ID_SUFFIX}` === messageId);
    if (!mail) return answerJson(exchange.response, 404, { errors: [{ message: 'message not found' }] });
    const history = server.store.mailHistory(mail.id);
    return answerJson(exchange.response, 200, {
      ...summary(server, mail),
      template_id: '',
      asm_group_id: 0,
      teammate: '',
      api_key_id: 'local',
      originating_ip: '127.0.0.1',
      outbound_ip: '127.0.0.1',
      outbound_ip_type: 'shared',
      categories: mail.categories,
      unique_args: JSON.stringify(argumentsOf(mail)),
      events: history.map(({ state, at }) => ({
        event_name: NAMES[state],
        processed: seconds(at),
        bounce_type: state === 'bounce' ? 'hard' : '',
        http_user_agent: '',
        mx_server: 'mx.local',
        ...(state === 'bounce' ? { reason: '550 5.1.1 The email account that you tried to reach does not exist.' } : {}),
        ...(state === 'dropped' ? { reason: 'Bounced Address' } : {}),
      })),
    });
  });
}

async function whenAllowed(server: ActivityServer, exchange: Exchange, answer: () => void): Promise<void> {
  if (bearerOf(exchange.request) === undefined) {
    return answerJson(exchange.response, 401, {
      errors: [{ message: 'The provided authorization grant is invalid, expired, or revoked' }],
    });
  }
  await server.activityScript.play(exchange, (kind) => {
    if (kind === 'normal') answer();
  });
}

function known({ store, activityLagMs }: ActivityServer): StoredMail[] {
  const until = new Date(Date.now() - activityLagMs).toISOString();
  return [...store.mails.values()].filter(({ at }) => at <= until);
}

function summary({ store }: ActivityServer, mail: StoredMail): Record<string, unknown> {
  return {
    from_email: mail.from.email,
    msg_id: `${mail.id}${ID_SUFFIX}`,
    subject: mail.subject,
    to_email: mail.to[0]?.email ?? '',
    status: statusOf(mail.state),
    opens_count: 0,
    clicks_count: 0,
    last_event_time: seconds(store.mailHistory(mail.id).at(-1)?.at ?? mail.at),
  };
}

function statusOf(state: MailState): 'processed' | 'delivered' | 'not_delivered' {
  if (state === 'processed') return 'processed';
  return state === 'bounce' || state === 'dropped' ? 'not_delivered' : 'delivered';
}

/** The record tells seconds. */
function seconds(at: string): string {
  return `${at.slice(0, 19)}Z`;
}

function argumentsOf({ mid, sandboxDay }: StoredMail): Readonly<Record<string, string>> {
  return { ...(mid === undefined ? {} : { mid }), ...(sandboxDay === undefined ? {} : { sandboxDay }) };
}

interface Condition {
  readonly field: string;
  readonly argument?: string;
  readonly value: string;
}

const CONDITION = /^\(?\s*(?:unique_args\['([^']{1,100})'\]|(\w{1,40}))\s*=\s*(?:"([^"]*)"|'([^']*)')\s*\)?$/;
const FIELDS: ReadonlySet<string> = new Set(['msg_id', 'from_email', 'to_email', 'subject', 'status', 'unique_args']);

/** Reads the part of the query language that asks for equality, joined by AND; a sentence of refusal for anything else. */
function readQuery(query: string): Condition[] | string {
  if (query.trim() === '') return [];
  const conditions: Condition[] = [];
  for (const part of query.split(/\s+AND\s+/)) {
    const match = CONDITION.exec(part.trim());
    const field = match?.[1] === undefined ? match?.[2] : 'unique_args';
    if (!match || field === undefined) return `invalid syntax: '${part.slice(0, 100)}'`;
    if (!FIELDS.has(field)) return `invalid syntax: '${field}' is not a known field`;
    const value = match[3] ?? match[4] ?? '';
    conditions.push({ field, value, ...(match[1] === undefined ? {} : { argument: match[1] }) });
  }
  return conditions;
}

function matches(mail: StoredMail, { field, argument, value }: Condition): boolean {
  switch (field) {
    case 'msg_id':
      return `${mail.id}${ID_SUFFIX}` === value;
    case 'from_email':
      return mail.from.email === value;
    case 'to_email':
      return mail.to.some(({ email }) => email === value);
    case 'subject':
      return mail.subject === value;
    case 'status':
      return statusOf(mail.state) === value;
    default:
      return argument !== undefined && argumentsOf(mail)[argument] === value;
  }
}
