import { addDays, type Day, decodeState, frenchDay, insolvencyDeadlines, isRefusal, overIndebtedness, type RecoveryFact } from '#domain';
import type { CaseRow, InvoiceRow, Tx } from '#ports';
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

/**
 * Insolvency stops everything at once, whichever claim it was learned from: every open case of the debtor whose invoice is no later than the judgment (C. com.
 * L622-7, L622-21). What was supplied after it is payable at its due date (L622-17) and goes on. Declaring the claims is a person's, with the last day and its
 * reminders. Interest ends the day before the judgment.
 */
export async function openInsolvency(
  tx: Tx,
  deps: CaseworkDeps,
  creditorId: string,
  caseId: string,
  report: InsolvencyReport,
  by: Actor,
): Promise<AppliedCase> {
  const asked = found(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
  const rows = asked.closedKind ? await tx.lockCases(creditorId, [caseId]) : await tx.lockCasesOfDebtor(creditorId, asked.debtorId);
  let applied: AppliedCase | undefined;
  for (const row of rows) {
    const isAsked = row.caseId === caseId;
    if (!isAsked && !(await isEarlierClaim(tx, row, report.openedOn))) continue;
    const done = await stopForInsolvency(tx, deps, row, report, by);
    if (isAsked) applied = done;
  }
  return found(applied, 'case', caseId);
}

/**
 * A claim told only after the judgment that it precedes stops as its sisters did: a proceeding against the debtor is as barred for it (C. com. L622-21, C. conso.
 * L722-2). What it still takes to declare it is asked of a person, with the day known from the others.
 */
export async function followInsolvency(
  tx: Tx,
  deps: CaseworkDeps,
  invoice: InvoiceRow,
  caseIds: readonly string[],
  by: Actor,
): Promise<void> {
  const { creditorId, debtorId, issuedOn } = invoice;
  const [stopped] = await tx.cases.all({ creditorId, debtorId, state: 'insolvency' }, { by: 'updatedAt', direction: 'desc', limit: 1 });
  const known = stopped && decodeState(stopped.recovery).insolvency;
  if (!known || issuedOn > known.openedOn) return;
  for (const caseId of caseIds) {
    const row = found(await tx.cases.one({ creditorId, caseId }), 'case', caseId);
    const env = await environmentOf(tx, deps, row);
    await stop(tx, deps, row, env, { type: 'insolvencyOpened', ...known }, known.openedOn, by);
    const asked = {
      creditorId,
      role: 'finance' as const,
      title: `La facture ${invoice.number} est antérieure à la procédure ouverte le ${frenchDay(known.openedOn)} contre ${env.debtor.name}\u202f: arrêtée elle aussi, à déclarer${known.declareBy ? ` au plus tard le ${frenchDay(known.declareBy)}` : ''}.`,
      caseId,
      debtorId,
      ...(known.declareBy ? { dueOn: known.declareBy } : {}),
      detail: { openedOn: known.openedOn, warnOn: known.warnOn ?? [] },
    };
    const isCommission = known.procedure === 'overIndebtedness';
    if (isCommission) await raiseTask(tx, deps, { ...asked, kind: 'declareToCommission', dedupeKey: `declareToCommission:${caseId}` });
    else await raiseTask(tx, deps, { ...asked, kind: 'declareClaim', dedupeKey: `declareClaim:${caseId}` });
  }
}

async function isEarlierClaim(tx: Tx, { creditorId, invoiceId, state }: CaseRow, openedOn: Day): Promise<boolean> {
  if (state === 'insolvency') return false;
  const invoice = await tx.invoices.one({ creditorId, invoiceId });
  return invoice !== undefined && invoice.issuedOn <= openedOn;
}

async function stopForInsolvency(tx: Tx, deps: CaseworkDeps, locked: CaseRow, report: InsolvencyReport, by: Actor): Promise<AppliedCase> {
  const { creditorId, caseId } = locked;
  const env = await environmentOf(tx, deps, locked);
  const limits = declaration(deps, locked, env, report);
  const fact: RecoveryFact = { type: 'insolvencyOpened', openedOn: report.openedOn, ...limits };
  const applied = await stop(tx, deps, locked, env, fact, report.openedOn, by);
  await raiseTask(tx, deps, {
    creditorId,
    kind: 'declareClaim',
    role: 'finance',
    dedupeKey: `declareClaim:${caseId}`,
    title: `Procédure collective de ${env.debtor.name} ouverte le ${frenchDay(report.openedOn)}\u202f: tout est arrêté, déclarer la créance ${declareWhen(locked.law, limits)}.`,
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

/** The last day belongs to the delay; where it is not known, what it runs from. */
function declareWhen(law: CaseRow['law'], { declareBy, told }: Limits & { readonly told: Record<string, unknown> }): string {
  if (declareBy) return `au plus tard le ${frenchDay(declareBy)}${typeof told.article === 'string' ? ` (${told.article})` : ''}`;
  return law === 'BE'
    ? 'au plus tard le jour que fixe le jugement'
    : 'dans le délai légal, qui court de la publication du jugement au BODACC';
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
