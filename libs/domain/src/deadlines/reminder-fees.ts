import { type Day, yearOf } from '../calendar/day.js';
import { frenchAmount } from '../claim/french-figures.js';
import type { LegalSource } from '../claim/statement.js';
import type { LegalAmount } from './legal-delay.js';

export interface ConsumerReminder {
  /** Due day of the unpaid term it was written for. */
  readonly dueOn: Day;
  readonly sentOn: Day;
  /** What the carrier was paid, in cents; 0 for an e-mail. */
  readonly postageMinor: bigint;
}

export interface ReminderFeeRules {
  /** Terms a calendar year whose first reminder is free in a contract of regular deliveries. */
  readonly freeTermsPerYear: { readonly count: number; readonly source: LegalSource };
  /** The most an extra reminder may cost, postage apart. */
  readonly extraReminder: LegalAmount;
}

export interface ReminderFee extends ConsumerReminder {
  readonly isFree: boolean;
  /** The most that may be charged, postage included; 0 when free. Charging it takes a clause. */
  readonly feeMaxMinor: bigint;
  readonly article: string;
  readonly how: string;
}

/**
 * What each reminder to a Belgian consumer may cost at most (CDE XIX.2). The first reminder of a term is free; in a contract of regular
 * deliveries only those of three terms a calendar year are, and the fourth term's may be charged. Answers in the order of sending.
 */
export function reminderFees(
  reminders: readonly ConsumerReminder[],
  contract: { isRegularDelivery: boolean },
  rules: ReminderFeeRules,
): ReminderFee[] {
  const seen = new Set<Day>();
  const freeByYear = new Map<number, number>();
  return reminders
    .toSorted((a, b) => (a.sentOn < b.sentOn ? -1 : a.sentOn > b.sentOn ? 1 : 0))
    .map((reminder) => {
      const isFirst = !seen.has(reminder.dueOn);
      seen.add(reminder.dueOn);
      const free = freeByYear.get(yearOf(reminder.sentOn)) ?? 0;
      const isFree = isFirst && (!contract.isRegularDelivery || free < rules.freeTermsPerYear.count);
      if (isFree) freeByYear.set(yearOf(reminder.sentOn), free + 1);
      return { ...reminder, ...priced(reminder, isFree, isFirst, rules) };
    });
}

function priced(
  reminder: ConsumerReminder,
  isFree: boolean,
  isFirst: boolean,
  { freeTermsPerYear, extraReminder }: ReminderFeeRules,
): Pick<ReminderFee, 'isFree' | 'feeMaxMinor' | 'article' | 'how'> {
  if (isFree) return { isFree, feeMaxMinor: 0n, article: freeTermsPerYear.source.article, how: 'premier rappel de l’échéance, gratuit' };
  const feeMaxMinor = extraReminder.amountMinor + reminder.postageMinor;
  const why = isFirst ? `plus de ${freeTermsPerYear.count} échéances impayées dans l’année` : 'rappel supplémentaire de la même échéance';
  const most = `${frenchAmount(extraReminder.amountMinor, 'EUR')} au plus, et le port ${frenchAmount(reminder.postageMinor, 'EUR')}`;
  return { isFree, feeMaxMinor, article: extraReminder.source.article, how: `${why}\u202f: ${most}` };
}
