import { frenchDay, parseDay } from '#domain';
import type { LocalStore, MailState, Person, StoredMail } from './local-store.js';
import { escapeHtml, html, type Markup } from './markup.js';
import { counted, frenchMoment, page, pager } from './page.js';

const PAGE_SIZE = 100;

const STATE_WORDS: Readonly<Record<MailState, readonly [string, 'good' | 'bad' | 'wait']>> = {
  processed: ['traité', 'wait'],
  delivered: ['remis', 'good'],
  bounce: ['rebond', 'bad'],
  dropped: ['abandonné', 'bad'],
  spamreport: ['signalé indésirable', 'bad'],
  unsubscribe: ['désinscrit', 'bad'],
};

/** The event buttons of a mail, in the order shown. */
const REPORTS: readonly (readonly [MailState, string])[] = [
  ['delivered', 'Remis'],
  ['bounce', 'Rebond'],
  ['dropped', 'Abandon'],
  ['spamreport', 'Indésirable'],
  ['unsubscribe', 'Désinscription'],
];

export function isMailState(text: string): text is MailState {
  return Object.hasOwn(STATE_WORDS, text);
}

/** The list, newest first, of the mails whose people, subject, category or `mid` hold every word of `query`. */
export function mailboxPage(store: LocalStore, query: string, wanted: number): string {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const found = [...store.mails.values()].reverse().filter((mail) => words.every((word) => haystack(mail).includes(word)));
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const current = Math.min(Math.max(1, wanted), pages);
  const shown = found.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE);
  const body = html`<h1>Courriels envoyés</h1>
<form class="row" method="get" action="/"><input type="search" name="q" value="${query}" placeholder="Chercher : objet, personne, catégorie…" aria-label="Chercher"><button>Chercher</button>
<span class="grow"></span><span class="muted">${counted(found.length, 'courriel', 'courriels')}</span></form>
${shown.length === 0 ? html`<p class="empty">${query === '' ? 'Aucun courriel pour le moment.' : 'Aucun courriel ne correspond.'}</p>` : table(shown)}
${pager({ path: '/', query, page: current, pages })}`;
  return page({ title: 'Courriels – Relance', tab: 'mails', body });
}

/** One mail: who, what, its preview (`view` html, text or raw), attachments, and buttons that make an event happen. */
export function mailPage(mail: StoredMail, raw: Buffer, view: 'html' | 'text' | 'raw'): string {
  const tab = (name: string, label: string): Markup =>
    html`<a href="${`/mails/${mail.id}?view=${name}`}" ${name === view && html`aria-current="page"`}>${label}</a>`;
  const body = html`<p><a href="/">← Tous les courriels</a></p>
<h1>${mail.subject}</h1>
<dl><dt>De</dt><dd>${person(mail.from)}</dd><dt>À</dt><dd>${mail.to.map(person).join(', ')}</dd>
<dt>Répondre à</dt><dd>${mail.replyTo ? person(mail.replyTo) : '–'}</dd>
<dt>Date</dt><dd>${dates(mail)}</dd><dt>État</dt><dd>${badge(mail.state)}</dd>
<dt>Catégories</dt><dd>${mail.categories.map(tag)}</dd><dt>mid</dt><dd>${mail.mid ?? '–'}</dd><dt>SHA-256</dt><dd class="muted">${mail.sha256}</dd>
${mail.attachments.length > 0 && html`<dt>Pièces jointes</dt><dd>${mail.attachments.map((each, index) => html`<a href="${`/mails/${mail.id}/attachments/${index}`}" target="_blank" rel="noopener">${each.filename}</a> <span class="muted">${each.type}</span> `)}</dd>`}</dl>
<form class="row" method="post" action="${`/mails/${mail.id}/events`}"><span class="muted">Simuler :</span>${REPORTS.map(([state, label]) => html`<button name="state" value="${state}">${label}</button>`)}</form>
<p class="row tabs">${tab('html', 'Aperçu')}${tab('text', 'Texte')}${tab('raw', 'JSON brut')}<a href="${`/mails/${mail.id}/raw`}">Télécharger</a></p>
${preview(mail, raw, view)}`;
  return page({ title: `${mail.subject} – Relance`, tab: 'mails', body });
}

