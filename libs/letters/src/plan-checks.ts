import { claimFigures } from './claim-figures.js';
import type { LetterContent } from './letter-content.js';
import { LetterError } from './letter-error.js';
import { regimeOf } from './regime.js';

const MOST_INSTALMENTS = 60;

/**
 * A plan that adds up: ascending days, instalments that make the sum acknowledged, which is the balance (`openMinor`) or the claim.
 * Throws `contentIncomplete` or `contentInconsistent`.
 */
export function checkPlan(content: LetterContent, openMinor: bigint): void {
  const { plan } = content;
  if (plan === undefined) throw new LetterError('contentIncomplete', 'A confirmation needs the plan', { field: 'plan' });
  const { schedule } = plan;
  const sum = schedule.reduce((total, part) => total + part.amountMinor, 0n);
  const ascends = schedule.every((part, index) => index === 0 || part.on > (schedule[index - 1]?.on ?? ''));
  if (schedule.length === 0 || schedule.length > MOST_INSTALMENTS || !ascends || schedule.some((part) => part.amountMinor <= 0n))
    throw mismatch('plan.schedule', 'Instalments are positive, on ascending days, 60 at most');
  if (sum !== plan.totalMinor) throw mismatch('plan.totalMinor', 'The instalments do not add up to the total');
  if (plan.totalMinor !== openMinor && plan.totalMinor !== claimFigures(content)?.totalMinor)
    throw mismatch('plan.totalMinor', 'The sum acknowledged is neither the balance nor the claim');
  if (content.payment.amountMinor !== schedule[0]?.amountMinor)
    throw mismatch('payment.amountMinor', 'The amount to pay is the first instalment');
  // C. civ. 1231-6, 1344-1: without a served notice no interest runs that could be kept or waived.
  if (plan.interest !== 'none' && regimeOf(content).noticeFirst && content.conduct?.noticeServedOn === undefined)
    throw mismatch('plan.interest', 'No interest runs before a notice was served');
}

function mismatch(field: string, message: string): LetterError {
  return new LetterError('contentInconsistent', message, { field });
}
