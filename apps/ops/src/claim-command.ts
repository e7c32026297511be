import { principalView, refusalHelp, statementPage, statementView } from '#casework';
import { isRefusal, type Refusal } from '#domain';
import { type Command, Option } from 'commander';
import { type ClaimOptions, type Language, readClaimOptions, readLanguage } from './claim-options.js';
import { type ClaimAnswer, reckonClaim, statutesOfClaims } from './claim-reckoning.js';

/** What a command leaves: its lines and how it ends. */
export interface CommandOutcome {
  readonly lines: readonly string[];
  /** 0, or 2 when the claim was refused. */
  readonly exitCode: 0 | 2;
}

const REFUSED = 2;

/**
 * The statement of a claim from what is typed alone: no database, no API, no clock. The page is the one that the API gives for a case.
 * A refusal is printed with its code, the option it is about, the article and what to supply; never a partial sum.
 */
export function claim(options: ClaimOptions): CommandOutcome {
  const language = readLanguage(options.language);
  if (isRefusal(language)) return refused(language, 'fr', options.json);
  const request = readClaimOptions(options);
  if (isRefusal(request)) return refused(request, language, options.json);
  const answer = reckonClaim(request);
  if (isRefusal(answer)) return refused(answer, language, options.json);
  return { lines: options.json ? jsonLines(answer, language) : pageLines(answer, language), exitCode: 0 };
}

function pageLines({ statement }: ClaimAnswer, language: Language): string[] {
  const { heading, parts } = statementPage(statement, language);
  return [heading, ...parts.flatMap(({ title, sentences }) => ['', title, ...sentences.map((sentence) => `  ${sentence}`)])];
}

function jsonLines({ statement, principal }: ClaimAnswer, language: Language): string[] {
  return [JSON.stringify({ ...statementView(statement, language), principal: principalView(principal) }, null, 2)];
}

interface RefusalWords {
  readonly refused: string;
  readonly field: string;
  readonly article: string;
  readonly supply: string;
}

const WORDS: Readonly<Record<Language, RefusalWords>> = {
  fr: { refused: 'Refusé\u202f: aucun montant n’est calculé.', field: 'champ', article: 'article', supply: 'à fournir' },
  nl: { refused: 'Geweigerd: er wordt geen bedrag berekend.', field: 'veld', article: 'artikel', supply: 'te verstrekken' },
  en: { refused: 'Refused: no amount is computed.', field: 'field', article: 'article', supply: 'to supply' },
};

function refused(refusal: Refusal, language: Language, json: boolean | undefined): CommandOutcome {
  const { refusal: code, field, facts = {} } = refusal;
  const help = refusalHelp(refusal, statutesOfClaims());
  const { article: _article, supply: _supply, ...others } = facts;
  if (json) return { lines: [JSON.stringify({ code, ...(field ? { field } : {}), ...help, facts: others }, null, 2)], exitCode: REFUSED };
  const words = WORDS[language];
  const row = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [`  ${name.padEnd(17)}${value}`]);
  const known = Object.entries(others).flatMap(([name, value]) => (value === null ? [] : row(name, String(value))));
  return {
    lines: [
      words.refused,
      ...row('code', code),
      ...row(words.field, field),
      ...row(words.article, help.article),
      ...row(words.supply, help.supply),
      ...known,
    ],
    exitCode: REFUSED,
  };
}

function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Adds `claim` to the command line. Values stay text: what is wrong with them is said with a code, not by the parser. */
export function addClaimCommand(program: Command, print: (line: string) => void): void {
  program
    .command('claim')
    .description('le décompte d’une créance à un jour, chaque ligne avec son article, sans base de données ni API')
    .option('--law <loi>', 'loi applicable\u202f: FR ou BE')
    .option('--debtor <qualité>', 'business, consumer, publicBody ou coOwners')
    .option('--amount <montant>', 'montant TTC de la facture')
    .option('--currency <code>', 'devise', 'EUR')
    .option('--issued <jour>', 'date de la facture')
    .option('--due <jour>', 'échéance')
    .option('--on <jour>', 'jour du décompte d’une créance ouverte')
    .option('--paid <jour>', 'jour où tout est payé\u202f: ce qu’il fallait payer ce jour-là')
    .option('--payment <jour:montant[:principal]>', 'paiement partiel, plusieurs fois s’il le faut', several)
    .option('--credit <jour:montant>', 'avoir, plusieurs fois s’il le faut', several)
    .option('--silent-contract', 'le contrat a été lu\u202f: il ne dit rien des retards')
    .option('--clause-rate <pour cent>', 'taux annuel convenu')
    .option('--clause-multiple <nombre>', 'multiple convenu du taux légal')
    .option('--indemnity-clause <clause>', 'legalScale, fixed:montant ou percent:taux[:minimum] (consommateur belge)')
    .option('--procurement <genre>', 'small ou general (acheteur public belge)')
    .option('--notice <jour>', 'réception ou première présentation de la mise en demeure')
    .option('--reminder <jour:post|electronic>', 'premier rappel gratuit (consommateur belge)\u202f; :incomplete s’il manquait une mention')
    .option('--insolvency <jour>', 'jugement d’ouverture de la procédure collective')
    .option('--natural-person-creditor', 'le créancier est un particulier')
    .option('--sme', 'le créancier est une PME')
    .option('--day-count <méthode>', 'ACT/365F ou ACT/366', 'ACT/365F')
    .option('--principal-first', 'paiements imputés d’abord sur le principal, avec --agreement')
    .option('--agreement', 'l’accord du créancier sur cette imputation est écrit')
    .option('--waive-interest', 'le créancier renonce aux intérêts')
    .option('--waive-lump-sum', 'le créancier renonce à l’indemnité')
    .addOption(new Option('--language <langue>', 'fr, nl ou en').default('fr'))
    .option('--json', 'le décompte tel que l’API le donne')
    .action((options: ClaimOptions) => {
      const { lines, exitCode } = claim(options);
      lines.forEach(print);
      if (exitCode !== 0) process.exitCode = exitCode;
    });
}
