import { addDays } from '#domain';
import { claimFigures, currencyOf, openTotal } from './claim-figures.js';
import { cleanLine } from './clean-text.js';
import { formatDay, formatDayInTable, formatMoney, formatPercent, numberInWords } from './format.js';
import { citation, groundsOf } from './legal-grounds.js';
import type { LetterContent } from './letter-content.js';
import { enterpriseNumberOf, identifiers, jobTitle, nameWithForm, printedIban } from './parties.js';
import { regimeOf } from './regime.js';

/** Nothing a letter can say satisfies it: the content lacks what the mention needs. */
const IMPOSSIBLE = '\u0000';

const FREE_OF_CHARGE = { fr: 'gratuit', nl: 'kosteloos', en: 'free of charge' } as const;
const RESERVED = { fr: 'pour mémoire', nl: 'pro memorie', en: 'reserved' } as const;
const LEGAL_RATE = { fr: 'au taux légal', nl: 'wettelijke rentevoet', en: 'legal rate' } as const;
const ACKNOWLEDGES = { fr: 'reconnaît devoir', nl: 'erkent', en: 'acknowledges owing' } as const;
const IMPUTED = { fr: 'imputé', nl: 'toegerekend', en: 'applied' } as const;

/** By which texts a mention is recognised; an empty list when this letter has nothing to mention there. */
const PARTS = {
  date: (c: LetterContent) => [formatDay(c.on, c.language)],
  creditorName: (c: LetterContent) => [nameWithForm(c.creditor)],
  creditorIdentity: (c: LetterContent) => [
    nameWithForm(c.creditor),
    ...identifiers(c.creditor, c.language, false),
    ...c.creditor.addressLines.map(cleanLine),
  ],
  enterpriseNumber: (c: LetterContent) => [enterpriseNumberOf(c.creditor) ?? IMPOSSIBLE],
  debtorIdentity: (c: LetterContent) => [
    nameWithForm(c.debtor),
    ...identifiers(c.debtor, c.language, false),
    ...c.debtor.addressLines.map(cleanLine),
  ],
  noticeWords: (c: LetterContent) => [c.language === 'nl' ? 'ingebrekestelling' : 'mise en demeure'],
  invoiceList: (c: LetterContent) => (c.act === 'formalNotice' ? noticeRows(c) : c.invoices.map((invoice) => cleanLine(invoice.number))),
  openAmount: (c: LetterContent) => [moneyOf(c)(openTotal(c))],
  remainingPrincipal: (c: LetterContent) => [moneyOf(c)(openTotal(c))],
  interest: (c: LetterContent) => interestParts(c),
  dailyInterest: (c: LetterContent) => amountPart(c, claimFigures(c)?.dailyMinor),
  compensation: (c: LetterContent) => {
    const amount = amountPart(c, claimFigures(c)?.compensationMinor);
    return amount.length === 0 ? [] : [...amount, groundsOf(c).compensationBasis ?? IMPOSSIBLE];
  },
  total: (c: LetterContent) => [moneyOf(c)(claimFigures(c)?.totalMinor ?? openTotal(c))],
  deadline: (c: LetterContent) => [c.deadlineDays === undefined ? IMPOSSIBLE : numberInWords(c.deadlineDays, c.language)],
  meansOfPayment: (c: LetterContent) => [printedIban(c.payment.iban), cleanLine(c.payment.reference), moneyOf(c)(c.payment.amountMinor)],
  earlierReminders: (c: LetterContent) => c.earlierReminders.map((reminder) => formatDay(reminder.on, c.language).slice(0, -5)),
  earlierFreeReminder: (c: LetterContent) => {
    const figures = claimFigures(c);
    const claimsMore = figures !== undefined && figures.interestMinor + figures.compensationMinor > 0n;
    const sent = c.conduct?.firstReminder?.sentOn;
    return claimsMore ? [sent === undefined ? IMPOSSIBLE : formatDay(sent, c.language)] : [];
  },
  contact: (c: LetterContent) => [cleanLine(c.creditor.replyTo)],
  signature: (c: LetterContent) => [cleanLine(c.signatory.name), jobTitle(c)],
  interestFromNotice: (c: LetterContent) =>
    c.conduct?.noticeServedOn === undefined ? [LEGAL_RATE[c.language], groundsOf(c).interestFromNoticeBasis ?? ''] : [],
  mediator: (c: LetterContent) => (c.creditor.mediator === undefined ? [] : [cleanLine(c.creditor.mediator.name)]),
  futureIndemnity: (c: LetterContent) => {
    if (c.firstReminder === undefined) return [IMPOSSIBLE];
    return c.firstReminder.indemnityMinor > 0n ? amountPart(c, c.firstReminder.indemnityMinor) : [];
  },
  productDescription: (c: LetterContent) => [c.firstReminder === undefined ? IMPOSSIBLE : cleanLine(c.firstReminder.description)],
  dueDate: (c: LetterContent) => c.invoices.map((invoice) => formatDay(invoice.dueOn, c.language)),
  freePeriod: (c: LetterContent) =>
    c.firstReminder === undefined
      ? [IMPOSSIBLE]
      : [numberInWords(c.firstReminder.freeDays, c.language), formatDay(addDays(c.firstReminder.claimFromOn, -1), c.language)],
  claimFrom: (c: LetterContent) => {
    const claimsLater =
      c.firstReminder !== undefined && (c.firstReminder.indemnityMinor > 0n || c.firstReminder.interestPercent !== undefined);
    return claimsLater && c.firstReminder ? [formatDay(c.firstReminder.claimFromOn, c.language)] : [];
  },
  freeOfCharge: (c: LetterContent) => [FREE_OF_CHARGE[c.language]],
  promiseTerms: (c: LetterContent) =>
    c.promise === undefined ? [IMPOSSIBLE] : [moneyOf(c)(c.promise.amountMinor), formatDay(c.promise.on, c.language).slice(0, -5)],
  planAcknowledgment: (c: LetterContent) => [ACKNOWLEDGES[c.language], c.plan === undefined ? IMPOSSIBLE : moneyOf(c)(c.plan.totalMinor)],
  planSchedule: (c: LetterContent) =>
    (c.plan?.schedule ?? []).flatMap((part) => [formatDay(part.on, c.language), moneyOf(c)(part.amountMinor)]),
  planImputation: (c: LetterContent) => [IMPUTED[c.language]],
} as const satisfies Readonly<Record<string, (content: LetterContent) => readonly string[]>>;

