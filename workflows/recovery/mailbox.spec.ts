import type { CaseSnapshot, Instant } from '#domain';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Mailbox } from './mailbox.js';

const { warn } = vi.hoisted(() => ({ warn: vi.fn<(words: string) => void>() }));

vi.mock('@temporalio/workflow', async (original) => ({ ...(await original<object>()), log: { warn } }));

const at = '2026-03-02T08:00:00.000Z' as Instant;
const start: CaseSnapshot = {
  caseId: 'case-1',
  creditorId: 'dupont',
  debtorRef: 'D-1',
  episode: 1,
  epoch: 1,
  factSeq: 0,
  state: 'scheduled',
  openPrincipal: '100',
  currency: 'EUR',
  dueOn: '2026-01-31',
  disputed: false,
  plan: [],
  wake: { kind: 'review', at },
};

const number = fc.record({ epoch: fc.integer({ min: 1, max: 3 }), factSeq: fc.integer({ min: 0, max: 20 }) });
const news = fc.array(
  number.map((numbers) => ({ ...start, ...numbers, openPrincipal: String(numbers.epoch * 100 + numbers.factSeq) })),
  { minLength: 1, maxLength: 30 },
);

describe('the mailbox of a case', () => {
  it('I19: ends with the newest of whatever came, in any order and however often', () => {
    fc.assert(
      fc.property(
        news.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }))),
        ([all, shuffled]) => {
          const newest = [start, ...all].reduce((a, b) => (b.epoch > a.epoch || (b.epoch === a.epoch && b.factSeq > a.factSeq) ? b : a));
          const mailbox = new Mailbox(start);
          for (const snapshot of shuffled) mailbox.take('paymentReceived', snapshot);
          expect(mailbox.snapshot).toEqual(newest);
        },
      ),
    );
  });

  it('counts a change only for what is newer', () => {
    const mailbox = new Mailbox({ ...start, factSeq: 3 });
    mailbox.take('a', { ...start, factSeq: 3 });
    mailbox.take('b', { ...start, factSeq: 2 });
    expect(mailbox.changes).toBe(0);
    mailbox.take('c', { ...start, factSeq: 4 });
    expect(mailbox.changes).toBe(1);
  });

  it('never throws, whatever a signal carries', () => {
    fc.assert(
      fc.property(fc.anything(), (junk) => {
        const mailbox = new Mailbox(start);
        mailbox.take('closed', junk);
        mailbox.takeNews('closed', junk as never);
        mailbox.takeMove(junk);
        expect(mailbox.snapshot).toEqual(start);
      }),
    );
  });

  it('says so when it refuses another case and when it adopts restored rows', () => {
    const mailbox = new Mailbox({ ...start, factSeq: 9 });
    warn.mockClear();
    mailbox.take('closed', { ...start, caseId: 'case-2', factSeq: 99 });
    mailbox.take('balanceCorrected', { ...start, epoch: 2, factSeq: 4 });
    expect(warn.mock.calls.map(([words]) => words)).toEqual([
      'A snapshot of another case was refused',
      'The rows were restored to an older point: the workflow adopts their number',
    ]);
    expect(mailbox.snapshot.factSeq).toBe(4);
  });

  it('merges the sandbox clock by its own version, also from snapshots that are old themselves', () => {
    const mailbox = new Mailbox({ ...start, factSeq: 5, clock: { version: 2, at } });
    mailbox.take('policyChanged', { ...start, factSeq: 1, clock: { version: 4, at: '2026-03-09T08:00:00.000Z' as Instant } });
    mailbox.takeMove({ version: 3, at });
    expect([mailbox.snapshot.factSeq, mailbox.clock?.version]).toEqual([5, 4]);
  });
});
