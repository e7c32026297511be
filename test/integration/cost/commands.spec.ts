import {
  addContact,
  allocateParked,
  closeCase,
  decideApproval,
  type CaseworkDeps,
  makePromise,
  openDispute,
  openInsolvency,
  placeHold,
  releaseBrake,
  releaseHold,
  reportCall,
  resolveDispute,
  returnPayment,
  reversePayment,
  setBrake,
  updateCreditor,
  withdrawPromise,
} from '#casework';
import { addDays, day } from '#domain';
import type { Tx } from '#ports';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CountedDesk } from './counted-desk.js';

const PERSON = { actor: 'claire', role: 'controller' } as const;
const FINANCE = { actor: 'marc', role: 'finance' } as const;
/** Opening with its lock, and commit. */
const FRAME = 2;

let desk: CountedDesk;
let creditorId: string;
let deps: CaseworkDeps;
let made = 0;

beforeAll(async () => {
  desk = await CountedDesk.open(inject('pgBase'));
  creditorId = await desk.addCreditor();
  ({ deps } = desk);
});
afterAll(() => desk.close());

/** A case of a debtor of its own. */
async function freshCase(): Promise<string> {
  made += 1;
  const [outcome] = await desk.register(creditorId, [{ number: `C-${made}`, debtor: 100 + made }]);
  return outcome?.caseIds[0] ?? '';
}

/** Statements of one command under the creditor's shared lock, without its opening and its commit. */
async function cost(work: (tx: Tx) => Promise<unknown>): Promise<number> {
  const { sent } = await desk.counted(() => deps.unitOfWork.run(creditorId, 'shared', work));
  return sent - FRAME;
}

async function today() {
  const row = await deps.unitOfWork.plain((tx) => tx.creditors.one({ creditorId }));
  return day((row?.clockAt ?? '').slice(0, 10));
}

