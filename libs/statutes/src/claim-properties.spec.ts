import {
  addDays,
  type ClaimMovement,
  type Day,
  day,
  daysBetween,
  EUR,
  isRefusal,
  REGIMES,
  type StatementOfClaim,
  statementOfClaim,
} from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';

const statutes = loadStatutes();
const RULES = new Map(REGIMES.map((regime) => [regime, claimRules(statutes, regime)]));
const FIRST = day('2023-12-01');
const LAST = day('2026-06-29');

interface Drawn {
  readonly regime: (typeof REGIMES)[number];
  readonly faceMinor: bigint;
  readonly dueOn: Day;
  readonly on: Day;
  readonly movements: readonly ClaimMovement[];
  readonly noticeAfter: number;
  readonly isSme: boolean;
}

const anyClaim: fc.Arbitrary<Drawn> = fc
  .record({
    regime: fc.constantFrom(...REGIMES),
    faceMinor: fc.bigInt({ min: 1n, max: 20_000_000n }),
    dueOn: fc.integer({ min: 0, max: daysBetween(FIRST, LAST) }).map((days) => addDays(FIRST, days)),
    lateDays: fc.integer({ min: -5, max: 700 }),
    noticeAfter: fc.integer({ min: 1, max: 60 }),
    isSme: fc.boolean(),
    moves: fc.array(
      fc.record({
        kind: fc.constantFrom<ClaimMovement['kind']>('payment', 'payment', 'creditNote'),
        after: fc.integer({ min: -10, max: 500 }),
        thousandths: fc.bigInt({ min: 1n, max: 600n }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ lateDays, moves, ...claim }) => {
    const on = addDays(claim.dueOn, lateDays);
    const movements = moves.map((move): ClaimMovement => {
      const share = (claim.faceMinor * move.thousandths) / 1000n;
      return { kind: move.kind, on: addDays(claim.dueOn, move.after), amountMinor: share > 0n ? share : 1n };
    });
    return { ...claim, on: on < LAST ? on : LAST, movements };
  });

function drawnStatement(claim: Drawn): StatementOfClaim {
  const [law, kind] = claim.regime.split('.') as ['FR' | 'BE', 'business' | 'consumer' | 'publicBody' | 'coOwners'];
  const sentOn = addDays(claim.dueOn, claim.noticeAfter);
  const rules = RULES.get(claim.regime);
  if (!rules) throw new Error(claim.regime);
  const made = statementOfClaim({
    law,
    kind,
    kindConfirmed: true,
    currency: EUR,
    faceMinor: claim.faceMinor,
    dueOn: claim.dueOn,
    on: claim.on,
    movements: claim.movements,
    rules,
    contract: { checkedOn: claim.dueOn, procurement: 'small', ...(kind === 'consumer' && law === 'BE' ? BELGIAN_TERMS : {}) },
    conduct: { noticeServedOn: sentOn, firstReminder: { sentOn, by: 'electronic', claimFrom: addDays(sentOn, 15), isComplete: true } },
    creditor: { isSme: claim.isSme },
  });
  if (isRefusal(made)) throw new Error(JSON.stringify(made));
  return made;
}

const BELGIAN_TERMS = { indemnity: { kind: 'legalScale' }, interest: { kind: 'rate', percent: '9' } } as const;

describe('every regime', () => {
  it('debits less credits are the claim less the surplus, the last balance says so, and nothing is negative', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const made = drawnStatement(claim);
        const balance = made.claimTotalMinor - (made.surplusMinor ?? 0n);
        expect(made.entries.reduce((total, entry) => total + entry.amountMinor, 0n)).toBe(balance);
        expect(made.entries.at(-1)?.balanceMinor).toBe(balance);
        expect(made.lines.at(-1)?.runningTotalMinor ?? 0n).toBe(made.interestAccruedMinor);
        expect(made.imputedPrincipalMinor + made.interestOpenMinor + made.compensationOpenMinor).toBe(made.claimTotalMinor);
        const sums = [made.imputedPrincipalMinor, made.interestOpenMinor, made.compensationOpenMinor, made.dailyInterestMinor];
        expect(sums.every((sum) => sum >= 0n)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('paying earlier never costs more', () => {
    fc.assert(
      fc.property(anyClaim, fc.integer({ min: 1, max: 200 }), fc.nat(4), (claim, earlier, which) => {
        const payments = claim.movements.filter((movement) => movement.kind === 'payment');
        const moved = payments[which % Math.max(payments.length, 1)];
        if (!moved || moved.on > claim.on) return;
        const movements = claim.movements.map((m) => (m === moved ? { ...m, on: addDays(m.on, -earlier) } : m));
        const before = drawnStatement(claim);
        const after = drawnStatement({ ...claim, movements });
        // A line more or less may round by half a cent each.
        const slack = BigInt(before.lines.length + after.lines.length);
        expect(after.claimTotalMinor - (after.surplusMinor ?? 0n)).toBeLessThanOrEqual(
          before.claimTotalMinor - (before.surplusMinor ?? 0n) + slack,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('a period split by a statement in its middle adds up to the whole but for one cent a line', () => {
    fc.assert(
      fc.property(anyClaim, fc.integer({ min: 1, max: 300 }), (claim, before) => {
        const middle = addDays(claim.on, -before);
        if (middle <= claim.dueOn) return;
        const whole = drawnStatement({ ...claim, movements: [] });
        const first = drawnStatement({ ...claim, movements: [], on: middle });
        // A payment of one cent cuts the line on that day without changing anything but the cent.
        const cut = drawnStatement({ ...claim, movements: [{ kind: 'payment', on: middle, amountMinor: 1n }] });
        const difference = whole.interestAccruedMinor - cut.interestAccruedMinor;
        expect(difference <= 2n && difference >= -2n).toBe(true);
        expect(first.interestAccruedMinor).toBeLessThanOrEqual(whole.interestAccruedMinor);
      }),
      { numRuns: 300 },
    );
  });

  it('the order in which movements of different days are given changes nothing', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const days = new Set(claim.movements.map((movement) => movement.on));
        if (days.size < claim.movements.length) return;
        expect(drawnStatement({ ...claim, movements: [...claim.movements].reverse() })).toEqual(drawnStatement(claim));
      }),
    );
  });

  it('a consumer or co-owners never owe 40 €, and nothing but the principal before the notice or the end of the free days', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        if (!/consumer|coOwners/.test(claim.regime)) return;
        const made = drawnStatement(claim);
        expect(made.entries.every((entry) => entry.kind !== 'fixedCompensation')).toBe(true);
        const free = claim.regime === 'BE.consumer' ? 14 : 0;
        const early = drawnStatement({ ...claim, on: addDays(claim.dueOn, claim.noticeAfter + free) });
        expect([early.lines, early.compensationMinor]).toEqual([[], 0n]);
      }),
      { numRuns: 300 },
    );
  });
});
