// Storms beside each other, each in a process, with ports and folders of its own: starting a server is waited for standing still, and would stop the proxies
// of another storm in the same process.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sliceOf } from './ports.mjs';

const STORM = fileURLToPath(new URL('storm.mjs', import.meta.url));
const running = new Set();

/**
 * Plays jobs `{ label, args }` of the storm's own command line, at most `lanes` at once, and prints what they say under their labels. `onEnd(job, told)` is called after
 * each with what it wrote by `--json`; undefined when it ended without.
 */
export async function playSideBySide(jobs, lanes, onEnd) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relance-storm-boards-'));
  const waiting = jobs.map((job, at) => ({ job, file: path.join(folder, `${at}.json`) }));
  const lane = async (_, at) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await play(next.job, next.file, sliceOf(at + 1));
      onEnd(next.job, existsSync(next.file) ? JSON.parse(readFileSync(next.file, 'utf8')) : undefined);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play({ label, args }, file, slice) {
  const child = spawn(process.execPath, [STORM, ...args, '--json', file], {
    env: { ...process.env, STORM_SLICE: String(slice) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  for await (const line of readline.createInterface({ input: child.stdout })) {
    // The sum is counted once, at the end of all.
    if (!line.startsWith('tests: ')) console.log(`${label} | ${line}`);
  }
  await ended;
  running.delete(child);
}

/** Ends those that run; resolves when they have put everything away. */
export async function endAll() {
  await Promise.all(
    [...running].map((child) => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      return gone;
    }),
  );
}
