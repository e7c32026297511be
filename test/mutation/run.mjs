// Changes the code of the law in thousands of places, with Stryker's own mutators, and expects a failing test for each.
//   node test/mutation/run.mjs                          every folder below
//   node test/mutation/run.mjs libs/domain/src/money    one folder or file
// Stryker's own runner loads the specs anew for each mutant, which takes hours for these; here one process plays them all.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const report = path.join(root, 'reports', 'mutation');
const LEAST_PERCENT = 90;
/** A mutant that takes longer never ends. */
const PATIENCE_MS = 120_000;
const DOMAIN = ['money', 'calendar', 'claim', 'deadlines'].map((area) => `libs/domain/src/${area}`);
const RATES = ['late-interest-rates.ts', 'legal-interest-rates.ts', 'rate-period.ts', 'lump-sum-rules.ts'].map(
  (file) => `libs/statutes/src/${file}`,
);
const REFERENCE = ['traps', 'printed-claims', 'printed-deadlines', 'printed-rules', 'refused-claims', 'random-claims-1'].map(
  (name) => `test/reference-claim/${name}.spec.ts`,
);

process.env.TZ = 'Pacific/Kiritimati';
process.env.REFERENCE_CLAIMS ??= '800';

const below = (place) =>
  place.endsWith('.ts')
    ? [place]
    : readdirSync(path.join(root, place))
        .map((name) => `${place}/${name}`)
        .filter((file) => file.endsWith('.ts'));
const isSpec = (file) => file.endsWith('.spec.ts');

async function instrumented(files) {
  const silent = new Proxy({}, { get: (_, name) => (String(name).startsWith('is') ? () => false : () => undefined) });
  const given = files.map((name) => ({ name, mutate: true, content: readFileSync(path.join(root, name), 'utf8') }));
  const made = await new Instrumenter(silent).instrument(given, { ignorers: [], plugins: null, excludedMutations: [] });
  const mutants = made.mutants.filter((mutant) => mutant.status !== 'Ignored');
  return { sources: made.files.map((file) => [file.name, file.content]), mutants };
}

/** Plays the mutants from `first` on; resolves with where to go on when one of them had to be killed. */
function play(jobFile, first, outcomes) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'test/mutation/play-mutants.mjs'), jobFile, String(first)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    let current = -1;
    let timer = setTimeout(() => child.kill('SIGKILL'), 5 * PATIENCE_MS);
    child.stdout.on('data', (data) => {
      const lines = (text + data).split('\n');
      text = lines.pop();
      for (const line of lines.filter((one) => one.startsWith('{')).map((one) => JSON.parse(one))) {
        if (line.rehearsed && first === 0) console.log(`${line.rehearsed} tests rehearsed`);
        if (line.begins !== undefined) {
          current = line.begins;
          clearTimeout(timer);
          timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
        }
        if (line.outcome) outcomes[line.index] = line.outcome;
        if (line.done) current = Number.POSITIVE_INFINITY;
      }
    });
    child.on('exit', () => {
      clearTimeout(timer);
      if (current === -1) return reject(new Error('the tests do not pass without a mutant, or a spec does not load'));
      if (Number.isFinite(current)) outcomes[current] ??= 'neverEnds';
      resolve(current + 1);
    });
  });
}

function percent(outcomes) {
  const caught = outcomes.filter((one) => one === 'killed' || one === 'neverEnds').length;
  const missed = outcomes.filter((one) => one === 'survived' || one === 'notCovered').length;
  return caught + missed === 0 ? 100 : (100 * caught) / (caught + missed);
}

function scores(mutants, outcomes, groupOf) {
  const groups = new Map();
  for (const [index, mutant] of mutants.entries()) groups.set(groupOf(mutant), [...(groups.get(groupOf(mutant)) ?? []), outcomes[index]]);
  return [...groups].map(([group, those]) => ({ group, outcomes: those }));
}

function print({ group, outcomes }) {
  const count = (outcome) => outcomes.filter((one) => one === outcome).length;
  const figures = `${outcomes.length} mutants, ${count('survived')} survived, ${count('notCovered')} not covered, ${count('static')} static`;
  console.log(`${percent(outcomes).toFixed(1).padStart(6)} %  ${group}  (${figures})`);
}

const places = process.argv.slice(2).length > 0 ? process.argv.slice(2) : [...DOMAIN, ...RATES];
const { sources, mutants } = await instrumented(places.flatMap(below).filter((file) => !isSpec(file)));
const statutes = below('libs/statutes/src').filter((file) => !file.includes('keys-in-code'));
const specs = [...DOMAIN.flatMap(below), ...statutes].filter(isSpec).concat(REFERENCE);
mkdirSync(report, { recursive: true });
const jobFile = path.join(report, 'mutants.json');
writeFileSync(jobFile, JSON.stringify({ root, sources, specs, mutants }));
console.log(`${sources.length} files, ${mutants.length} mutants, ${specs.length} specs`);

const outcomes = Array.from({ length: mutants.length });
for (let next = 0; next < mutants.length; ) next = await play(jobFile, next, outcomes);

const left = mutants.filter((_, index) => outcomes[index] === 'survived' || outcomes[index] === 'notCovered');
const place = ({ fileName, location, mutatorName, replacement }) => `${fileName}:${location.start.line + 1} ${mutatorName}: ${replacement}`;
writeFileSync(path.join(report, 'survivors.txt'), `${left.map(place).join('\n')}\n`);
for (const file of scores(mutants, outcomes, (mutant) => mutant.fileName)) print(file);
const folders = scores(mutants, outcomes, (mutant) => path.posix.dirname(mutant.fileName));
console.log('');
for (const folder of folders) print(folder);
console.log('survivors: reports/mutation/survivors.txt');
process.exit(folders.every((folder) => percent(folder.outcomes) >= LEAST_PERCENT) ? 0 : 1);
