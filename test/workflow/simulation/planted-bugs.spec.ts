import type { WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFromSources } from '../../support/temporal-worker.js';
import { runAct } from './acts.js';
import { type Judge, judgeSend, type News, Rows } from './rows.js';
import { Sandbox } from './sandbox.js';
import { type Planted, SimulatedCase } from './simulated-case.js';

/** Each of these bugs is noticed within a few dozen seeds. */
const SEEDS = 150;
let bundle: WorkflowBundle;
let sandbox: Sandbox;

beforeAll(async () => {
  bundle = await bundleFromSources();
  sandbox = await Sandbox.open(bundle);
}, 120_000);
afterAll(() => sandbox.close());

/** The first seed that notices, and what it says. */
async function caught(planted: Planted, box = sandbox): Promise<string> {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const [fault] = (await new SimulatedCase(box, seed, planted).play()).faults;
    if (!fault) continue;
    console.info(`seed ${seed}: ${fault}`);
    return fault;
  }
  return 'nothing';
}

/** Workflow code with one place changed; the place must be there, or the bug was not planted at all. */
async function mutated(from: RegExp, to: string): Promise<Sandbox> {
  if (!('code' in bundle)) throw new Error('no code');
  const found = bundle.code.match(new RegExp(from, 'g'))?.length;
  if (found !== 1) throw new Error(`${from} stands ${found ?? 0} times in the bundle`);
  return Sandbox.open({ ...bundle, code: bundle.code.replace(from, to) });
}

/** Rows that see less, or something else, than there is; what is written goes to the real ones. */
function blind(rows: Rows, sees: Partial<Rows>): Rows {
  return new Proxy(rows, {
    get: (target, key) => (key in sees ? Reflect.get(sees, key) : Reflect.get(target, key, target)) as unknown,
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
}

describe('a wrong release is noticed by the simulation', () => {
  it('I1: a claim that does not look at unread payments', async () => {
    const judge: Judge = (rows, rung) => judgeSend(blind(rows, { inbox: [] }), rung);
    expect(await caught({ judge })).toContain('I1: ');
  }, 300_000);

  it('I16: a claim that judges the state as it was when the act began', async () => {
    const planted: Planted = {
      runAct: (world, input) => {
        const { pure } = world.rows;
        const judge: Judge = (rows, rung) => judgeSend(blind(rows, { pure: { ...rows.pure, state: pure.state } }), rung);
        return runAct({ ...world, rows: blind(world.rows, { isCurrent: () => true, judge }) }, input);
      },
    };
    expect(await caught(planted)).toMatch(/I1[56]: |I5: |I10: |I11: /);
  }, 300_000);

  it('I5: a hand-over whose answer was lost is simply tried again', async () => {
    const planted: Planted = {
      runAct: (world, input) => {
        const take: typeof world.provider.take = (message) => {
          const answer = world.provider.take(message);
          return answer === 'answerLost' ? 'neverLeft' : answer;
        };
        return runAct({ ...world, provider: { take } }, input);
      },
    };
    expect(await caught(planted)).toMatch(/I5: .* left twice/);
  }, 300_000);

  it('I10: a claim that looks neither at the pace nor at the window', async () => {
    const judge: Judge = (rows, rung) => {
      const verdict = judgeSend(rows, rung);
      return verdict.verdict === 'POSTPONED' && ['pace', 'outsideWindow'].includes(verdict.reason) ? { verdict: 'SENT' } : verdict;
    };
    expect(await caught({ judge })).toContain('I10: ');
  }, 300_000);

  it('liveness: news that carry a number that no fact has', async () => {
    const news = (given: News): News => {
      const payload = given.payload as { snapshot?: { factSeq: number } };
      if (!payload.snapshot) return given;
      return { ...given, payload: { ...payload, snapshot: { ...payload.snapshot, factSeq: payload.snapshot.factSeq + 10_000 } } };
    };
    expect(await caught({ news })).toMatch(/liveness: |I25: /);
  }, 300_000);

  it('I25: a mailbox that takes old news for new ones', async () => {
    const box = await mutated(/if \(!isNewer\(snapshot, this\.newest\)\)\s+return;/, '');
    expect(await caught({}, box)).toMatch(/I25: |liveness: /);
    await box.close();
  }, 300_000);

  it('I25 I28: a timer that stays when its wake moves', async () => {
    const box = await mutated(/!isSameWake\(this\.armed\.wake, wake\)/, 'false');
    expect(await caught({}, box)).toMatch(/I25: |I28: /);
    await box.close();
  }, 300_000);
});
