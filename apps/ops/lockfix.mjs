// Completes package-lock.json with the optional platform packages that a partial registry left out, so that `npm ci`
// accepts it everywhere. The entries carry no integrity hash and npm skips them on every other platform.
//   node apps/ops/lockfix.mjs           completes the file
//   node apps/ops/lockfix.mjs --check   only reports, exit status 1 when something is missing
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const lockFile = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const SYSTEMS = ['android', 'darwin', 'freebsd', 'netbsd', 'openbsd', 'openharmony', 'linux', 'win32', 'windows', 'sunos', 'aix'];
const PROCESSORS = {
  arm64: /arm64|aarch64/,
  x64: /x64|x86_64|amd64/,
  ia32: /ia32|i686/,
  ppc64: /ppc64/,
  s390x: /s390x/,
  riscv64: /riscv64/,
};
Object.assign(PROCESSORS, { loong64: /loong64/, mips64el: /mips64el/, arm: /arm/ });

/** The lock entry that Node would load for `name` from the package installed at `location`. */
function resolveEntry(packages, location, name) {
  for (let folder = location; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const entry = packages[folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`];
    if (entry || !folder) return entry;
  }
}

function platformOf(name) {
  const leaf = name.split('/').at(-1);
  const system = SYSTEMS.find((candidate) => leaf.includes(candidate));
  if (!system) return undefined;
  const cpu = Object.entries(PROCESSORS).find(([, pattern]) => pattern.test(leaf))?.[0];
  const libc = /musl/.test(leaf) ? 'musl' : /gnu|glibc/.test(leaf) ? 'glibc' : undefined;
  return { os: [system === 'windows' ? 'win32' : system], ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

/** Adds what is missing to `packages` (the lock's own map) and returns the names added. */
export function completeLock(packages) {
  const added = [];
  for (const [location, owner] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(owner.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      const version = range.replace(/^[~^=]/, '');
      const entry = resolveEntry(packages, location, name);
      // A range may be met by another version; an exact one may not.
      if (!platform || (entry && (entry.version === version || range !== version))) continue;
      const nested = entry && location ? `${location}/` : '';
      packages[`${nested}node_modules/${name}`] = { version, ...(owner.dev && { dev: true }), optional: true, ...platform };
      added.push(`${name}@${version}`);
    }
  }
  return added;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
  const added = completeLock(lock.packages);
  console.log(
    added.length === 0 ? 'package-lock.json is complete' : `missing from package-lock.json: ${added.length}\n  ${added.join('\n  ')}`,
  );
  if (process.argv.includes('--check')) process.exit(added.length === 0 ? 0 : 1);
  if (added.length > 0) {
    lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
  }
}
