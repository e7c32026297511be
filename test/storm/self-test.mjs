// The storm tries itself: each seeded bug is built in, and must be caught by one of the invariants it breaks.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './build-storm.mjs';
import { BUGS } from './bugs.mjs';
import { replaced } from './dist-copy.mjs';
import { PATCHES } from './failpoints.mjs';
import { runStorm } from './run-storm.mjs';

/** A small storm: it ends as soon as the bug is caught, so most take half a minute. */
const SMALL = { cases: 14, kills: 6, days: 36, convergenceMs: 60_000 };
const TRIES = 3;

/** Runs every bug, or those named; prints seed and invariant of each, and answers all of them as `{ name, isCaught, seed, words, seconds }`. */
export async function selfTest({ say, seed, names }) {
  const chosen = BUGS.filter(({ name }) => !names || names.includes(name));
  for (const bug of chosen) isApplicable(bug);
  const results = [];
  for (const bug of chosen) {
    const result = await caught(bug, seed, say);
    results.push(result);
    say(lineOf(result));
  }
  console.log(results.map(lineOf).join('\n'));
  const missed = results.filter(({ isCaught }) => !isCaught).length;
  console.log(`tests: ${results.length - missed} passed, ${missed} failed, 0 skipped`);
  return results;
}

/** A text that moved is found before the first storm, not after the tenth. */
function isApplicable({ name, patches }) {
  const texts = new Map();
  for (const patch of [...PATCHES, ...patches]) {
    const file = path.join(ROOT, 'dist', patch.file);
    texts.set(file, replaced(texts.get(file) ?? readFileSync(file, 'utf8'), { name, ...patch }));
  }
}

function lineOf({ name, isCaught, seed, words, seconds }) {
  return `${isCaught ? 'caught' : 'MISSED'}  ${name.padEnd(34)} seed ${seed}, ${seconds} s: ${words}`;
}

async function caught({ name, faults, expects, patches, says, ...aimed }, seed, say) {
  const began = performance.now();
  const result = (more) => ({ name, seconds: Math.round((performance.now() - began) / 1000), ...more });
  for (let tries = 1; tries <= TRIES; tries++) {
    const own = `${seed}-${name}-${tries}`;
    const plan = { ...SMALL, ...aimed, ...(faults.length > 0 ? {} : { kills: 0 }) };
    const board = await runStorm({ ...plan, seed: own, only: faults, patches, stopWhen: expects }).catch((error) => {
      say(`${name}: ${error.message.slice(0, 200)}`);
      return undefined;
    });
    const found = board?.violations.find((words) => expects.some((id) => words.startsWith(id)));
    if (found) return result({ isCaught: true, seed: own, words: found.slice(0, 140) });
    say(`${name}: not caught by ${own} (${board?.violations[0] ?? 'no violation'}; ${JSON.stringify(board?.faults ?? {})})`);
  }
  return result({ isCaught: false, seed: `${seed}-${name}-1 to ${TRIES}`, words: says });
}
