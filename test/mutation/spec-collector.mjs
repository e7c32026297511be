// Stands in for `vitest` while mutants are played: collects the tests of a spec instead of running them, so that one process can run them
// again for every mutant. Knows what the specs of the law use, and no more.

const collector = globalThis.specCollector;

const named = (title, values) => {
  let index = 0;
  return String(title).replace(/%[sdijo]/g, () => String(values[index++]));
};
const valuesOf = (row) => (Array.isArray(row) ? row : [row]);

export function describe(title, chapter) {
  collector.chapters.push({ title: String(title), before: [], after: [] });
  chapter();
  collector.chapters.pop();
}
describe.each = (table) => (title, chapter) => {
  for (const row of table) describe(named(title, valuesOf(row)), () => chapter(...valuesOf(row)));
};

export function it(title, first, second) {
  const body = typeof first === 'function' ? first : second;
  const chapters = [...collector.chapters];
  const run = async () => {
    for (const hook of chapters.flatMap((chapter) => chapter.before)) await hook();
    try {
      await body();
    } finally {
      for (const hook of chapters.flatMap((chapter) => chapter.after)) await hook();
    }
  };
  collector.tests.push({ spec: collector.spec, title: [...chapters.map((chapter) => chapter.title), title].join(' > '), run });
}
it.each = (table) => (title, first, second) => {
  const body = typeof first === 'function' ? first : second;
  for (const row of table) it(named(title, valuesOf(row)), () => body(...valuesOf(row)));
};

export const beforeEach = (hook) => collector.chapters.at(-1)?.before.push(hook);
export const afterEach = (hook) => collector.chapters.at(-1)?.after.push(hook);
export const { expect } = collector;
