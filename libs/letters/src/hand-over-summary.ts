import { explainFormula, type LegalSource } from '#domain';
import { claimFigures } from './claim-figures.js';
import { interestBlocks, invoiceBlocks, movementBlocks, totalBlocks } from './claim-blocks.js';
import { cleanLine } from './clean-text.js';
import { checkContent } from './content-checks.js';
import { formatDay, formatDayInTable } from './format.js';
import { citation } from './legal-grounds.js';
import type { HandOverContent, PartnerParty } from './letter-content.js';
import { type LetterBlock, type LetterDocument, documentText, paragraph, tableBlock } from './letter-document.js';
import { mailView } from './mail-view.js';
import { addressOf, identifiers, nameWithForm, printedIban } from './parties.js';
import { type PdfWording, pdfWording } from './pdf-wording.js';
import { typeset } from './typeset.js';

/**
 * The summary that opens a hand-over file: debtor, ground, account with sources, limitation, history and the files with their SHA-256.
 * PDF/UA-1, the same bytes for the same content. Throws `LetterError` as `renderFormalNotice` does.
 */
export function renderHandOverSummary(content: HandOverContent): Uint8Array {
  return typeset(summaryDocument(content), content.on);
}

/** Every word of the summary in reading order. */
export function handOverSummaryText(content: HandOverContent): string {
  return documentText(summaryDocument(content));
}

function summaryDocument(content: HandOverContent): LetterDocument {
  checkContent({ ...content, act: 'handOverSummary' });
  const wording = pdfWording(content.language, 'handOverSummary');
  const view = viewOf(content);
  const say = (key: string) => wording.say(key, view);
  const heading = (key: string): LetterBlock => ({ kind: 'heading', text: say(key) });
  const allKinds = ['principal', 'creditNote', 'payment', 'interest', 'fixedCompensation', 'indemnity'] as const;
  return {
    title: say('title'),
    language: content.language,
    sender: {
      name: nameWithForm(content.creditor),
      lines: [...addressOf(content.creditor), ...identifiers(content.creditor, content.language, true)],
    },
    recipient:
      content.partner === undefined
        ? null
        : {
            name: cleanLine(content.partner.legalName),
            lines: partnerLines(content.partner),
          },
    delivery: null,
    date: say('date'),
    subject: say('subject'),
    blocks: [
      ...paragraph(say('intro')),
      heading('debtorHeading'),
      identityBlock(content, wording),
      heading('groundsHeading'),
      ...groundBlocks(content, say),
      ...invoiceBlocks(content, wording, view),
      ...movementBlocks(content, wording, say('accountHeading'), allKinds),
      ...paragraph(say('imputed')),
      ...interestBlocks(content, wording, view),
      ...totalBlocks(content, wording, say('totalHeading')),
      ...paragraph(say('daily')),
      ...sourceBlocks(content, wording, say),
      heading('limitationHeading'),
      ...paragraph(say(content.limitationOn === undefined ? 'noLimitation' : 'limitation')),
      heading('historyHeading'),
      ...historyBlocks(content, wording, say),
      heading('filesHeading'),
      filesBlock(content, wording),
      ...paragraph(say('remittance')),
      ...paragraph(say('contact')),
    ],
    footer: [nameWithForm(content.creditor), cleanLine(content.caseReference)].join(', '),
    page: say('page'),
  };
}

function partnerLines(partner: PartnerParty): readonly string[] {
  const name = partner.contactName === undefined ? [] : [cleanLine(partner.contactName)];
  return [...name, ...addressOf({ addressLines: partner.addressLines ?? [] })];
}

function viewOf(content: HandOverContent): object {
  return {
    ...mailView(content),
    caseReference: cleanLine(content.caseReference),
    disputeNote: cleanLine(content.disputeNote ?? ''),
    limitationOn: content.limitationOn === undefined ? null : formatDay(content.limitationOn, content.language),
    limitationBasis: content.limitationBasis === undefined ? null : cleanLine(content.limitationBasis),
    remittanceIban: printedIban(content.remittanceIban ?? content.payment.iban),
  };
}

