import type { BusinessCalendar } from '../calendar/business-calendar.js';
import type { Day } from '../calendar/day.js';
import { frenchPercent } from '../claim/french-figures.js';
import type { DebtorKind, LegalSource } from '../claim/statement.js';
import { compareRational, decimal, rational, times } from '../money/rational.js';
import type { Refusal } from '../refusal.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay, proceduralEnd } from './legal-delay.js';

export interface UndisputedDebtCase {
  readonly kind: DebtorKind;
  /** Creditor and debtor both stand in the Belgian enterprise register. */
  readonly bothRegistered: boolean;
  readonly debtorInsolvent: boolean;
  readonly isDisputed: boolean;
  readonly principalMinor: bigint;
  /** Interest and penalty together, in minor units of the principal's currency. */
  readonly accessoriesMinor: bigint;
  readonly accessoriesCap: { readonly percent: string; readonly source: LegalSource };
}

export interface UndisputedDebtRefusal extends Refusal {
  readonly refusal: 'kindUnknown' | 'notAnEnterprise' | 'notBothRegistered' | 'debtorInsolvent' | 'disputed' | 'accessoriesAboveCap';
}

/**
 * Whether a debt may go through the Belgian procedure for undisputed debts (RCI / IOS, C. jud. 1394/20): `undefined` when it may. Refused:
 * `notAnEnterprise` (consumer, public body, co-owners), `kindUnknown`, `notBothRegistered`, `debtorInsolvent`, `disputed`,
 * `accessoriesAboveCap` (interest and penalty above a tenth of the principal). There is no ceiling.
 */
export function checkUndisputedDebt(input: UndisputedDebtCase): UndisputedDebtRefusal | undefined {
  const facts = { article: 'C. jud. 1394/20' };
  if (input.kind === 'unknown') return { refusal: 'kindUnknown', field: '/kind', facts };
  if (input.kind !== 'business') return { refusal: 'notAnEnterprise', field: '/kind', facts };
  if (!input.bothRegistered) return { refusal: 'notBothRegistered', facts };
  if (input.debtorInsolvent) return { refusal: 'debtorInsolvent', facts };
  if (input.isDisputed) return { refusal: 'disputed', facts };
  const { percent, source } = input.accessoriesCap;
  const cap = times(rational(input.principalMinor, 100n), decimal(percent));
  if (compareRational(rational(input.accessoriesMinor), cap) <= 0) return undefined;
  return { refusal: 'accessoriesAboveCap', field: '/accessories', facts: { article: source.article, cap: frenchPercent(percent) } };
}

/**
 * The days of the procedure after the bailiff's summons: the debtor answers within a month (rolled, C. jud. 53), the report of
 * non-contestation follows at the earliest eight days after (C. jud. 1394/24).
 */
export function undisputedDebtDays(input: {
  summonsOn: Day;
  rules: { answer: LegalDelay; wait: LegalDelay };
  calendar: BusinessCalendar;
}): { answerUntil: Deadline; reportFrom: Deadline } {
  const { answer, wait } = input.rules;
  const answered = proceduralEnd(input.summonsOn, answer, input.calendar);
  const on = endOfDelay(answered.on, wait);
  return {
    answerUntil: { on: answered.on, article: answer.source.article, how: answered.how },
    reportFrom: { on, article: wait.source.article, how: [...answered.how, delayStep(answered.on, wait, on)] },
  };
}
