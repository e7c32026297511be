import mjml2html from 'mjml';
import { refuseWording } from './check-wording.js';
import { checkContent, epcOf } from './content-checks.js';
import { epcQrPng } from './epc-qr.js';
import type { InlineImage, LetterContent, RenderedMail } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { type MailDocument, mailDocument } from './mail-document.js';
import { mailText } from './mail-text.js';
import { htmlEngine } from './template-engines.js';
import { templateVersion } from './template-version.js';

const QR_CID = 'epc-qr';

/** Some mail programs list the code of a mail among its files. */
const QR_FILE = { fr: 'virement-sepa.png', nl: 'sepa-overschrijving.png', en: 'sepa-transfer.png' } as const;

/**
 * Renders one mail: subject, HTML and a text part of its own, with the EPC code as an inline image where one can be made.
 * Pure: same content, same result. Throws `LetterError` when there is nothing to chase, something needed is missing, figures disagree,
 * or the text lacks a mandatory mention or holds a forbidden phrase.
 */
export async function renderMail(content: LetterContent): Promise<RenderedMail> {
  const { act, language } = content;
  const { document, text } = checkedMail(content);
  const inlineImages = await qrOf(content);
  const scope = { ...document, language, qr: inlineImages.length > 0, qrCid: QR_CID };
  return {
    subject: document.subject,
    html: await toHtml(String(await htmlEngine.renderFile('shared/mail.mjml.liquid', scope))),
    text,
    inlineImages,
    templateId: `${language}/${act}`,
    templateVersion: templateVersion(language, act),
  };
}

/** Subject and text part of a mail, checked like the mail itself; without HTML and payment code. Throws as `renderMail` does. */
export function mailWords(content: LetterContent): Pick<RenderedMail, 'subject' | 'text'> {
  const { document, text } = checkedMail(content);
  return { subject: document.subject, text };
}

function checkedMail(content: LetterContent): { readonly document: MailDocument; readonly text: string } {
  const { act } = content;
  if (act === 'handOverSummary' || act === 'lastCallSheet')
    throw new LetterError('contentIncomplete', 'A summary or call sheet is a PDF, not a mail', { field: 'act' });
  checkContent(content);
  const document = mailDocument(content, act, false);
  const text = mailText(document);
  refuseWording(`${document.subject}\n\n${text}`, content, 'mail');
  return { document, text };
}

async function qrOf(content: LetterContent): Promise<readonly InlineImage[]> {
  const payload = epcOf(content);
  if (payload === undefined) return [];
  return [{ cid: QR_CID, filename: QR_FILE[content.language], contentType: 'image/png', base64: await epcQrPng(payload) }];
}

async function toHtml(mjml: string): Promise<string> {
  // No web fonts: a mail must not call a third party when it is opened.
  const { html, errors } = await mjml2html(mjml, { validationLevel: 'strict', fonts: {}, keepComments: false });
  if (errors.length > 0) throw new LetterError('rendererFailed', `MJML: ${errors.map((problem) => problem.message).join('; ')}`);
  return html;
}
