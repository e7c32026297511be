// Child of run.mjs: loads every spec once over the instrumented sources, notes which test meets which mutant, then switches on one mutant
// after the other. Answers in lines of JSON. A mutant that never ends is killed together with this process, and the next one goes on after it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { createViteServer } from 'vitest/node';

// Outside a run of vitest its own answers to these do not exist, and some matchers ask for them.
expect.setState({ testPath: '', environment: 'node', currentTestName: '' });

const [, , jobFile, first] = process.argv;
const { root, sources, specs, mutants } = JSON.parse(readFileSync(jobFile, 'utf8'));
const instrumented = new Map(sources);
const collector = { tests: [], chapters: [], spec: '', expect };
globalThis.specCollector = collector;
// The names that Stryker's instrumentation looks for.
const switches = { activeMutant: undefined, currentTestId: undefined, mutantCoverage: { static: {}, perTest: {} } };
globalThis.__stryker__ = switches;

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const server = await createViteServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true, include: [] },
  resolve: { alias: { vitest: path.join(root, 'test/mutation/spec-collector.mjs') } },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['node'] } },
  plugins: [
    {
      name: 'instrumented-sources',
      enforce: 'pre',
      load: (id) => instrumented.get(path.relative(root, id.split('?')[0]).split(path.sep).join('/')),
      // The module runner of Vite does not answer import.meta.resolve.
      transform: (code) => code.replace(/import\.meta\.resolve\('#asset\/([^']+)'\)/g, `new URL('file://${root}/libs/$1').href`),
    },
  ],
});
for (const spec of specs) {
  collector.spec = spec;
  await server.ssrLoadModule(path.join(root, spec));
}

/** Runs every test once without a mutant: how long it takes and which mutants it meets. */
async function rehearse() {
  const meets = new Map();
  for (const [index, test] of collector.tests.entries()) {
    switches.currentTestId = String(index);
    const met = (switches.mutantCoverage.perTest[index] = {});
    const begun = performance.now();
    await test.run();
    test.ms = performance.now() - begun;
    for (const [id, count] of Object.entries(met)) {
      const known = meets.get(id) ?? { tests: [], hits: 0 };
      meets.set(id, { tests: [...known.tests, test], hits: Math.max(known.hits, count) });
    }
  }
  switches.currentTestId = undefined;
  return meets;
}

/** True when one of the tests that meet the mutant fails; the quick ones are asked first. */
async function isKilled(id, { tests, hits }) {
  switches.activeMutant = id;
  switches.hitLimit = 100 * hits + 1000;
  try {
    for (const test of tests.toSorted((a, b) => a.ms - b.ms)) {
      switches.hitCount = 0;
      await test.run();
    }
    return false;
  } catch {
    return true;
  } finally {
    switches.activeMutant = undefined;
  }
}

const meets = await rehearse();
say({ rehearsed: collector.tests.length });
for (let index = Number(first); index < mutants.length; index++) {
  const { id } = mutants[index];
  say({ begins: index });
  const met = meets.get(id);
  // Code that runs only while a module loads is not played again: Stryker itself calls such mutants static.
  const unmet = switches.mutantCoverage.static[id] ? 'static' : 'notCovered';
  say({ index, outcome: met ? ((await isKilled(id, met)) ? 'killed' : 'survived') : unmet });
}
say({ done: true });
process.exit(0);
