import { claimFigures, currencyOf, openTotal } from './claim-figures.js';
import { cleanLine } from './clean-text.js';
import { formatDay, formatDayAndMonth, formatDays, formatList, formatMoney, numberInWords } from './format.js';
import { invoiceLabel } from './invoice-label.js';
import { invoicePast } from './invoice-past.js';
import { groundsOf } from './legal-grounds.js';
import type { LetterChannel, LetterContent } from './letter-content.js';
import { addressOf, enterpriseNumberOf, identifiers, jobTitle, nameWithForm, printedIban } from './parties.js';
import { regimeOf } from './regime.js';
import { regimeView } from './regime-view.js';

/** What templates see: plain objects of finished strings, numbers and booleans; null where there is nothing to say. */
export type MailView = Readonly<Record<string, unknown>>;

const CHANNELS: Record<LetterContent['language'], Record<LetterChannel, string>> = {
  fr: { email: 'courriel', registeredPost: 'lettre recommandée', post: 'courrier', phone: 'appel', sms: 'SMS' },
  nl: { email: 'e-mail', registeredPost: 'aangetekende brief', post: 'brief', phone: 'telefoon', sms: 'sms' },
  en: { email: 'e-mail', registeredPost: 'registered letter', post: 'letter', phone: 'phone call', sms: 'text message' },
};

/** Builds the view of one letter. Every string from outside is made one line here; escaping is the engine's. */
export function mailView(content: LetterContent): MailView {
  const { language } = content;
  const code = currencyOf(content);
  const money = (minor: bigint) => formatMoney(minor, code, language);
  const open = openTotal(content);
  // The year is only said when it is not the letter's own.
  const shortDay = (on: LetterContent['on']) =>
    on.slice(0, 4) === content.on.slice(0, 4) ? formatDayAndMonth(on, language) : formatDay(on, language);
  const count = content.invoices.length;
  return {
    language,
    tone: content.tone,
    on: formatDay(content.on, language),
    onShort: formatDayAndMonth(content.on, language),
    creditor: {
      name: nameWithForm(content.creditor),
      identity: identifiers(content.creditor, language, true).join(', '),
      enterpriseNumber: enterpriseNumberOf(content.creditor) ?? null,
      address: addressOf(content.creditor).join(', '),
      addressLines: addressOf(content.creditor),
      replyTo: cleanLine(content.creditor.replyTo),
      phone: lineOrNull(content.creditor.phone)?.replaceAll(' ', '\u00a0') ?? null,
      country: content.creditor.country,
    },
    signatory: { name: cleanLine(content.signatory.name), title: jobTitle(content) },
    // Who is greeted by name is not spoken of in the third person two lines below.
    debtor: {
      name: nameWithForm(content.debtor),
      contactName: greetedName(content),
    },
    ...regimeView(content),
    invoices: invoiceViews(content, money, shortDay),
    count,
    single: count === 1,
    oneTerm: content.invoices.some((invoice) => (invoice.term?.count ?? 1) > 1),
    openTotal: money(open),
    claim: claimView(content, money, shortDay),
    interestUnknown: content.interestUnknown === true,
    deadline: content.deadlineOn === undefined ? null : shortDay(content.deadlineOn),
    deadlineDays: content.deadlineDays ?? null,
    deadlineWord: content.deadlineDays === undefined ? null : numberInWords(content.deadlineDays, language),
    earlier: earlierView(content, shortDay),
    call: callView(content, shortDay),
    past: lineOrNull(invoicePast(content)),
    payment: {
      iban: printedIban(content.payment.iban),
      bic: lineOrNull(content.payment.bic),
      reference: cleanLine(content.payment.reference),
      amount: money(content.payment.amountMinor),
    },
    promise: promiseView(content, money, shortDay),
    nextStep: content.nextStep ?? null,
    received: receivedView(content, money, shortDay),
    settled: open === 0n,
    accessories: content.accessories ?? null,
    attached: attachedView(content),
    partner: partnerView(content, shortDay),
    legal: legalView(content),
  };
}

type Money = (minor: bigint) => string;
type ShortDay = (on: LetterContent['on']) => string;

function legalView(content: LetterContent): MailView['legal'] {
  const grounds = groundsOf(content);
  return {
    interestBasis: lineOrNull(grounds.interestBasis),
    compensationBasis: lineOrNull(grounds.compensationBasis),
    noticeBasis: lineOrNull(grounds.noticeBasis),
    imputationBasis: lineOrNull(grounds.imputationBasis),
    interestFromNoticeBasis: lineOrNull(grounds.interestFromNoticeBasis),
    firstReminderBasis: lineOrNull(grounds.firstReminderBasis),
    mediatorBasis: lineOrNull(grounds.mediatorBasis),
  };
}

/** A consumer is greeted by the name on the invoice; who is greeted by name is not spoken of in the third person two lines below. */
function greetedName(content: LetterContent): string | null {
  const { debtor, promise, plan } = content;
  const name = debtor.contactName ?? (regimeOf(content).kind === 'consumer' ? debtor.legalName : undefined);
  const spokenOf = [promise?.by, plan?.by].some((by) => sameName(name, by) && !isDebtor(content, by));
  return spokenOf ? null : lineOrNull(name);
}

