import { invoiceBlocks, totalBlocks } from './claim-blocks.js';
import { cleanLine } from './clean-text.js';
import { checkContent } from './content-checks.js';
import { formatDay, formatDayInTable, formatList } from './format.js';
import type { LastCallContent } from './letter-content.js';
import { type LetterBlock, type LetterDocument, documentText, paragraph, tableBlock } from './letter-document.js';
import { mailView } from './mail-view.js';
import { nameWithForm } from './parties.js';
import { type PdfWording, pdfWording } from './pdf-wording.js';
import { typeset } from './typeset.js';

// So that the sheet stays one page; the rest is in the file.
const LATEST_ACTS = 4;
const MOST_PHONES = 3;
const MOST_DISPUTES = 2;

/**
 * The page for the person who calls: whom, how much, what was done, how to pay, what to say and what never, under the regime of the
 * claim. For inside use. A courtesy call is checked as a mail of that tone: the balance alone. Throws `LetterError` as a notice does:
 * nothing due, figures that disagree or that the regime forbids.
 */
export function renderLastCallSheet(content: LastCallContent): Uint8Array {
  return typeset(sheetDocument(content), content.on);
}

/** Every word of the sheet in reading order. */
export function lastCallSheetText(content: LastCallContent): string {
  return documentText(sheetDocument(content));
}

function sheetDocument(content: LastCallContent): LetterDocument {
  checkContent({ ...content, act: content.isCourtesy ? 'formalMail' : 'lastCallSheet' });
  const wording = pdfWording(content.language, 'lastCallSheet');
  const view = {
    ...mailView(content),
    caseReference: cleanLine(content.caseReference),
    latestDate: content.latestDateOn === undefined ? null : formatDay(content.latestDateOn, content.language),
    promisesLeft: content.promisesLeft ?? null,
    planMaxMonths: content.planMaxMonths ?? null,
    hidden: Math.max(0, content.history.length - LATEST_ACTS),
    callTitle: content.callTitle === undefined ? null : cleanLine(content.callTitle),
    courtesy: content.isCourtesy === true,
    others: formatList((content.otherInvoices ?? []).map(cleanLine), content.language),
  };
  const say = (key: string) => wording.say(key, view);
  const heading = (key: string): LetterBlock => ({ kind: 'heading', text: say(key) });
  return {
    title: say('title'),
    language: content.language,
    sender: { name: nameWithForm(content.creditor), lines: [say('internal')] },
    recipient: null,
    delivery: null,
    date: say('date'),
    subject: say('subject'),
    blocks: [
      heading('phonesHeading'),
      ...phoneBlocks(content, wording, say),
      ...invoiceBlocks(content, wording, view),
      ...totalBlocks(content, wording, say('totalHeading')),
      ...paragraph(say('daily')),
      ...paragraph(say('otherInvoices')),
      ...paragraph(say('pay')),
      heading('historyHeading'),
      ...historyBlocks(content, wording, say),
      ...disputeBlocks(content, say),
      heading('sayHeading'),
      { kind: 'bullets', items: wording.sayAll('say', view) },
      heading('notSayHeading'),
      { kind: 'bullets', items: wording.sayAll('notSay', view) },
      heading('resultHeading'),
      ...paragraph(say('result')),
    ],
    footer: [nameWithForm(content.creditor), cleanLine(content.caseReference)].join(', '),
    page: say('page'),
  };
}

function phoneBlocks(content: LastCallContent, wording: PdfWording, say: (key: string) => string): readonly LetterBlock[] {
  if (content.phones.length === 0) return paragraph(say('noPhone'));
  const label = (key: string) => wording.label('phoneColumns', key);
  const rows = content.phones.slice(0, MOST_PHONES).map((phone) => [
    [phone.name ?? content.debtor.legalName, phone.role ?? '']
      .map(cleanLine)
      .filter((part) => part !== '')
      .join(', '),
    cleanLine(phone.number),
  ]);
  return [tableBlock([{ head: label('name'), wide: true }, { head: label('number') }], rows, { size: 9.5 })];
}

function historyBlocks(content: LastCallContent, wording: PdfWording, say: (key: string) => string): readonly LetterBlock[] {
  if (content.history.length === 0) return paragraph(say('noHistory'));
  const label = (key: string) => wording.label('historyColumns', key);
  const rows = content.history
    .slice(-LATEST_ACTS)
    .map((row) => [formatDayInTable(row.on, content.language), cleanLine(row.what), cleanLine(row.channel), cleanLine(row.proof)]);
  const columns = [
    { head: label('on') },
    { head: label('what'), wide: true },
    { head: label('channel') },
    { head: label('proof'), wide: true },
  ];
  return [tableBlock(columns, rows, { size: 9 }), ...paragraph(say('earlierActs'))];
}

function disputeBlocks(content: LastCallContent, say: (key: string) => string): readonly LetterBlock[] {
  const items = (content.disputes ?? [])
    .slice(-MOST_DISPUTES)
    .map(cleanLine)
    .filter((line) => line !== '');
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: say('disputesHeading') },
        { kind: 'bullets', items },
      ];
}
