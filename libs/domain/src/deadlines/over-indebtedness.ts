import type { Day } from '../calendar/day.js';
import type { DebtorKind, GoverningLaw } from '../claim/statement.js';
import { type Refusal, refuse } from '../refusal.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay } from './legal-delay.js';

export interface OverIndebtedness {
  readonly ladder: 'stops';
  readonly task: 'declareToCommission';
  /** The debtor may not pay debts of before the decision: nothing is asked for, not even politely. */
  readonly mayDebtorPay: false;
  /** Enforcement is suspended or barred at most until this day. */
  readonly suspendedUntil: Deadline;
  readonly articles: readonly string[];
}

/**
 * What the decision of a commission that an over-indebted consumer's file is admissible does to a claim (C. conso. L722-2, L722-3, L722-5): dunning stops
 * and the claim is declared to the commission. Refused: `notAConsumer` for another debtor (its insolvency goes to the courts), `lawNotFrench`.
 */
export function overIndebtedness(input: {
  law: GoverningLaw;
  kind: DebtorKind;
  admissibleOn: Day;
  suspension: LegalDelay;
}): OverIndebtedness | Refusal {
  const facts = { article: 'C. conso. L722-2' };
  if (input.law !== 'FR') return refuse('lawNotFrench', { field: '/law', facts });
  if (input.kind !== 'consumer') return refuse('notAConsumer', { field: '/kind', facts });
  const on = endOfDelay(input.admissibleOn, input.suspension);
  const { article } = input.suspension.source;
  return {
    ladder: 'stops',
    task: 'declareToCommission',
    mayDebtorPay: false,
    suspendedUntil: { on, article, how: [delayStep(input.admissibleOn, input.suspension, on)] },
    articles: ['C. conso. L722-2', 'C. conso. L722-3', 'C. conso. L722-5'],
  };
}
