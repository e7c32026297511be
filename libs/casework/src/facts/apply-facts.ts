import {
  type CaseSnapshot,
  type Day,
  type DatedStage,
  decide,
  decodeState,
  drawPlan,
  encodeState,
  evolve,
  isRefusal,
  nextWake,
  type RecoveryFact,
  type RecoveryState,
  type Refusal,
  shownState,
  snapshotOf,
  type Wake,
} from '#domain';
import type { CaseRow, Tables, Tx } from '#ports';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { endingsOf } from '../people/task-rules.js';
import { RefusedError } from '../refused-error.js';
import { leftOutByLimitation, limitationAfter, tellLimitation } from '../regime/watch-limitation.js';
import { type CaseEnvironment, environmentOf } from './case-environment.js';
import { endTasks } from './end-tasks.js';
import { journalRow, stateHash } from './journal-entry.js';
import { SIGNAL_OF_FACT } from './signal-names.js';

export interface AppliedCase {
  readonly row: CaseRow;
  readonly state: RecoveryState;
  readonly before: RecoveryState;
  readonly plan: readonly DatedStage[];
  readonly snapshot: CaseSnapshot;
  /** Facts as decided, those that followed from the given ones included. */
  readonly events: readonly RecoveryFact[];
}

export interface ApplyOptions {
  /** The caller returns the snapshot to the workflow itself (an activity): no signal is queued. */
  readonly silent?: boolean;
  /** Day on which the fact counts, where it is not today. */
  readonly effectiveOn?: Day;
  readonly environment?: CaseEnvironment;
}

/**
 * The one place where facts change a case: decides, evolves, draws the plan, finds the next wake, writes journal, row and news for the workflow.
 * The case row must be locked by this transaction. Throws `RefusedError` when the business says no; the transaction then leaves nothing behind.
 */
export async function applyFacts(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  facts: readonly RecoveryFact[],
  by: Actor,
  options: ApplyOptions = {},
): Promise<AppliedCase> {
  const env = options.environment ?? (await environmentOf(tx, deps, row));
  const before = decodeState(row.recovery);
  const outcome = run(before, [...facts, ...leftOutByLimitation(before, facts, env)], env.today);
  if (isRefusal(outcome)) throw new RefusedError(outcome);
  const chained = chainJournal(row, outcome.steps, by, deps, options.effectiveOn ?? env.today);
  const policy = outcome.state.policy;
  const events = outcome.steps.map((s) => s.event);
  const limitationOn = await limitationAfter(tx, deps, row, outcome.state, env, events);
  const current = policy.id === row.policyId && policy.version === row.policyVersion && limitationOn === row.limitationOn;
  const nextEnv = current
    ? env
    : await environmentOf(tx, deps, { ...row, policyId: policy.id, policyVersion: policy.version, limitationOn });
  const view = look(outcome.state, nextEnv);
  const updated = nextRow({ ...row, limitationOn }, outcome.state, view, {
    factSeq: chained.seq,
    chainHash: chained.hash,
    at: deps.clock.now(),
  });
  await tx.cases.update({ creditorId: row.creditorId, caseId: row.caseId }, updated);
  const endings = endingsOf(before, outcome.state, events);
  const ended = await endTasks(tx, deps, updated, endings, env.today, by);
  // One statement for both: what happened, and what nobody has to do any more because of it.
  const entries = [...chained.rows, ...ended];
  if (entries.length > 0) await tx.journal.insert(entries);
  const snapshot = snapshotFor(updated, outcome.state, view, nextEnv);
  await tellLimitation(tx, deps, updated, nextEnv, events);
  if (!options.silent && facts[0]) await tellWorkflow(tx, updated, facts[0], snapshot, deps, events);
  return { row: updated, state: outcome.state, before, plan: view.plan, snapshot, events };
}

interface Step {
  readonly event: RecoveryFact;
  readonly beforeHash: string;
  readonly afterHash: string;
}

function run(start: RecoveryState, facts: readonly RecoveryFact[], today: Day): { state: RecoveryState; steps: Step[] } | Refusal {
  let state = start;
  let hash = stateHash(state);
  const steps: Step[] = [];
  for (const fact of facts) {
    const decision = decide(state, fact, today);
    if (isRefusal(decision)) return decision;
    for (const event of decision.events) {
      state = evolve(state, event, today);
      const afterHash = stateHash(state);
      steps.push({ event, beforeHash: hash, afterHash });
      hash = afterHash;
    }
  }
  return { state, steps };
}

