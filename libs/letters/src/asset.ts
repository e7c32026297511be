import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of this area as a file path, the same from sources, tests and the compiled tree. */
export const LETTERS_ROOT = fileURLToPath(new URL('.', import.meta.resolve('#asset/letters/README.md'))).replace(/[\\/]$/, '');

/** Absolute path of a file of this area: `assetPath('templates/fr/firmMail.text.liquid')`. */
export function assetPath(relative: string): string {
  return fileURLToPath(import.meta.resolve(`#asset/letters/${relative}`));
}

export function readAsset(relative: string): string {
  return readFileSync(assetPath(relative), 'utf8');
}

/** Version of a template: 12 hex digits over the texts it is made of, in the order given. */
export function versionOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex').slice(0, 12);
}
