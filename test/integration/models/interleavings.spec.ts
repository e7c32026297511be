import { placeHold } from '#casework';
import { addDays, type Day, day, epochMs } from '#domain';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { PERSON, Town } from '../../support/town.js';
import { faultsIn } from '../../support/town-books.js';

const RACES = Number(process.env.MODEL_RACES ?? 60);
const BATCH = 30;
let town: Town;
/** Decides, while a race runs, which transaction is let through next. */
let gate: fc.Scheduler | undefined;
const passed = { count: 0, lookers: new Set<() => void>() };

/** Waits until the race has seen so many transactions, or until its act is over. */
async function after(count: number, over: Promise<unknown>): Promise<void> {
  let look: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    look = () => passed.count >= count && resolve();
    passed.lookers.add(look);
    look();
  });
  await Promise.race([reached, over]);
  passed.lookers.delete(look);
}

beforeAll(async () => {
  town = await Town.open(inject('pgBase'), (ports) => {
    const { unitOfWork } = ports.casework;
    const run: typeof unitOfWork.run = async (creditorId, mode, work) => {
      await gate?.schedule(Promise.resolve(), mode);
      const done = await unitOfWork.run(creditorId, mode, work);
      passed.count += 1;
      for (const look of passed.lookers) look();
      return done;
    };
    const plain: typeof unitOfWork.plain = (work) => unitOfWork.plain(work);
    return { ...ports, casework: { ...ports.casework, unitOfWork: { run, plain } } };
  });
});
afterAll(() => town.close());

interface Ready {
  readonly creditorId: string;
  readonly caseIds: readonly string[];
}

/** A creditor whose cases, one debtor each, all have their courtesy mail due. */
async function readyCases(name: string): Promise<Ready> {
  const creditorId = await town.addCreditor({ creditorId: name });
  const caseIds: string[] = [];
  for (let index = 0; index < BATCH; index++) {
    const { caseIds: made } = await town.addInvoice(creditorId, {
      number: `F-${index}`,
      buyer: { name: `Client ${index}`, siren: undefined, email: `client-${index}@example.org`, phone: undefined },
    });
    caseIds.push(...made);
  }
  for (let look = 0; look < 3; look++) {
    for (const caseId of caseIds) {
      const { wakeKind, wakeAt } = await town.caseRow(creditorId, caseId);
      if (wakeAt && wakeAt > (await town.clock(creditorId))) await town.moveTo(creditorId, wakeAt);
      if (wakeKind === 'call') await town.act(creditorId, caseId);
    }
  }
  return { creditorId, caseIds };
}

interface Race {
  readonly sent: boolean;
  readonly claimedAtMs?: number;
  readonly paidAtMs?: number;
  readonly heldAtMs?: number;
}

/** Act, payment and hold at once; the times are those at which each was acknowledged to whoever asked. */
async function race({ creditorId }: Ready, caseId: string, scheduler: fc.Scheduler, waits: readonly number[]): Promise<Race> {
  const today: Day = day((await town.clock(creditorId)).slice(0, 10));
  let paidAtMs: number | undefined;
  let heldAtMs: number | undefined;
  const now = () => epochMs(town.deps.clock.now());
  gate = scheduler;
  passed.count = 0;
  const act = town.act(creditorId, caseId);
  const pay = after(waits[0] ?? 0, act)
    .then(() => town.pay(creditorId, 486_000n, today, { caseId }, `race-${caseId}`))
    .then(() => (paidAtMs = now()));
  const hold = after(waits[1] ?? 0, act)
    .then(() =>
      town.shared(creditorId, (tx) => placeHold(tx, town.deps, creditorId, caseId, { until: addDays(today, 5), reason: 'asked' }, PERSON)),
    )
    .then(
      () => (heldAtMs = now()),
      // Settled first: a closed case takes no hold.
      () => undefined,
    );
  await scheduler.waitFor(Promise.all([act, pay, hold]));
  gate = undefined;
  const [link] = await town.read((tx) => tx.messageCases.all({ creditorId, caseId }));
  const message = link && (await town.read((tx) => tx.messages.one({ creditorId, messageId: link.messageId })));
  const claimed = message?.claimedAt ? { claimedAtMs: epochMs(message.claimedAt) } : {};
  return { sent: message?.state === 'ACCEPTED', ...claimed, ...(paidAtMs ? { paidAtMs } : {}), ...(heldAtMs ? { heldAtMs } : {}) };
}

describe('claim, payment and hold at the same moment', () => {
  it('I1 I16: nothing is claimed after a payment or a hold was acknowledged', async () => {
    const tally = { claims: 0, none: 0 };
    let batch = 0;
    let ready: Ready = { creditorId: '', caseIds: [] };
    let next = BATCH;
    // An act is six transactions and more: judged, leased, planned, claimed, freed, recorded.
    const wait = fc.integer({ min: 0, max: 8 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.tuple(wait, wait), async (scheduler, waits) => {
        if (next >= ready.caseIds.length) {
          if (ready.creditorId) expect(await faultsIn(town, ready.creditorId)).toEqual([]);
          ready = await readyCases(`race-${++batch}`);
          next = 0;
        }
        const { claimedAtMs, paidAtMs, heldAtMs } = await race(ready, ready.caseIds[next++] ?? '', scheduler, waits);
        tally[claimedAtMs === undefined ? 'none' : 'claims'] += 1;
        if (claimedAtMs === undefined) return;
        expect(paidAtMs === undefined || claimedAtMs <= paidAtMs).toBe(true);
        expect(heldAtMs === undefined || claimedAtMs <= heldAtMs).toBe(true);
      }),
      { numRuns: RACES, endOnFailure: true },
    );
    expect(await faultsIn(town, ready.creditorId)).toEqual([]);
    console.info(`${RACES} races`, tally);
    expect(tally.claims).toBeGreaterThan(RACES / 20);
    expect(tally.none).toBeGreaterThan(RACES / 20);
  }, 3_600_000);
});