export const PREVIEW_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** The HTML part alone, for the sandboxed frame; inline images are put in from the attachments. */
export function previewDocument(raw: Buffer): string {
  const { content, attachments } = contentOf(raw);
  const inline = new Map(
    attachments
      .filter((each) => each.content_id && /^image\/[a-z.+-]+$/.test(each.type ?? ''))
      .map((each) => [each.content_id, `data:${each.type};base64,${each.content}`]),
  );
  const part = content.find((each) => each.type === 'text/html')?.value;
  if (part === undefined) return `<!doctype html><meta charset="utf-8"><pre>${escapeHtml(content[0]?.value ?? '')}</pre>`;
  return part.replace(/cid:([^"'\s)>]{1,200})/g, (whole, cid: string) => inline.get(cid) ?? whole);
}

export function attachmentOf(raw: Buffer, index: number): Buffer | undefined {
  const content = contentOf(raw).attachments[index]?.content;
  return content === undefined ? undefined : Buffer.from(content, 'base64');
}

interface MailContent {
  readonly content: readonly { readonly type?: string; readonly value?: string }[];
  readonly attachments: readonly { readonly content?: string; readonly content_id?: string; readonly type?: string }[];
}

// The shape was checked when the mail was accepted.
function contentOf(raw: Buffer): MailContent {
  const mail = JSON.parse(raw.toString('utf8')) as Partial<MailContent>;
  return { content: mail.content ?? [], attachments: mail.attachments ?? [] };
}

function preview(mail: StoredMail, raw: Buffer, view: 'html' | 'text' | 'raw'): Markup {
  if (view === 'html') return html`<iframe title="Aperçu du courriel" sandbox src="${`/mails/${mail.id}/html`}"></iframe>`;
  if (view === 'text') return html`<pre>${contentOf(raw).content.find((each) => each.type === 'text/plain')?.value ?? ''}</pre>`;
  const shortened = JSON.stringify(
    JSON.parse(raw.toString('utf8')),
    (key, value: unknown) => (key === 'content' && typeof value === 'string' && value.length > 120 ? `${value.slice(0, 120)}…` : value),
    2,
  );
  return html`<pre>${shortened}</pre>`;
}

function table(mails: readonly StoredMail[]): Markup {
  const row = (
    mail: StoredMail,
  ): Markup => html`<tr><td class="when">${dates(mail)}</td><td class="who">${personCell(mail.from)}</td><td class="who">${mail.to.map(personCell)}</td>
<td class="subject"><a href="${`/mails/${mail.id}`}">${mail.subject}</a>${mail.attachments.length > 0 && html`<br><span class="muted small">${counted(mail.attachments.length, 'pièce jointe', 'pièces jointes')}</span>`}</td>
<td>${mail.categories.map(tag)}</td><td>${badge(mail.state)}</td></tr>`;
  return html`<table><thead><tr><th>Date</th><th>De</th><th>À</th><th>Objet</th><th>Catégorie</th><th>État</th></tr></thead><tbody>${mails.map(row)}</tbody></table>`;
}

/** In a sandbox the day on its own clock, and apart from it when this machine took the mail; else that alone. */
function dates({ at, sandboxDay }: StoredMail): Markup {
  const day = sandboxDay && parseDay(sandboxDay);
  if (!day) return html`${frenchMoment(at)}`;
  return html`<div>${frenchDay(day)} <span class="muted small">bac à sable</span></div><div class="muted small">reçu le ${frenchMoment(at)}</div>`;
}

function badge(state: MailState): Markup {
  const [words, tone] = STATE_WORDS[state];
  return html`<span class="badge ${tone}">${words}</span>`;
}

function tag(text: string): Markup {
  return html`<span class="tag">${text}</span>`;
}

function person({ email, name }: Person): string {
  return name ? `${name} <${email}>` : email;
}

function personCell({ email, name }: Person): Markup {
  return html`<div>${name ?? email}</div>${name !== undefined && html`<div class="muted small">${email}</div>`}`;
}

function haystack(mail: StoredMail): string {
  return fold(
    [mail.subject, person(mail.from), ...mail.to.map(person), ...mail.categories, mail.mid ?? '', STATE_WORDS[mail.state][0]].join(' '),
  );
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
