import { addDays, type Day } from '../calendar/day.js';
import { frenchAmount, frenchDay } from '../claim/french-figures.js';
import { type Refusal, refuse } from '../refusal.js';
import { type Deadline, delayStep, endOfDelay, type LegalAmount, type LegalDelay } from './legal-delay.js';

export interface SmallClaimRefusal extends Refusal {
  readonly refusal: 'currencyNotEuro' | 'aboveCeiling';
}

/** Whether principal and interest stay within the ceiling of the simplified procedure (CPCE L125-1, R125-1); `undefined` when they do. */
export function checkSmallClaim(input: {
  principalMinor: bigint;
  interestMinor: bigint;
  currency: string;
  ceiling: LegalAmount;
}): SmallClaimRefusal | undefined {
  const { article } = input.ceiling.source;
  if (input.currency !== 'EUR') return { refusal: 'currencyNotEuro', field: '/currency', facts: { article, currency: input.currency } };
  const amountMinor = input.principalMinor + input.interestMinor;
  if (amountMinor <= input.ceiling.amountMinor) return undefined;
  const ceiling = frenchAmount(input.ceiling.amountMinor, 'EUR');
  return { refusal: 'aboveCeiling', field: '/amount', facts: { article, ceiling, amount: frenchAmount(amountMinor, 'EUR') } };
}

/**
 * The last day on which the debtor may accept the simplified procedure, counted from sending; silence is a refusal from the day after
 * (CPCE R125-2). No act of procedure: not rolled.
 */
export function smallClaimAnswer(input: { sentOn: Day; answer: LegalDelay }): Deadline & { silenceRefusesFrom: Day } {
  const on = endOfDelay(input.sentOn, input.answer);
  const silenceRefusesFrom = addDays(on, 1);
  const how = [delayStep(input.sentOn, input.answer, on), `sans réponse, refus à partir du ${frenchDay(silenceRefusesFrom)}`];
  return { on, silenceRefusesFrom, article: input.answer.source.article, how };
}

/**
 * Refuses a payment while the simplified procedure runs: `paymentBeforeOutcome` until the commissaire de justice has recorded how it ended
 * (CPCE R125-7). `undefined` when the money may be taken.
 */
export function checkSmallClaimPayment(input: { sentOn: Day; outcomeRecordedOn?: Day; paidOn: Day }): Refusal | undefined {
  const isRunning = input.paidOn >= input.sentOn && (input.outcomeRecordedOn === undefined || input.paidOn < input.outcomeRecordedOn);
  return isRunning
    ? refuse('paymentBeforeOutcome', { field: '/paidOn', facts: { article: 'CPCE R125-7', sentOn: input.sentOn } })
    : undefined;
}
