import {
  courtRoute,
  type Day,
  frenchDay,
  LIMITATION_NEAR,
  limitationAlert,
  limitationThresholds,
  type RecoveryFact,
  type RecoveryState,
} from '#domain';
import type { CaseRow, Tx } from '#ports';
import type { CaseworkDeps } from '../casework-deps.js';
import type { CaseEnvironment } from '../facts/case-environment.js';
import { recordVerdict } from '../messages/record-verdict.js';
import { raiseTask } from '../people/tasks.js';
import { routeSentence } from '../views/route-sentences.js';
import { limitationFrom, limitationOfCase } from './limitation-of-case.js';
import { routesOfCase } from './routes-of-case.js';

/** Facts after which the last day of the claim may be another. */
const MOVES_LIMITATION: ReadonlySet<RecoveryFact['type']> = new Set([
  'paymentReversed',
  'dueDateCorrected',
  'promiseMade',
  'policyChanged',
  'caseReopened',
]);

/** The last day on which the claim of a case can be brought, after these facts. Reads the file only where they may move it. */
export async function limitationAfter(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  state: RecoveryState,
  env: CaseEnvironment,
  events: readonly RecoveryFact[],
): Promise<Day | null> {
  const claim = { law: row.law, kind: env.debtor.kind, dueOn: state.dueOn, asOf: env.today };
  if (row.limitationOn === null || events.some(({ type }) => MOVES_LIMITATION.has(type))) {
    return (await limitationOfCase(tx, deps.law, { ...row, dueOn: state.dueOn }, env.debtor.kind, env.today))?.on ?? null;
  }
  const paid = events.flatMap((event) => (event.type === 'paymentAllocated' ? [{ type: 'partPayment' as const, on: event.paidOn }] : []));
  if (paid.length === 0) return row.limitationOn;
  const moved = limitationFrom(deps.law, claim, paid)?.on ?? row.limitationOn;
  return moved > row.limitationOn ? moved : row.limitationOn;
}

/**
 * The rungs left out because the claim would soon be time-barred: all that are owed before the hand-over, on the day the hand-over is put to
 * finance. Empty while the last day is far.
 */
export function leftOutByLimitation(state: RecoveryState, facts: readonly RecoveryFact[], env: CaseEnvironment): RecoveryFact[] {
  const from = env.constraints.courtRouteFrom;
  const referral = env.policy.stages.findIndex((stage) => stage.act.type === 'referral');
  const asked = facts.find((fact) => fact.type === 'approvalRequested' && fact.stage === env.policy.stages[referral]?.id);
  if (!from || from > env.today || !asked) return [];
  return env.policy.stages
    .slice(0, referral)
    .filter(({ id }) => !state.stages.some((record) => record.stage === id))
    .map(({ id }) => ({ type: 'stageSkipped' as const, stage: id, round: 1, reason: LIMITATION_NEAR }));
}

/** Warns a person in time, and keeps why the rungs that were left out were. */
export async function tellLimitation(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  env: CaseEnvironment,
  events: readonly RecoveryFact[],
): Promise<void> {
  const { creditorId, caseId } = row;
  for (const event of events) {
    if (event.type !== 'stageSkipped' || event.reason !== LIMITATION_NEAR) continue;
    const { stage, round, reason } = event;
    const decidedAt = deps.clock.now();
    await tx.stageOutcomes.insertOnce({ creditorId, caseId, stage, round, outcome: 'skipped', reason, messageId: null, decidedAt });
    await recordVerdict(tx, deps, row, { stage, round, verdict: 'SKIPPED', code: reason, at: env.now });
  }
  if (row.closedKind || !row.limitationOn) return;
  const alert = limitationAlert(row.limitationOn, env.today, limitationThresholds(env.policy));
  if (alert === 'none') return;
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'limitationNear',
    role: 'finance',
    dedupeKey: `limitationNear:${caseId}:${alert}`,
    title: `${env.debtor.name}\u202f: ${SENTENCES[alert](frenchDay(row.limitationOn))}${await proposal(tx, deps, row, env)}`,
    caseId,
    debtorId: row.debtorId,
    dueOn: row.limitationOn,
  });
}

/** The court route that the law leaves open, by name. */
async function proposal(tx: Tx, deps: CaseworkDeps, row: CaseRow, env: CaseEnvironment): Promise<string> {
  const route = courtRoute(await routesOfCase(tx, deps, row, env))?.route;
  return route ? ` Voie proposée\u202f: ${routeSentence(route).toLowerCase()}.` : '';
}

const SENTENCES: Readonly<Record<'warn' | 'courtRouteNow' | 'expired', (on: string) => string>> = {
  warn: (on) => `la créance se prescrit le ${on}\u202f: choisir à temps la voie de recouvrement.`,
  courtRouteNow: (on) => `la créance se prescrit le ${on}\u202f: les relances s’effacent, choisir maintenant une voie judiciaire.`,
  expired: (on) => `la créance est prescrite depuis le ${on}\u202f: le débiteur peut l’opposer, décider de la suite.`,
};
