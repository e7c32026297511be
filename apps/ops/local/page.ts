import { html, type Markup } from './markup.js';

/** No script, no outside address; the preview frame is ours and has a stricter policy of its own. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function page({ title, tab, body }: { title: string; tab: 'mails' | 'post'; body: Markup }): string {
  const current = (name: string): Markup | undefined => (tab === name ? html`aria-current="page"` : undefined);
  return html`<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/style.css"></head>
<body>
<header><strong>Relance</strong><span class="muted">boîte locale</span>
<nav><a href="/" ${current('mails')}>Courriels</a><a href="/post" ${current('post')}>Courrier recommandé</a></nav></header>
<main>${body}</main>
</body></html>
`.text;
}

/** `2 mars 2026, 09:00`, in French, Paris time. */
export function frenchMoment(at: string): string {
  return new Intl.DateTimeFormat('fr-FR', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(new Date(at));
}

/** `30/03/2026` of a day in ISO form. */
export function frenchDate(on: string): string {
  return on.split('-').reverse().join('/');
}

/** `1 fichier`, `12 fichiers`. */
export function counted(count: number, one: string, many: string): string {
  return `${count}\u00a0${count < 2 ? one : many}`;
}

export function pager({ path, query, page: current, pages }: { path: string; query: string; page: number; pages: number }): Markup {
  if (pages < 2) return html``;
  const link = (to: number, label: string): Markup => html`<a href="${`${path}?q=${encodeURIComponent(query)}&page=${to}`}">${label}</a>`;
  return html`<p class="pager">${current > 1 && link(current - 1, '← plus récents')} <span>page ${current} sur ${pages}</span> ${current < pages && link(current + 1, 'plus anciens →')}</p>`;
}

export const STYLE = `
:root{--ink:#1c2430;--muted:#667085;--line:#e3e7ed;--soft:#f6f8fa;--brand:#1f4e79;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--ink);background:#fff}
header{display:flex;gap:.6rem;align-items:baseline;padding:.8rem 1.5rem;border-bottom:1px solid var(--line);background:var(--soft)}
header strong{font-size:1.1rem;color:var(--brand)}
nav{margin-left:2rem;display:flex;gap:1.2rem}
nav a{color:var(--muted);text-decoration:none;padding:.1rem 0}
nav a[aria-current]{color:var(--ink);font-weight:600;border-bottom:2px solid var(--brand)}
main{padding:1.2rem 1.5rem;max-width:82rem;margin:0 auto}
h1{font-size:1.25rem;margin:0 0 .8rem}
h2{font-size:1rem;margin:1.4rem 0 .5rem}
a{color:var(--brand)}
.muted{color:var(--muted)}
.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;margin:0 0 1rem}
.row .grow{flex:1}
input,select,button{font:inherit;padding:.35rem .6rem;border:1px solid #c8d0da;border-radius:6px;background:#fff;color:inherit}
input[type=search]{min-width:22rem}
button{cursor:pointer;background:var(--soft)}
button:hover{border-color:var(--brand)}
button.primary{background:var(--brand);border-color:var(--brand);color:#fff}
table{width:100%;border-collapse:collapse}
th{font-weight:600;text-align:left;color:var(--muted);font-size:.85rem;border-bottom:1px solid var(--line);padding:.3rem .6rem}
td{border-bottom:1px solid var(--line);padding:.5rem .6rem;vertical-align:top;overflow-wrap:anywhere}
tbody tr:hover{background:var(--soft)}
td.when{white-space:nowrap;color:var(--muted)}
td.number{white-space:nowrap}
td.who{min-width:13rem}
.small{font-size:.85rem}
td.subject a{font-weight:600;text-decoration:none}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:99px;font-size:.82rem;background:#e8edf3;white-space:nowrap}
.badge.good{background:#dff3e4;color:#14532d}
.badge.bad{background:#fde2e1;color:#7f1d1d}
.badge.wait{background:#fff2cc;color:#6b4e00}
.tag{font-size:.82rem;color:var(--muted);background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:0 .35rem;margin-right:.25rem;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.2rem;margin:0 0 1rem}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
iframe{width:100%;height:38rem;border:1px solid var(--line);border-radius:6px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:1rem;margin:0;max-height:38rem;overflow:auto}
.tabs a{padding:.3rem .8rem;border:1px solid var(--line);border-radius:6px;text-decoration:none}
.tabs a[aria-current]{background:var(--brand);border-color:var(--brand);color:#fff}
.empty{padding:3rem;text-align:center;color:var(--muted);border:1px dashed var(--line);border-radius:8px}
address{font-style:normal;white-space:pre-line}
.pager{display:flex;gap:1rem;justify-content:center}
form.inline{display:inline-flex;gap:.4rem;flex-wrap:wrap}
@media(max-width:50rem){main,header{padding-left:.8rem;padding-right:.8rem}input[type=search]{min-width:0;width:100%}}
`;
