import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type NextStep, type NextStepChange, openLawBook, openPolicyBook } from '#casework';
import { frenchDay } from '#domain';
import { serverTarget } from '#orchestration';
import { createDataSource, systemClock, TypeormUnitOfWork } from '#persistence';
import { type Command, InvalidArgumentError } from 'commander';
import { type Installation, OpsError } from './installation.js';
import { compareNextSteps } from './next-steps.js';

export interface ReplayGateOptions {
  readonly creditor?: string;
  readonly all?: boolean;
  readonly sample?: number;
  readonly accept?: boolean;
  readonly histories?: boolean;
  readonly bundle?: string;
}

interface Terminal {
  print(line: string): void;
  /** Progress, apart from the answer. */
  tell(line: string): void;
}

const SAMPLE = 200;
const TELL_MS = 2_000;
const INTERRUPTED = 130;
const BESIDE_US = fileURLToPath(new URL('../../../workflow-bundle.js', import.meta.url));

/**
 * `relance replay-gate`: may this build take over from the one that runs? Replays live histories on its workflow code, and plans every open case again
 * with its planning code. Reads only. Answers the exit code: 1 when a history does not replay, or when a next step changes and nobody accepted it.
 */
export async function runReplayGate(
  where: { readonly databaseUrl: string; readonly address?: string; readonly namespace?: string },
  options: ReplayGateOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const isReplayed = options.histories === false ? true : await replay(where, options, terminal, signal);
  if (signal.aborted) return interrupted(terminal);
  const changed = await steps(where.databaseUrl, options, terminal, signal);
  if (changed === undefined) return interrupted(terminal);
  if (changed > 0) terminal.print(options.accept ? 'Changements acceptés (--accept).' : 'Rien ne part encore\u202f: --accept les accepte.');
  return isReplayed && (changed === 0 || options.accept) ? 0 : 1;
}

function interrupted({ print }: Terminal): number {
  print('Interrompu\u202f: aucune conclusion.');
  return INTERRUPTED;
}

async function replay(
  { address, namespace }: { readonly address?: string; readonly namespace?: string },
  { bundle = process.env['WORKFLOW_BUNDLE'] ?? BESIDE_US, creditor, all, sample = SAMPLE }: ReplayGateOptions,
  { print, tell }: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  if (!existsSync(bundle)) throw new OpsError(`${bundle} manque\u202f: lancez npm run build, ou donnez --bundle.`);
  // Only this command needs the worker's library, which takes long to load.
  const [{ Client, Connection }, { replayRunning }] = await Promise.all([import('@temporalio/client'), import('./replay-histories.js')]);
  const target = serverTarget({ ...(address ? { address } : {}), ...(namespace ? { namespace } : {}) });
  const connection = await Connection.connect(target.connection).catch(() => {
    throw new OpsError('Temporal ne répond pas\u202f: rien n’a pu être rejoué. --no-histories compare les dossiers seulement.');
  });
  const every = teller(tell);
  try {
    const { running, replayed, failed } = await replayRunning({
      client: new Client({ connection, namespace: target.namespace, identity: 'relance replay-gate' }),
      workflowBundle: { codePath: bundle },
      ...(all ? {} : { sample }),
      ...(creditor === undefined ? {} : { filter: `CreditorId = "${creditor.replace(/[\\"]/g, '\\$&')}"` }),
      onReplay: (done, wanted) => every(`${done} / ${wanted} historiques`),
      onFailure: ({ workflowId, message }) => print(`${workflowId}\u202f: ${message.split('\n')[0]?.slice(0, 200)}`),
      signal,
    });
    print(`${failed} of ${replayed} histories do not replay (${running} running)`);
    return failed === 0;
  } finally {
    await connection.close();
  }
}

