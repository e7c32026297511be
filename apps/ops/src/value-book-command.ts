import { openLawBook } from '#casework';
import { parseDay } from '#domain';
import { createDataSource, TypeormUnitOfWork } from '#persistence';
import type { Command } from 'commander';
import { type Installation, OpsError } from './installation.js';
import { BookCsv } from './value-book-csv.js';
import { bookJson, bookPage, type BookRun } from './value-book-page.js';
import { type BookValue, valueBook } from './value-book.js';

export interface ValueBookOptions {
  readonly creditor: string;
  readonly on: string;
  readonly csv?: string;
  readonly json?: boolean;
}

interface Terminal {
  print(line: string): void;
  /** Progress, apart from the answer. */
  tell(line: string): void;
}

const TELL_MS = 1_000;
const INTERRUPTED = 130;

/** Values the book of one creditor over the installation's own database; answers the exit code. */
export async function runValueBook(
  databaseUrl: string,
  options: ValueBookOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const on = parseDay(options.on);
  if (!on) throw new OpsError(`${options.on}\u202f: donnez un jour qui existe, AAAA-MM-JJ, de 1900 à 2199.`);
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  const dataSource = createDataSource(databaseUrl, { applicationName: 'relance value-book', poolSize: 1 });
  await dataSource.initialize();
  const progress = new Progress(terminal);
  let csv: BookCsv | undefined;
  try {
    const { creditor: creditorId } = options;
    const creditor = await new TypeormUnitOfWork(dataSource).plain((tx) => tx.creditors.one({ creditorId }));
    if (!creditor) throw new OpsError(`Créancier ${creditorId} inconnu\u202f: donnez son identifiant.`);
    const file = options.csv === undefined ? undefined : await BookCsv.open(options.csv);
    csv = file;
    const value = await valueBook({
      dataSource,
      law: openLawBook(),
      creditorId,
      on,
      ...(file ? { onCase: (valued) => file.write(valued) } : {}),
      onPage: (done, all) => progress.at(done, all, seconds()),
      signal,
    });
    if (!value) {
      terminal.tell(
        `Interrompu après ${progress.done} dossiers\u202f: aucun total n’est donné${file ? ', aucun fichier n’est laissé' : ''}.`,
      );
      return INTERRUPTED;
    }
    await file?.keep();
    printValue(value, { seconds: seconds(), cpuSeconds: cpuSeconds(), peakMiB: peakMiB() }, options, terminal);
    return 0;
  } finally {
    await csv?.discard();
    await dataSource.destroy();
  }
}

function printValue(value: BookValue, run: BookRun, options: ValueBookOptions, { print }: Terminal): void {
  if (options.json) print(JSON.stringify(bookJson(value, run), null, 2));
  else for (const line of bookPage(value, run)) print(line);
}

/** At most one line a second. */
class Progress {
  done = 0;
  private next = TELL_MS / 1000;

  constructor(private readonly terminal: Terminal) {}

  at(done: number, all: number, seconds: number): void {
    this.done = done;
    if (seconds < this.next) return;
    this.next = Math.floor(seconds) + TELL_MS / 1000;
    const share = all > 0 ? ` (${Math.min(100, Math.floor((100 * done) / all))} %)` : '';
    this.terminal.tell(`${done} / ${all} dossiers${share}, ${Math.round(done / seconds)} par seconde, ${Math.round(residentMiB())} Mio`);
  }
}

function residentMiB(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The most memory this process has held, in MiB. */
function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Adds `value-book` to the command line. The first Ctrl-C ends it between two pages, the second at once. */
export function addValueBookCommand(program: Command, installation: () => Installation, terminal: Terminal): void {
  program
    .command('value-book')
    .description('ce que valent à un jour les dossiers ouverts d’un créancier, par régime et devise\u202f; lit la base de l’installation')
    .requiredOption('--creditor <id>', 'identifiant du créancier')
    .requiredOption('--on <jour>', 'jour de l’évaluation, AAAA-MM-JJ')
    .option('--csv <fichier>', 'une ligne par dossier')
    .option('--json', 'le total en JSON')
    .action(async (options: ValueBookOptions) => {
      const interrupted = new AbortController();
      const stop = (): void => interrupted.abort();
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
      try {
        process.exitCode = await runValueBook(installation().databaseUrl(), options, terminal, interrupted.signal);
      } finally {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }
    });
}
