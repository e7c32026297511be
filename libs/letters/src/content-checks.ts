import { claimFigures, currencyOf, openTotal } from './claim-figures.js';
import { epcPayload } from './epc-qr.js';
import type { LetterAct, LetterContent } from './letter-content.js';
import { LetterError } from './letter-error.js';

const CHASING: ReadonlySet<LetterAct> = new Set(['courtesyMail', 'formalMail', 'firmMail', 'formalNotice', 'handOverSummary']);
const STATES_CLAIM: ReadonlySet<LetterAct> = new Set(['firmMail', 'formalNotice', 'handOverSummary']);
const WITH_QR: ReadonlySet<LetterAct> = new Set(['courtesyMail', 'formalMail', 'firmMail', 'formalNotice', 'promiseConfirmation']);

/**
 * What must hold before a word is written. Throws `LetterError`: `nothingDue` for a reminder without a balance,
 * `contentIncomplete` naming the field, `contentInconsistent` when two figures of the letter disagree.
 */
export function checkContent(content: LetterContent): void {
  const open = openTotal(content);
  const figures = claimFigures(content);
  if (CHASING.has(content.act) && (open <= 0n || content.payment.amountMinor <= 0n)) {
    throw new LetterError('nothingDue', 'Nothing is open: no reminder may be written', { act: content.act });
  }
  if (STATES_CLAIM.has(content.act) && !content.interestUnknown) {
    if (figures === undefined)
      throw incomplete('statement', 'A letter that states the claim needs its statement, or says that interest is unknown');
    if (content.legalMentions === undefined)
      throw incomplete('legalMentions', 'Interest and indemnity are printed with their legal ground');
    // Automatic interest and the lump sum belong to claims between businesses; any other regime has its own letters.
    if (content.statement?.kind !== 'business')
      throw new LetterError('contentInconsistent', 'Not a business debtor', { field: 'statement.kind' });
  }
  if (CHASING.has(content.act)) {
    const payable = content.payment.amountMinor;
    const wholeClaim = figures?.totalMinor ?? open;
    const agreed = content.act === 'formalNotice' ? payable === wholeClaim : payable === wholeClaim || payable === open;
    if (!agreed)
      throw new LetterError('contentInconsistent', 'The amount to pay is neither the balance nor the claim', {
        field: 'payment.amountMinor',
      });
  }
  if (content.act === 'promiseConfirmation' && content.promise === undefined)
    throw incomplete('promise', 'A confirmation needs the promise');
  if (content.act === 'recall' && content.partner === undefined) throw incomplete('partner', 'A recall needs the partner it is written to');
  if (content.act === 'formalNotice' && content.deadlineDays === undefined) throw incomplete('deadlineDays', 'A notice needs its deadline');
}

/** Text of the payment code of this letter; undefined when none is wanted, allowed or possible (another currency). */
export function epcOf(content: LetterContent): string | undefined {
  const code = currencyOf(content);
  const { payment } = content;
  if (!WITH_QR.has(content.act) || payment.withoutQr || code !== 'EUR' || payment.amountMinor <= 0n) return undefined;
  return epcPayload({
    beneficiary: content.creditor.legalName,
    iban: payment.iban,
    ...(payment.bic === undefined ? {} : { bic: payment.bic }),
    amountMinor: payment.amountMinor,
    currency: code,
    reference: payment.reference,
  });
}

function incomplete(field: string, message: string): LetterError {
  return new LetterError('contentIncomplete', message, { field });
}