async function steps(
  databaseUrl: string,
  { creditor }: ReplayGateOptions,
  { print, tell }: Terminal,
  signal: AbortSignal,
): Promise<number | undefined> {
  const dataSource = createDataSource(databaseUrl, { applicationName: 'relance replay-gate', poolSize: 2 });
  await dataSource.initialize();
  try {
    const creditors = await new TypeormUnitOfWork(dataSource).plain((tx) =>
      tx.creditors.all(creditor === undefined ? {} : { creditorId: creditor }, { by: 'creditorId' }),
    );
    if (creditor !== undefined && creditors.length === 0)
      throw new OpsError(`Créancier ${creditor} inconnu\u202f: donnez son identifiant.`);
    const planning = { law: openLawBook(), policies: openPolicyBook(), clock: systemClock };
    const every = teller(tell);
    let cases = 0;
    let changed = 0;
    for (const { creditorId } of creditors) {
      const outcome = await compareNextSteps({
        ...planning,
        dataSource,
        creditorId,
        onChange: (change) => print(`${creditorId} ${changeLine(change)}`),
        onPage: (done, all) => every(`${creditorId}\u202f: ${done} / ${all} dossiers`),
        signal,
      });
      if (!outcome) return undefined;
      cases += outcome.cases;
      changed += outcome.changed;
    }
    print(`${changed} of ${cases} cases change their next step`);
    return changed;
  } finally {
    await dataSource.destroy();
  }
}

/** One case whose next step changes: what its rows say, what this build says. */
export function changeLine({ caseId, invoiceNumber, before, after }: NextStepChange): string {
  const told = after && 'problem' in after ? `ne peut plus être planifié (${after.problem})` : stepText(after, before);
  return `${invoiceNumber} (${caseId})\u202f: ${stepText(before, after && 'problem' in after ? undefined : after)} → ${told}`;
}

/** The act and its day; the hour only where the day is the same, the rung behind it only where all else is. */
function stepText(step: NextStep | undefined, other: NextStep | undefined): string {
  if (!step) return 'rien';
  const isSameDay = other !== undefined && other.act === step.act && other.stage === step.stage && other.on === step.on;
  const isSameMoment = isSameDay && other.at === step.at;
  const hour = isSameDay && !isSameMoment ? ` ${step.at.slice(11, 16)}\u202fUTC` : '';
  const rung = isSameMoment && step.rung ? `, puis ${step.rung.stage} le ${step.rung.at.slice(0, 10)}` : '';
  return `${step.stage ?? step.act} le ${frenchDay(step.on)}${hour}${rung}`;
}

function teller(tell: (line: string) => void): (line: string) => void {
  let next = performance.now() + TELL_MS;
  return (line) => {
    if (performance.now() < next) return;
    next = performance.now() + TELL_MS;
    tell(line);
  };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('un nombre entier à partir de 1');
  return Number(text);
}

/** Adds `replay-gate` to the command line. The first Ctrl-C ends it between two histories or pages. */
export function addReplayGateCommand(program: Command, installation: () => Installation, terminal: Terminal): void {
  program
    .command('replay-gate')
    .description(
      'avant une mise en production\u202f: rejoue des historiques vivants sur cette version et replanifie chaque dossier ouvert\u202f; ne change rien',
    )
    .option('--creditor <id>', 'un créancier\u202f; tous sinon')
    .option('--sample <n>', `combien d’historiques rejouer, répartis sur tous (${SAMPLE})`, wholeNumber)
    .option('--all', 'rejouer tous les historiques')
    .option('--no-histories', 'comparer les dossiers seulement')
    .option('--bundle <fichier>', 'code des processus à essayer\u202f; celui de cette version sinon')
    .option('--accept', 'les changements de prochaine étape sont voulus')
    .action(async (options: ReplayGateOptions) => {
      const stopping = new AbortController();
      const stop = (): void => stopping.abort();
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
      try {
        if (options.histories !== false) (await import('./replay-histories.js')).quietReplays();
        const where = installation();
        const temporal = where.temporal();
        process.exitCode = await runReplayGate({ databaseUrl: where.databaseUrl(), ...temporal }, options, terminal, stopping.signal);
      } finally {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }
    });
}
