import type { LetterState } from '#ports';
import type { LocalStore, StoredLetter } from './local-store.js';
import { html, type Markup } from './markup.js';
import { counted, frenchDate, frenchMoment, page, pager } from './page.js';
import { REPORTED_STATES } from './post-server.js';

const PAGE_SIZE = 50;

const STATE_WORDS: Readonly<Record<LetterState, readonly [string, 'good' | 'bad' | 'wait']>> = {
  accepted: ['à déposer', 'wait'],
  deposited: ['déposée', 'wait'],
  presented: ['présentée, avisée', 'wait'],
  delivered: ['distribuée', 'good'],
  unclaimed: ['non réclamée', 'bad'],
  refused: ['refusée', 'bad'],
  returnedUnknown: ['retour : inconnu à l’adresse', 'bad'],
};

/** The tray of registered letters, newest first: PDF, address, history, and a form that reports what the post did. */
export function postPage(store: LocalStore, query: string, wanted: number): string {
  const word = query.trim().toLowerCase();
  const found = [...store.letters.values()].reverse().filter((letter) => word === '' || haystack(letter).includes(word));
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const current = Math.min(Math.max(1, wanted), pages);
  const shown = found.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE);
  const waiting = found.filter((letter) => letter.state === 'accepted').length;
  const body = html`<h1>Courrier recommandé</h1>
<form class="row" method="get" action="/post"><input type="search" name="q" value="${query}" placeholder="Chercher : destinataire, numéro de suivi…" aria-label="Chercher"><button>Chercher</button>
<span class="grow"></span><span class="muted">${counted(found.length, 'lettre', 'lettres')}, ${waiting} à déposer</span></form>
${shown.length === 0 ? html`<p class="empty">Aucune lettre pour le moment.</p>` : table(shown)}
${pager({ path: '/post', query, page: current, pages })}
<p class="muted">Sans date, c’est l’horloge du créancier qui fait foi ; une lettre n’est « notifiée » qu’avec une preuve.</p>`;
  return page({ title: 'Courrier recommandé – Relance', tab: 'post', body });
}

function table(letters: readonly StoredLetter[]): Markup {
  return html`<table><thead><tr><th>Reçue le</th><th>Destinataire</th><th>Suivi</th><th>Lettre</th><th>État</th><th>Signaler</th></tr></thead><tbody>${letters.map(row)}</tbody></table>`;
}

function row(letter: StoredLetter): Markup {
  const [words, tone] = STATE_WORDS[letter.state];
  const option = (state: LetterState): Markup => html`<option value="${state}">${STATE_WORDS[state][0]}</option>`;
  return html`<tr><td class="when">${frenchMoment(letter.at)}</td><td><address>${letter.addressLines.join('\n')}</address></td>
<td class="number">${letter.trackingNumber}<br><span class="muted small">${letter.mid}</span></td>
<td><a href="${`/post/${letter.id}/pdf`}" target="_blank" rel="noopener">PDF</a></td>
<td><span class="badge ${tone}">${words}</span>${letter.history.map((each) => html`<br><span class="muted small">${STATE_WORDS[each.state][0]} ${each.on ? frenchDate(each.on) : frenchMoment(each.at)}</span>`)}</td>
<td><form class="inline" method="post" action="${`/post/${letter.id}/events`}"><select name="state" aria-label="État">${REPORTED_STATES.map(option)}</select><input type="date" name="on" aria-label="Date"><button class="primary">Signaler</button></form></td></tr>`;
}

function haystack(letter: StoredLetter): string {
  return [...letter.addressLines, letter.trackingNumber, letter.mid, letter.creditorRef].join(' ').toLowerCase();
}
