import { refuseWording } from './check-wording.js';
import { paymentBlock } from './claim-blocks.js';
import { cleanLine } from './clean-text.js';
import { checkContent } from './content-checks.js';
import type { LetterContent, PostAct } from './letter-content.js';
import { type LetterBlock, type LetterDocument, documentText, paragraph, tableBlock } from './letter-document.js';
import { LetterError } from './letter-error.js';
import { type MailPart, mailDocument } from './mail-document.js';
import { mailView } from './mail-view.js';
import { sayOver, sharedWord } from './mail-wording.js';
import { addressOf, companyMentions, identifiers, jobTitle, nameWithForm } from './parties.js';
import { typeset } from './typeset.js';

const ON_PAPER: Readonly<Record<PostAct, true>> = {
  courtesyMail: true,
  firstReminder: true,
  formalMail: true,
  firmMail: true,
  promiseConfirmation: true,
  plan: true,
  thankYou: true,
};

/**
 * A mail act as a letter for plain post, when there is no working address: the same words, checked in the same way, as PDF/UA-1 with
 * the recipient in the window of the envelope. Throws `LetterError` as `renderMail` does.
 */
export function renderPostLetter(content: LetterContent): Uint8Array {
  const document = postDocument(content);
  refuseWording(documentText(document), content, 'paper');
  return typeset(document, content.on);
}

/** Every word of the letter in reading order. */
export function postLetterText(content: LetterContent): string {
  return documentText(postDocument(content));
}

function postDocument(content: LetterContent): LetterDocument {
  const { language, creditor, debtor, act } = content;
  if (!isPostAct(act))
    throw new LetterError('contentIncomplete', 'A notice has its own letter; recalls and summaries do not go by plain post', {
      field: 'act',
    });
  checkContent(content);
  const mail = mailDocument(content, act, true);
  const view = mailView(content);
  const paper = (key: string) => sayOver(sharedWord(language, 'paper', key), view);
  return {
    title: mail.title,
    language,
    sender: {
      name: nameWithForm(creditor),
      lines: [...addressOf(creditor), ...identifiers(creditor, language, false), cleanLine(creditor.replyTo)],
    },
    recipient: { name: nameWithForm(debtor), lines: [...addressOf(debtor), ...identifiers(debtor, language, false)] },
    delivery: null,
    date: paper('date'),
    subject: `${sharedWord(language, 'paper', 'subject')}${mail.subject}`,
    blocks: [
      ...paragraph(mail.greeting),
      ...mail.parts.flatMap((part) => blockOf(part, content)),
      {
        kind: 'signature',
        lines: [mail.closing, paper('signature'), cleanLine(content.signatory.name), jobTitle(content)],
        countersign: act === 'plan' && content.plan?.recipientSigns !== false ? paper('countersign') : null,
      },
    ],
    footer: [nameWithForm(creditor), ...addressOf(creditor), ...companyMentions(creditor, language)].join(', '),
    page: sharedWord(language, 'paper', 'page'),
  };
}

function isPostAct(act: LetterContent['act']): act is PostAct {
  return Object.hasOwn(ON_PAPER, act);
}

function blockOf(part: MailPart, content: LetterContent): readonly LetterBlock[] {
  switch (part.kind) {
    case 'paragraph':
      return paragraph(part.text);
    case 'table':
      return [
        tableBlock(
          part.header.map((head, index) => ({ head, right: part.right[index] === true, wide: index === 0 && part.header.length > 3 })),
          part.rows.map((row) => row.map((cell) => cell.join(' · '))),
          { totalRow: part.totalRow, size: 10 },
        ),
      ];
    case 'payment':
      return [paymentBlock(content, (key) => sharedWord(content.language, 'payment', key))];
  }
}
