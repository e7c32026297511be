import { readAsset, versionOf } from './asset.js';
import type { Language, LetterAct } from './letter-content.js';

const MAIL_SHARED = ['shared/layout.mjml.liquid', 'shared/invoices.mjml.liquid', 'shared/payment.mjml.liquid'];
const MAIL_PARTIALS = ['greeting.liquid', 'closing.liquid', 'invoices.text.liquid', 'payment.text.liquid'];

const versions = new Map<string, string>();

/**
 * Version of the files a letter is made of, 12 hex digits; part of a message's basis, so that another wording is another revision.
 * For the notice it covers the mail and the PDF it carries.
 */
export function templateVersion(language: Language, act: LetterAct): string {
  const stem = `${language}/${act}`;
  const known = versions.get(stem);
  if (known !== undefined) return known;
  const mail =
    act === 'handOverSummary'
      ? []
      : [
          ...['subject.liquid', 'html.mjml.liquid', 'text.liquid'].map((end) => `${stem}.${end}`),
          ...MAIL_PARTIALS.map((file) => `${language}/${file}`),
          ...MAIL_SHARED,
        ];
  const pdf = act === 'formalNotice' || act === 'handOverSummary' ? [`${stem}.pdf.yaml`, 'pdf/letter.typ'] : [];
  const version = versionOf([...mail, ...pdf].map((file) => readAsset(`templates/${file}`)));
  versions.set(stem, version);
  return version;
}
