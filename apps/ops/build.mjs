// Compiles the tree into dist/ and bundles the workflows; `npm start` calls it when the sources changed since the last build.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const AREAS = ['apps', 'libs', 'workflows', 'activities'];
const SETTINGS = ['package.json', 'nest-cli.json', '.swcrc', 'tsconfig.json', 'apps/ops/build.mjs', 'apps/ops/bundle-workflows.mjs'];
const stamp = path.join(root, 'dist', '.built');

/** Fingerprint of everything the build reads: paths, sizes and times of the sources. */
export function sourceFingerprint(base = root) {
  const hash = createHash('sha256');
  const note = (file) => {
    const { size, mtimeMs } = statSync(path.join(base, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  };
  for (const area of AREAS.filter((name) => existsSync(path.join(base, name)))) {
    const files = readdirSync(path.join(base, area), { recursive: true }).map(String);
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.includes('node_modules')).sort()) note(path.join(area, file));
  }
  for (const file of SETTINGS) note(file);
  return hash.digest('hex');
}

/** True when dist/ was built from the sources as they are now. */
export function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceFingerprint();
}

function runNode(args, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        words += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(words) : reject(new Error(`${args.join(' ')} failed:\n${words.slice(-3000)}`))));
  });
}

/** Compiles, bundles and stamps. Throws with the compiler's words. */
export async function build({ signal } = {}) {
  const fingerprint = sourceFingerprint();
  await runNode(['node_modules/@nestjs/cli/bin/nest.js', 'build', 'api'], signal);
  const bundled = await runNode(['apps/ops/bundle-workflows.mjs'], signal);
  writeFileSync(stamp, fingerprint);
  return bundled.trim();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(await build());
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
