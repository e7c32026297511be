import { type Day, frenchDay, type LateRung, type RecoveryFact, type RecoveryState, TOO_LATE } from '#domain';
import type { CaseRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import { look } from '../facts/apply-facts.js';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { raiseTask } from '../people/tasks.js';
import { titleOfRung } from '../views/rung-title.js';

/** How late a rung is and what its policy says of it (N2); undefined while it is not late. */
export function latenessOf(env: CaseEnvironment, state: RecoveryState, stage: string, round: number): LateRung | undefined {
  return look(state, env).plan.find((planned) => planned.stage === stage && planned.round === round)?.lateness;
}

/** The code with which a rung does not leave because it came too late; undefined where it leaves all the same. */
export function tooLate(env: CaseEnvironment, state: RecoveryState, stage: string, round: number): 'tooLate' | 'tooLateAsked' | undefined {
  const lateness = env.policy.stages.find(({ id }) => id === stage)?.lateness ?? 'run';
  // Most ladders let every late rung leave: their plan is not drawn again for it.
  if (lateness === 'run' || lateness === 'respace') return undefined;
  const late = latenessOf(env, state, stage, round);
  return late?.then === 'skip' ? 'tooLate' : late?.then === 'ask' ? 'tooLateAsked' : undefined;
}

/** The task that asks a person about a late rung. */
export function lateTask(caseId: string, stage: string, round: number): string {
  return `lateStage:${caseId}:${stage}:${round}`;
}

/** What follows a rung that came too late: left out for good and the next one is owed, or a person is asked and the ladder waits for him. */
export async function factsOfLateness(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  env: CaseEnvironment,
  rung: { readonly stage: string; readonly round: number; readonly code: 'tooLate' | 'tooLateAsked'; readonly since?: Day },
): Promise<RecoveryFact[]> {
  const { creditorId, caseId, debtorId } = row;
  const { stage, round } = rung;
  if (rung.code === 'tooLate') {
    const outcome = { outcome: 'skipped' as const, reason: TOO_LATE, messageId: null, decidedAt: deps.clock.now() };
    await tx.stageOutcomes.insertOnce({ creditorId, caseId, stage, round, ...outcome });
    return [{ type: 'stageSkipped', stage, round, reason: TOO_LATE }];
  }
  const isCall = env.policy.stages.find(({ id }) => id === stage)?.act.type === 'call';
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'lateStage',
    dedupeKey: lateTask(caseId, stage, round),
    title: `${titleOfRung(env.policy, stage)} pour ${env.debtor.name}\u202f: prévu le ${frenchDay(rung.since ?? env.today)}, en retard. Reprendre les relances ${isCall ? 'pour que l’appel soit fait' : 'pour que le message parte, ou l’annuler'}.`,
    caseId,
    debtorId,
  });
  return [{ type: 'blockerRaised', blocker: 'handedToPerson', late: { stage, round } }];
}
