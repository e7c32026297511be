import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type KeyRole = 'operator' | 'finance' | 'controller' | 'auditor' | 'integrator';

/** What a command was told by flags; the rest comes from the environment and from the installation's own files. */
export interface CommonOptions {
  readonly api?: string;
  readonly key?: string;
  readonly data?: string;
}

/** Where the installation is and how to speak to it. */
export interface Installation {
  readonly apiUrl: string;
  readonly localUrl: string | undefined;
  readonly data: string;
  /** The key given by the person, else the one kept for that role, else the operator's. Throws when there is none. */
  keyFor(role: KeyRole): string;
  /** The database of the installation, for the commands that read more than the API's pages can carry. Throws when there is none. */
  databaseUrl(): string;
  /** Temporal's server, as far as it is named here; what is left out comes from Temporal's own profile. */
  temporal(): { readonly address?: string; readonly namespace?: string };
}

/** Thrown for what the person at the terminal can mend; its message is for them. */
export class OpsError extends Error {
  override readonly name = 'OpsError';
}

const DEFAULT_API = 'http://127.0.0.1:3000';

/** Flags first, then the environment, then the files that `npm start` left in the data folder. */
export function findInstallation(options: CommonOptions, env: NodeJS.ProcessEnv): Installation {
  const data = path.resolve(options.data ?? env['RELANCE_DATA'] ?? '.data');
  const kept = readEnvironmentFile(path.join(data, 'env'));
  const get = (name: string) => env[name] || kept.get(name);
  const given = options.key ?? env['RELANCE_API_KEY'];
  return {
    apiUrl: (options.api ?? get('RELANCE_API_URL') ?? DEFAULT_API).replace(/\/+$/, ''),
    localUrl: (get('LOCAL_URL') ?? get('SENDGRID_SANDBOX_URL'))?.replace(/\/+$/, ''),
    data,
    keyFor(role) {
      const key = given ?? keyOfRole(data, role) ?? readKey(get('RELANCE_API_KEY_FILE') ?? path.join(data, 'api-key'));
      if (key) return key;
      throw new OpsError('Aucune clé d’accès\u202f: donnez --key, RELANCE_API_KEY, ou --data vers le dossier de l’installation.');
    },
    databaseUrl() {
      const file = get('DATABASE_URL_FILE');
      const url = env['DATABASE_URL'] || (file ? readKey(file) : undefined);
      if (url) return url;
      throw new OpsError('Aucune base de données\u202f: donnez DATABASE_URL, ou --data vers le dossier de l’installation.');
    },
    temporal() {
      const address = get('TEMPORAL_ADDRESS');
      const namespace = get('TEMPORAL_NAMESPACE');
      return { ...(address ? { address } : {}), ...(namespace ? { namespace } : {}) };
    },
  };
}

/** The keys kept by role in `<data>/keys.json`. */
export function keptKeys(data: string): Partial<Record<KeyRole, string>> {
  const file = path.join(data, 'keys.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<KeyRole, string>>) : {};
}

function keyOfRole(data: string, role: KeyRole): string | undefined {
  return keptKeys(data)[role];
}

function readKey(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined;
}

/** `NAME="value"` a line, as `npm start` writes it. */
function readEnvironmentFile(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [name = '', quoted = ''] = line.split(/=(.*)/s, 2);
      if (!/^[A-Z_]+$/.test(name) || !quoted.startsWith('"')) return [];
      return [[name, JSON.parse(quoted) as string]];
    }),
  );
}
