import type { GoverningLaw } from '#domain';
import { parse } from 'yaml';
import { readAsset } from './asset.js';
import { claimFigures, currencyOf, openTotal } from './claim-figures.js';
import { cleanLine } from './clean-text.js';
import { formatDay, formatDayInTable, formatMoney, formatPercent, numberInWords } from './format.js';
import type { LetterAct, LetterContent } from './letter-content.js';
import { identifiers, nameWithForm, printedIban } from './parties.js';

export type MentionId =
  | 'date'
  | 'creditorIdentity'
  | 'debtorIdentity'
  | 'noticeWords'
  | 'invoiceList'
  | 'interest'
  | 'dailyInterest'
  | 'compensation'
  | 'total'
  | 'deadline'
  | 'meansOfPayment'
  | 'earlierReminders'
  | 'signature'
  | 'contact'
  | 'openAmount';

/** One thing wrong with a letter's text: a mention it must carry and does not, or a phrase it must not carry. */
export interface Finding {
  readonly kind: 'missing' | 'forbidden';
  /** `MentionId`, or the id of the rule in `wording/forbidden.yaml`. */
  readonly mention: string;
  /** For a forbidden phrase: the sentence it stands in. */
  readonly sentence?: string;
  readonly why?: string;
}

interface ForbiddenRule {
  readonly id: string;
  readonly pattern: string;
  readonly why: string;
  readonly acts?: readonly LetterAct[];
  readonly unlessNextStep?: readonly string[];
}

const REMINDER: readonly MentionId[] = ['creditorIdentity', 'openAmount', 'invoiceList', 'meansOfPayment', 'contact', 'signature'];
const NOTICE: readonly MentionId[] = [
  'date',
  'creditorIdentity',
  'debtorIdentity',
  'noticeWords',
  'invoiceList',
  'interest',
  'dailyInterest',
  'compensation',
  'total',
  'deadline',
  'meansOfPayment',
  'earlierReminders',
  'contact',
  'signature',
];

/**
 * What a letter of that act must say, as a printed or mailed text. Claims between businesses in France (C. com. L441-10, C. civ. 1344)
 * and Belgium (law of 2 August 2002) ask for the same list; the words for "formal notice" differ by language, not by law.
 */
export function requiredMentions(act: LetterAct, law: GoverningLaw): readonly MentionId[] {
  switch (law) {
    case 'FR':
    case 'BE':
      if (act === 'formalNotice') return NOTICE;
      if (act === 'firmMail') return [...REMINDER, 'interest', 'dailyInterest', 'compensation', 'total'];
      return act === 'courtesyMail' || act === 'formalMail' ? REMINDER : ['creditorIdentity', 'signature', 'contact'];
  }
}

/** Checks a rendered text (for a PDF: its text before drawing) for missing mentions and forbidden phrases. Empty when all is well. */
export function checkMentions(renderedText: string, content: LetterContent): readonly Finding[] {
  const text = plain(renderedText);
  const law = content.statement?.law ?? (content.creditor.country === 'BE' ? 'BE' : 'FR');
  const missing = requiredMentions(content.act, law).filter(
    (mention) => !expected(mention, content).every((part) => text.includes(plain(part))),
  );
  return [...missing.map((mention): Finding => ({ kind: 'missing', mention })), ...forbiddenIn(withoutNames(text, content), content)];
}

