// The storm tries itself: each seeded bug is built in, and must be caught by one of the invariants it breaks.
import path from 'node:path';
import { movedAnchors } from './anchors.mjs';
import { BUGS } from './bugs.mjs';
import { ROOT } from './build-storm.mjs';
import { runStorm } from './run-storm.mjs';
import { playSideBySide } from './side-by-side.mjs';

/** A small storm: it ends as soon as the bug is caught, so most take half a minute. */
const SMALL = { cases: 18, kills: 10, days: 48, convergenceMs: 60_000 };
const TRIES = 3;

/**
 * Runs every bug, or those named, one after the other or in `lanes` processes beside each other; prints seed and invariant of each, and answers all of them as
 * `{ name, isCaught, seed, seconds, tries, invariant, says }`. `onResult` is told after each what is known so far.
 */
export async function selfTest({ say, seed, names, lanes, onResult = () => undefined }) {
  const unknown = names?.find((name) => !BUGS.some((bug) => bug.name === name));
  if (unknown) throw new Error(`No bug ${unknown}; there are ${BUGS.map(({ name }) => name).join(', ')}`);
  const chosen = BUGS.filter(({ name }) => !names || names.includes(name));
  // A text that moved is found before the first storm, not after the tenth.
  const moved = movedAnchors(path.join(ROOT, 'dist'));
  if (moved.length > 0) throw new Error(moved.join('\n'));
  const results = [];
  const keep = (result) => {
    results.push(result);
    say(lineOf(result));
    onResult(results);
  };
  if (lanes) await inLanes(chosen, { seed, lanes, keep });
  else for (const bug of chosen) keep(await caught(bug, seed, say));
  console.log(results.map(lineOf).join('\n'));
  const missed = results.filter(({ isCaught }) => !isCaught).length;
  console.log(`tests: ${results.length - missed} passed, ${missed} failed, 0 skipped`);
  return results;
}

async function inLanes(chosen, { seed, lanes, keep }) {
  const jobs = chosen.map(({ name }) => ({ label: name, args: ['--self-test', '--bug', name, '--seed', seed] }));
  await playSideBySide(jobs, lanes, ({ label }, told) => {
    const [result] = told?.bugs ?? [];
    keep(result ?? { name: label, isCaught: false, seed, seconds: 0, tries: 0, invariant: null, says: 'the storm itself ended early' });
  });
}

function lineOf({ name, isCaught, seed, says, seconds }) {
  return `${isCaught ? 'caught' : 'MISSED'}  ${name.padEnd(34)} seed ${seed}, ${seconds} s: ${says}`;
}

async function caught({ name, faults, expects, patches, says, ...aimed }, seed, say) {
  const began = performance.now();
  const result = (more) => ({ name, ...more, seconds: Math.round((performance.now() - began) / 1000) });
  for (let tries = 1; tries <= TRIES; tries++) {
    const own = `${seed}-${name}-${tries}`;
    const plan = { ...SMALL, ...aimed, ...(faults.length > 0 ? {} : { kills: 0 }) };
    const board = await runStorm({ ...plan, seed: own, only: faults, patches, stopWhen: expects, say }).catch((error) => {
      say(`${name}: ${error.message.slice(0, 200)}`);
      return undefined;
    });
    const about = `${JSON.stringify(board?.faults ?? {})}, ${JSON.stringify(board?.phases ?? {})}`;
    const found = board?.violations.find((words) => expects.some((id) => words.startsWith(id)));
    say(`${name}: ${found ? 'caught' : 'not caught'} by ${own} (${found ?? board?.violations[0] ?? 'no violation'}; ${about})`);
    if (found) return result({ isCaught: true, seed: own, tries, invariant: found.split(/[ :]/)[0], says: found.slice(0, 140) });
  }
  return result({ isCaught: false, seed: `${seed}-${name}-1 to ${TRIES}`, tries: TRIES, invariant: null, says });
}
