import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { day } from '#domain';
import { packDossier } from './pack-dossier.js';

const files = [
  { name: 'summary.pdf', bytes: new TextEncoder().encode('%PDF summary'), what: 'résumé' },
  { name: 'messages/01.json', bytes: new TextEncoder().encode('{}'), what: 'rappel du 3 mars' },
];

function unpacked(change: (folder: string) => void = () => undefined): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-'));
  const { zip } = packDossier('F-1', day('2026-04-13'), files);
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  change(folder);
  const run = spawnSync(process.execPath, ['verify.mjs'], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return { status: run.status, output: run.stdout };
}

describe('the hand-over archive', () => {
  it('verifies itself with nothing but Node', () => {
    expect(unpacked()).toMatchObject({ status: 0, output: expect.stringContaining('2 fichiers, tous intacts') as string });
  });

  it('names a changed, a removed and an added file', () => {
    expect(unpacked((f) => writeFileSync(join(f, 'summary.pdf'), 'other'))).toMatchObject({
      status: 1,
      output: expect.stringContaining('modifié : summary.pdf') as string,
    });
    expect(unpacked((f) => rmSync(join(f, 'messages/01.json')))).toMatchObject({
      status: 1,
      output: expect.stringContaining('absent : messages/01.json') as string,
    });
    expect(unpacked((f) => writeFileSync(join(f, 'messages/02.json'), '{}'))).toMatchObject({
      status: 1,
      output: expect.stringContaining('ajouté : messages/02.json') as string,
    });
  });

  it('gives the same bytes for the same documents', () => {
    const once = packDossier('F-1', day('2026-04-13'), files);
    const again = packDossier('F-1', day('2026-04-13'), files);
    expect(Buffer.compare(once.zip, again.zip)).toBe(0);
  });
});
