import { addDays, type Day, frenchDay, insolvencyDeadlines, isRefusal, overIndebtedness, type RecoveryFact } from '#domain';
import type { CaseRow, Tx } from '#ports';
import { delayOn, insolvencyRules } from '#statutes';
import type { Actor, CaseworkDeps } from '../casework-deps.js';
import { type AppliedCase, applyFacts } from '../facts/apply-facts.js';
import { type CaseEnvironment, environmentOf } from '../facts/case-environment.js';
import { leaveCalls } from '../money/after-balance.js';
import { found, orRefuse } from '../refused-error.js';
import { raiseTask } from './tasks.js';

/** Days before the last day to declare a claim on which a person is reminded. */
const WARNING_DAYS = [30, 15, 5];

export interface InsolvencyReport {
  /** The judgment that opened the procedure. */
  readonly openedOn: Day;
  /** Its publication (BODACC): the time to declare the claim runs from it. */
  readonly publishedOn?: Day;
  /** Belgium: the day that the judgment itself sets for the claims. */
  readonly declareBy?: Day;
}

/** Insolvency stops everything at once; declaring the claim is a person's, with its last day and its reminders. Interest ends the day before the judgment. */
export async function openInsolvency(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  report: InsolvencyReport,
  by: Actor,
): Promise<AppliedCase> {
  const [row] = await tx.lockCases(creditorId, [caseId]);
  const locked = found(row, 'case', caseId);
  const env = await environmentOf(tx, deps, locked);
  const limits = declaration(deps, locked, env, report);
  const fact: RecoveryFact = { type: 'insolvencyOpened', openedOn: report.openedOn, ...limits };
  const applied = await stop(tx, deps, locked, env, fact, report.openedOn, by);
  const until = limits.declareBy
    ? `avant le ${frenchDay(limits.declareBy)}`
    : 'dans le délai légal, qui court de la publication du jugement';
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'declareClaim',
    role: 'finance',
    dedupeKey: `declareClaim:${caseId}`,
    title: `Procédure collective de ${env.debtor.name} ouverte le ${frenchDay(report.openedOn)}\u202f: tout est arrêté, déclarer la créance ${until}.`,
    caseId,
    debtorId: locked.debtorId,
    ...(limits.declareBy ? { dueOn: limits.declareBy } : {}),
    detail: { openedOn: report.openedOn, publishedOn: report.publishedOn ?? null, warnOn: limits.warnOn ?? [], ...limits.told },
  });
  return applied;
}

interface Limits {
  readonly declareBy?: Day;
  readonly warnOn?: readonly Day[];
}

/** C. com. R622-24: two months from the publication, four for a creditor abroad; in Belgium the day that the judgment sets. */
function declaration(
  deps: CaseworkDeps,
  { law }: CaseRow,
  { creditor, calendar }: CaseEnvironment,
  report: InsolvencyReport,
): Limits & { readonly told: Record<string, unknown> } {
  if (report.declareBy) {
    const { declareBy } = report;
    return { declareBy, warnOn: WARNING_DAYS.map((days) => addDays(declareBy, -days)), told: { setBy: 'judgment' } };
  }
  if (law !== 'FR' || !report.publishedOn) return { told: {} };
  const rules = insolvencyRules(deps.law.statutes, report.publishedOn);
  if (isRefusal(rules)) return { told: {} };
  const answer = insolvencyDeadlines({
    notice: 'opening',
    publishedOn: report.publishedOn,
    judgmentOn: report.openedOn,
    isCreditorFar: creditor.address.country !== 'FR',
    rules,
    warningDays: WARNING_DAYS,
    calendar,
  });
  if (answer.effect !== 'stops') return { told: {} };
  const { declareBy, warnings, reliefUntil } = answer;
  return {
    declareBy: declareBy.on,
    warnOn: warnings,
    told: { article: declareBy.article, how: declareBy.how, reliefUntil: reliefUntil.on },
  };
}

/** A commission found the file of an over-indebted consumer admissible: every open case of his stops, and the claim goes to the commission (C. conso. L722-2). */
export async function reportOverIndebtedness(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  admissibleOn: Day,
  by: Actor,
): Promise<AppliedCase> {
  const asked = found(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
  const first = await environmentOf(tx, deps, asked);
  const suspension = orRefuse(delayOn(deps.law.statutes, 'fr.overIndebtedness.stayMaximumYears', admissibleOn));
  const answer = orRefuse(overIndebtedness({ law: asked.law, kind: first.debtor.kind, admissibleOn, suspension }));
  let applied: AppliedCase | undefined;
  for (const row of await tx.lockCasesOfDebtor(creditorId, asked.debtorId)) {
    const isAsked = row.caseId === caseId;
    if (!isAsked && (row.closedKind || row.state === 'insolvency')) continue;
    const env = await environmentOf(tx, deps, row);
    const fact: RecoveryFact = { type: 'insolvencyOpened', openedOn: admissibleOn, procedure: 'overIndebtedness' };
    const done = await stop(tx, deps, row, env, fact, admissibleOn, by);
    if (isAsked) applied = done;
  }
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'declareToCommission',
    role: 'finance',
    dedupeKey: `declareToCommission:${asked.debtorId}:${admissibleOn}`,
    title: `Surendettement de ${first.debtor.name}, dossier recevable le ${frenchDay(admissibleOn)}\u202f: tout est arrêté, déclarer la créance à la commission.`,
    caseId,
    debtorId: asked.debtorId,
    detail: { articles: [...answer.articles], suspendedUntil: answer.suspendedUntil.on },
  });
  return found(applied, 'case', caseId);
}

async function stop(
  tx: Tx,
  deps: CaseworkDeps,
  row: CaseRow,
  environment: CaseEnvironment,
  fact: RecoveryFact,
  effectiveOn: Day,
  by: Actor,
): Promise<AppliedCase> {
  const applied = await applyFacts(tx, deps, row, [fact], by, { environment, effectiveOn });
  const { creditorId, caseId } = row;
  await tx.promises.update({ creditorId, caseId, state: 'running' }, { state: 'withdrawn', endedAt: deps.clock.now() });
  await leaveCalls(tx, deps, row);
  return applied;
}
