import { readAsset, versionOf } from './asset.js';
import type { Language, LetterAct } from './letter-content.js';

const MAIL_SHARED = ['mail', 'layout', 'table', 'payment'].map((name) => `shared/${name}.mjml.liquid`);
const PRINTED_ONLY: ReadonlySet<LetterAct> = new Set(['handOverSummary', 'lastCallSheet']);

const versions = new Map<string, string>();

/**
 * Version of the files a letter is made of, 12 hex digits; part of a message's basis, so that another wording is another revision.
 * For the notice it covers the mail and the PDF it carries; for the other mails also the paper they may be printed on.
 */
export function templateVersion(language: Language, act: LetterAct): string {
  const stem = `${language}/${act}`;
  const known = versions.get(stem);
  if (known !== undefined) return known;
  const mail = PRINTED_ONLY.has(act) ? [] : [`${stem}.mail.yaml`, `${language}/mail.yaml`, ...MAIL_SHARED];
  const pdf = act === 'formalNotice' || PRINTED_ONLY.has(act) ? [`${stem}.pdf.yaml`] : [];
  const version = versionOf([...mail, ...pdf, 'pdf/letter.typ'].map((file) => readAsset(`templates/${file}`)));
  versions.set(stem, version);
  return version;
}
