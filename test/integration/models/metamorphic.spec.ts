import { addDays, type Day, day, dayIn, encodeState, instant, isRefusal } from '#domain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actOn } from './pure-acts.js';
import { happen, outlook, type PureCase, pureCase, PRODUCT_RULES, ZONE } from './pure-case.js';
import type { ModelEvent } from './reference-case.js';

const SETS = Number(process.env.MODEL_SETS ?? 300);
const rules = PRODUCT_RULES;

type Payment = Extract<ModelEvent, { type: 'pay' | 'chargeback' }>;

function tell(given: PureCase, events: readonly Payment[]): PureCase {
  return events.reduce((current, event) => {
    const next = happen(rules, current, event);
    return isRefusal(next) ? current : next;
  }, given);
}

/** Lives on without anybody doing anything but calling, approving and bringing the post; returns what was sent and when. */
function liveOn(start: PureCase, days: number): { readonly sends: string[]; readonly last: PureCase } {
  const until = addDays(dayIn(start.now, ZONE), days);
  const sends: string[] = [];
  let given = start;
  for (let acts = 0; acts < 60; acts++) {
    const { wake } = outlook(rules, given);
    if (!wake || dayIn(wake.at, ZONE) > until) break;
    given = actOn(rules, given, wake).after;
    sends.push(`${wake.at} ${wake.kind} ${wake.stage ?? ''}`);
    for (const people of ['callMade', 'served'] as const) given = orSame(given, { type: people });
    given = orSame(given, { type: 'approve', verdict: 'approved' });
  }
  return { sends, last: given };
}

function orSame(given: PureCase, event: Exclude<ModelEvent, { type: 'timer' }>): PureCase {
  const next = happen(rules, given, event);
  return isRefusal(next) ? given : next;
}

/** The ledger and what of the state depends on money, without the order in which it came. */
function money({ state, payments }: PureCase): string {
  const lines = payments.map(({ ref, amount, fate }) => `${ref} ${amount} ${fate}`).sort();
  const { openPrincipalMinor, closed, stages, blockers } = state;
  return JSON.stringify([openPrincipalMinor.toString(), closed ?? null, stages, blockers, lines]);
}

const amounts = fc.array(fc.bigInt({ min: 1n, max: 300_000n }), { minLength: 1, maxLength: 6 });

describe('what must not make a difference', () => {
  it('I19: the order of payments, and how often each is told', () => {
    let permutations = 0;
    fc.assert(
      fc.property(amounts, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), fc.nat(50), (given, order, days) => {
        const begun = liveOn(pureCase(), days).last;
        if (begun.state.closed) return;
        const events = given.map((amount, index): Payment => ({ type: 'pay', ref: `p${index}`, amount }));
        const once = money(tell(begun, events));
        const many = [...events, ...events].map((event, index) => ({ event, at: order[index % order.length] ?? 0 }));
        const shuffled = many.sort((a, b) => a.at - b.at).map(({ event }) => event);
        permutations += 1;
        expect(money(tell(begun, shuffled))).toBe(once);
      }),
      { numRuns: SETS },
    );
    expect(permutations).toBeGreaterThan(SETS / 2);
  });

  it('I19: paying in two halves before the next moment is paying once', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 480_000n }), fc.nat(50), (amount, days) => {
        const begun = liveOn(pureCase(), days).last;
        const half = amount / 2n;
        const once = tell(begun, [{ type: 'pay', ref: 'a', amount }]);
        const twice = tell(begun, [
          { type: 'pay', ref: 'a', amount: half },
          { type: 'pay', ref: 'b', amount: amount - half },
        ]);
        expect(encodeState(twice.state)).toEqual(encodeState(once.state));
        expect(outlook(rules, twice)).toEqual(outlook(rules, once));
      }),
      { numRuns: SETS },
    );
  });

  it('whole weeks: every send moves with the due date', () => {
    // Weeks of one season, and spans of ninety days in which no holiday lies on a weekday of either: summer time ends in both or in none.
    const start = { dueOn: day('2026-08-17'), now: instant('2026-08-18T06:00:00.000Z') };
    const shifted = (weeks: number) => ({
      dueOn: addDays(start.dueOn, 7 * weeks),
      now: instant(start.now.replace('2026-08-18', addDays(day('2026-08-18'), 7 * weeks))),
    });
    const first = liveOn(pureCase(start), 60).sends;
    expect(first.length).toBeGreaterThan(8);
    for (const weeks of [1, 2, 3]) {
      const later = liveOn(pureCase(shifted(weeks)), 60).sends;
      expect(later.map((line) => shiftBack(line, weeks))).toEqual(first.map((line) => shiftBack(line, 0)));
    }
  });

  it('other names: nothing changes', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.uuid(), (caseId, creditorId, debtorId) => {
        const renamed = liveOn(pureCase({ caseId, creditorId, debtorId }), 70);
        expect(renamed.sends).toEqual(liveOn(pureCase(), 70).sends);
      }),
      { numRuns: 20 },
    );
  });
});

/** A line of the diary with its day counted back, and its time as the clock on the wall shows it. */
function shiftBack(line: string, weeks: number): string {
  const [at = '', ...rest] = line.split(' ');
  const on: Day = dayIn(instant(at), ZONE);
  return [addDays(on, -7 * weeks), ...rest].join(' ');
}
