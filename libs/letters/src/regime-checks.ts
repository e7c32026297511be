import { addDays, type StatementOfClaim } from '#domain';
import type { LetterContent } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { type RegimeOfLetter, regimeOf } from './regime.js';

const SETS_A_DEADLINE: ReadonlySet<LetterContent['act']> = new Set(['formalMail', 'firmMail', 'formalNotice']);

const NAMES_A_DOCUMENT: ReadonlySet<string> = new Set([
  ...['facture', 'factures', 'la', 'les', 'notre', 'votre', 'n', 'no', 'nr', 'numéro', 'numero', 'du', 'de'],
  ...['factuur', 'facturen', 'onze', 'uw', 'nummer', 'van', 'invoice', 'invoices', 'our', 'your', 'number', 'of'],
  ...[
    'commande',
    'bon',
    'bestelling',
    'bestelbon',
    'bestelnummer',
    'order',
    'purchase',
    'po',
    'bc',
    'ref',
    'réf',
    'référence',
    'referentie',
  ],
]);

/**
 * What the regime forbids, before a word is written: a sum that may not be claimed (C. conso. L121-21, CPCE L111-8, CDE XIX.2 and
 * XIX.4), a letter that this debtor must not get. Throws `contentIncomplete`, `contentInconsistent` or `actNotForRegime`.
 */
export function checkRegime(content: LetterContent, chasing: boolean): void {
  const regime = regimeOf(content);
  if (chasing && regime.kind === 'unknown')
    throw new LetterError('contentIncomplete', 'Nothing is written while the kind of debtor is unknown', { field: 'regime' });
  if (content.act === 'firstReminder') checkFirstReminder(content, regime);
  // The first written word to a Belgian consumer is the free reminder with its mentions (CDE XIX.2): another text would spoil it.
  if (content.act === 'courtesyMail' && regime.freeReminderFirst)
    throw new LetterError('actNotForRegime', 'A Belgian consumer is first written to by the free first reminder', {
      act: content.act,
      instead: 'firstReminder',
    });
  if (regime.freeReminderFirst) checkFreeDays(content);
  for (const statement of [...(content.statement === undefined ? [] : [content.statement]), ...(content.furtherStatements ?? [])])
    checkAccessories(content, statement, regime);
}

/** CDE XIX.2: no letter asks a Belgian consumer to pay or answer before the free days of the first reminder are over. */
function checkFreeDays(content: LetterContent): void {
  const reminder = content.conduct?.firstReminder;
  if (reminder === undefined || !SETS_A_DEADLINE.has(content.act)) return;
  // A notice counts from its receipt, which is never before its date.
  const latest = content.act === 'formalNotice' ? addDays(content.on, content.deadlineDays ?? 0) : content.deadlineOn;
  if (latest !== undefined && latest < reminder.claimFrom)
    throw notAllowed(
      content.act === 'formalNotice' ? 'deadlineDays' : 'deadlineOn',
      `The free first reminder leaves time until the day before ${reminder.claimFrom}`,
      'conduct.firstReminder',
    );
}

function checkAccessories(content: LetterContent, statement: StatementOfClaim, regime: RegimeOfLetter): void {
  if (content.regime !== undefined && content.regime !== `${statement.law}.${statement.kind}`)
    throw notAllowed('regime', `The letter is written under ${content.regime}, the statement under ${statement.law}.${statement.kind}`);
  const { conduct } = content;
  const accessories = statement.interestOpenMinor + statement.compensationOpenMinor;
  if (regime.noticeFirst) {
    // CPCE L111-8, C. com. L441-10 (businesses only): no lump sum; C. civ. 1231-6, 1344-1: interest from the notice.
    if (statement.compensationOpenMinor > 0n) throw notAllowed('statement.compensation', 'No lump sum is owed outside business');
    const served = conduct?.noticeServedOn;
    const early = served === undefined || statement.lines.some((line) => line.firstDay <= served);
    if (statement.interestOpenMinor > 0n && early)
      throw notAllowed('statement.interest', 'Interest runs only from a notice that was served', 'conduct.noticeServedOn');
  }
  if (regime.freeReminderFirst && accessories > 0n) {
    const reminder = conduct?.firstReminder;
    if (reminder === undefined || !reminder.isComplete || content.on < reminder.claimFrom)
      throw notAllowed('statement', 'Nothing beyond the principal before the free first reminder has run out', 'conduct.firstReminder');
  }
}

function checkFirstReminder(content: LetterContent, regime: RegimeOfLetter): void {
  if (!regime.freeReminderFirst)
    throw new LetterError('actNotForRegime', 'The free first reminder is for Belgian consumers', { act: content.act });
  const { firstReminder, creditor } = content;
  if (firstReminder === undefined) throw incomplete('firstReminder', 'The free first reminder says what will be due and from when');
  if (!creditor.enterpriseNumber) throw incomplete('creditor.enterpriseNumber', 'The free first reminder names the enterprise number');
  if (!describes(firstReminder.description, content))
    throw incomplete('firstReminder.description', 'The free first reminder describes the product or service');
  if (firstReminder.indemnityMinor < 0n || firstReminder.freeDays < 1 || firstReminder.claimFromOn <= content.on)
    throw notAllowed('firstReminder', 'The free period lies after the letter and no amount is negative');
}

/** CDE XIX.2 asks for the product or service: the number of an invoice or of an order, with or without the word for it, describes neither. */
function describes(description: string, { invoices }: LetterContent): boolean {
  const numbers = new Set(invoices.flatMap(({ number }) => wordsOf(number)));
  return wordsOf(description).some((word) => !numbers.has(word) && !NAMES_A_DOCUMENT.has(word));
}

/** What a reader takes for words: two letters or more, in a piece that is no code (`BC-208-11`, `WK560`). */
function wordsOf(text: string): readonly string[] {
  const pieces = text.toLowerCase().split(/[\s,;:()]+/u);
  return pieces.filter((piece) => !/\p{N}/u.test(piece)).flatMap((piece) => piece.match(/\p{L}{2,}/gu) ?? []);
}

function incomplete(field: string, message: string): LetterError {
  return new LetterError('contentIncomplete', message, { field });
}

function notAllowed(field: string, message: string, needs?: string): LetterError {
  return new LetterError('contentInconsistent', message, { field, ...(needs === undefined ? {} : { needs }) });
}
