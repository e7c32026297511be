import fs from 'node:fs';
import { SANDBOX_START } from '#casework';
import { addDays, atTime, day, type Instant } from '#domain';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleFromSources } from '../../support/temporal-worker.js';
import { Town } from '../../support/town.js';
import { Sandbox } from '../../workflow/simulation/sandbox.js';
import { ScriptedCase } from '../../workflow/simulation/scripted-case.js';
import { differences, factsOfServices } from './final-facts.js';
import { ZONE } from './pure-case.js';
import { ServiceCase, type What, WHAT } from './service-case.js';

const STORIES = Number(process.env.STORIES ?? 15);
/** What every run of the checks plays; `MODEL_SEED=fresh` or a number plays others. */
const SEED_OF_CI = 82_257_776;
/** Looking for a smaller story ends after this long: the smallest one so far is told. `MODEL_SHRINK=off` tells the story as it was drawn. */
const PATIENCE_MS = 300_000 + STORIES * 5_000;
const DAYS_MAX = 60;
/** More wakes than this between two mornings: the case never comes to rest. */
const WAKES_MAX = 300;
const DEEDS = { minLength: 4, maxLength: 16, size: 'max' } as const;
/** Before the sending window opens: whoever acts today acts after what is said today. */
const MORNING = '06:00';
const SEEDS = new URL('./seeds/', import.meta.url);
/** Parked money and the brake make a real case look again after a while; the simulation has neither. */
const NOT_SHARED: ReadonlySet<What> = new Set(['timer', 'unmatched', 'match', 'brake']);
const SHARED = WHAT.filter((what) => !NOT_SHARED.has(what));

/** What people and debtors do on one morning; `after`: days since the deed before. */
interface Deed {
  readonly after: number;
  readonly what: What;
  readonly percent: number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  after: fc.integer({ min: 0, max: 7 }),
  what: fc.oneof(
    // What staff do comes often, so that stories get up the ladder.
    { weight: 6, arbitrary: fc.constantFrom<What>('approve', 'approve', 'served', 'served', 'callMade', 'payPart', 'promise') },
    { weight: 5, arbitrary: fc.constantFrom(...SHARED) },
  ),
  percent: fc.integer({ min: 1, max: 95 }),
});

let town: Town;
let sandbox: Sandbox;
let played = 0;
let deeds = 0;
const rungs = new Map<string, number>();

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
  sandbox = await Sandbox.open(await bundleFromSources());
}, 120_000);
afterAll(async () => {
  await sandbox.close();
  await town.close();
});

/** Lives on in the services until a moment: every wake before it, and nothing else. */
async function liveUntil(services: ServiceCase, until: Instant): Promise<string | undefined> {
  const { creditorId, caseId } = services;
  for (let wakes = 0; ; wakes++) {
    const { wakeAt, closedKind, wakeKind, wakeStage } = await town.caseRow(creditorId, caseId);
    if (wakes > WAKES_MAX) return `liveness: ${wakes} wakes before ${until}, the last ${wakeKind} ${wakeStage ?? ''} of ${wakeAt}`;
    if (closedKind !== null || wakeAt === null || wakeAt > until) break;
    const says = await services.play({ what: 'timer', percent: 1 });
    if (says) return says;
  }
  if (until > (await town.clock(creditorId))) await town.moveTo(creditorId, until);
  return undefined;
}

/** Plays a story three times and answers where the three differ: model beside services, then the simulation with the very same words. */
async function disagreements(story: readonly Deed[], seed: number): Promise<string[]> {
  const services = await ServiceCase.open(town, `story-${++played}`);
  let on = day(SANDBOX_START.slice(0, 10));
  for (const { after, what, percent } of story) {
    on = addDays(on, after);
    const at = atTime(on, MORNING, ZONE);
    const says = (await liveUntil(services, at)) ?? (await services.play({ what, percent }));
    deeds += 1;
    if (says) return [`${on} ${what}: services and model: ${says}`];
  }
  const until = atTime(addDays(day(SANDBOX_START.slice(0, 10)), DAYS_MAX), MORNING, ZONE);
  const end = until > (await town.clock(services.creditorId)) ? until : await town.clock(services.creditorId);
  const says = await liveUntil(services, end);
  if (says) return [`at the end: services and model: ${says}`];
  const facts = await factsOfServices(town, services);
  for (const line of facts.rungs) rungs.set(line.split(' ')[1] ?? '', (rungs.get(line.split(' ')[1] ?? '') ?? 0) + 1);
  const simulated = await new ScriptedCase(sandbox, seed, SANDBOX_START).play(services.told, end);
  return differences(facts, simulated, services);
}

describe('the same story told to model, simulation and services', () => {
  it(
    'I5 I7 I11 I13 I15: ends with the same state, sums, rungs on the same days and verdicts',
    async () => {
      const seed = process.env.MODEL_SEED === 'fresh' ? Date.now() % 2 ** 31 : Number(process.env.MODEL_SEED ?? SEED_OF_CI);
      const property = fc.asyncProperty(fc.array(deed, DEEDS), fc.nat(), async (story, order) => {
        const found = await disagreements(story, order);
        if (found.length > 0) throw new Error(found.join('\n'));
      });
      const report = await fc.check(property, {
        numRuns: STORIES,
        seed,
        interruptAfterTimeLimit: PATIENCE_MS,
        endOnFailure: process.env.MODEL_SHRINK === 'off',
        markInterruptAsFailure: true,
      });
      console.info(
        `seed ${seed}: ${played} stories, ${deeds} deeds, rungs ${[...rungs].map(([rung, count]) => `${rung} ${count}`).join(', ')}`,
      );
      if (!report.failed) return;
      const [story, order] = report.counterexample ?? [[], 0];
      fs.writeFileSync(new URL(`story-${seed}.json`, SEEDS), `${JSON.stringify({ order, story }, null, 2)}\n`);
      expect.fail(
        `seed ${seed}: ${String(report.errorInstance)}\n${story.map((one) => `+${one.after} ${one.what} ${one.percent}`).join(', ')}`,
      );
    },
    PATIENCE_MS + 60_000,
  );

  const kept = fs.readdirSync(SEEDS).filter((name) => name.startsWith('story-'));
  it.each(kept)(
    '%s, on which they once differed, ends the same',
    async (name) => {
      const { story, order } = JSON.parse(fs.readFileSync(new URL(name, SEEDS), 'utf8')) as { story: Deed[]; order: number };
      expect(await disagreements(story, order)).toEqual([]);
    },
    120_000,
  );
});
