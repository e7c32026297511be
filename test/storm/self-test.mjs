// The storm tries itself: each seeded bug is built in, and must be caught by one of the invariants it breaks.
import { BUGS } from './bugs.mjs';
import { runStorm } from './run-storm.mjs';

const SMALL = { cases: 18, kills: 8, days: 54 };
const TRIES = 2;

/** Runs every bug, or those named; answers true when all were caught, and prints seed and invariant of each. */
export async function selfTest({ say, seed, names }) {
  const chosen = BUGS.filter(({ name }) => !names || names.includes(name));
  const lines = [];
  for (const bug of chosen) {
    const line = await caught(bug, seed, say);
    lines.push(line);
    say(line.text);
  }
  console.log(lines.map(({ text }) => text).join('\n'));
  return lines.every(({ isCaught }) => isCaught);
}

async function caught(bug, seed, say) {
  for (let tries = 1; tries <= TRIES; tries++) {
    const own = `${seed}-${bug.name}-${tries}`;
    const kills = bug.faults.length > 0 ? SMALL.kills : 0;
    const board = await runStorm({
      ...SMALL,
      ...(bug.cases ? { cases: bug.cases } : {}),
      seed: own,
      kills,
      only: bug.faults,
      patches: bug.patches,
      say: () => undefined,
    }).catch((error) => {
      say(`${bug.name}: ${error.message.slice(0, 200)}`);
      return undefined;
    });
    const found = board?.violations.find((words) => bug.expects.some((id) => words.startsWith(id)));
    if (found) return { isCaught: true, text: `caught  ${bug.name.padEnd(34)} seed ${own}: ${found.slice(0, 110)}` };
    say(`${bug.name}: not caught by ${own} (${board?.violations[0] ?? 'no violation'})`);
  }
  return { isCaught: false, text: `MISSED  ${bug.name.padEnd(34)} ${bug.says}` };
}
