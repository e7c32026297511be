// Runs before `npm start` and `npm test`, also in a clone that has no node_modules yet: Node built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const stamp = path.join(root, 'node_modules', '.installed');

/** The oldest Node the product runs on; returns a sentence when the running one is older. */
export function nodeProblem(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const tooOld = major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12);
  return tooOld ? `Relance needs Node 20.19 or newer (22.12 or newer on the later lines); this is ${version}.` : undefined;
}

/** What `npm ci` depends on: the lock file, and of the manifest not its scripts or imports. */
export function manifestHash(folder = root) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies, overrides, workspaces, allowScripts } = manifest;
  const relevant = JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides, workspaces, allowScripts });
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${relevant}`);
  return hash.update(readFileSync(path.join(folder, 'package-lock.json'))).digest('hex');
}

/** Runs `npm ci` when node_modules does not match the manifest and its lock; otherwise costs a few milliseconds. */
export function ensureDependencies() {
  const wanted = manifestHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing dependencies (about a minute, once per change of the lock file) …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.status !== 0) {
    console.error('npm ci failed: the lines above say why; nothing was started.');
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problem = nodeProblem();
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
  ensureDependencies();
}
