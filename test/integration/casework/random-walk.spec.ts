import {
  closeCase,
  makePromise,
  openDispute,
  placeHold,
  RefusedError,
  releaseHold,
  reportCall,
  resolveDispute,
  reversePayment,
  resumeLadder,
  updateCreditor,
  withdrawPromise,
} from '#casework';
import { addDays, day } from '#domain';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FINANCE, PERSON, Town } from '../../support/town.js';
import { faultsIn } from '../../support/town-books.js';

let town: Town;

beforeAll(async () => {
  town = await Town.open(inject('pgBase'));
});
afterAll(() => town.close());

/** A small generator of its own: the seed in the test's name gives the walk again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Walk {
  readonly creditorId: string;
  readonly caseIds: readonly string[];
  readonly random: (below: number) => number;
  readonly refs: string[];
}

type Step = (walk: Walk, caseId: string) => Promise<unknown>;

const today = async (creditorId: string) => day((await town.clock(creditorId)).slice(0, 10));

const STEPS: readonly Step[] = [
  async ({ creditorId, random, refs }, caseId) => {
    const ref = `r-${refs.length}`;
    refs.push(ref);
    const { openPrincipalMinor } = await town.caseRow(creditorId, caseId);
    const amount = random(3) === 0 ? openPrincipalMinor + 5_000n : BigInt(1 + random(150_000));
    await town.pay(creditorId, amount, await today(creditorId), random(6) === 0 ? { text: 'merci' } : { caseId }, ref);
  },
  async ({ creditorId, random, refs }) => {
    const providerRef = refs[random(Math.max(refs.length, 1))] ?? 'none';
    const on = await today(creditorId);
    await town.shared(creditorId, (tx) => reversePayment(tx, town.deps, creditorId, { provider: 'rest', providerRef, on }, PERSON));
  },
  async ({ creditorId, random }, caseId) => {
    const dueOn = addDays(await today(creditorId), 1 + random(14));
    await town.shared(creditorId, (tx) =>
      makePromise(tx, town.deps, creditorId, caseId, { amountMinor: BigInt(1 + random(300_000)), dueOn, channel: 'phone' }, PERSON),
    );
  },
  ({ creditorId }, caseId) => town.shared(creditorId, (tx) => withdrawPromise(tx, town.deps, creditorId, caseId, PERSON)),
  ({ creditorId }, caseId) =>
    town.shared(creditorId, (tx) => openDispute(tx, town.deps, creditorId, caseId, { reason: 'quality' }, PERSON)),
  ({ creditorId }, caseId) =>
    town.shared(creditorId, (tx) => resolveDispute(tx, town.deps, creditorId, caseId, { verdict: 'confirmed' }, PERSON)),
  async ({ creditorId, random }, caseId) => {
    const until = addDays(await today(creditorId), 1 + random(20));
    await town.shared(creditorId, (tx) => placeHold(tx, town.deps, creditorId, caseId, { until, reason: 'asked' }, PERSON));
  },
  ({ creditorId }, caseId) => town.shared(creditorId, (tx) => releaseHold(tx, town.deps, creditorId, caseId, PERSON)),
  ({ creditorId }, caseId) => town.shared(creditorId, (tx) => resumeLadder(tx, town.deps, creditorId, caseId, PERSON)),
  async ({ creditorId, random }, caseId) => {
    if (random(8) === 0)
      await town.shared(creditorId, (tx) => closeCase(tx, town.deps, creditorId, caseId, { kind: 'withdrawn', reason: 'error' }, FINANCE));
  },
  async ({ creditorId, random }) => {
    const [call] = await town.read((tx) => tx.calls.all({ creditorId, state: 'open' }));
    const outcome = (['attempted', 'reached', 'notMade'] as const)[random(3)] ?? 'attempted';
    if (call) await town.shared(creditorId, (tx) => reportCall(tx, town.deps, creditorId, call.callId, { outcome }, PERSON));
  },
  async ({ random }) => {
    const answers = [
      { status: 429, retryAfter: 60 },
      { status: 500 },
      { status: 400 },
      { acceptThenDrop: true as const },
      { dropConnection: true as const },
    ];
    town.local.script([answers[random(answers.length)] ?? { pass: true }]);
  },
  async ({ creditorId, random }) => {
    const waiting = await town.read((tx) => tx.messages.all({ creditorId, state: ['UNKNOWN', 'ACCEPTED'] }));
    const message = waiting[random(Math.max(waiting.length, 1))];
    // The local server took nothing it answered with an error: only what it holds may be confirmed.
    const isTaken = (await town.mailsOf(creditorId)).some((mail) => mail.mid === message?.messageId);
    if (message) await town.news(creditorId, message.messageId, isTaken ? 'delivered' : 'dropped');
  },
  async ({ creditorId, random }) => {
    const brakeOn = random(3) === 0;
    await town.shared(creditorId, async (tx) =>
      updateCreditor(tx, town.deps, creditorId, { brakeOn }, (await tx.creditors.one({ creditorId }))?.version ?? 0, FINANCE),
    );
  },
  async ({ creditorId, random }) => {
    await town.run(creditorId, addDays(await today(creditorId), 1 + random(12)), {
      approve: random(2) === 0,
      post: random(2) === 0,
      ...(random(2) === 0 ? { calls: 'attempted' as const } : {}),
    });
  },
];

async function walk(seed: number, steps: number): Promise<Walk> {
  const creditorId = await town.addCreditor({ creditorId: `walk-${seed}` });
  const first = await town.addInvoice(creditorId);
  const second = await town.addInvoice(creditorId, {
    number: 'F-2026-002',
    payableMinor: 60_000n,
    grossMinor: 60_000n,
    terms: [{ dueOn: day('2026-03-10') }],
  });
  const going: Walk = { creditorId, caseIds: [...first.caseIds, ...second.caseIds], random: randomFrom(seed), refs: [] };
  const seen = new Map<string, number>();
  for (let count = 0; count < steps; count++) {
    const caseId = going.caseIds[going.random(going.caseIds.length)] ?? '';
    const step = STEPS[going.random(STEPS.length)];
    try {
      await step?.(going, caseId);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
    for (const id of going.caseIds) {
      const { factSeq } = await town.caseRow(creditorId, id);
      expect(factSeq).toBeGreaterThanOrEqual(seen.get(id) ?? 0);
      seen.set(id, factSeq);
    }
  }
  return going;
}

describe('whatever people, debtors and providers do', () => {
  it.each([3, 17, 42, 101, 2026])(
    'I5 I9 I11 I13 I31: books, chains, wakes and messages hold (seed %i)',
    async (seed) => {
      const { creditorId } = await walk(seed, 70);
      expect(await faultsIn(town, creditorId)).toEqual([]);
      const cases = await town.read((tx) => tx.cases.all({ creditorId }));
      for (const row of cases) {
        const kinds = (await town.read((tx) => tx.journal.all({ creditorId, streamId: row.caseId }, { by: 'seq' }))).map(
          (entry) => entry.seq,
        );
        expect(kinds).toEqual(kinds.map((_, index) => index + 1));
        expect(kinds.length).toBe(row.factSeq);
      }
    },
    120_000,
  );
});
