// The storm's command line: node test/storm/storm.mjs --size smoke|gate|long|soak [--seed N] [--cases N] [--kills N] [--bug <name>]
// [--shard i/n] [--only kind,kind] [--parallel N] [--shrink] [--keep] [--json file], --self-test for the seeded bugs, --anchors whether all patches find their text, or
// --add a.json b.json … for the sum of boards. --seed a,b,c plays the size once for each.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { movedAnchors, PATCH_SETS } from './anchors.mjs';
import { closeAll } from './build-storm.mjs';
import { BUGS } from './bugs.mjs';
import { ROOT, runStorm } from './run-storm.mjs';
import { addUp, boardText, commitOf } from './scoreboard.mjs';
import { selfTest } from './self-test.mjs';
import { Postgres } from './servers.mjs';
import { shrink } from './shrink.mjs';
import { endAll, playSideBySide } from './side-by-side.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Cases and kills of the whole; `shards` storms of equal size whose books add up, because one machine holds only so many cases at once. */
const SIZES = {
  smoke: { cases: 100, kills: 20, shards: 1 },
  gate: { cases: 300, kills: 60, shards: 2 },
  long: { cases: 1_000, kills: 200, shards: 8 },
  soak: { cases: 10_000, kills: 2_000, shards: 80 },
};

