import { type ActivityServer, listActivity, showActivity } from './activity-server.js';
import { answerBytes, answerHtml, answerJson, type Exchange, readBody, redirect } from './http-exchange.js';
import { type AnswerScript, controlBody } from './answer-script.js';
import type { StoredLetter, StoredMail } from './local-store.js';
import { attachmentOf, isMailState, mailboxPage, mailPage, PREVIEW_POLICY, previewDocument } from './mailbox-page.js';
import { type MailServer, reportMail, takeMail } from './mail-server.js';
import { PAGE_POLICY, STYLE } from './page.js';
import { postPage } from './post-page.js';
import { letterReport, type PostServer, reportLetter, showLetter, takeLetter } from './post-server.js';

export interface LocalServers extends MailServer, PostServer, ActivityServer {
  readonly script: AnswerScript;
  pending(): number;
}

type Handler = (servers: LocalServers, exchange: Exchange, parameters: readonly string[]) => void | Promise<void>;

const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['POST', /^\/v3\/mail\/send$/, takeMail],
  ['GET', /^\/v3\/messages$/, listActivity],
  ['GET', /^\/v3\/messages\/([^/]+)$/, (servers, exchange, [id]) => showActivity(servers, exchange, decode(id))],
  ['POST', /^\/v1\/letters$/, takeLetter],
  ['GET', /^\/v1\/letters\/([^/]+)$/, (servers, exchange, [mid]) => showLetter(servers, exchange, decode(mid))],
  ['GET', /^\/$/, (servers, { response, url }) => answerHtml(response, mailboxPage(servers.store, queryOf(url), pageOf(url)), PAGE_POLICY)],
  ['GET', /^\/mails?$/, (_servers, { response, url }) => redirect(response, `/${url.search}`)],
  ['GET', /^\/mails\/([^/]+)$/, withMail(showMail)],
  [
    'GET',
    /^\/mails\/([^/]+)\/html$/,
    withMail((servers, { response }, mail) => answerHtml(response, previewDocument(servers.store.rawMail(mail.id)), PREVIEW_POLICY)),
  ],
  [
    'GET',
    /^\/mails\/([^/]+)\/raw$/,
    withMail((servers, { response }, mail) => answerBytes(response, servers.store.rawMail(mail.id), 'application/json', `${mail.id}.json`)),
  ],
  ['GET', /^\/mails\/([^/]+)\/attachments\/(\d{1,3})$/, withMail(showAttachment)],
  ['POST', /^\/mails\/([^/]+)\/events$/, withMail(takeMailReport)],
  [
    'GET',
    /^\/post$/,
    (servers, { response, url }) => answerHtml(response, postPage(servers.store, queryOf(url), pageOf(url)), PAGE_POLICY),
  ],
  [
    'GET',
    /^\/post\/([^/]+)\/pdf$/,
    withLetter((servers, { response }, letter) =>
      answerBytes(response, servers.store.letterPdf(letter.id), 'application/pdf', `${letter.trackingNumber}.pdf`),
    ),
  ],
  ['POST', /^\/post\/([^/]+)\/events$/, withLetter(takeLetterForm)],
  [
    'GET',
    /^\/style\.css$/,
    (_servers, { response }) => void response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(STYLE),
  ],
  ['GET', /^\/(?:health|livez|readyz)$/, (_servers, { response }) => answerJson(response, 200, { status: 'ok' })],
  ['GET', /^\/__queue$/, (servers, { response }) => answerJson(response, 200, { pending: servers.pending() })],
  ['GET', /^\/__mails$/, (servers, { response }) => answerJson(response, 200, [...servers.store.mails.values()])],
  ['GET', /^\/__letters$/, (servers, { response }) => answerJson(response, 200, [...servers.store.letters.values()])],
  ['POST', /^\/__letters\/([^/]+)$/, takeLetterJson],
  ['POST', /^\/__control$/, takeControl],
];

/** Finds the route and answers it; 404 and 405 as JSON. */
export async function route(servers: LocalServers, exchange: Exchange): Promise<void> {
  let isPathKnown = false;
  for (const [method, path, handler] of ROUTES) {
    const match = path.exec(exchange.url.pathname);
    if (!match) continue;
    isPathKnown = true;
    if (method !== exchange.request.method && !(method === 'GET' && exchange.request.method === 'HEAD')) continue;
    await handler(servers, exchange, match.slice(1));
    return;
  }
  answerJson(exchange.response, isPathKnown ? 405 : 404, { title: isPathKnown ? 'method not allowed' : 'not found' });
}

