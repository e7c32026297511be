import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Day } from '#domain';
import { addRate, type RateToAdd, statuteTexts } from '#statutes';
import { OpsError } from './installation.js';

/** What a person gave, and where the files are. */
export interface AddRateOptions {
  readonly wanted: RateToAdd;
  readonly today: Day;
  readonly dryRun: boolean;
  /** The shipped files unless told. */
  readonly folder?: string;
}

/** Adds the line and returns what to print. Everything is checked, by the loader too, before a file is touched. */
export function addStatuteRate({ wanted, today, dryRun, folder = shippedFolder() }: AddRateOptions): string[] {
  const result = addRate(statuteTexts(folder), wanted, today);
  if ('problems' in result) throw new OpsError(['Rien n’a été écrit.', ...result.problems.map((problem) => `- ${problem}`)].join('\n'));
  const file = path.join(folder, result.name);
  if (!dryRun) replaceFile(file, result.text);
  return [
    path.relative(process.cwd(), file),
    `+ ${result.lineNumber}\u202f: ${result.line.trim()}`,
    dryRun ? 'Essai\u202f: rien n’a été écrit.' : 'Écrit. Faites relire cette ligne, puis redémarrez l’API et les exécutants.',
  ];
}

function shippedFolder(): string {
  return fileURLToPath(import.meta.resolve('#asset/statutes/data'));
}

/** All or nothing: the new text under another name in the same folder, then one rename. */
function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { mode: statSync(file).mode, flag: 'wx' });
    renameSync(temporary, file);
  } catch (problem) {
    rmSync(temporary, { force: true });
    throw new OpsError(`${file} n’a pas pu être remplacé\u202f: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}
