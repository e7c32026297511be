import { createHash } from 'node:crypto';
import { type CaseworkDeps, raiseTask } from '#casework';
import { type Day, dayIn, frenchDay } from '#domain';
import type { CreditorRow, Tables } from '#ports';
import { type StatuteFinding, statuteWatch } from '#statutes';
import type { Backend } from '../backend.js';

/** Findings a person must act on. What was never verified, and mere bills, are told by `relance statutes check` only. */
type Actionable = Exclude<StatuteFinding['code'], 'neverChecked' | 'pendingRule'>;

const TITLES: Readonly<Record<Actionable, (count: number, on: Day) => string>> = {
  seriesEnds: (count, on) =>
    count === 1
      ? `Une valeur légale s’arrête le ${frenchDay(on)}\u202f: lire la suivante à sa source`
      : `${count} valeurs légales s’arrêtent bientôt, la première le ${frenchDay(on)}\u202f: lire les suivantes à leur source`,
  seriesEnded: (count) =>
    count === 1
      ? 'Une valeur légale n’a pas de suite connue\u202f: les calculs qui en dépendent sont refusés'
      : `${count} valeurs légales n’ont pas de suite connue\u202f: les calculs qui en dépendent sont refusés`,
  valueMissing: (count) =>
    count === 1
      ? 'Une période n’a pas de valeur légale\u202f: les calculs qui la traversent sont refusés'
      : `${count} périodes n’ont pas de valeur légale\u202f: les calculs qui les traversent sont refusés`,
  checkTooOld: (count) =>
    count === 1
      ? 'Une valeur légale n’a pas été revérifiée depuis un an'
      : `${count} valeurs légales n’ont pas été revérifiées depuis un an`,
  holidaysEnd: (count, on) =>
    count === 1
      ? `Un calendrier de jours fériés s’arrête le ${frenchDay(on)}`
      : `${count} calendriers de jours fériés s’arrêtent bientôt, le premier le ${frenchDay(on)}`,
};

const isActionable = (code: StatuteFinding['code']): code is Actionable => code in TITLES;

/**
 * One finance task per kind of finding for every creditor who is no sandbox, by the real day of his zone. The same findings are not
 * raised a second time, even after somebody ticked the task; others replace it. Nothing is refused by this.
 */
export async function raiseStatuteTasks(backend: Backend): Promise<void> {
  const { deps } = backend;
  const creditors = await backend.plain((tx) => tx.creditors.all({ sandbox: false }));
  for (const creditor of creditors) await backend.run(creditor.creditorId, (tx) => raiseFor(tx, deps, creditor));
}

async function raiseFor(tx: Tables, deps: CaseworkDeps, { creditorId, zone }: CreditorRow): Promise<void> {
  const today = dayIn(deps.clock.now(), zone);
  const wanted = groups(statuteWatch(deps.law.statutes, today)).map(([code, findings]) => ({
    code,
    findings,
    dedupeKey: keyOf(code, findings),
  }));
  const open = await tx.tasks.all({ creditorId, kind: 'checkStatutes', state: 'open' });
  for (const { taskId } of open.filter((task) => !wanted.some((one) => one.dedupeKey === task.dedupeKey))) {
    await tx.tasks.update({ creditorId, taskId }, { state: 'cancelled', closedBy: 'system', closedAt: deps.clock.now() });
  }
  for (const { code, findings, dedupeKey } of wanted) {
    if ((await tx.tasks.count({ creditorId, dedupeKey })) > 0) continue;
    const dueOn = findings.map(({ on }) => on ?? today).reduce((first, on) => (on < first ? on : first), findings[0]?.on ?? today);
    await raiseTask(tx, deps, {
      creditorId,
      kind: 'checkStatutes',
      dedupeKey,
      role: 'finance',
      title: TITLES[code](findings.length, dueOn),
      detail: { finding: code, findings: findings.map(({ key, on, sentence }) => ({ key, on: on ?? null, sentence })) },
      dueOn: dueOn < today ? today : dueOn,
    });
  }
}

function groups(findings: readonly StatuteFinding[]): [Actionable, StatuteFinding[]][] {
  const byCode = new Map<Actionable, StatuteFinding[]>();
  for (const finding of findings) {
    if (!isActionable(finding.code)) continue;
    byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
  }
  return [...byCode];
}

/** The same for the same findings, whatever the day on which they are found again. */
function keyOf(code: Actionable, findings: readonly StatuteFinding[]): string {
  const what = findings.map(({ key, on }) => `${key} ${on ?? ''}`).join('\n');
  return `statutes:${code}:${createHash('sha256').update(what).digest('hex').slice(0, 16)}`;
}
