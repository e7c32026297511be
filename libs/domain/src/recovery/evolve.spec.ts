import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../calendar/day.js';
import { encodeState } from './encode-state.js';
import type { RecoveryFact } from './recovery-fact.js';
import { aState, called, happen, mailed } from './test-ladder.js';

describe('I19: facts that do not depend on each other', () => {
  const on = '2026-03-16';
  const far = day('2026-03-30');
  const independent: readonly (readonly RecoveryFact[])[] = [
    [{ type: 'paymentAllocated', paymentId: 'a', amountMinor: 10000n, paidOn: far }],
    [{ type: 'paymentAllocated', paymentId: 'b', amountMinor: 20000n, paidOn: far }],
    [{ type: 'paymentReversed', paymentId: 'c', amountMinor: 30000n, reversedOn: far }],
    [{ type: 'deliveryReported', messageId: 'formalNotice-1', kind: 'served', channel: 'registeredPost' }],
    [{ type: 'deliveryReported', messageId: 'formalNotice-1', kind: 'returned', channel: 'registeredPost' }],
    [{ type: 'blockerRaised', blocker: 'messageUnknown' }],
    [{ type: 'blockerRaised', blocker: 'documentDoubt' }],
    [{ type: 'holdPlaced', holdId: 'h', until: far, reason: 'asked' }],
    [{ type: 'disputeOpened', disputeId: 'd', reason: 'quality', dueOn: far }],
    [{ type: 'insolvencyOpened', openedOn: day('2026-03-15') }],
  ];

  it('give the same state in every order', () => {
    const start = happen(aState(), '2026-03-02', ...called('courtesyCall', '2026-03-02'));
    const noticed = happen(start, '2026-03-10', mailed('formalNotice'));
    const expected = encodeState(happen(noticed, on, ...independent.flat()));
    fc.assert(
      fc.property(fc.shuffledSubarray([...independent], { minLength: independent.length }), (order) => {
        expect(encodeState(happen(noticed, on, ...order.flat()))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
