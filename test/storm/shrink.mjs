// Makes a failing storm smaller: fewer cases, fewer kills, fewer kinds of fault, by halves, as long as some invariant still breaks.
import { KINDS } from './faults.mjs';
import { runStorm } from './run-storm.mjs';

const TRIES_MAX = 12;

/** Answers the smallest plan that still failed, and keeps it. Chance of the machine remains: a plan that passes once is given up, so this is a lower bound of effort, not a proof. */
export async function shrink(plan, { patches, say, keep }) {
  let smallest = { only: KINDS, ...plan };
  for (let tries = 0; tries < TRIES_MAX; ) {
    const before = smallest;
    for (const candidate of smaller(smallest)) {
      if (tries++ >= TRIES_MAX) break;
      say(`shrink: ${candidate.cases} cases, ${candidate.kills} kills, ${candidate.only.join(' ')}`);
      const { violations } = await runStorm({ ...candidate, patches });
      if (violations.length === 0) continue;
      smallest = candidate;
      keep(smallest, violations);
      break;
    }
    if (smallest === before) break;
  }
  return smallest;
}

function smaller(plan) {
  const half = Math.ceil(plan.only.length / 2);
  return [
    ...(plan.cases > 1 ? [{ ...plan, cases: Math.ceil(plan.cases / 2) }] : []),
    ...(plan.kills > 1 ? [{ ...plan, kills: Math.ceil(plan.kills / 2) }] : []),
    ...(plan.only.length > 1
      ? [
          { ...plan, only: plan.only.slice(0, half) },
          { ...plan, only: plan.only.slice(half) },
        ]
      : []),
  ];
}
