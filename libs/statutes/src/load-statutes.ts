import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSense, checkTerritories, HALF_YEAR_STARTS } from './check-sense.js';
import { readStatuteFile, shapeOf, type StatuteFile } from './statute-file.js';
import { parameterSchema, type StatutoryParameter, type TerritoryRules, territorySchema } from './statute-schema.js';

/** Every dated legal value of the product, read once. */
export interface Statutes {
  readonly parameters: ReadonlyMap<string, StatutoryParameter>;
  readonly territories: ReadonlyMap<string, TerritoryRules>;
  /** SHA-256 over all files: what a frozen statement records so that it can be explained again. */
  readonly fingerprint: string;
}

/** The files cannot be used: every finding, one a line with its file and line, so that a reviewer sees all of them at once. */
export class StatutesProblem extends Error {
  override readonly name = 'StatutesProblem';
  constructor(readonly findings: readonly string[]) {
    super(`Legal values refused:\n${findings.join('\n')}`);
  }
}

/** Reads `libs/statutes/data/**.yaml`; throws StatutesProblem on a line without day or source, an overlap, a hole, a wrong shape or a missing check. */
export function loadStatutes(folder: string = fileURLToPath(import.meta.resolve('#asset/statutes/data'))): Statutes {
  return statutesFrom(statuteTexts(folder), folder);
}

/** The texts of a data folder by their name below it (`fr/late-payment/default-spread.yaml`), in order. */
export function statuteTexts(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`);
  return new Map(paths.sort().map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

/** The same as `loadStatutes` on texts already read: what an edit would make is checked before it is written. */
export function statutesFrom(texts: ReadonlyMap<string, string>, folder: string): Statutes {
  const parameters = new Map<string, StatutoryParameter>();
  const territories = new Map<string, TerritoryRules>();
  const fileOf = new Map<string, StatuteFile>();
  const findings: string[] = [];
  const hash = createHash('sha256');
  for (const [name, text] of texts) {
    hash.update(`${name}\n${text.length}\n${text}`);
    const file = readStatuteFile(name, text, findings);
    if (!file) continue;
    const isTerritory = typeof file.raw === 'object' && file.raw !== null && 'territory' in file.raw;
    const kept = isTerritory
      ? keep(territories, shapeOf(file, territorySchema, findings), (rules) => rules.territory)
      : keep(parameters, shapeOf(file, parameterSchema, findings), (parameter) => parameter.key);
    if (kept?.isTaken) findings.push(`${file.at([isTerritory ? 'territory' : 'key'])}: ${kept.key} is described twice`);
    if (kept) fileOf.set(kept.key, file);
  }
  const starts = parameters.get(HALF_YEAR_STARTS)?.values.at(-1)?.value;
  for (const parameter of parameters.values()) {
    for (const { path, message } of checkSense(parameter, typeof starts === 'string' ? starts : undefined)) {
      findings.push(`${fileOf.get(parameter.key)?.at(path)}: ${message}`);
    }
  }
  for (const { territory, message } of checkTerritories(territories))
    findings.push(`${fileOf.get(territory)?.at(['territory'])}: ${message}`);
  if (findings.length + parameters.size + territories.size === 0) findings.push(`${folder}: no legal values found`);
  if (findings.length > 0) throw new StatutesProblem(findings);
  return { parameters, territories, fingerprint: hash.digest('hex') };
}

function keep<T>(into: Map<string, T>, value: T | undefined, keyOf: (value: T) => string): { key: string; isTaken: boolean } | undefined {
  if (value === undefined) return undefined;
  const key = keyOf(value);
  const isTaken = into.has(key);
  into.set(key, value);
  return { key, isTaken };
}
