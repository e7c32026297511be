import type { Template } from 'liquidjs';
import { parse } from 'yaml';
import { readAsset } from './asset.js';
import type { Language, LetterAct } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { sayOver } from './mail-wording.js';
import { textEngine } from './template-engines.js';

/** The wording of one printed act in one language: `say('demand', view)`, `label('columns', 'gross')`. */
export interface PdfWording {
  /** Renders a key over the view; an empty string when nothing is to be said. */
  say(key: string, view: object): string;
  /** A plain word of a group, without variables. */
  label(group: string, key: string): string;
  /** The lines of a list that come out with words. */
  sayAll(key: string, view: object): readonly string[];
}

const loaded = new Map<string, PdfWording>();

/** Loads and parses once. Throws `LetterError('templateMissing')` for a key that the file lacks. */
export function pdfWording(language: Language, act: LetterAct): PdfWording {
  const path = `templates/${language}/${act}.pdf.yaml`;
  const known = loaded.get(path);
  if (known !== undefined) return known;
  // YAML first, Liquid second: a value of the view can never become structure.
  const source = parse(readAsset(path)) as Record<string, string | Record<string, string> | readonly string[]>;
  const templates = new Map<string, Template[]>();
  const text = (group: string, key?: string): string => {
    const entry = source[group];
    const found = key === undefined ? entry : (entry as Record<string, string> | undefined)?.[key];
    if (typeof found !== 'string') {
      throw new LetterError('templateMissing', `${path} has no ${key ?? group}`, { file: path, key: key ?? group });
    }
    return found;
  };
  const wording: PdfWording = {
    label: (group, key) => text(group, key),
    sayAll: (key, view) => {
      const list = source[key];
      if (!Array.isArray(list)) throw new LetterError('templateMissing', `${path} has no list ${key}`, { file: path, key });
      return (list as readonly string[]).map((line) => sayOver(line, view)).filter((line) => line !== '');
    },
    say: (key, view) => {
      const template = templates.get(key) ?? textEngine.parse(text(key));
      templates.set(key, template);
      return String(textEngine.renderSync(template, view)).trim();
    },
  };
  loaded.set(path, wording);
  return wording;
}
