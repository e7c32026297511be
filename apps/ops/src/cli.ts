import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addClaimCommand } from './claim-command.js';
import { dayArgument, driveClock, type DriveOptions } from './clock-driver.js';
import { type CaseLine, findCase, findCreditor, findCreditors } from './find-creditor.js';
import { importFile } from './import-file.js';
import { type CommonOptions, findInstallation, OpsError } from './installation.js';
import { RestClient } from './rest-client.js';
import { caseTable, explainLines, planLines } from './show-case.js';
import { addValueBookCommand } from './value-book-command.js';
import { addRaiseEpochCommand } from './raise-epoch-command.js';
import { addReplayGateCommand } from './replay-gate-command.js';
import { addOperationsCommands } from './operations-commands.js';
import { addStatutesCommands } from './statutes-commands.js';
import { verifyDossier } from './verify-dossier.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const program = new Command('relance')
  .description(
    'Commandes de l’exploitant\u202f; elles parlent à l’API, sauf claim, value-book, raise-epoch, replay-gate, statutes et verify.',
  )
  .option('--api <url>', 'adresse de l’API (RELANCE_API_URL)')
  .option('--key <clé>', 'clé d’accès (RELANCE_API_KEY)\u202f; à défaut celles du dossier de l’installation')
  .option('--data <dossier>', 'dossier de l’installation (RELANCE_DATA, .data)');

function installation() {
  return findInstallation(program.opts<CommonOptions>(), process.env);
}

function client(role: 'controller' | 'operator' = 'controller'): RestClient {
  return new RestClient(installation(), role);
}

function wholeDays(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 730) throw new InvalidArgumentError('un nombre de jours, 730 au plus');
  return Number(text);
}

interface ClockOptions {
  readonly creditor?: string;
  readonly days?: number;
  readonly until?: string;
  readonly calls: DriveOptions['calls'];
  readonly approve?: boolean;
  readonly post: DriveOptions['post'];
}

program
  .command('clock')
  .description('avance l’horloge du bac à sable d’échéance en échéance et raconte ce qui se passe')
  .option('--creditor <id>', 'un créancier\u202f; tous ceux du bac à sable sinon')
  .option('--days <n>', 'de combien de jours', wholeDays)
  .option('--until <jour>', 'jusqu’à quel jour, AAAA-MM-JJ')
  .addOption(
    new Option('--calls <quoi>', 'ce que deviennent les appels\u202f: tentés ou aboutis le jour même, ou laissés à une personne')
      .choices(['attempted', 'reached', 'none'])
      .default('attempted'),
  )
  .addOption(
    new Option('--post <quoi>', 'ce que deviennent les recommandés\u202f: déposés puis remis trois jours après, ou laissés à une personne')
      .choices(['delivered', 'none'])
      .default('delivered'),
  )
  .option('--approve', 'approuver ce qui attend la finance, avec une clé de ce rôle')
  .action(async ({ creditor, days, until, calls, approve, post }: ClockOptions) => {
    if ((days === undefined) === (until === undefined)) throw new OpsError('Donnez --days ou --until.');
    const rest = client();
    const { localUrl } = installation();
    await driveClock({
      client: rest,
      creditors: await findCreditors(rest, creditor, ({ sandbox }) => sandbox),
      ...(days === undefined ? {} : { days }),
      ...(until === undefined ? {} : { until: dayArgument(until) }),
      calls,
      approve: approve ?? false,
      post,
      ...(localUrl ? { localUrl } : {}),
      print,
    });
  });

program
  .command('import <fichier>')
  .description('lit un fichier, montre ce qu’il ferait, puis l’enregistre')
  .option('--creditor <id>')
  .option('--payments', 'le fichier contient des paiements')
  .option('--preview', 's’arrêter après la lecture')
  .option('--only-good-rows', 'laisser de côté les lignes refusées')
  .action(async (file: string, options: { creditor?: string; payments?: boolean; preview?: boolean; onlyGoodRows?: boolean }) => {
    const rest = client();
    const { creditorId } = await findCreditor(rest, options.creditor);
    const lines = await importFile(rest, {
      creditorId,
      bytes: readFileSync(file),
      fileName: path.basename(file),
      kind: options.payments ? 'payments' : 'invoices',
      previewOnly: options.preview ?? false,
      onlyGoodRows: options.onlyGoodRows ?? false,
    });
    lines.forEach(print);
  });

