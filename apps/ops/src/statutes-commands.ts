import { instantFromEpochMs, dayIn, type Day } from '#domain';
import type { Command } from 'commander';
import { dayArgument } from './clock-driver.js';
import { addStatuteRate } from './statutes-add-rate.js';
import { checkStatutes } from './statutes-check.js';

type Flags = Readonly<Partial<Record<'from' | 'until' | 'value' | 'source' | 'url' | 'confidence' | 'checkedOn', string>>>;

/** `relance statutes …`: works on the files of the product, without API nor database. */
export function addStatutesCommands(program: Command, print: (line: string) => void): void {
  const statutes = program.command('statutes').description('les valeurs légales datées\u202f: ce qui manque, et une ligne de plus');
  statutes
    .command('check')
    .description('ce qui s’arrête bientôt, n’a plus de suite ou reste à vérifier\u202f; se termine par 1 quand une série n’a plus de suite')
    .option('--on <jour>', 'à quel jour, AAAA-MM-JJ\u202f; aujourd’hui sinon')
    .option('--folder <dossier>', 'les fichiers d’un autre dossier')
    .action(({ on, folder }: { on?: string; folder?: string }) => {
      const { lines, hasEnded } = checkStatutes(on === undefined ? today() : dayArgument(on), folder);
      lines.forEach(print);
      if (hasEnded) process.exitCode = 1;
    });
  statutes
    .command('add-rate <clé>')
    .description('ajoute une ligne à une série et la fait relire par le chargeur avant de l’écrire')
    .requiredOption('--from <jour>', 'premier jour, AAAA-MM-JJ')
    .option('--until <jour>', 'dernier jour\u202f; celui du semestre ou de l’année sinon')
    .requiredOption('--value <nombre>', 'la valeur, avec un point\u202f: 2.40')
    .requiredOption('--source <titre>', 'le texte où elle a été lue')
    .option('--url <adresse>', 'son adresse')
    .option('--confidence <marque>', 'V lue à sa source, V2 sources secondaires, K connue, D déduite, U incertaine', 'U')
    .option('--checked-on <jour>', 'le jour où elle a été lue à sa source, avec V')
    .option('--dry-run', 'montrer la ligne sans l’écrire')
    .option('--folder <dossier>', 'les fichiers d’un autre dossier')
    .action(
      (key: string, { dryRun, folder, from = '', value = '', source = '', ...rest }: Flags & { dryRun?: boolean; folder?: string }) => {
        const wanted = { key, from, value, source, ...rest };
        addStatuteRate({ wanted, today: today(), dryRun: dryRun ?? false, ...(folder === undefined ? {} : { folder }) }).forEach(print);
      },
    );
}

function today(): Day {
  return dayIn(instantFromEpochMs(Date.now()), 'Europe/Paris');
}
