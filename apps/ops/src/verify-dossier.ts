import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { OpsError } from './installation.js';

interface Manifest {
  readonly caseReference: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

export interface DossierCheck {
  readonly reference: string;
  readonly files: number;
  /** French lines, one per anomaly; empty when everything is intact. */
  readonly anomalies: readonly string[];
}

/** Files of a hand-over that its manifest does not list. */
const OWN = new Set(['manifest.json', 'verify.mjs']);
const UNPACKED_MAX = 500 * 1024 * 1024;

/** Checks a hand-over file, packed or not, against its manifest. Needs neither the API nor the network. */
export function verifyDossier(target: string): DossierCheck {
  const files = statSync(target).isDirectory() ? readFolder(target) : readZip(target);
  const manifest = readManifest(files);
  const listed = new Set(manifest.files.map(({ name }) => name));
  const anomalies = manifest.files.flatMap(({ name, sha256 }) => {
    const bytes = files.get(name);
    if (!bytes) return [`absent\u202f: ${name}`];
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? [] : [`modifié\u202f: ${name}`];
  });
  const added = [...files.keys()].filter((name) => !listed.has(name) && !OWN.has(name)).map((name) => `ajouté\u202f: ${name}`);
  return { reference: manifest.caseReference, files: manifest.files.length, anomalies: [...anomalies, ...added] };
}

function readManifest(files: ReadonlyMap<string, Uint8Array>): Manifest {
  const bytes = files.get('manifest.json');
  if (!bytes) throw new OpsError('Ce n’est pas un dossier de remise\u202f: manifest.json est absent.');
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Manifest;
  } catch {
    throw new OpsError('manifest.json n’est pas lisible.');
  }
}

function readZip(file: string): Map<string, Uint8Array> {
  let unpacked = 0;
  try {
    const entries = unzipSync(readFileSync(file), {
      filter: ({ originalSize }) => {
        unpacked += originalSize;
        if (unpacked > UNPACKED_MAX) throw new OpsError('Le dossier est trop grand pour être vérifié ici.');
        return true;
      },
    });
    return new Map(Object.entries(entries).filter(([name]) => !name.endsWith('/')));
  } catch (error) {
    if (error instanceof OpsError) throw error;
    throw new OpsError(`${file} n’est pas une archive ZIP lisible.`);
  }
}

function readFolder(folder: string): Map<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const full = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, full).split(path.sep).join('/'), readFileSync(full)];
    }),
  );
}