program
  .command('cases')
  .description('les dossiers ouverts et leur prochaine étape')
  .option('--creditor <id>')
  .option('--all', 'les dossiers clos aussi')
  .option('--search <texte>', 'numéro, débiteur ou montant')
  .action(async ({ creditor, all, search }: { creditor?: string; all?: boolean; search?: string }) => {
    const rest = client();
    for (const { creditorId, legalName } of await findCreditors(rest, creditor)) {
      const query = new URLSearchParams({ ...(all ? {} : { open: 'true' }), ...(search ? { search } : {}) });
      print(`${legalName} (${creditorId})`);
      for (const line of caseTable(await rest.all<CaseLine>(`creditors/${creditorId}/cases?${query.toString()}`))) print(`  ${line}`);
    }
  });

program
  .command('explain <dossier>')
  .description('pourquoi un dossier en est là, pourquoi rien n’est parti, ce qui changerait la suite')
  .option('--creditor <id>')
  .option('--on <jour>', 'jour du décompte, AAAA-MM-JJ\u202f; le jour du créancier par défaut')
  .addOption(new Option('--lang <langue>').choices(['fr', 'en', 'nl']).default('fr'))
  .action(async (wanted: string, { creditor, lang, on }: { creditor?: string; lang: string; on?: string }) => {
    const rest = client();
    const { creditorId, line } = await findCase(rest, wanted, creditor);
    (await explainLines(rest, creditorId, line.caseId, { language: lang, on })).forEach(print);
  });

program
  .command('plan <dossier>')
  .description('ce qui se passera, jusqu’au bout, par le code qui le fera')
  .option('--creditor <id>')
  .action(async (wanted: string, { creditor }: { creditor?: string }) => {
    const rest = client();
    const { creditorId, line } = await findCase(rest, wanted, creditor);
    (await planLines(rest, creditorId, line.caseId)).forEach(print);
  });

program
  .command('export <dossier>')
  .description('enregistre le dossier remis au prestataire')
  .option('--creditor <id>')
  .requiredOption('-o, --output <fichier>', 'fichier ZIP à écrire')
  .action(async (wanted: string, { creditor, output }: { creditor?: string; output: string }) => {
    const rest = client();
    const { creditorId, line } = await findCase(rest, wanted, creditor);
    const [handOver] = await rest.all<{ handOverId: string }>(`creditors/${creditorId}/handovers?caseId=${line.caseId}`);
    if (!handOver) throw new OpsError(`Le dossier ${line.invoiceNumber} n’a pas été remis\u202f: il n’y a pas encore de fichier.`);
    writeFileSync(output, await rest.bytes(`creditors/${creditorId}/handovers/${handOver.handOverId}/file`), { mode: 0o600 });
    print(`${output} écrit. Vérifier\u202f: relance verify ${output}`);
  });

program
  .command('verify <dossier>')
  .description('vérifie un dossier remis (ZIP ou répertoire) contre ses empreintes, sans réseau')
  .action((target: string) => {
    const { reference, files, anomalies } = verifyDossier(target);
    anomalies.forEach(print);
    print(
      anomalies.length === 0
        ? `Dossier ${reference}\u202f: ${files} fichiers, tous intacts.`
        : `Dossier ${reference}\u202f: ${anomalies.length} anomalie(s).`,
    );
    if (anomalies.length > 0) process.exitCode = 1;
  });

program
  .command('health')
  .description('l’API répond-elle, et ce qui est derrière elle\u202f?')
  .action(async () => {
    const { apiUrl } = installation();
    const response = await fetch(`${apiUrl}/health/ready`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    if (!response) throw new OpsError(`L’API ne répond pas à ${apiUrl}.`);
    print(JSON.stringify(await response.json()));
    if (!response.ok) process.exitCode = 1;
  });

addOperationsCommands(program, client, print);
addClaimCommand(program, print);
const terminal = { print, tell: (line: string) => void process.stderr.write(`${line}\n`) };
addRaiseEpochCommand(program, installation, terminal);
addReplayGateCommand(program, installation, terminal);
addValueBookCommand(program, installation, terminal);

addStatutesCommands(program, print);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(
    `${error instanceof OpsError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}
