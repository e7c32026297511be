// What `npm start` may be told: flags first, then the environment, then the usual port.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PORTS = {
  api: { flag: '--api-port', variable: 'API_PORT', usual: 3000, what: 'REST API' },
  temporal: { flag: '--temporal-port', variable: 'TEMPORAL_PORT', usual: 7233, what: 'Temporal server' },
  temporalUi: { flag: '--temporal-ui-port', variable: 'TEMPORAL_UI_PORT', usual: 8233, what: 'Temporal UI' },
  local: { flag: '--local-port', variable: 'LOCAL_PORT', usual: 3080, what: 'local mailbox and post tray' },
  workerHealth: { flag: '--worker-health-port', variable: 'WORKER_HEALTH_PORT', usual: 3001, what: "worker's health page" },
};

export const USAGE = `Usage: npm start -- [options]

Starts everything on this machine: PostgreSQL, Temporal with its UI, the API, the worker and a local mailbox.
  --empty                    do not create the sandbox creditors on the first start
  --data <folder>            where everything is kept (RELANCE_DATA, .data)
${Object.values(PORTS)
  .map(({ flag, variable, usual, what }) => `  ${`${flag} <port>`.padEnd(27)}${what} (${variable}, ${usual})`)
  .join('\n')}
  --help                     this text

DATABASE_URL uses a PostgreSQL of yours instead, TEMPORAL_ADDRESS or TEMPORAL_PROFILE a Temporal of yours.`;

/** Thrown for a command line or environment that makes no sense; its message is for the person who typed it. */
export class UsageError extends Error {}

/** Megabytes of old space that the worker's V8 may fill, in its main thread and in the one that runs workflows. */
export const WORKER_HEAP_MB = 512;
const HEAP_MIN_MB = 256;

/** The flag that bounds the worker's heap. Throws a UsageError for anything but whole megabytes, 256 or more. */
function workerHeapFlag(env) {
  const text = env.WORKER_HEAP_MB || String(WORKER_HEAP_MB);
  if (!/^\d{1,6}$/.test(text) || Number(text) < HEAP_MIN_MB)
    throw new UsageError(`WORKER_HEAP_MB needs whole megabytes, ${HEAP_MIN_MB} or more, got ${text}.`);
  return `--max-old-space-size=${Number(text)}`;
}

function portNumber(text, source) {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text ?? '') || port < 1 || port > 65_535)
    throw new UsageError(`${source} needs a port from 1 to 65535, got ${text ?? 'nothing'}.`);
  return port;
}

function takeFlags(argv) {
  const flags = new Map();
  const known = [...Object.values(PORTS).map(({ flag }) => flag), '--data'];
  for (let i = 0; i < argv.length; i++) {
    const [name, inline] = argv[i].split(/=(.*)/s, 2);
    if (['--empty', '--help', '-h'].includes(argv[i])) flags.set(name, true);
    else if (known.includes(name)) flags.set(name, inline ?? argv[++i]);
    else throw new UsageError(`Unknown option ${argv[i]}.\n\n${USAGE}`);
  }
  return flags;
}

/** Reads flags and environment into `{ root, data, empty, help, ports, workerHeap }`. */
export function readOptions(argv, env, root) {
  const flags = takeFlags(argv);
  const ports = {};
  for (const [name, { flag, variable, usual }] of Object.entries(PORTS)) {
    if (flags.has(flag)) ports[name] = portNumber(flags.get(flag), flag);
    else ports[name] = env[variable] ? portNumber(env[variable], variable) : usual;
  }
  const taken = Object.entries(ports).find(([name, port]) =>
    Object.entries(ports).some(([other, same]) => other !== name && same === port),
  );
  if (taken) throw new UsageError(`Port ${taken[1]} was given to two services; each needs its own.`);
  const data = path.resolve(root, flags.get('--data') || env.RELANCE_DATA || '.data');
  return { root, data, ports, empty: flags.has('--empty'), help: flags.has('--help') || flags.has('-h'), workerHeap: workerHeapFlag(env) };
}

/** Sentence about a port that is taken, with the way out. `holder` is what is known of the process on it. */
export function busyPortSentence(name, port, holder) {
  const { flag, variable, what } = PORTS[name];
  const by = holder ? ` by ${holder}` : '';
  return `Port ${port} (${what}) is taken${by}. Choose another: npm start -- ${flag} ${port + 100}, or set ${variable}.`;
}

/** `name (pid n)` of the process that listens on a TCP port, where /proc tells; undefined elsewhere. */
export async function portHolder(port) {
  if (process.platform !== 'linux') return undefined;
  const { readdir, readlink } = await import('node:fs/promises');
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((table) => existsSync(table));
  const rows = tables.flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/)),
  );
  const inodes = new Set(rows.filter((row) => row[1]?.endsWith(hex) && row[3] === '0A').map((row) => `socket:[${row[9]}]`));
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const handle of handles) {
      const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '');
      if (inodes.has(target)) return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (pid ${pid})`;
    }
  }
  return undefined;
}
