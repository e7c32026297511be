// Checks a hand-over file against its manifest. Needs only Node: `node verify.mjs` in the unpacked folder.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2] ?? dirname(fileURLToPath(import.meta.url));
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
const own = new Set(['manifest.json', 'verify.mjs']);
const listed = new Set(manifest.files.map((file) => file.name));
const problems = [];
for (const file of manifest.files) {
  let bytes;
  try {
    bytes = readFileSync(join(folder, file.name));
  } catch {
    problems.push(`absent : ${file.name}`);
    continue;
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.sha256) problems.push(`modifié : ${file.name}`);
}
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const name = relative(folder, join(entry.parentPath ?? entry.path, entry.name))
    .split(sep)
    .join('/');
  if (!listed.has(name) && !own.has(name)) problems.push(`ajouté : ${name}`);
}
for (const problem of problems) console.log(problem);
console.log(
  problems.length === 0
    ? `Dossier ${manifest.caseReference} : ${manifest.files.length} fichiers, tous intacts.`
    : `Dossier ${manifest.caseReference} : ${problems.length} anomalie(s).`,
);
process.exit(problems.length === 0 ? 0 : 1);
