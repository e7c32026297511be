import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { z } from 'zod';
import { checkSense, checkTerritories } from './check-sense.js';
import { parameterSchema, type StatutoryParameter, type TerritoryRules, territorySchema } from './statute-schema.js';

/** Every dated legal value of the product, read once. */
export interface Statutes {
  readonly parameters: ReadonlyMap<string, StatutoryParameter>;
  readonly territories: ReadonlyMap<string, TerritoryRules>;
  /** SHA-256 over all files: what a frozen statement records so that it can be explained again. */
  readonly fingerprint: string;
}

/** The files cannot be used: every finding, one a line, so that a reviewer sees all of them at once. */
export class StatutesProblem extends Error {
  override readonly name = 'StatutesProblem';
  constructor(readonly findings: readonly string[]) {
    super(`Legal values refused:\n${findings.join('\n')}`);
  }
}

/** Reads `libs/statutes/data/**.yaml`; throws StatutesProblem on a line without source, an overlap, a wrong shape or a missing check. */
export function loadStatutes(folder: string = fileURLToPath(import.meta.resolve('#asset/statutes/data'))): Statutes {
  const parameters = new Map<string, StatutoryParameter>();
  const territories = new Map<string, TerritoryRules>();
  const findings: string[] = [];
  const hash = createHash('sha256');
  for (const path of yamlFiles(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    const text = readFileSync(path, 'utf8');
    hash.update(`${name}\n${text.length}\n${text}`);
    const raw = readYaml(text, name, findings);
    if (raw === undefined) continue;
    if (typeof raw === 'object' && raw !== null && 'territory' in raw) {
      keep(territories, territorySchema, raw, (rules) => rules.territory, name, findings);
    } else {
      keep(parameters, parameterSchema, raw, (parameter) => parameter.key, name, findings);
    }
  }
  findings.push(...[...parameters.values()].flatMap(checkSense), ...checkTerritories(territories));
  if (findings.length + parameters.size + territories.size === 0) findings.push(`${folder}: no legal values found`);
  if (findings.length > 0) throw new StatutesProblem(findings);
  return { parameters, territories, fingerprint: hash.digest('hex') };
}

function yamlFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
    .sort();
}

function readYaml(text: string, name: string, findings: string[]): unknown {
  try {
    return parse(text, { schema: 'core', uniqueKeys: true });
  } catch (problem) {
    findings.push(`${name}: ${problem instanceof Error ? problem.message : String(problem)}`);
    return undefined;
  }
}

function keep<T>(
  into: Map<string, T>,
  schema: z.ZodType<T>,
  raw: unknown,
  keyOf: (value: T) => string,
  name: string,
  findings: string[],
): void {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    findings.push(...parsed.error.issues.map((issue) => `${name} at /${issue.path.join('/')}: ${issue.message}`));
    return;
  }
  const key = keyOf(parsed.data);
  if (into.has(key)) findings.push(`${name}: ${key} is described twice`);
  into.set(key, parsed.data);
}
