import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { type Variable, shapes, VARIABLES } from './variables.js';

/** Everything the processes are told from outside, parsed and typed. Read it once, at boot. */
export type Config = Readonly<z.output<ReturnType<typeof configSchema>>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown at boot: `problems` names every bad variable, one sentence each. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n  ${problems.join('\n  ')}`);
    this.name = 'ConfigError';
  }
}

function configSchema() {
  return z.object(shapes);
}

// Container engines mount secrets readable by all inside a container that only one service lives in.
const MOUNTED_SECRETS = '/run/secrets/';

function readSecret(name: string, file: string): { value: string } | { problem: string } {
  try {
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && !file.startsWith(MOUNTED_SECRETS) && (mode & 0o077) !== 0) {
      return { problem: `${name}_FILE: ${file} can be read by others; run chmod 600 on it` };
    }
    return { value: readFileSync(file, 'utf8').trim() };
  } catch (error) {
    return { problem: `${name}_FILE: cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
}

/** An empty variable is an absent one, as is an empty file of a secret: compose files and shells cannot leave one out. */
function given(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}

function valueOf(variable: Variable, environment: Environment): { value?: string } | { problem: string } {
  const { name } = variable;
  const value = given(environment, name);
  const file = variable.secret ? given(environment, `${name}_FILE`) : undefined;
  if (value !== undefined && file !== undefined) return { problem: `${name}: given twice, as ${name} and as ${name}_FILE; keep one` };
  const read = file === undefined ? { value } : readSecret(name, file);
  if ('problem' in read) return read;
  if (!read.value && variable.required) {
    return { problem: `${name}${variable.secret ? ` (or ${name}_FILE)` : ''}: missing; ${variable.meaning}` };
  }
  return read.value ? { value: read.value } : {};
}

/**
 * Parses the environment. Throws a ConfigError that lists every bad variable, never the value of a secret.
 * Secrets come from `NAME` or from the file named by `NAME_FILE`, which others must not be able to read.
 */
export function loadConfig(environment: Environment): Config {
  const problems: string[] = [];
  const values: Record<string, string | undefined> = {};
  for (const variable of VARIABLES) {
    const outcome = valueOf(variable, environment);
    if ('problem' in outcome) problems.push(outcome.problem);
    else {
      const parsed = variable.shape.safeParse(outcome.value);
      if (parsed.success) values[variable.name] = outcome.value;
      else problems.push(`${variable.name}: ${shownValue(variable, outcome.value)}${expectation(parsed.error)}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(configSchema().parse(values));
}

function shownValue(variable: Variable, value: string | undefined): string {
  return variable.secret ? 'its value is not valid; expected ' : `${JSON.stringify(value)} is not valid; expected `;
}

function expectation(error: z.ZodError): string {
  return error.issues.map((issue) => ('values' in issue ? `one of ${issue.values.join(', ')}` : issue.message)).join('; ');
}