/** The texts by which a mention is recognised; an empty list when this letter has nothing to mention there. */
function expected(mention: MentionId, content: LetterContent): readonly string[] {
  const { language } = content;
  const figures = claimFigures(content);
  const money = (minor: bigint) => formatMoney(minor, currencyOf(content), language);
  switch (mention) {
    case 'date':
      return [formatDay(content.on, language)];
    case 'creditorIdentity':
      return [
        nameWithForm(content.creditor),
        ...identifiers(content.creditor, language, false),
        ...content.creditor.addressLines.map(cleanLine),
      ];
    case 'debtorIdentity':
      return [nameWithForm(content.debtor), ...identifiers(content.debtor, language, false), ...content.debtor.addressLines.map(cleanLine)];
    case 'noticeWords':
      return [language === 'nl' ? 'ingebrekestelling' : 'mise en demeure'];
    case 'invoiceList':
      return content.act === 'formalNotice' ? noticeRows(content, money) : content.invoices.map((invoice) => cleanLine(invoice.number));
    case 'openAmount':
      return [money(openTotal(content))];
    case 'interest':
      return interestParts(content, money);
    case 'dailyInterest':
      return figures !== undefined && figures.dailyMinor > 0n ? [money(figures.dailyMinor)] : [];
    case 'compensation':
      return figures !== undefined && figures.compensationMinor > 0n
        ? [money(figures.compensationMinor), cleanLine(content.legalMentions?.compensationBasis ?? '')]
        : [];
    case 'total':
      return [money(figures?.totalMinor ?? openTotal(content))];
    case 'deadline':
      return content.deadlineDays === undefined ? ['\0'] : [numberInWords(content.deadlineDays, language)];
    case 'meansOfPayment':
      return [printedIban(content.payment.iban), cleanLine(content.payment.reference), money(content.payment.amountMinor)];
    case 'earlierReminders':
      return content.earlierReminders.map((reminder) => dayWithoutYear(reminder.on, language));
    case 'contact':
      return [cleanLine(content.creditor.replyTo)];
    case 'signature':
      return [cleanLine(content.signatory.name), cleanLine(content.signatory.title)];
  }
}

function noticeRows(content: LetterContent, money: (minor: bigint) => string): readonly string[] {
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

function interestParts(content: LetterContent, money: (minor: bigint) => string): readonly string[] {
  const figures = claimFigures(content);
  if (figures === undefined) return [{ fr: 'pour mémoire', nl: 'pro memorie', en: 'reserved' }[content.language]];
  const basis = cleanLine(content.legalMentions?.interestBasis ?? '');
  if (content.act !== 'formalNotice') return figures.interestMinor > 0n ? [money(figures.interestMinor), basis] : [];
  return [
    basis,
    ...figures.lines.flatMap(({ line }) => [
      formatDayInTable(line.firstDay, content.language),
      formatDayInTable(line.lastDay, content.language),
      money(line.baseMinor),
      formatPercent(line.ratePercent, content.language),
      money(line.interestMinor),
      cleanLine(line.source.article),
    ]),
  ];
}

function dayWithoutYear(on: LetterContent['on'], language: LetterContent['language']): string {
  return formatDay(on, language).slice(0, -5);
}

let rules: readonly (ForbiddenRule & { readonly expression: RegExp })[] | undefined;

function forbiddenIn(text: string, content: LetterContent): readonly Finding[] {
  rules ??= (parse(readAsset('wording/forbidden.yaml')) as ForbiddenRule[]).map((rule) => ({
    ...rule,
    expression: new RegExp(rule.pattern, 'iu'),
  }));
  return rules.flatMap((rule): readonly Finding[] => {
    if (rule.acts !== undefined && !rule.acts.includes(content.act)) return [];
    if (content.nextStep !== undefined && rule.unlessNextStep?.includes(content.nextStep)) return [];
    const sentence = text.split(/(?<=[.!?])\s+|\n/u).find((part) => rule.expression.test(part));
    return sentence === undefined ? [] : [{ kind: 'forbidden', mention: rule.id, sentence: sentence.trim(), why: rule.why }];
  });
}

/** A firm may be called "Huissier & Fils": names and references of the parties are not the letter's own words. */
function withoutNames(text: string, content: LetterContent): string {
  const { creditor, debtor, signatory, call, promise, partner } = content;
  const names = [
    nameWithForm(creditor),
    nameWithForm(debtor),
    debtor.contactName,
    signatory.name,
    signatory.title,
    call?.contactName,
    promise?.by,
  ];
  const others = [
    creditor.replyTo,
    partner?.legalName,
    partner?.contactName,
    partner?.reference,
    ...creditor.addressLines,
    ...debtor.addressLines,
  ];
  const invoices = content.invoices.flatMap((invoice) => [invoice.number, invoice.orderReference]);
  return [...names, ...others, ...invoices]
    .flatMap((name) => (name === undefined ? [] : [plain(cleanLine(name))]))
    .filter((name) => name.length > 2)
    .reduce((rest, name) => rest.replaceAll(name, ''), text);
}

/** One kind of space and apostrophe, lower case: what a reader takes for the same words. */
function plain(text: string): string {
  return text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[’‘]/g, "'")
    .toLowerCase();
}
