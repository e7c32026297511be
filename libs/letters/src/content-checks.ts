import { claimFigures, currencyOf, openTotal } from './claim-figures.js';
import { epcPayload } from './epc-qr.js';
import { groundsOf } from './legal-grounds.js';
import type { LetterAct, LetterContent } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { checkPlan } from './plan-checks.js';
import { checkRegime } from './regime-checks.js';
import { regimeOf } from './regime.js';

const CHASING: ReadonlySet<LetterAct> = new Set([
  'courtesyMail',
  'firstReminder',
  'formalMail',
  'firmMail',
  'formalNotice',
  'plan',
  'lastCallSheet',
  'handOverSummary',
]);
const STATES_CLAIM: ReadonlySet<LetterAct> = new Set(['firmMail', 'formalNotice', 'lastCallSheet', 'handOverSummary']);
const WITH_QR: ReadonlySet<LetterAct> = new Set([
  'courtesyMail',
  'firstReminder',
  'formalMail',
  'firmMail',
  'formalNotice',
  'promiseConfirmation',
  'plan',
]);

/**
 * What must hold before a word is written. Throws `LetterError`: `nothingDue` for a reminder without a balance,
 * `contentIncomplete` naming the field, `contentInconsistent` when two figures disagree or the regime does not allow one,
 * `actNotForRegime` for a letter that this debtor must not get.
 */
export function checkContent(content: LetterContent): void {
  const open = openTotal(content);
  const chasing = CHASING.has(content.act);
  if (chasing && (open <= 0n || content.payment.amountMinor <= 0n)) {
    throw new LetterError('nothingDue', 'Nothing is open: no reminder may be written', { act: content.act });
  }
  checkRegime(content, chasing);
  if (STATES_CLAIM.has(content.act) && !content.interestUnknown) checkStated(content);
  if (content.act === 'plan') checkPlan(content, open);
  else if (chasing) checkPayable(content, open);
  if (content.act === 'promiseConfirmation' && content.promise === undefined)
    throw incomplete('promise', 'A confirmation needs the promise');
  if (content.act === 'recall' && content.partner === undefined) throw incomplete('partner', 'A recall needs the partner it is written to');
  if (content.act === 'formalNotice' && content.deadlineDays === undefined) throw incomplete('deadlineDays', 'A notice needs its deadline');
}

/**
 * The sum a letter of this act asks for, in minor units: the first instalment of a plan, the claim where the act states one,
 * else the balance.
 */
export function amountToPay(content: LetterContent): bigint {
  if (content.act === 'plan') return content.plan?.schedule[0]?.amountMinor ?? 0n;
  const figures = STATES_CLAIM.has(content.act) ? claimFigures(content) : undefined;
  return figures?.totalMinor ?? openTotal(content);
}

/** Interest and indemnity are printed with their legal ground; a claim by operation of law is printed at all. */
function checkStated(content: LetterContent): void {
  const figures = claimFigures(content);
  if (figures === undefined) {
    // Without automatic interest the balance is the whole claim until a statement says otherwise.
    if (!regimeOf(content).automatic && content.act === 'firmMail') return;
    throw incomplete('statement', 'A letter that states the claim needs its statement, or says that interest is unknown');
  }
  const grounds = groundsOf(content);
  if (figures.interestMinor > 0n && grounds.interestBasis === undefined)
    throw incomplete('legalMentions.interestBasis', 'Interest is printed with its legal ground');
  if (figures.compensationMinor > 0n && grounds.compensationBasis === undefined)
    throw incomplete('legalMentions.compensationBasis', 'An indemnity is printed with its legal ground');
}

function checkPayable(content: LetterContent, open: bigint): void {
  const payable = content.payment.amountMinor;
  const wanted = amountToPay(content);
  // A mail may ask for the principal alone although it states the claim; a notice asks for what it demands.
  if (payable === wanted || (content.act === 'firmMail' && payable === open)) return;
  throw new LetterError('contentInconsistent', 'The amount to pay is neither the balance nor the claim', { field: 'payment.amountMinor' });
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
