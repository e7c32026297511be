import type { Day } from '../calendar/day.js';
import type { InterestClause } from './claim-rules.js';

/** What the contract or the terms of sale say. Nothing that needs a clause is claimed before somebody has read them. */
export interface ContractTerms {
  /** The day a person read the contract; absent when nobody has. A contract read and found silent is known to be silent. */
  readonly checkedOn?: Day;
  readonly interest?: InterestClause;
  /** Belgian consumers (CDE XIX.4): the clause that allows an indemnity, which never exceeds the legal scale. */
  readonly indemnity?: IndemnityClause;
  /** Public buyers of Belgium: small contracts fall under the law of 2 August 2002, others under the procurement rules. */
  readonly procurement?: 'small' | 'general';
}

export type IndemnityClause =
  /** "The scale of CDE XIX.4". */
  | { readonly kind: 'legalScale' }
  /** A fixed sum, in minor units. */
  | { readonly kind: 'fixed'; readonly amountMinor: bigint }
  /** A share of what remains due, in percent as a plain decimal, with an optional minimum in minor units. */
  | { readonly kind: 'percent'; readonly percent: string; readonly minimumMinor?: bigint };

/** What was done towards the debtor and can be proven. Civil days of the debtor's zone. */
export interface ConductOfCase {
  /** Receipt, or first presentation, of the formal notice (C. civ. 1231-6, 1344-1). */
  readonly noticeServedOn?: Day;
  /** The free first reminder of CDE XIX.2 to a consumer. */
  readonly firstReminder?: FirstReminder;
  /** Judgment that opened the insolvency: contractual and legal interest ends the day before (C. com. L622-28). */
  readonly insolvencyOpenedOn?: Day;
}

export interface FirstReminder {
  readonly sentOn: Day;
  readonly by: 'post' | 'electronic';
  /** First day on which costs or interest may be claimed: the day after the last free one. */
  readonly claimFrom: Day;
  /** False when a mandatory mention was missing: nothing may then be claimed for delay. */
  readonly isComplete: boolean;
}

/** Who claims. */
export interface CreditorStanding {
  /** A natural person acting outside any business: only then does the higher French legal rate apply. */
  readonly isNaturalPerson?: boolean;
  /** A small or medium enterprise may let Belgian consumer interest run from the day after the reminder left. */
  readonly isSme?: boolean;
}
