/** A part of a printed letter, in reading order. All strings are finished: the drawing adds no word. */
export type LetterBlock =
  | { readonly kind: 'heading' | 'paragraph' | 'demand'; readonly text: string }
  | { readonly kind: 'bullets'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly align: readonly ('left' | 'right')[];
      /** `auto` or a fraction: `1fr`. */
      readonly widths: readonly string[];
      readonly totalRow: boolean;
      readonly small: boolean;
      /** Points; used when `small`. */
      readonly size: number;
    }
  | {
      readonly kind: 'payment';
      readonly heading: string;
      /** Label, value, emphasised. */
      readonly rows: readonly (readonly [string, string, boolean])[];
      readonly qr: string | null;
      readonly qrAlt: string;
    }
  /** Closing formula, for whom, name, title: kept on one page; beside it a place for the debtor's own signature. */
  | { readonly kind: 'signature'; readonly lines: readonly [string, string, string, string]; readonly countersign: string | null };

/** A printed letter before it is drawn. */
export interface LetterDocument {
  readonly title: string;
  readonly language: string;
  readonly sender: { readonly name: string; readonly lines: readonly string[] };
  readonly recipient: { readonly name: string; readonly lines: readonly string[] } | null;
  readonly delivery: string | null;
  readonly date: string;
  readonly subject: string;
  readonly blocks: readonly LetterBlock[];
  readonly footer: string;
  readonly page: string;
}

/** One column of a table: its head, its side, and whether it takes the room that is left. */
export interface Column {
  readonly head: string;
  readonly right?: boolean;
  readonly wide?: boolean;
}

export function tableBlock(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly totalRow?: boolean; readonly size?: number } = {},
): LetterBlock {
  return {
    kind: 'table',
    header: columns.map((column) => column.head),
    rows,
    align: columns.map((column) => (column.right ? 'right' : 'left')),
    widths: columns.map((column) => (column.wide ? '1fr' : 'auto')),
    totalRow: options.totalRow ?? false,
    small: options.size !== undefined,
    size: options.size ?? 10,
  };
}

/** A paragraph, or nothing when its wording came out empty. */
export function paragraph(text: string): readonly LetterBlock[] {
  return text === '' ? [] : [{ kind: 'paragraph', text }];
}

/** Every word of the letter in reading order: what mentions are checked on and what golden files show. */
export function documentText(document: LetterDocument): string {
  const lines = [document.sender.name, ...document.sender.lines];
  if (document.delivery !== null) lines.push(document.delivery);
  if (document.recipient !== null) lines.push(document.recipient.name, ...document.recipient.lines);
  lines.push(document.date, document.title, document.subject);
  for (const block of document.blocks) lines.push('', ...blockText(block));
  return `${lines.join('\n')}\n\n${document.footer}\n`;
}

function blockText(block: LetterBlock): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [`## ${block.text}`];
    case 'paragraph':
    case 'demand':
      return [block.text];
    case 'bullets':
      return block.items.map((item) => `- ${item}`);
    case 'table':
      return [block.header, ...block.rows].map((row) => row.join(' | '));
    case 'payment':
      return [
        block.heading,
        ...block.rows.map(([label, value]) => `${label} ${value}`),
        ...(block.qr === null ? [] : [`[${block.qrAlt}]`]),
      ];
    case 'signature':
      return [...block.lines, ...(block.countersign === null ? [] : [`[${block.countersign}]`])];
  }
}