export type MentionId = keyof typeof PARTS;

export function isMentionId(name: string): name is MentionId {
  return Object.hasOwn(PARTS, name);
}

export function mentionParts(mention: MentionId, content: LetterContent): readonly string[] {
  return PARTS[mention](content);
}

function moneyOf(content: LetterContent): (minor: bigint) => string {
  return (minor) => formatMoney(minor, currencyOf(content), content.language);
}

function amountPart(content: LetterContent, minor: bigint | undefined): readonly string[] {
  return minor !== undefined && minor > 0n ? [moneyOf(content)(minor)] : [];
}

function noticeRows(content: LetterContent): readonly string[] {
  const money = moneyOf(content);
  return content.invoices.flatMap((invoice) => [
    cleanLine(invoice.number),
    formatDayInTable(invoice.issuedOn, content.language),
    formatDayInTable(invoice.dueOn, content.language),
    money(invoice.grossMinor),
    money(invoice.paidMinor),
    money(invoice.openMinor),
    ...(invoice.orderReference === undefined ? [] : [cleanLine(invoice.orderReference)]),
  ]);
}

function interestParts(content: LetterContent): readonly string[] {
  const figures = claimFigures(content);
  if (figures === undefined) return regimeOf(content).automatic ? [RESERVED[content.language]] : [];
  const money = moneyOf(content);
  const basis = groundsOf(content).interestBasis ?? '';
  if (content.act !== 'formalNotice') return figures.interestMinor > 0n ? [money(figures.interestMinor), basis] : [];
  if (figures.lines.length === 0) return [];
  return [
    basis,
    ...figures.lines.flatMap(({ line }) => [
      formatDayInTable(line.firstDay, content.language),
      formatDayInTable(line.lastDay, content.language),
      money(line.baseMinor),
      formatPercent(line.ratePercent, content.language),
      money(line.interestMinor),
      citation(line.source.article, content.language),
    ]),
  ];
}