describe('what one command asks of the database, statement by statement', () => {
  it('a hold: 7, its release: 7', async () => {
    const caseId = await freshCase();
    const hold = { until: addDays(await today(), 6), reason: 'asked' };
    const placed = await cost((tx) => placeHold(tx, deps, creditorId, caseId, hold, PERSON));
    const released = await cost((tx) => releaseHold(tx, deps, creditorId, caseId, PERSON));
    expect([placed, released]).toEqual([7, 7]);
  });

  it('a dispute: 8, its resolution: 8', async () => {
    const caseId = await freshCase();
    const opened = await cost((tx) => openDispute(tx, deps, creditorId, caseId, { reason: 'quality', note: 'pièce abîmée' }, PERSON));
    const resolved = await cost((tx) => resolveDispute(tx, deps, creditorId, caseId, { verdict: 'confirmed' }, PERSON));
    expect([opened, resolved]).toEqual([8, 8]);
  });

  it('a promise, with its confirmation: 15; its withdrawal: 7', async () => {
    const caseId = await freshCase();
    const terms = { amountMinor: 100_000n, dueOn: addDays(await today(), 5), channel: 'phone' };
    const promised = await cost((tx) => makePromise(tx, deps, creditorId, caseId, terms, PERSON));
    const withdrawn = await cost((tx) => withdrawPromise(tx, deps, creditorId, caseId, PERSON));
    expect([promised, withdrawn]).toEqual([15, 7]);
  });

  it('insolvency: 11; a case withdrawn: 13, written off: 13', async () => {
    const [insolvent, withdrawn, writtenOff] = [await freshCase(), await freshCase(), await freshCase()];
    const openedOn = await today();
    const close = (caseId: string, kind: 'withdrawn' | 'writtenOff') =>
      cost((tx) => closeCase(tx, deps, creditorId, caseId, { kind, reason: 'decided' }, FINANCE));
    const opened = await cost((tx) => openInsolvency(tx, deps, creditorId, insolvent, { openedOn }, PERSON));
    expect([opened, await close(withdrawn, 'withdrawn'), await close(writtenOff, 'writtenOff')]).toEqual([11, 13, 13]);
  });

  it('a payment that nobody can match: 6, given to a case by hand: 20, sent back: 9', async () => {
    const caseId = await freshCase();
    const parked = async (ref: string) => {
      const sent = await desk.park(creditorId, 120_000n, ref);
      const payment = await deps.unitOfWork.plain((tx) => tx.payments.one({ creditorId, provider: 'rest', providerRef: ref }));
      return { sent: sent - FRAME, paymentId: payment?.paymentId ?? '' };
    };
    const [first, second] = [await parked('u-1'), await parked('u-2')];
    const given = await cost((tx) => allocateParked(tx, deps, creditorId, first.paymentId, { caseId }, FINANCE));
    const returned = await cost((tx) => returnPayment(tx, deps, creditorId, second.paymentId, FINANCE));
    expect([first.sent, given, returned]).toEqual([6, 20, 9]);
  });

  it('a part payment charged back: 16; the one that had settled the case: 18', async () => {
    const back = async (amount: bigint) => {
      const caseId = await freshCase();
      const { paymentId } = await desk.pay(creditorId, amount, caseId);
      const payment = await deps.unitOfWork.plain((tx) => tx.payments.one({ creditorId, paymentId }));
      const reversal = { provider: 'rest', providerRef: payment?.providerRef ?? '', on: await today() };
      return cost((tx) => reversePayment(tx, deps, creditorId, reversal, PERSON));
    };
    expect([await back(100_000n), await back(486_000n)]).toEqual([16, 18]);
  });

  it('a brake of one debtor: 5, released: 5; the creditor’s own switch: 4', async () => {
    const row = await deps.unitOfWork.plain(async (tx) => tx.cases.one({ creditorId, caseId: await freshCase() }));
    const brake = { creditorId, scope: 'debtor', key: row?.debtorId ?? '', reason: 'travaux' } as const;
    const set = await cost((tx) => setBrake(tx, deps, brake, FINANCE));
    const [kept] = await deps.unitOfWork.plain((tx) => tx.brakes.all({ creditorId, releasedAt: null }));
    if (!kept) throw new Error('No brake was kept');
    const released = await cost((tx) => releaseBrake(tx, deps, kept, 'fini', FINANCE));
    const version = (await deps.unitOfWork.plain((tx) => tx.creditors.one({ creditorId })))?.version ?? 0;
    const stopped = await cost((tx) => updateCreditor(tx, deps, creditorId, { brakeOn: true }, version, FINANCE));
    await deps.unitOfWork.run(creditorId, 'shared', (tx) => updateCreditor(tx, deps, creditorId, { brakeOn: false }, version + 1, FINANCE));
    expect([set, released, stopped]).toEqual([5, 5, 4]);
  });

  it('another address of a debtor: 8', async () => {
    const caseId = await freshCase();
    const row = await deps.unitOfWork.plain((tx) => tx.cases.one({ creditorId, caseId }));
    const contact = { role: 'legalRepresentative', channel: 'email', address: 'direction@client.example' } as const;
    const added = await cost((tx) => addContact(tx, deps, creditorId, row?.debtorId ?? '', contact, PERSON));
    expect(added).toBe(8);
  });

  it('a call reported: 12; an approval given: 10, refused: 10', async () => {
    const called: number[] = [];
    const decide = async (verdict: 'approved' | 'refused') => {
      const caseId = await freshCase();
      await desk.climbTo(creditorId, caseId, async (callId) => {
        called.push(await cost((tx) => reportCall(tx, deps, creditorId, callId, { outcome: 'attempted' }, PERSON)));
      });
      const [asked] = await deps.unitOfWork.plain((tx) => tx.approvals.all({ creditorId, caseId, state: 'pending' }));
      const decision = { verdict, basis: asked?.basis ?? '' };
      return cost((tx) => decideApproval(tx, deps, creditorId, asked?.approvalId ?? '', decision, FINANCE));
    };
    expect([await decide('approved'), await decide('refused'), called]).toEqual([10, 10, [12, 12]]);
  }, 60_000);
});
