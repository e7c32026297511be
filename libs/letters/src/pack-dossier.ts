import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import type { Day } from '#domain';

export interface DossierFile {
  /** Path inside the archive, letters, digits, `-._/` only. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What it proves, in a few words. */
  readonly what: string;
}

export interface DossierManifest {
  readonly format: 'relance-dossier@1';
  readonly caseReference: string;
  readonly madeOn: Day;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly size: number; readonly what: string }[];
}

/** ZIP entries carry this instant: the same files give the same bytes. */
const ENTRY_TIME = '1980-01-01T00:00:00';

/**
 * Packs the hand-over file: every document, a manifest with its SHA-256, and a verifier that needs only Node. The same documents give the same bytes.
 */
export function packDossier(
  caseReference: string,
  madeOn: Day,
  files: readonly DossierFile[],
): { zip: Uint8Array; manifest: DossierManifest } {
  const manifest: DossierManifest = {
    format: 'relance-dossier@1',
    caseReference,
    madeOn,
    files: files.map(({ name, bytes, what }) => ({
      name,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      what,
    })),
  };
  const entries: Record<string, Uint8Array> = Object.fromEntries(files.map((file) => [file.name, file.bytes]));
  entries['manifest.json'] = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  entries['verify.mjs'] = new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve('#asset/letters/dossier/verify.mjs'))));
  return { zip: zipSync(entries, { level: 6, mtime: ENTRY_TIME }), manifest };
}