function withMail(
  handler: (servers: LocalServers, exchange: Exchange, mail: StoredMail, rest: readonly string[]) => void | Promise<void>,
): Handler {
  return (servers, exchange, [id, ...rest]) => {
    const mail = servers.store.mails.get(id ?? '');
    if (!mail) return answerJson(exchange.response, 404, { title: 'not found' });
    return handler(servers, exchange, mail, rest);
  };
}

function withLetter(handler: (servers: LocalServers, exchange: Exchange, letter: StoredLetter) => void | Promise<void>): Handler {
  return (servers, exchange, [id]) => {
    const letter = [...servers.store.letters.values()].find((each) => each.id === id);
    if (!letter) return answerJson(exchange.response, 404, { title: 'not found' });
    return handler(servers, exchange, letter);
  };
}

function showMail(servers: LocalServers, { response, url }: Exchange, mail: StoredMail): void {
  const wanted = url.searchParams.get('view');
  const view = wanted === 'text' || wanted === 'raw' ? wanted : 'html';
  answerHtml(response, mailPage(mail, servers.store.rawMail(mail.id), view), PAGE_POLICY);
}

function showAttachment(servers: LocalServers, { response }: Exchange, mail: StoredMail, [index]: readonly string[]): void {
  const about = mail.attachments[Number(index)];
  const bytes = attachmentOf(servers.store.rawMail(mail.id), Number(index));
  if (!about || !bytes) return answerJson(response, 404, { title: 'not found' });
  const type = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(about.type) ? about.type : 'application/octet-stream';
  answerBytes(response, bytes, type, about.filename);
}

async function takeMailReport(servers: LocalServers, { request, response }: Exchange, mail: StoredMail): Promise<void> {
  const state = new URLSearchParams((await readBody(request, 10_000)).toString('utf8')).get('state') ?? '';
  if (!isMailState(state)) return answerJson(response, 400, { title: 'unknown state' });
  reportMail(servers, mail, state);
  redirect(response, `/mails/${mail.id}`);
}

async function takeLetterForm(servers: LocalServers, { request, response }: Exchange, letter: StoredLetter): Promise<void> {
  const form = new URLSearchParams((await readBody(request, 10_000)).toString('utf8'));
  const report = letterReport.safeParse({ state: form.get('state'), on: form.get('on') || undefined });
  if (!report.success) return answerJson(response, 400, { title: 'unknown state or day' });
  reportLetter(servers, letter, report.data);
  redirect(response, '/post');
}

async function takeLetterJson(servers: LocalServers, { request, response }: Exchange, [mid]: readonly string[]): Promise<void> {
  const letter = servers.store.letters.get(decode(mid));
  if (!letter) return answerJson(response, 404, { title: 'not found' });
  const report = letterReport.safeParse(parse(await readBody(request, 10_000)));
  if (!report.success) return answerJson(response, 400, { title: 'unknown state or day' });
  reportLetter(servers, letter, report.data);
  answerJson(response, 202, { pending: servers.pending() });
}

async function takeControl(servers: LocalServers, { request, response }: Exchange): Promise<void> {
  const body = controlBody.safeParse(parse(await readBody(request, 1_000_000)));
  if (!body.success) return answerJson(response, 400, { title: 'not a script', detail: body.error.issues[0]?.message });
  servers.script.add(body.data.next ?? []);
  servers.postScript.add(body.data.nextPost ?? []);
  servers.activityScript.add(body.data.nextActivity ?? []);
  if (body.data.activityLagMs !== undefined) servers.activityLagMs = body.data.activityLagMs;
  answerJson(response, 200, { pending: servers.pending() });
}

function queryOf(url: URL): string {
  return (url.searchParams.get('q') ?? '').slice(0, 200);
}

function pageOf(url: URL): number {
  const text = url.searchParams.get('page') ?? '1';
  return /^\d{1,6}$/.test(text) ? Number(text) : 1;
}

function decode(text: string | undefined): string {
  try {
    return decodeURIComponent(text ?? '');
  } catch {
    return '';
  }
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
