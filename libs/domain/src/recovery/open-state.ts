import type { Day } from '../calendar/day.js';
import type { Blocker, RecoveryState } from './recovery-state.js';
import { SENT_ELSEWHERE } from './stage-names.js';

export interface OpenStateInput {
  readonly caseId: string;
  readonly creditorId: string;
  readonly debtorId: string;
  readonly currency: string;
  readonly dueOn: Day;
  readonly openedOn: Day;
  readonly openPrincipalMinor: bigint;
  readonly toleranceMinor: bigint;
  readonly thresholdMinor: bigint;
  readonly policy: { readonly id: string; readonly version: number };
  readonly blockers?: readonly Blocker[];
  /** Ids of the rungs that lie before the starting rung: the creditor climbed them elsewhere, they are never climbed again. */
  readonly earlierStages?: readonly string[];
  readonly episode?: number;
}

/** The state of a case on the day it is made: nothing done, nothing promised. */
export function openState(input: OpenStateInput): RecoveryState {
  const blockers = [...new Set(input.blockers ?? [])].sort();
  return {
    caseId: input.caseId,
    creditorId: input.creditorId,
    debtorId: input.debtorId,
    currency: input.currency,
    dueOn: input.dueOn,
    openedOn: input.openedOn,
    episode: input.episode ?? 1,
    openPrincipalMinor: input.openPrincipalMinor,
    toleranceMinor: input.toleranceMinor,
    thresholdMinor: input.thresholdMinor,
    policy: input.policy,
    stages: (input.earlierStages ?? []).map((stage) => ({
      stage,
      round: 1,
      outcome: 'skipped' as const,
      on: input.openedOn,
      reason: SENT_ELSEWHERE,
    })),
    everSent: false,
    promisesMade: 0,
    brokenPromises: 0,
    shiftDays: 0,
    blockers,
    ...(blockers.length > 0 ? { blockedSince: input.openedOn } : {}),
  };
}
