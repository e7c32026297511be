import type { Command } from 'commander';
import { findCreditors } from './find-creditor.js';
import type { RestClient } from './rest-client.js';

export interface ReconcileReport {
  readonly outcome: 'complete' | 'bounded' | 'temporalAway' | 'running' | 'failed';
  readonly cases: number;
  readonly differing: number;
  readonly repaired: number;
  readonly differences: readonly { readonly kind: string; readonly workflowId: string; readonly action: string }[];
}

export interface JournalCheck {
  readonly ok: boolean;
  readonly streams: number;
  readonly rows: number;
  readonly fault: { readonly streamId: string; readonly seq: number; readonly sentence: string } | null;
}

const KINDS: Readonly<Record<string, string>> = {
  workflowMissing: 'processus absent',
  workflowEnded: 'processus terminé',
  snapshotStale: 'processus en retard',
  caseClosed: 'dossier clos, processus en marche',
  workflowUnknown: 'processus sans dossier',
  messageWorkflowMissing: 'message sans processus',
  messageWorkflowEnded: 'message dont le processus s’est arrêté',
};
const ACTIONS: Readonly<Record<string, string>> = { startedAgain: 'relancé', told: 'prévenu', asked: 'tâche créée', none: 'rien de fait' };

/** What a look at one creditor found, line by line; the last line is the count. */
export function reconcileLines({ outcome, cases, differing, differences }: ReconcileReport): string[] {
  if (outcome === 'temporalAway') return ['Temporal ne répond pas\u202f: rien n’a pu être comparé.'];
  const lines = differences.map(
    ({ kind, workflowId, action }) => `${workflowId}\u202f: ${KINDS[kind] ?? kind}, ${ACTIONS[action] ?? action}`,
  );
  const more = differing - differences.length;
  return [
    ...lines,
    ...(more > 0 ? [`… et ${more} autres`] : []),
    ...(outcome === 'bounded' ? ['La limite d’une passe est atteinte\u202f: la suivante continue.'] : []),
    `${differing} of ${cases} cases differ`,
  ];
}

export function journalLine({ ok, streams, rows, fault }: JournalCheck): string {
  if (ok) return `journal intact\u202f: ${rows} lignes, ${streams} suites`;
  return `JOURNAL ALTÉRÉ\u202f: ${fault?.streamId ?? '?'}, ligne ${fault?.seq ?? '?'}. ${fault?.sentence ?? ''}`.trimEnd();
}

/** `relance reconcile` and `relance verify-journal`. */
export function addOperationsCommands(program: Command, client: (role: 'operator') => RestClient, print: (line: string) => void): void {
  program
    .command('reconcile')
    .description('compare chaque dossier ouvert avec son processus Temporal, et répare')
    .option('--creditor <id>', 'un créancier\u202f; tous sinon')
    .option('--dry-run', 'comparer sans rien changer')
    .action(async ({ creditor, dryRun }: { creditor?: string; dryRun?: boolean }) => {
      const rest = client('operator');
      for (const { creditorId, legalName } of await findCreditors(rest, creditor)) {
        const report = await rest.post<ReconcileReport>('operations/reconcile', { creditorId, dryRun: dryRun ?? false });
        print(`${legalName} (${creditorId})`);
        for (const line of reconcileLines(report)) print(`  ${line}`);
        if (report.differing > 0 || report.outcome !== 'complete') process.exitCode = 1;
      }
    });
  program
    .command('verify-journal')
    .description('recalcule la chaîne d’empreintes du journal et nomme la première ligne fausse')
    .option('--creditor <id>', 'un créancier\u202f; tous sinon')
    .action(async ({ creditor }: { creditor?: string }) => {
      const rest = client('operator');
      for (const { creditorId, legalName } of await findCreditors(rest, creditor)) {
        const check = await rest.get<JournalCheck>(`creditors/${creditorId}/journal/verify`);
        print(`${legalName} (${creditorId})\u202f: ${journalLine(check)}`);
        if (!check.ok) process.exitCode = 1;
      }
    });
}
