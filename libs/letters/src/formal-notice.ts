import { interestBlocks, invoiceBlocks, moneyOf, movementBlocks, totalBlocks } from './claim-blocks.js';
import { cleanLine } from './clean-text.js';
import { epcQrSvg } from './epc-qr.js';
import { checkContent, epcOf } from './content-checks.js';
import type { LetterContent } from './letter-content.js';
import { type LetterBlock, type LetterDocument, documentText, paragraph } from './letter-document.js';
import { LetterError } from './letter-error.js';
import { mailView } from './mail-view.js';
import { checkMentions } from './mentions.js';
import { addressOf, identifiers, nameWithForm, printedIban } from './parties.js';
import { type PdfWording, pdfWording } from './pdf-wording.js';
import { typeset } from './typeset.js';

/**
 * The formal notice (mise en demeure) as a tagged PDF/UA-1 letter; the same bytes for the same content.
 * Throws `LetterError`: nothing due, figures that disagree, a mandatory mention missing, a character the font cannot draw.
 */
export function renderFormalNotice(content: LetterContent): Uint8Array {
  const document = formalNoticeDocument(content);
  const missing = checkMentions(documentText(document), content).filter((finding) => finding.kind === 'missing');
  if (missing.length > 0) {
    const mentions = missing.map((finding) => finding.mention).join(', ');
    throw new LetterError('mentionMissing', `The notice lacks: ${mentions}`, { mentions });
  }
  return typeset(document, content.on);
}

/** Every word of the notice in reading order, as it will be printed. */
export function formalNoticeText(content: LetterContent): string {
  return documentText(formalNoticeDocument(content));
}

function formalNoticeDocument(content: LetterContent): LetterDocument {
  checkContent({ ...content, act: 'formalNotice' });
  const wording = pdfWording(content.language, 'formalNotice');
  const view = mailView(content);
  const say = (key: string) => wording.say(key, view);
  return {
    title: say('title'),
    language: content.language,
    sender: {
      name: nameWithForm(content.creditor),
      lines: [
        ...addressOf(content.creditor),
        ...identifiers(content.creditor, content.language, false),
        cleanLine(content.creditor.replyTo),
      ],
    },
    recipient: {
      name: nameWithForm(content.debtor),
      lines: [...addressOf(content.debtor), ...identifiers(content.debtor, content.language, false)],
    },
    delivery: deliveryLine(content, wording),
    date: say('date'),
    subject: say('subject'),
    blocks: [
      ...paragraph(say('greeting')),
      ...paragraph(say('opening')),
      { kind: 'demand', text: say('demand') },
      ...invoiceBlocks(content, wording, view),
      ...movementBlocks(content, wording, say('movementsHeading'), ['payment', 'creditNote']),
      ...paragraph(say('imputed')),
      ...interestBlocks(content, wording, view),
      ...totalBlocks(content, wording, say('totalHeading')),
      paymentBlock(content, wording),
      ...paragraph([say('noticeBasis'), say('contest'), say('nextStep')].filter(Boolean).join(' ')),
      ...paragraph(say('question')),
      {
        kind: 'signature',
        lines: [say('closing'), say('signature'), cleanLine(content.signatory.name), cleanLine(content.signatory.title)],
      },
    ],
    footer: [nameWithForm(content.creditor), ...addressOf(content.creditor), ...identifiers(content.creditor, content.language, true)].join(
      ', ',
    ),
    page: say('page'),
  };
}

function deliveryLine(content: LetterContent, wording: PdfWording): string | null {
  const words = (content.sentBy ?? []).map((channel) => wording.label('sentBy', channel)).filter(Boolean);
  return words.length === 0 ? null : words.join(' · ');
}

function paymentBlock(content: LetterContent, wording: PdfWording): LetterBlock {
  const label = (key: string) => wording.label('payment', key);
  const payload = epcOf(content);
  return {
    kind: 'payment',
    heading: label('heading'),
    rows: [
      [label('amount'), moneyOf(content)(content.payment.amountMinor), true],
      [label('holder'), nameWithForm(content.creditor), false],
      [label('account'), printedIban(content.payment.iban), false],
      ...(content.payment.bic === undefined ? [] : [[label('bank'), cleanLine(content.payment.bic), false] as const]),
      [label('reference'), cleanLine(content.payment.reference), true],
    ],
    qr: payload === undefined ? null : epcQrSvg(payload),
    qrAlt: label('qrAlt'),
  };
}
