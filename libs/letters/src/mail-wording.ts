import type { Template } from 'liquidjs';
import { parse } from 'yaml';
import { readAsset } from './asset.js';
import type { Language, MailAct } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { textEngine } from './template-engines.js';

/** What stands in the body of a mail besides its own sentences; `openInvoices` only while something is open. */
export type BlockName = 'invoices' | 'openInvoices' | 'payment' | 'schedule';

/** One item of a body: its own sentence, a sentence shared by all mails of the language, or a table. */
export type BodyItem = string | { readonly say: string } | { readonly block: BlockName };

interface MailFile {
  readonly subject: string;
  readonly title: string;
  readonly body: readonly BodyItem[];
}

type SharedFile = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const files = new Map<string, unknown>();
const templates = new Map<string, Template[]>();

/** Wording of one mail in one language: subject, title on paper, and the items of its body in order. */
export function mailFile(language: Language, act: MailAct): MailFile {
  return load(`${language}/${act}.mail.yaml`) as MailFile;
}

/** A sentence or label shared by the mails of a language; throws `LetterError('templateMissing')` for a key that is not there. */
export function sharedWord(language: Language, group: string, key?: string): string {
  const path = `${language}/mail.yaml`;
  const entry = (load(path) as SharedFile)[group];
  const found = key === undefined || typeof entry === 'string' ? entry : entry?.[key];
  if (typeof found !== 'string')
    throw new LetterError('templateMissing', `${path} has no ${key ?? group}`, { file: path, key: key ?? group });
  return found;
}

/** Renders a sentence over the view; an empty string when nothing is to be said. */
export function sayOver(source: string, view: object): string {
  const template = templates.get(source) ?? textEngine.parse(source);
  templates.set(source, template);
  return String(textEngine.renderSync(template, view))
    .replace(/[ \t\n]+/g, ' ')
    .trim();
}

// YAML first, Liquid second: a value of the view can never become structure.
function load(path: string): unknown {
  const known = files.get(path);
  if (known !== undefined) return known;
  const parsed: unknown = parse(readAsset(`templates/${path}`));
  files.set(path, parsed);
  return parsed;
}
