import { type Instant, instant } from '../calendar/day.js';
import type { DatedStage } from './draw-plan.js';
import type { RecoveryState } from './recovery-state.js';
import { shownState } from './shown-state.js';
import type { CaseSnapshot, SandboxClock, Wake } from './snapshot.js';

export interface SnapshotInput {
  readonly state: RecoveryState;
  readonly plan: readonly DatedStage[];
  /** Required while the case is open. */
  readonly wake?: Wake;
  /** A reference without personal data, for the search attribute `DebtorRef`. */
  readonly debtorRef: string;
  readonly epoch: number;
  readonly factSeq: number;
  readonly clock?: SandboxClock;
}

/** What the workflow is told about a case. Throws when an open case has no wake. */
export function snapshotOf(input: SnapshotInput): CaseSnapshot {
  const { state, plan, clock } = input;
  const lastStage = state.stages.findLast((record) => record.outcome === 'done')?.stage;
  return {
    caseId: state.caseId,
    creditorId: state.creditorId,
    debtorRef: input.debtorRef,
    episode: state.episode,
    epoch: input.epoch,
    factSeq: input.factSeq,
    state: shownState(state),
    openPrincipal: state.openPrincipalMinor.toString(),
    currency: state.currency,
    dueOn: state.dueOn,
    ...(lastStage === undefined ? {} : { lastStage }),
    disputed: state.dispute !== undefined,
    plan: plan.map(({ stage, round, at, summary }) => ({ stage, round, at, summary })),
    wake: input.wake ?? restingWake(state),
    ...(clock ? { clock } : {}),
    ...(state.closed ? { closed: state.closed.kind } : {}),
  };
}

/** A closed case is not waited for; the shape still wants a wake, so it carries the day it closed. */
function restingWake(state: RecoveryState): Wake {
  if (!state.closed) throw new Error(`An open case always has a wake: ${state.caseId}`);
  const at: Instant = instant(`${state.closed.on}T00:00:00Z`);
  return { kind: 'review', at };
}
