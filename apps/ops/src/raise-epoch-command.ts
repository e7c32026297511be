import { createDataSource, OperationReads, systemClock, TypeormUnitOfWork, uuidV7Ids } from '#persistence';
import type { CreditorRow } from '#ports';
import type { Command } from 'commander';
import { type Installation, OpsError } from './installation.js';
import { previewRaising, raiseCreditor, type RaisingParts } from './raise-epoch.js';

export interface RaiseEpochOptions {
  readonly creditor?: string;
  readonly reason?: string;
  readonly yes?: boolean;
}

interface Terminal {
  print(line: string): void;
  /** Progress, apart from the answer. */
  tell(line: string): void;
}

const TELL_EVERY = 2_000;
const INTERRUPTED = 130;
const REASON_MAX = 500;

/** `relance raise-epoch` over the installation's own database; answers the exit code. Without `yes` nothing is written. */
export async function runRaiseEpoch(
  databaseUrl: string,
  options: RaiseEpochOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const reason = options.reason?.trim() ?? '';
  if (options.yes && (reason === '' || reason.length > REASON_MAX))
    throw new OpsError('Donnez --reason\u202f: pourquoi les numéros des processus ne valent plus (500 caractères au plus).');
  const dataSource = createDataSource(databaseUrl, { applicationName: 'relance raise-epoch', poolSize: 2 });
  await dataSource.initialize();
  try {
    const parts = {
      unitOfWork: new TypeormUnitOfWork(dataSource),
      reads: new OperationReads(dataSource),
      clock: systemClock,
      ids: uuidV7Ids,
    };
    const creditors = await creditorsOf(parts, options.creditor);
    return await (options.yes ? raise(parts, creditors, reason, terminal, signal) : preview(parts, creditors, terminal));
  } finally {
    await dataSource.destroy();
  }
}

async function creditorsOf({ unitOfWork }: RaisingParts, creditorId: string | undefined): Promise<CreditorRow[]> {
  const rows = await unitOfWork.plain((tx) => tx.creditors.all(creditorId === undefined ? {} : { creditorId }, { by: 'creditorId' }));
  if (creditorId !== undefined && rows.length === 0) throw new OpsError(`Créancier ${creditorId} inconnu\u202f: donnez son identifiant.`);
  return rows;
}

async function preview(parts: RaisingParts, creditors: readonly CreditorRow[], { print }: Terminal): Promise<number> {
  let total = 0;
  for (const { creditorId, legalName } of creditors) {
    const { open, epochs, isCutShort } = await previewRaising(parts, creditorId);
    total += open;
    const range = epochs ? `, époque ${epochs[0] === epochs[1] ? epochs[0] : `${epochs[0]} à ${epochs[1]}`}` : '';
    const cut = isCutShort ? '\u202f; une élévation interrompue sera achevée, ses dossiers déjà faits restent' : '';
    print(`${legalName} (${creditorId})\u202f: ${open} ${open === 1 ? 'dossier ouvert' : 'dossiers ouverts'}${range}${cut}`);
  }
  print(`${total} ${total === 1 ? 'dossier' : 'dossiers'}\u202f: rien n’a été changé. Pour élever l’époque\u202f: --yes --reason "…"`);
  return 0;
}

async function raise(
  parts: RaisingParts,
  creditors: readonly CreditorRow[],
  reason: string,
  { print, tell }: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const by = { actor: 'relance:raise-epoch', role: 'operator' as const, reason };
  let total = 0;
  for (const { creditorId, legalName } of creditors) {
    const result = await raiseCreditor(parts, {
      creditorId,
      by,
      signal,
      onBatch: (looked) => {
        if (looked % TELL_EVERY === 0) tell(`${creditorId}\u202f: ${looked} dossiers`);
      },
    });
    total += result.raised;
    const resumed = result.isResumed ? `, élévation reprise\u202f: ${result.open - result.raised} étaient déjà faits` : '';
    print(`${legalName} (${creditorId})\u202f: ${result.raised} sur ${result.open}${resumed}`);
    if (!result.isWhole) {
      print(`Interrompu après ${total} dossiers\u202f: la même commande achève, sans élever deux fois.`);
      return INTERRUPTED;
    }
  }
  print(
    `${total} ${total === 1 ? 'dossier élevé' : 'dossiers élevés'} d’une époque. Ensuite\u202f: démarrer les workers, puis reconcile jusqu’à 0.`,
  );
  return 0;
}

/** Adds `raise-epoch` to the command line. The first Ctrl-C ends it between two batches. */
export function addRaiseEpochCommand(program: Command, installation: () => Installation, terminal: Terminal): void {
  program
    .command('raise-epoch')
    .description(
      'après une restauration de la base\u202f: les processus reprennent les numéros des dossiers\u202f; lit et écrit la base de l’installation',
    )
    .option('--creditor <id>', 'un créancier\u202f; tous sinon')
    .option('--reason <texte>', 'pourquoi\u202f; inscrit au journal de chaque dossier')
    .option('--yes', 'élever\u202f; sans cette option, seulement compter')
    .action(async (options: RaiseEpochOptions) => {
      const interrupted = new AbortController();
      const stop = (): void => interrupted.abort();
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
      try {
        process.exitCode = await runRaiseEpoch(installation().databaseUrl(), options, terminal, interrupted.signal);
      } finally {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }
    });
}
