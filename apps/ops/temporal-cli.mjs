// Finds, downloads or builds Temporal's command line, and runs its development server.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './postgres.mjs';
import { NAMESPACE_RETENTION, SEARCH_ATTRIBUTES } from './search-attributes.mjs';

/** The newest release that `go install` accepts: later ones carry a `replace` in their go.mod. */
export const TEMPORAL_CLI_VERSION = '1.5.1';
const PACKAGE = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_VERSION}`;
const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** Where a downloaded or built binary is kept between checkouts. */
export function temporalCacheFolder(env = process.env) {
  const cache = env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(cache, 'relance', 'temporal-cli', TEMPORAL_CLI_VERSION);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function onPath(name, env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

async function downloaded(cache) {
  const folder = mkdtempSync(path.join(cache, 'download-'));
  try {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const server = { executable: { type: 'cached-download', version: `v${TEMPORAL_CLI_VERSION}`, downloadDir: folder } };
    const environment = await TestWorkflowEnvironment.createLocal({ server });
    await environment.teardown();
    const [name] = readdirSync(folder).filter((entry) => isExecutable(path.join(folder, entry)));
    renameSync(path.join(folder, name), path.join(cache, executable));
    return path.join(cache, executable);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function builtFromSource(cache, env, say, signal) {
  const go = onPath(process.platform === 'win32' ? 'go.exe' : 'go', env);
  if (!go) throw new Error('no Go compiler on the PATH (1.25 or newer is needed)');
  say(`Building Temporal's command line ${TEMPORAL_CLI_VERSION} from source: some minutes, once on this machine `);
  const folder = mkdtempSync(path.join(cache, 'build-'));
  const dots = setInterval(() => process.stdout.write('.'), 5000);
  try {
    const args = ['install', '-trimpath', '-ldflags', '-s -w', PACKAGE];
    const child = spawn(go, args, {
      env: { ...env, CGO_ENABLED: '0', GOBIN: folder, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    });
    let words = '';
    child.stderr.on('data', (chunk) => {
      words = (words + chunk).slice(-1500);
    });
    const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (status !== 0) throw new Error(`go install ended with ${status}: ${words.trim().split('\n').slice(-3).join(' | ')}`);
    chmodSync(path.join(folder, executable), 0o755);
    renameSync(path.join(folder, executable), path.join(cache, executable));
    return path.join(cache, executable);
  } finally {
    clearInterval(dots);
    process.stdout.write('\n');
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Path of a Temporal command line: TEMPORAL_CLI, then the PATH, then this user's cache, then a download, then a build from source.
 * Throws an error that names every way when none works.
 */
export async function findTemporalCli({ env = process.env, say = (line) => process.stdout.write(line), signal } = {}) {
  if (env.TEMPORAL_CLI) {
    if (isExecutable(env.TEMPORAL_CLI)) return env.TEMPORAL_CLI;
    throw new Error(`TEMPORAL_CLI names ${env.TEMPORAL_CLI}, which is not an executable file.`);
  }
  const cache = temporalCacheFolder(env);
  const present = onPath(executable, env) ?? [path.join(cache, executable)].find(isExecutable);
  if (present) return present;
  mkdirSync(cache, { recursive: true });
  const reasons = [];
  for (const [way, attempt] of [
    ['download', () => downloaded(cache)],
    ['build', () => builtFromSource(cache, env, say, signal)],
  ]) {
    try {
      return await attempt();
    } catch (error) {
      reasons.push(`  ${way}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  throw new Error(
    [
      "Temporal's command line was not found and could not be fetched. Any one of these is enough:",
      '  - set TEMPORAL_CLI to the file, or put `temporal` on the PATH (https://docs.temporal.io/cli)',
      `  - put the binary at ${path.join(cache, executable)}`,
      '  - let this machine reach temporal.download, so that it is downloaded',
      '  - install Go 1.25 or newer with access to a Go module proxy, so that it is built',
      'What was tried:',
      ...reasons,
    ].join('\n'),
  );
}

function serverArguments({ port, uiPort, dbFile, fastTimers }) {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn', '--log-format', 'json'];
  args.push(...(uiPort ? ['--ui-port', String(uiPort)] : ['--headless']));
  if (dbFile) args.push('--db-filename', dbFile);
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) args.push('--search-attribute', `${name}=${type}`);
  // The server rounds timers up by as much as a second, which tests with short ladders cannot afford.
  if (fastTimers) args.push('--dynamic-config-value', 'history.timerProcessorMaxTimeShift="10ms"');
  return args;
}

/** Waits until the namespace answers, and keeps closed workflows visible for longer than the server's default day. */
async function setRetention(cli, address, child, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  const args = ['operator', 'namespace', 'update', '-n', 'default', '--retention', NAMESPACE_RETENTION, '--address', address];
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}`);
    const outcome = spawnSync(cli, [...args, '--command-timeout', '5s'], { encoding: 'utf8' });
    if (outcome.status === 0) return;
    if (Date.now() > deadline) throw new Error(`it did not answer within ${timeoutMs / 1000} s: ${outcome.stderr.trim()}`);
    await sleep(100);
  }
}

/**
 * Starts the development server on 127.0.0.1 and returns once the namespace answers.
 * `dbFile` absent = kept in memory; `uiPort` absent = no UI; `fastTimers` for tests. `stop()` resolves when the process is gone.
 */
export async function startTemporal({ cli, port, uiPort, dbFile, logFile, fastTimers = false, timeoutMs = 30_000, onSpawn }) {
  const actual = port ?? (await freePort());
  const sink = logFile ? openSync(logFile, 'a') : 'ignore';
  const child = spawn(cli, serverArguments({ port: actual, uiPort, dbFile, fastTimers }), {
    detached: true,
    stdio: ['ignore', sink, sink],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  onSpawn?.(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  };
  const address = `127.0.0.1:${actual}`;
  try {
    await setRetention(cli, address, child, timeoutMs);
  } catch (error) {
    await stop();
    const words = logFile && existsSync(logFile) ? `\n${readFileSync(logFile, 'utf8').slice(-800)}` : '';
    throw new Error(`Temporal's development server did not start: ${error instanceof Error ? error.message : error}${words}`, {
      cause: error,
    });
  }
  return { address, port: actual, child, ended, stop };
}