function chainJournal(row: CaseRow, steps: readonly Step[], by: Actor, deps: CaseworkDeps, effectiveOn: Day) {
  let seq = row.factSeq;
  let hash = row.chainHash;
  const recordedAt = deps.clock.now();
  const rows = steps.map(({ event, beforeHash, afterHash }) => {
    const { type, ...cause } = event;
    seq += 1;
    const entry = journalRow(
      {
        creditorId: row.creditorId,
        streamId: row.caseId,
        seq,
        kind: type,
        recordedAt,
        effectiveOn,
        cause,
        beforeHash,
        afterHash,
        previousHash: hash,
      },
      by,
    );
    hash = entry.hash;
    return entry;
  });
  return { rows, seq, hash };
}

export interface CaseView {
  readonly plan: readonly DatedStage[];
  /** Absent on a closed case. */
  readonly wake?: Wake;
}

/** Plan and next wake of a state as things stand: the same functions for the real run and for "what happens next?". */
export function look(state: RecoveryState, env: CaseEnvironment): CaseView {
  const { policy, calendar, zone, now, today, jitterSeconds, constraints } = env;
  const plan = drawPlan({ state, policy, calendar, zone, jitterSeconds, now, today, constraints });
  if (state.closed) return { plan };
  return { plan, wake: nextWake({ state, plan, policy, calendar, zone, now, today }) };
}

function nextRow(
  row: CaseRow,
  state: RecoveryState,
  view: CaseView,
  chain: { factSeq: number; chainHash: string; at: CaseRow['updatedAt'] },
): CaseRow {
  return {
    ...row,
    factSeq: chain.factSeq,
    chainHash: chain.chainHash,
    state: shownState(state),
    dueOn: state.dueOn,
    openPrincipalMinor: state.openPrincipalMinor,
    policyId: state.policy.id,
    policyVersion: state.policy.version,
    recovery: encodeState(state),
    plan: view.plan.map((stage) => ({ ...stage })),
    wakeKind: view.wake?.kind ?? null,
    wakeAt: view.wake?.at ?? null,
    wakeStage: view.wake?.stage ?? null,
    wakeRound: view.wake?.round ?? null,
    closedKind: state.closed?.kind ?? null,
    closedAt: state.closed ? (row.closedAt ?? chain.at) : null,
    updatedAt: chain.at,
  };
}

/** The snapshot of a row as it stands, without a new fact. */
export async function snapshotOfRow(tx: Tables, deps: CaseworkDeps, row: CaseRow): Promise<CaseSnapshot> {
  const env = await environmentOf(tx, deps, row);
  const state = decodeState(row.recovery);
  const wake: Wake | undefined =
    row.wakeKind && row.wakeAt
      ? {
          kind: row.wakeKind,
          at: row.wakeAt,
          ...(row.wakeStage ? { stage: row.wakeStage } : {}),
          ...(row.wakeRound === null ? {} : { round: row.wakeRound }),
        }
      : undefined;
  return snapshotFor(row, state, { plan: row.plan as unknown as DatedStage[], ...(wake ? { wake } : {}) }, env);
}

export function snapshotFor(row: CaseRow, state: RecoveryState, view: CaseView, env: CaseEnvironment): CaseSnapshot {
  const { creditor } = env;
  return snapshotOf({
    state,
    plan: view.plan,
    wake: view.wake ?? { kind: 'review', at: env.now },
    debtorRef: row.debtorId,
    epoch: row.epoch,
    factSeq: row.factSeq,
    ...(creditor.sandbox && creditor.clockAt ? { clock: { version: creditor.clockVersion, at: creditor.clockAt } } : {}),
  });
}

async function tellWorkflow(
  tx: Tx,
  row: CaseRow,
  fact: RecoveryFact,
  snapshot: CaseSnapshot,
  deps: CaseworkDeps,
  events: readonly RecoveryFact[],
): Promise<void> {
  // What came back and was settled by other money at once needs no workflow.
  const isReopening = !row.closedKind && events.some((e) => e.type === 'caseReopened');
  const recordedAt = deps.clock.now();
  const { type, ...cause } = fact;
  await tx.enqueue({
    creditorId: row.creditorId,
    workflowId: row.workflowId,
    kind: isReopening ? 'startRecovery' : 'signal',
    name: isReopening ? 'recoverInvoice' : SIGNAL_OF_FACT[type],
    payload: { caseId: row.caseId, snapshot, cause: plainCause(cause), recordedAt },
    createdAt: recordedAt,
  });
}

function plainCause(cause: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cause).map(([key, value]) => [key, typeof value === 'bigint' ? value.toString() : value]));
}
