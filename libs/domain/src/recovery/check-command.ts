import { addDays, type Day, daysBetween } from '../calendar/day.js';
import type { DunningPolicy } from '../policy/dunning-policy.js';
import { type Refusal, refuse } from '../refusal.js';
import type { RecoveryState } from './recovery-state.js';

export interface PromiseTerms {
  readonly dueOn: Day;
  readonly amountMinor: bigint;
  /** True when a person with the finance role allows it, or an upfront part payment came in: only then may a second promise follow a broken one. */
  readonly isAuthorised?: boolean;
}

/** The latest day a promise made `today` may name; shown to the caller before the call. */
export function latestPromiseOn(policy: DunningPolicy, today: Day): Day {
  return addDays(today, policy.promise.maxDays);
}

/** The policy's limits on promises, or undefined when they are kept. What the facts forbid is refused by `decide`. */
export function checkPromise(policy: DunningPolicy, state: RecoveryState, terms: PromiseTerms, today: Day): Refusal | undefined {
  const latestOn = latestPromiseOn(policy, today);
  if (terms.dueOn > latestOn) return refuse('promiseTooLate', { field: '/dueOn', facts: { latestOn, maxDays: policy.promise.maxDays } });
  if (state.promisesMade >= policy.promise.maxCount) {
    return refuse('promiseTooMany', { facts: { promisesMade: state.promisesMade, maxCount: policy.promise.maxCount } });
  }
  if (state.brokenPromises > 0 && !terms.isAuthorised) {
    return refuse('promiseNeedsManager', { facts: { brokenPromises: state.brokenPromises } });
  }
  return undefined;
}

/** The policy's limit on a hold: it ends after today, at most `hold.maxDays` away. */
export function checkHold(policy: DunningPolicy, _state: RecoveryState, terms: { readonly until: Day }, today: Day): Refusal | undefined {
  if (terms.until <= today) return refuse('holdInPast', { field: '/until', facts: { today } });
  if (daysBetween(today, terms.until) > policy.hold.maxDays) {
    return refuse('holdTooLong', {
      field: '/until',
      facts: { latestOn: addDays(today, policy.hold.maxDays), maxDays: policy.hold.maxDays },
    });
  }
  return undefined;
}