function identityBlock(content: HandOverContent, wording: PdfWording): LetterBlock {
  const label = (key: string) => wording.label('identity', key);
  const contacts = content.debtorContacts.map((contact): readonly [string, string] => [
    label('contact'),
    [contact.name, contact.role, contact.email, contact.phone].flatMap((part) => (part ? [cleanLine(part)] : [])).join(', '),
  ]);
  const ids = identifiers(content.debtor, content.language, true).join(', ');
  const rows: readonly (readonly [string, string])[] = [
    [label('name'), nameWithForm(content.debtor)],
    [label('identifiers'), ids || label('none')],
    [label('address'), addressOf(content.debtor).join(', ') || label('none')],
    ...(contacts.length === 0 ? [[label('contact'), label('none')] as const] : contacts),
  ];
  return tableBlock([{ head: label('field') }, { head: label('value'), wide: true }], rows, { size: 10 });
}

function groundBlocks(content: HandOverContent, say: (key: string) => string): readonly LetterBlock[] {
  const items = content.grounds.map(cleanLine).filter((ground) => ground !== '');
  const grounds: readonly LetterBlock[] = items.length === 0 ? paragraph(say('noGrounds')) : [{ kind: 'bullets', items }];
  return [...grounds, ...paragraph(say(content.undisputed ? 'undisputed' : 'disputed'))];
}

function sourceBlocks(content: HandOverContent, wording: PdfWording, say: (key: string) => string): readonly LetterBlock[] {
  const figures = claimFigures(content);
  if (figures === undefined) return [];
  const seen = new Map<string, string>();
  const note = (source: LegalSource, derivation?: string) => {
    const checked =
      source.checkedOn === undefined ? undefined : wording.say('checkedOn', { day: formatDay(source.checkedOn, content.language) });
    const article = citation(source.article, content.language);
    const line = [article, source.title, derivation, checked].flatMap((part) => (part ? [cleanLine(part)] : [])).join(', ');
    seen.set(line, line);
  };
  for (const statement of figures.statements)
    for (const line of statement.lines)
      note(line.source, line.formula === undefined ? line.derivation : explainFormula(line.formula, content.language));
  const inLines = new Set(figures.lines.map(({ line }) => line.source.article));
  for (const statement of figures.statements) for (const source of statement.sources) if (!inLines.has(source.article)) note(source);
  if (seen.size === 0) return [];
  return [
    { kind: 'heading', text: say('sourcesHeading') },
    { kind: 'bullets', items: [...seen.values()] },
  ];
}

function historyBlocks(content: HandOverContent, wording: PdfWording, say: (key: string) => string): readonly LetterBlock[] {
  if (content.history.length === 0) return paragraph(say('noHistory'));
  const label = (key: string) => wording.label('historyColumns', key);
  const rows = content.history.map((row) => [
    formatDayInTable(row.on, content.language),
    cleanLine(row.what),
    cleanLine(row.channel),
    cleanLine(row.proof),
  ]);
  return [
    tableBlock(
      [{ head: label('on') }, { head: label('what'), wide: true }, { head: label('channel') }, { head: label('proof'), wide: true }],
      rows,
      {
        size: 9.5,
      },
    ),
  ];
}

function filesBlock(content: HandOverContent, wording: PdfWording): LetterBlock {
  const label = (key: string) => wording.label('fileColumns', key);
  // A hash is 64 signs without a gap; in groups of eight it breaks over two lines and can be compared by eye.
  const rows = content.files.map((file) => [cleanLine(file.name), file.sha256.match(/.{1,8}/g)?.join(' ') ?? '']);
  return tableBlock(
    [
      { head: label('name'), wide: true },
      { head: label('sha256'), wide: true },
    ],
    rows,
    { size: 8 },
  );
}
