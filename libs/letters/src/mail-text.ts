import type { MailDocument, MailPart } from './mail-document.js';

/** The text part of a mail, written for itself: tables as lists, one blank line between paragraphs. */
export function mailText(document: MailDocument): string {
  const { sender, signatory } = document;
  const signature = [signatory.name, signatory.role, document.contactLine].filter((line) => line !== '');
  const blocks = [
    document.greeting,
    ...document.parts.map(partText),
    document.closing,
    signature.join('\n'),
    ['--', `${sender.name}, ${sender.address}`, sender.identity].filter((line) => line !== '').join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function partText(part: MailPart): string {
  switch (part.kind) {
    case 'paragraph':
      return part.text;
    case 'table':
      return part.lines.map((line) => `- ${line}`).join('\n');
    case 'payment':
      return [`${part.heading}${part.colon}`, ...part.rows.map(([label, value]) => `  ${label}${part.colon} ${value}`)].join('\n');
  }
}
