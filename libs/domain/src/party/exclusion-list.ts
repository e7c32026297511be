import { addSeconds, type Day, type Instant } from '../calendar/day.js';
import type { LegalSource } from '../claim/statement.js';
import { type Deadline, delayStep, endOfDelay, type LegalDelay } from '../deadlines/legal-delay.js';
import { type Refusal, refuse } from '../refusal.js';

export interface ExclusionEntry {
  /** In minor units; only certain, quantified money debts may lead to an entry. */
  readonly amountMinor: bigint;
  readonly isDisputed: boolean;
  /** Who checked the entry after talking with the person; absent when nobody did. */
  readonly checkedBy?: string;
  readonly checkedOn?: Day;
  /** The person was told before the entry. */
  readonly informedOn?: Day;
  readonly enteredOn: Day;
}

/**
 * Whether a person may be put on the creditor's own exclusion list; `undefined` when they may. Refused: `humanCheckMissing` (no automatic
 * listing, GDPR art. 22), `personNotInformed`, `debtNotCertain`.
 */
export function checkExclusionEntry(entry: ExclusionEntry): Refusal | undefined {
  const facts = { article: 'CNIL, référentiel «\u202fgestion des impayés\u202f»' };
  if (entry.amountMinor <= 0n || entry.isDisputed) return refuse('debtNotCertain', { field: '/amount', facts });
  const isChecked = entry.checkedBy !== undefined && entry.checkedOn !== undefined && entry.checkedOn <= entry.enteredOn;
  if (!isChecked) return refuse('humanCheckMissing', { field: '/checkedBy', facts });
  const isInformed = entry.informedOn !== undefined && entry.informedOn <= entry.enteredOn;
  return isInformed ? undefined : refuse('personNotInformed', { field: '/informedOn', facts });
}

/** The instant by which an entry is erased once the debt is paid. */
export function exclusionErasedBy(paidAt: Instant, within: { hours: number; source: LegalSource }): { at: Instant; article: string } {
  return { at: addSeconds(paidAt, within.hours * 3600), article: within.source.article };
}

/** The last day of an entry whose debt is never paid. */
export function exclusionEndsOn(enteredOn: Day, retention: LegalDelay): Deadline {
  const on = endOfDelay(enteredOn, retention);
  return { on, article: retention.source.article, how: [delayStep(enteredOn, retention, on)] };
}
