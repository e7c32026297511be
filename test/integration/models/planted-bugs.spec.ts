import { addDays, dayIn, isPaused, type RecoveryState } from '#domain';
import { describe, expect, it } from 'vitest';
import { ENDINGS_AND_PROOFS, MONEY_AND_PAUSES } from './alphabets.js';
import { type Alphabet, explore, startingPair } from './explore.js';
import { PRODUCT_RULES, pureCase, type Rules, ZONE } from './pure-case.js';

/** What the exhaustive walk says of rules in which one is wrong. */
function caught(wrong: Partial<Rules>, alphabet: Alphabet, depth = 5): string {
  const { fault } = explore({ ...PRODUCT_RULES, ...wrong }, alphabet, depth, startingPair(pureCase()));
  return fault ? `${fault.path.join(' ')} → ${fault.says}` : 'nothing';
}

const { decide, evolve, nextWake } = PRODUCT_RULES;
const lessThan = (state: RecoveryState, key: 'hold' | 'dispute' | 'promise'): RecoveryState => {
  const next = { ...state };
  delete (next as { [K in typeof key]?: RecoveryState[K] })[key];
  return next;
};

describe('a wrong rule is noticed by the walk through all sequences', () => {
  it('I13: money that goes back reopens nothing', () => {
    const wrong: Rules['decide'] = (state, fact, today) =>
      fact.type === 'paymentReversed' ? { events: [fact] } : decide(state, fact, today);
    expect(caught({ decide: wrong }, MONEY_AND_PAUSES)).toBe('payFull chargeback → closed as settled, the model says undefined');
  });

  it('I16: the ladder goes on under a hold', () => {
    const wrong: Rules['nextWake'] = (input) => nextWake({ ...input, state: lessThan(input.state, 'hold') });
    expect(caught({ nextWake: wrong }, MONEY_AND_PAUSES)).toMatch(/^hold → I16: /);
  });

  it('I15: a promise is judged on the first day of its grace', () => {
    const wrong: Rules['nextWake'] = (input) => {
      const wake = nextWake(input);
      const { promise } = input.state;
      return wake.kind === 'promiseEnds' && promise
        ? nextWake({ ...input, state: { ...input.state, promise: { ...promise, judgedOn: addDays(promise.dueOn, 1) } } })
        : wake;
    };
    expect(caught({ nextWake: wrong }, MONEY_AND_PAUSES)).toMatch(/^promise → I15: /);
  });

  it('I13: a broken promise owes no call', () => {
    const wrong: Rules['evolve'] = (state, event, on) => {
      const { callOwed, ...next } = evolve(state, event, on);
      return event.type === 'promiseEnded' ? next : { ...next, ...(callOwed ? { callOwed } : {}) };
    };
    expect(caught({ evolve: wrong }, MONEY_AND_PAUSES)).toMatch(/^promise timer → I16: /);
  });

  it('I13, A40: a promise stays kept although the money that kept it went back', () => {
    const wrong: Rules['evolve'] = (state, event, on) =>
      event.type === 'promiseEnded' && !state.promise ? state : evolve(state, event, on);
    expect(caught({ evolve: wrong }, MONEY_AND_PAUSES)).toMatch(/^promise pay(Part|Full) .*chargeback/);
  });

  it('I15, A41: only a promise kept to the cent is kept', () => {
    const wrong: Rules['evolve'] = (state, event, on) =>
      evolve(
        state,
        event.type === 'promiseEnded' && state.promise && event.verdict === 'kept' ? { ...event, verdict: 'broken' } : event,
        on,
      );
    expect(caught({ evolve: wrong }, MONEY_AND_PAUSES)).toMatch(/^promise payPart timer → /);
  });

  it('I11: a payment that comes twice counts twice', () => {
    const alphabet: Alphabet = {
      ...ENDINGS_AND_PROOFS,
      payPart: (model) => ({ type: 'pay', ref: `pay-${model.payments.length + 1}`, amount: 100_000n }),
    };
    const wrong: Rules['evolve'] = (state, event, on) => {
      const next = evolve(state, event, on);
      return event.type === 'paymentAllocated' ? { ...next, openPrincipalMinor: next.openPrincipalMinor - event.amountMinor } : next;
    };
    expect(caught({ evolve: wrong }, alphabet)).toMatch(/→ I11: /);
  });

  it('liveness: a blocked case is never looked at again', () => {
    const wrong: Rules['nextWake'] = (input) => {
      if (input.state.blockers.length > 0 && !isPaused(input.state)) throw new Error('nothing is due');
      return nextWake(input);
    };
    expect(caught({ nextWake: wrong }, ENDINGS_AND_PROOFS)).toMatch(/^unknown → liveness: /);
  });

  it('I14: a debt is written off and still reminded of', () => {
    const wrong: Rules['evolve'] = (state, event, on) => (event.type === 'caseClosed' ? state : evolve(state, event, on));
    expect(caught({ evolve: wrong }, ENDINGS_AND_PROOFS)).toMatch(/^writeOff → closed as undefined/);
  });

  it('I15: a dispute leaves the promise standing', () => {
    const wrong: Rules['decide'] = (state, fact, today) => {
      const decision = decide(state, fact, today);
      return fact.type === 'disputeOpened' && 'events' in decision ? { events: [fact] } : decision;
    };
    expect(caught({ decide: wrong }, MONEY_AND_PAUSES)).toMatch(/^promise dispute/);
  });
});

describe('found by seed 66 of the simulation', () => {
  it('F9: what was cleared while the case was closed is not in its way when it comes back', () => {
    const wakes = (path: readonly ('blocked' | 'payFull' | 'cleared' | 'chargeback')[]): string => {
      let given = pureCase();
      for (const what of path) {
        const facts = {
          blocked: { type: 'blockerRaised', blocker: 'messageUnknown' },
          payFull: { type: 'paymentAllocated', paymentId: 'p', amountMinor: 486_000n, paidOn: dayIn(given.now, ZONE) },
          cleared: { type: 'blockerLifted', blocker: 'messageUnknown' },
          chargeback: { type: 'paymentReversed', paymentId: 'p', amountMinor: 486_000n, reversedOn: dayIn(given.now, ZONE) },
        } as const;
        const decision = decide(given.state, facts[what], dayIn(given.now, ZONE));
        const events = 'events' in decision ? decision.events : [];
        given = { ...given, state: events.reduce((state, event) => evolve(state, event, dayIn(given.now, ZONE)), given.state) };
      }
      return given.state.blockers.join(' ');
    };
    expect(wakes(['blocked', 'payFull', 'cleared', 'chargeback'])).toBe('');
  });
});
