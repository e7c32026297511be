import { interestBlocks, invoiceBlocks, movementBlocks, paymentBlock, totalBlocks } from './claim-blocks.js';
import { refuseWording } from './check-wording.js';
import { cleanLine } from './clean-text.js';
import { checkContent } from './content-checks.js';
import { invoicePast } from './invoice-past.js';
import type { LetterContent } from './letter-content.js';
import { type LetterDocument, documentText, paragraph } from './letter-document.js';
import { mailView } from './mail-view.js';
import { sayOver } from './mail-wording.js';
import { addressOf, companyMentions, identifiers, jobTitle, nameWithForm } from './parties.js';
import { type PdfWording, pdfWording } from './pdf-wording.js';
import { typeset } from './typeset.js';

/**
 * The formal notice (mise en demeure) as a tagged PDF/UA-1 letter; the same bytes for the same content.
 * Throws `LetterError`: nothing due, figures that disagree or that the regime does not allow, a mandatory mention missing, a forbidden
 * phrase, a character the font cannot draw.
 */
export function renderFormalNotice(content: LetterContent): Uint8Array {
  const document = formalNoticeDocument(content);
  refuseWording(documentText(document), { ...content, act: 'formalNotice' }, 'paper');
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
    delivery: deliveryLine(content, wording, view),
    date: say('date'),
    subject: say('subject'),
    blocks: [
      ...paragraph(say('greeting')),
      ...paragraph(say('opening')),
      { kind: 'demand', text: say('demand') },
      ...paragraph(invoicePast(content)),
      ...invoiceBlocks(content, wording, view),
      ...movementBlocks(content, wording, say('movementsHeading'), ['payment', 'creditNote']),
      ...paragraph(say('imputed')),
      ...paragraph(say('reminderSent')),
      ...interestBlocks(content, wording, view),
      ...totalBlocks(content, wording, say('totalHeading')),
      paymentBlock(content, (key) => wording.label('payment', key)),
      ...paragraph([say('interestFromNotice'), say('nothingElse')].filter(Boolean).join(' ')),
      ...paragraph([say('noticeBasis'), say('contest'), say('nextStep')].filter(Boolean).join(' ')),
      ...paragraph(say('mediator')),
      ...paragraph(say('question')),
      {
        kind: 'signature',
        lines: [say('closing'), say('signature'), cleanLine(content.signatory.name), jobTitle(content)],
        countersign: null,
      },
    ],
    footer: [nameWithForm(content.creditor), ...addressOf(content.creditor), ...companyMentions(content.creditor, content.language)].join(
      ', ',
    ),
    page: say('page'),
  };
}

function deliveryLine(content: LetterContent, wording: PdfWording, view: object): string | null {
  const words = (content.sentBy ?? []).map((channel) => sayOver(wording.label('sentBy', channel), view)).filter(Boolean);
  return words.length === 0 ? null : words.join(' · ');
}
