import { cleanLine, cleanSubject } from './clean-text.js';
import { formatDay, formatMoney } from './format.js';
import { currencyOf, openTotal } from './claim-figures.js';
import type { LetterContent, MailAct } from './letter-content.js';
import { mailView } from './mail-view.js';
import { type BodyItem, mailFile, sayOver, sharedWord } from './mail-wording.js';
import { addressOf, companyMentions, jobTitle, nameWithForm, printedIban } from './parties.js';

/** A part of a mail in reading order; every string is finished. `lines` is how a table reads in plain text. */
export type MailPart =
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly header: readonly string[];
      /** The first line of a cell is its value, further lines are small print. */
      readonly rows: readonly (readonly (readonly string[])[])[];
      readonly right: readonly boolean[];
      readonly totalRow: boolean;
      readonly lines: readonly string[];
    }
  | {
      readonly kind: 'payment';
      readonly heading: string;
      /** Label, value, emphasised. */
      readonly rows: readonly (readonly [string, string, boolean])[];
      readonly colon: string;
      readonly scan: string;
      readonly qrAlt: string;
    };

/** A mail, or the same words on paper, before it takes its form. */
export interface MailDocument {
  readonly subject: string;
  readonly title: string;
  readonly on: string;
  readonly greeting: string;
  readonly parts: readonly MailPart[];
  readonly closing: string;
  readonly signatory: { readonly name: string; readonly role: string };
  readonly contactLine: string;
  readonly sender: { readonly name: string; readonly address: string; readonly identity: string };
}

/** The words of a mail act, read from its wording file; `onPaper` for the letter that replaces a mail. */
export function mailDocument(content: LetterContent, act: MailAct, onPaper: boolean): MailDocument {
  const { language, creditor, signatory } = content;
  const file = mailFile(language, act);
  const view = { ...mailView(content), onPaper };
  const title = jobTitle(content);
  const name = nameWithForm(creditor);
  const own = cleanLine(content.ownWords?.opening ?? '');
  // A person's opening takes the place of the first paragraph; figures, payment and mentions stay the template's.
  const opening: readonly MailPart[] = own === '' ? [] : [{ kind: 'paragraph', text: own }];
  const phone = creditor.phone === undefined ? '' : cleanLine(creditor.phone).replaceAll(' ', '\u00a0');
  return {
    subject: cleanSubject(content.ownWords?.subject ?? sayOver(file.subject, view)),
    title: sayOver(file.title, view),
    on: sayOver(sharedWord(language, 'date'), view),
    greeting: sayOver(act === 'recall' ? sharedWord(language, 'partnerGreeting') : sharedWord(language, 'greeting'), view),
    parts: [...opening, ...file.body.slice(opening.length).flatMap((item) => partsOf(item, content, view))],
    // A recall goes to the partner, whoever the debtor is.
    closing: sayOver(sharedWord(language, 'closing'), act === 'recall' ? { ...view, publicBody: false } : view),
    signatory: { name: cleanLine(signatory.name), role: title === '' ? name : `${title}, ${name}` },
    contactLine: [cleanLine(creditor.replyTo), phone].filter((part) => part !== '').join(' · '),
    sender: { name, address: addressOf(creditor).join(', '), identity: companyMentions(creditor, language).join(', ') },
  };
}

function partsOf(item: BodyItem, content: LetterContent, view: object): readonly MailPart[] {
  if (typeof item === 'string' || 'say' in item) {
    const text = sayOver(typeof item === 'string' ? item : sharedWord(content.language, item.say), view);
    return text === '' ? [] : [{ kind: 'paragraph', text }];
  }
  switch (item.block) {
    case 'invoices':
      return [invoicesPart(content, view)];
    case 'openInvoices':
      return openTotal(content) > 0n ? [invoicesPart(content, view)] : [];
    case 'payment':
      return [paymentPart(content)];
    case 'schedule':
      return [schedulePart(content)];
  }
}

interface InvoiceView {
  readonly number: string;
  readonly dueOn: string;
  readonly late: boolean;
  readonly age: string;
  readonly gross: string;
  readonly paid: string;
  readonly open: string;
  readonly partlyPaid: boolean;
  readonly credited: string | null;
  readonly reduced: boolean;
}

function invoicesPart(content: LetterContent, view: object): MailPart {
  const label = (key: string) => sharedWord(content.language, 'invoices', key);
  const { invoices, openTotal } = view as { readonly invoices: readonly InvoiceView[]; readonly openTotal: string };
  const withAge = invoices.some((invoice) => invoice.late);
  const several = invoices.length > 1;
  const rows = invoices.map((invoice) => [
    [invoice.number],
    [invoice.dueOn],
    ...(withAge ? [[invoice.late ? invoice.age : '']] : []),
    [invoice.open, ...(invoice.reduced ? reducedBy(invoice, label) : [])],
  ]);
  const total = [[label('total')], [''], ...(withAge ? [['']] : []), [openTotal]];
  return {
    kind: 'table',
    header: [label('number'), label('due'), ...(withAge ? [label('late')] : []), label('open')],
    rows: several ? [...rows, total] : rows,
    right: [false, false, ...(withAge ? [false] : []), true],
    totalRow: several,
    lines: [
      ...invoices.map((invoice) => sayOver(label('line'), { ...view, invoice })),
      ...(several ? [sayOver(label('totalLine'), view)] : []),
    ],
  };
}

/** How what is open follows from the invoice: a credit note is named as one, for nobody paid it. */
function reducedBy(invoice: InvoiceView, label: (key: string) => string): readonly string[] {
  return [
    `${label('gross')} ${invoice.gross}`,
    ...(invoice.credited === null ? [] : [`${label('credited')} ${invoice.credited}`]),
    ...(invoice.partlyPaid ? [`${label('paid')} ${invoice.paid}`] : []),
  ];
}

function paymentPart(content: LetterContent): MailPart {
  const { language, payment, creditor } = content;
  const label = (key: string) => sharedWord(language, 'payment', key);
  return {
    kind: 'payment',
    heading: label('heading'),
    rows: [
      [label(content.act === 'plan' ? 'firstAmount' : 'amount'), formatMoney(payment.amountMinor, currencyOf(content), language), true],
      [label('holder'), nameWithForm(creditor), false],
      [label('account'), printedIban(payment.iban), false],
      ...(payment.bic === undefined ? [] : [[label('bank'), cleanLine(payment.bic), false] as const]),
      [label('reference'), cleanLine(payment.reference), true],
    ],
    colon: label('colon'),
    scan: label('scan'),
    qrAlt: label('qrAlt'),
  };
}

function schedulePart(content: LetterContent): MailPart {
  const { language, plan } = content;
  const label = (key: string) => sharedWord(language, 'schedule', key);
  const money = (minor: bigint) => formatMoney(minor, currencyOf(content), language);
  const parts = plan?.schedule ?? [];
  const rows = parts.map((part, index) => [String(index + 1), formatDay(part.on, language), money(part.amountMinor)]);
  const total = money(plan?.totalMinor ?? 0n);
  return {
    kind: 'table',
    header: [label('number'), label('on'), label('amount')],
    rows: [...rows, [label('total'), '', total]].map((row) => row.map((cell) => [cell])),
    right: [false, false, true],
    totalRow: true,
    lines: [...rows.map(([, on, amount]) => `${on}${label('colon')} ${amount}`), `${label('total')}${label('colon')} ${total}`],
  };
}