function invoiceViews(content: LetterContent, money: Money, shortDay: ShortDay): readonly object[] {
  return content.invoices.map((invoice) => ({
    number: invoiceLabel(invoice, content.language),
    issuedOn: formatDay(invoice.issuedOn, content.language),
    dueOn: formatDay(invoice.dueOn, content.language),
    dueShort: shortDay(invoice.dueOn),
    gross: money(invoice.grossMinor),
    paid: money(invoice.paidMinor - (invoice.creditedMinor ?? 0n)),
    partlyPaid: invoice.paidMinor > (invoice.creditedMinor ?? 0n) && invoice.openMinor > 0n,
    credited: (invoice.creditedMinor ?? 0n) > 0n ? money(invoice.creditedMinor ?? 0n) : null,
    // What is open is less than what the invoice says.
    reduced: invoice.paidMinor > 0n && invoice.openMinor > 0n,
    open: money(invoice.openMinor),
    order: lineOrNull(invoice.orderReference),
    late: invoice.daysOverdue > 0,
    age: formatDays(invoice.daysOverdue, content.language),
  }));
}

/** Which copies go along: all of them, or the numbers of some; null when none does. */
function attachedView({ invoiceCopyAttached, copiesAttached, invoices, language }: LetterContent): object | null {
  if (invoiceCopyAttached !== true) return null;
  const some = copiesAttached === undefined ? [] : invoices.filter((invoice) => copiesAttached.includes(invoice.number));
  if (copiesAttached !== undefined && some.length === 0) return null;
  const numbers = some.map((invoice) => cleanLine(invoice.number));
  return {
    all: numbers.length === 0 || numbers.length === invoices.length,
    numbers: formatList(numbers, language),
    several: numbers.length > 1,
  };
}

function claimView(content: LetterContent, money: Money, shortDay: ShortDay): object | null {
  const figures = claimFigures(content);
  if (figures === undefined) return null;
  return {
    principal: money(figures.principalMinor),
    interest: money(figures.interestMinor),
    hasInterest: figures.interestMinor > 0n,
    compensation: money(figures.compensationMinor),
    hasCompensation: figures.compensationMinor > 0n,
    // Once a part was paid on the indemnity the "each" of two invoices may differ; then only the sum is said.
    compensationEach: figures.compensationEach === undefined ? null : money(figures.compensationEach.amountMinor),
    compensationCount: figures.compensationEach?.invoices ?? 0,
    total: money(figures.totalMinor),
    daily: figures.dailyMinor > 0n ? money(figures.dailyMinor) : null,
    dailyFrom: shortDay(figures.dailyFrom),
    dailyUntil: figures.dailyUntil === undefined ? null : formatDay(figures.dailyUntil, content.language),
    imputed: figures.imputed,
  };
}

function earlierView(content: LetterContent, shortDay: ShortDay): object | null {
  if (content.earlierReminders.length === 0) return null;
  const rows = content.earlierReminders.map((reminder) => ({
    on: shortDay(reminder.on),
    channel: CHANNELS[content.language][reminder.channel],
  }));
  return {
    days: formatList(
      rows.map((row) => row.on),
      content.language,
    ),
    listed: formatList(
      rows.map((row) => `${row.on} (${row.channel})`),
      content.language,
    ),
    several: rows.length > 1,
  };
}

function callView(content: LetterContent, shortDay: ShortDay): object | null {
  if (content.call === undefined || content.call.outcome === 'notMade') return null;
  // A call before the debtor's objection is no longer why he is written to.
  const { on } = content.call;
  if (content.invoices.some(({ past }) => past?.some((event) => event.kind === 'disputeAnswered' && event.openedOn >= on))) return null;
  return {
    on: shortDay(content.call.on),
    reached: content.call.outcome === 'reached',
    contactName: sameName(content.call.contactName, content.debtor.contactName) ? null : lineOrNull(content.call.contactName),
  };
}

function promiseView(content: LetterContent, money: Money, shortDay: ShortDay): object | null {
  if (content.promise === undefined) return null;
  const { promise } = content;
  return {
    on: shortDay(promise.on),
    amount: money(promise.amountMinor),
    madeOn: shortDay(promise.madeOn),
    by: isDebtor(content, promise.by) ? null : lineOrNull(promise.by),
  };
}

function receivedView(content: LetterContent, money: Money, shortDay: ShortDay): object | null {
  const paid = content.invoices.reduce((total, invoice) => total + invoice.paidMinor - (invoice.creditedMinor ?? 0n), 0n);
  const amount = content.received?.amountMinor ?? paid;
  if (amount <= 0n) return null;
  const accessories = content.received?.accessoriesMinor ?? 0n;
  const surplus = content.received?.surplusMinor ?? 0n;
  return {
    amount: money(amount),
    on: content.received === undefined ? null : shortDay(content.received.on),
    accessories: accessories > 0n ? money(accessories) : null,
    surplus: surplus > 0n ? money(surplus) : null,
  };
}

function partnerView(content: LetterContent, shortDay: ShortDay): object | null {
  const { partner } = content;
  if (partner === undefined) return null;
  return {
    name: cleanLine(partner.legalName),
    contactName: lineOrNull(partner.contactName),
    reference: lineOrNull(partner.reference),
    handedOverOn: partner.handedOverOn === undefined ? null : shortDay(partner.handedOverOn),
  };
}

/** True for the debtor itself: "as agreed with you" needs no name. */
function isDebtor(content: LetterContent, name: string | undefined): boolean {
  return sameName(name, content.debtor.legalName);
}

function sameName(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && cleanLine(one).toLowerCase() === cleanLine(other).toLowerCase();
}

function lineOrNull(text: string | undefined): string | null {
  const line = text === undefined ? '' : cleanLine(text);
  return line === '' ? null : line;
}
