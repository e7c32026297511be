import mjml2html from 'mjml';
import { cleanSubject } from './clean-text.js';
import { checkContent, epcOf } from './content-checks.js';
import { epcQrPng } from './epc-qr.js';
import type { InlineImage, LetterContent, RenderedMail } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { mailView } from './mail-view.js';
import { htmlEngine, textEngine } from './template-engines.js';
import { templateVersion } from './template-version.js';

const QR_CID = 'epc-qr';

/**
 * Renders one mail: subject, HTML and a text part of its own, with the EPC code as an inline image where one can be made.
 * Pure: same content, same result. Throws `LetterError` when there is nothing to chase, something needed is missing or figures disagree.
 */
export async function renderMail(content: LetterContent): Promise<RenderedMail> {
  if (content.act === 'handOverSummary')
    throw new LetterError('contentIncomplete', 'The hand-over summary is a PDF, not a mail', { field: 'act' });
  checkContent(content);
  const stem = `${content.language}/${content.act}`;
  const inlineImages = await qrOf(content);
  const scope = { ...mailView(content), qr: inlineImages.length > 0, qrCid: QR_CID };
  const subject = cleanSubject(String(await textEngine.renderFile(`${stem}.subject.liquid`, scope)));
  const text = tidyText(String(await textEngine.renderFile(`${stem}.text.liquid`, scope)));
  const mjml = String(await htmlEngine.renderFile(`${stem}.html.mjml.liquid`, { ...scope, subject }));
  return {
    subject,
    html: await toHtml(mjml),
    text,
    inlineImages,
    templateId: stem,
    templateVersion: templateVersion(content.language, content.act),
  };
}

async function qrOf(content: LetterContent): Promise<readonly InlineImage[]> {
  const payload = epcOf(content);
  if (payload === undefined) return [];
  return [{ cid: QR_CID, filename: 'virement-sepa.png', contentType: 'image/png', base64: await epcQrPng(payload) }];
}

async function toHtml(mjml: string): Promise<string> {
  // No web fonts: a mail must not call a third party when it is opened.
  const { html, errors } = await mjml2html(mjml, { validationLevel: 'strict', fonts: {}, keepComments: false });
  if (errors.length > 0) throw new LetterError('rendererFailed', `MJML: ${errors.map((problem) => problem.message).join('; ')}`);
  return html;
}

/** Empty template branches leave holes: at most one blank line, no trailing blanks, one final newline. */
function tidyText(text: string): string {
  const tidy = text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return `${tidy}\n`;
}
