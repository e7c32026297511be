import fs from 'node:fs';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Town } from '../../support/town.js';
import { faultsIn } from '../../support/town-books.js';
import { ServiceCase, type StoryStep, WHAT } from './service-case.js';

const RUNS = Number(process.env.MODEL_RUNS ?? 30);
const STEPS = Number(process.env.MODEL_STEPS ?? 30);
const SEEDS = new URL('./seeds/', import.meta.url);
let town: Town;
let stories = 0;
let steps = 0;

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
});
afterAll(() => town.close());

/** Often the next moment, so that stories get up the ladder; everything else now and then. */
const storyStep: fc.Arbitrary<StoryStep> = fc.record({
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('timer' as const) },
    { weight: 3, arbitrary: fc.constantFrom('callMade', 'approve', 'served') },
    { weight: 9, arbitrary: fc.constantFrom(...WHAT) },
  ),
  percent: fc.integer({ min: 1, max: 95 }),
});

/** Plays a story on fresh rows; an error that names the step says what is wrong. */
async function play(story: readonly StoryStep[]): Promise<void> {
  const played = await ServiceCase.open(town, `model-${++stories}`);
  for (const [index, given] of story.entries()) {
    steps += 1;
    const says = await played.play(given);
    if (says) throw new Error(`after step ${index + 1} (${given.what}): ${says}`);
  }
  const faults = await faultsIn(town, played.creditorId);
  if (faults.length > 0) throw new Error(faults.join('; '));
}

describe('the services agree with the reference model', () => {
  it('I5 I11 I13 I14 I15 I16: whatever happens to a case', async () => {
    const seed = Number(process.env.MODEL_SEED ?? 20_261_122);
    const property = fc.asyncProperty(fc.array(storyStep, { minLength: 1, maxLength: STEPS, size: 'max' }), play);
    const report = await fc.check(property, { numRuns: RUNS, seed });
    console.info(`${stories} stories, ${steps} steps`);
    if (!report.failed) return;
    const story = report.counterexample?.[0] ?? [];
    fs.writeFileSync(new URL(`service-${report.seed}.json`, SEEDS), `${JSON.stringify(story, null, 2)}\n`);
    expect.fail(`${String(report.errorInstance)}\n${story.map(({ what, percent }) => `${what} ${percent}`).join(', ')}`);
  }, 3_600_000);

  const kept = fs.readdirSync(SEEDS).filter((name) => name.startsWith('service-'));
  it.each(kept)(
    '%s, which failed once, holds',
    async (name) => {
      await play(JSON.parse(fs.readFileSync(new URL(name, SEEDS), 'utf8')) as StoryStep[]);
    },
    120_000,
  );
});
