import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { currentSnapshot } from '#casework';
import { CountedDesk } from './counted-desk.js';

let desk: CountedDesk;
let creditorId: string;

beforeAll(async () => {
  desk = await CountedDesk.open(inject('pgBase'));
  creditorId = await desk.addCreditor();
});
afterAll(() => desk.close());

/** Opening with its lock, and commit. */
const FRAME = 2;

describe('what the database is asked, statement by statement', () => {
  it('an invoice of a new debtor: 17, with its debtor, contacts, case, ledger, journal and news', async () => {
    const { sent } = await desk.counted(() => desk.register(creditorId, [{ number: 'N-1', debtor: 1 }]));
    expect(sent - FRAME).toBe(17);
  });

  it('an invoice of a known debtor: 14; ten of them in one transaction cost ten times that and one frame', async () => {
    const { sent } = await desk.counted(() => desk.register(creditorId, [{ number: 'K-1', debtor: 1 }]));
    expect(sent - FRAME).toBe(14);
    const ten = Array.from({ length: 10 }, (_, index) => ({ number: `T-${index}`, debtor: 1 }));
    const { sent: together } = await desk.counted(() => desk.register(creditorId, ten));
    expect(together - FRAME).toBe(10 * (sent - FRAME));
  });

  it('the same invoice again: 3, all of them reads', async () => {
    const { sent, result } = await desk.counted(() => desk.register(creditorId, [{ number: 'N-1', debtor: 1 }]));
    expect(result[0]?.result).toBe('unchanged');
    expect(desk.statements.filter((sql) => /^\s*(insert|update|delete)/.test(sql))).toEqual([]);
    expect(sent - FRAME).toBe(3);
  });

  it('a part payment: 16; the payment that settles (its unprinted letters are looked for): 29', async () => {
    const [outcome] = await desk.register(creditorId, [{ number: 'P-1', debtor: 2 }]);
    const [caseId = ''] = outcome?.caseIds ?? [];
    const part = await desk.counted(() => desk.pay(creditorId, 100_000n, caseId));
    const rest = await desk.counted(() => desk.pay(creditorId, 386_000n, caseId));
    expect([part.sent - FRAME, rest.sent - FRAME]).toEqual([16, 29]);
  });

  it('a payment that settles and brings interest and indemnity: 32; one that leaves them to be asked about: 30; one that brings them later: 21', async () => {
    const settle = async (number: string, first: bigint, second: bigint) => {
      const [outcome] = await desk.register(creditorId, [{ number, debtor: 2 }]);
      const [caseId = ''] = outcome?.caseIds ?? [];
      await desk.pay(creditorId, first, caseId, '2026-03-30');
      const { sent } = await desk.counted(() => desk.pay(creditorId, second, caseId, '2026-03-30'));
      return sent - FRAME;
    };
    expect([
      await settle('Q-1', 100_000n, 395_177n),
      await settle('Q-2', 100_000n, 386_000n),
      await settle('Q-3', 486_000n, 9_177n),
    ]).toEqual([32, 30, 21]);
  });

  it('a mail that leaves, prepared, claimed, handed over and recorded, each transaction with its frame: 96', async () => {
    const [outcome] = await desk.register(creditorId, [{ number: 'S-1', debtor: 3 }]);
    const [caseId = ''] = outcome?.caseIds ?? [];
    for (;;) {
      const { wake, factSeq, epoch } = await currentSnapshot(desk.deps, creditorId, caseId);
      await desk.moveTo(creditorId, wake.at);
      const input = { creditorId, caseId, wake, factSeq, epoch };
      if (wake.kind === 'callExpires') await desk.acts.expireCall(input);
      else if (wake.kind === 'call') await desk.acts.openCallTask(input);
      else {
        expect(wake.kind).toBe('mail');
        const { sent, result } = await desk.counted(() => desk.acts.sendMail(input));
        expect(result.factSeq).toBeGreaterThan(factSeq);
        expect(sent).toBe(96);
        return;
      }
    }
  });

  it('a page of cases is one statement, however many cases there are and whatever is asked', async () => {
    for (const request of [{}, { sort: 'debtor' as const }, { open: true, search: 'T-' }, { search: '4860.00' }]) {
      const { sent } = await desk.counted(() => desk.readModels.cases(creditorId, { limit: 50, ...request }));
      expect(sent).toBe(1);
    }
  });
});