const { values, positionals } = parseArgs({
  options: {
    size: { type: 'string', default: 'smoke' },
    seed: { type: 'string' },
    cases: { type: 'string' },
    kills: { type: 'string' },
    bug: { type: 'string' },
    shard: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    shrink: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    'self-test': { type: 'boolean', default: false },
    add: { type: 'boolean', default: false },
    kept: { type: 'boolean', default: false },
    parallel: { type: 'string' },
    anchors: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

function say(line) {
  if (!values.quiet) console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}

/** Storms to run: one per shard; `--shard 3/8` plays that one alone. */
function shardsOf(size, seed) {
  const { cases, kills, shards } = SIZES[size];
  const all = Number(values.cases ?? cases);
  const deaths = Number(values.kills ?? kills);
  const count = values.cases ? 1 : shards;
  const [only, of] = (values.shard ?? '').split('/').map(Number);
  const total = of || count;
  return Array.from({ length: total }, (_, at) => ({
    seed: total === 1 ? seed : `${seed}.${at + 1}of${total}`,
    cases: Math.round((all * (at + 1)) / total) - Math.round((all * at) / total),
    kills: Math.round((deaths * (at + 1)) / total) - Math.round((deaths * at) / total),
  })).filter((_, at) => !only || at + 1 === only);
}

/** Seeds that once failed, kept for ever: `--kept` plays them first. */
function keptSeeds() {
  const folder = path.join(HERE, 'seeds');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
}

function keepSeed(plan, violations) {
  const folder = path.join(HERE, 'seeds');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${String(plan.seed).replace(/[^\w.-]/g, '_')}.json`);
  writeFileSync(file, `${JSON.stringify({ ...plan, commit: commitOf(ROOT), violations: violations.slice(0, 10) }, null, 2)}\n`);
  say(`the failing seed is kept in ${path.relative(ROOT, file)}`);
}

/** Boards written by `--json` that belong together: the shards of one size, or the seeds of a release. */
function addBoards(files) {
  const boards = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const commits = [...new Set(boards.map(({ commit }) => commit))];
  return told(
    boards.flatMap(({ storms }) => storms),
    {
      date: boards
        .map(({ date }) => date)
        .sort()
        .at(-1),
      commit: commits.join(' and '),
      size: [...new Set(boards.map(({ size }) => size))].join(' and '),
    },
  );
}

/** Prints the sum, keeps it where asked, and answers whether all was well. The last line is counted by `.ci/run`. */
function told(boards, about) {
  const total = addUp(boards);
  console.log(boardText(total, about));
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ ...about, ...total, storms: boards }, null, 2)}\n`);
  const failed = boards.filter(({ violations }) => violations.length > 0).length;
  console.log(`tests: ${boards.length - failed} passed, ${failed} failed, 0 skipped`);
  return failed === 0;
}

/** What was caught so far is kept after each bug. */
async function testItself(lanes) {
  const about = { date: new Date().toISOString().slice(0, 16), commit: commitOf(ROOT) };
  const onResult = (bugs) => values.json && writeFileSync(values.json, `${JSON.stringify({ ...about, bugs }, null, 2)}\n`);
  const names = values.bug?.split(',');
  const results = await selfTest({ say, seed: values.seed ?? commitOf(ROOT), names, lanes, onResult });
  return results.every(({ isCaught }) => isCaught);
}

/** Quick, starts nothing: the last line is counted by `.ci/run`. */
function checkAnchors() {
  const moved = movedAnchors(path.join(ROOT, 'dist'));
  for (const line of moved) console.log(`moved: ${line}`);
  console.log(`tests: ${PATCH_SETS - moved.length} passed, ${moved.length} failed, 0 skipped`);
  return moved.length === 0;
}

/** One storm after the other in this process. */
async function inTurn(plans, patches) {
  const boards = [];
  for (const plan of plans) {
    say(`seed ${plan.seed}: ${plan.cases} cases, ${plan.kills} kills`);
    const board = await runStorm({ ...plan, patches, keep: values.keep, say });
    boards.push(board);
    if (board.violations.length === 0) continue;
    for (const line of board.log) say(`  ${line}`);
    if (!values.bug) keepSeed(plan, board.violations);
    if (values.shrink) await shrink(plan, { patches, say, keep: (smaller, violations) => keepSeed(smaller, violations) });
  }
  return boards;
}

/** Several at once; one that ended without a board has failed. */
async function inLanes(plans, lanes) {
  const flags = [
    ...['keep', 'shrink'].filter((name) => values[name]).map((name) => `--${name}`),
    ...(values.bug ? ['--bug', values.bug] : []),
  ];
  const jobs = plans.map(({ seed, cases, kills, only }) => ({
    label: seed,
    args: ['--seed', seed, '--cases', String(cases), '--kills', String(kills), ...(only ? ['--only', only.join(',')] : []), ...flags],
  }));
  const boards = [];
  await playSideBySide(jobs, lanes, ({ label }, told) =>
    boards.push(
      ...(told?.storms ?? [{ seed: label, faults: {}, phases: {}, convergedMs: 0, violations: ['the storm itself ended early'] }]),
    ),
  );
  return boards;
}

async function play(lanes) {
  const seeds = (values.seed ?? String(Math.floor(Date.now() / 1000))).split(',');
  const patches = values.bug ? BUGS.find(({ name }) => name === values.bug)?.patches : undefined;
  if (values.bug && !patches) throw new Error(`No bug ${values.bug}; there are ${BUGS.map(({ name }) => name).join(', ')}`);
  const only = values.only?.split(',');
  const fresh = seeds.flatMap((seed) => shardsOf(values.size, seed)).map((plan) => ({ ...plan, ...(only ? { only } : {}) }));
  const plans = [...(values.kept ? keptSeeds() : []), ...fresh];
  const boards = lanes ? await inLanes(plans, lanes) : await inTurn(plans, patches);
  return told(boards, { date: new Date().toISOString().slice(0, 16), commit: commitOf(ROOT), size: values.size });
}

async function main() {
  if (!(values.size in SIZES)) throw new Error(`--size is one of ${Object.keys(SIZES).join(', ')}`);
  const lanes = values.parallel === undefined ? undefined : Number(values.parallel);
  if (lanes !== undefined && !(Number.isInteger(lanes) && lanes > 0)) throw new Error('--parallel is a number of storms');
  if (values.anchors) return checkAnchors();
  if (values.add) return addBoards(positionals);
  // Processes that this one starts find the template made.
  if (!process.env.STORM_TEMPLATE) removeTemplate = await Postgres.makeTemplate(ROOT);
  return values['self-test'] ? testItself(lanes) : play(lanes);
}

let removeTemplate = () => undefined;

async function putAway() {
  await endAll();
  await closeAll();
  removeTemplate();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => void putAway().finally(() => process.exit(130)));
}

main()
  .finally(() => removeTemplate())
  .then(
    (isFine) => process.exit(isFine ? 0 : 1),
    (error) => {
      console.error(error);
      process.exit(2);
    },
  );
