import { createHash, randomBytes } from 'node:crypto';
import type { AnswerScript } from './answer-script.js';
import type { EventCourier } from './event-courier.js';
import { answerJson, BodyTooLarge, bearerOf, type Exchange, readBody } from './http-exchange.js';
import type { LocalStore, MailState, QueuedEvent, StoredMail } from './local-store.js';
import { type ReadMail, readMailRequest } from './mail-request.js';

const MAX_BODY_BYTES = 30 * 1024 * 1024;

export interface MailServer {
  readonly store: LocalStore;
  readonly courier: EventCourier;
  readonly script: AnswerScript;
}

/** `POST /v3/mail/send` as SendGrid answers it: 401, 413, 400 with its errors, 202 with `x-message-id`, or what the script says. */
export async function takeMail(server: MailServer, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const refuse = (status: number, message: string): void =>
    answerJson(response, status, { errors: [{ message, field: null, help: null }] });
  if (bearerOf(request) === undefined) return refuse(401, 'The provided authorization grant is invalid, expired, or revoked');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return refuse(415, 'Content-Type should be application/json');
  let raw: Buffer;
  try {
    raw = await readBody(request, MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLarge) return refuse(413, 'Payload Too Large');
    throw error;
  }
  const read = readMailRequest(parse(raw));
  await server.script.play(exchange, (answer) => {
    if ('errors' in read) {
      if (answer === 'normal') answerJson(response, 400, { errors: read.errors });
      return;
    }
    const id = randomBytes(11).toString('base64url');
    if (!read.isSandboxMode) accept(server, read, raw, id);
    if (answer === 'none') return;
    response.writeHead(read.isSandboxMode ? 200 : 202, { 'x-message-id': id });
    response.end();
  });
}

/** Reports what happened to a mail: state for the page, and a signed event for the product when the mail carries our `mid`. */
export function reportMail(server: Pick<MailServer, 'store' | 'courier'>, mail: StoredMail, state: MailState): void {
  server.store.setMailState(mail.id, state);
  if (mail.mid === undefined) return;
  const id = randomBytes(16).toString('base64url');
  server.courier.enqueue({ id, target: 'mail', body: eventBody(mail, state, id) });
}

function accept(server: MailServer, read: ReadMail, raw: Buffer, id: string): void {
  const mail: StoredMail = {
    ...read.mail,
    id,
    at: new Date().toISOString(),
    sha256: createHash('sha256').update(raw).digest('hex'),
    state: 'processed',
  };
  server.store.addMail(mail, raw);
  if (read.outcome === 'dropped') return reportMail(server, mail, 'dropped');
  reportMail(server, mail, 'processed');
  // A complaint or an unsubscription comes from somebody who has received the mail.
  if (read.outcome !== 'bounce') reportMail(server, mail, 'delivered');
  if (read.outcome !== 'delivered') reportMail(server, mail, read.outcome);
}

function eventBody(mail: StoredMail, state: MailState, id: string): QueuedEvent['body'] {
  const words: Readonly<Partial<Record<MailState, Record<string, string>>>> = {
    delivered: { response: '250 2.0.0 OK' },
    bounce: { reason: '550 5.1.1 The email account that you tried to reach does not exist.', status: '5.1.1', type: 'bounce' },
    dropped: { reason: 'Bounced Address', status: '5.0.0' },
  };
  return {
    email: mail.to[0]?.email ?? '',
    timestamp: Math.floor(Date.now() / 1000),
    event: state,
    category: mail.categories,
    sg_event_id: id,
    sg_message_id: `${mail.id}.local-0`,
    mid: mail.mid,
    ...words[state],
  };
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
