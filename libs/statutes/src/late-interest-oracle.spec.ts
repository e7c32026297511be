import { addDays, type ClaimMovement, type Day, day, daysBetween, EUR, type GoverningLaw, isRefusal, statementOfClaim } from '#domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';

/**
 * The law once more, slowly and from other figures: one day after the other, rates in hundredths of a percent from a list of the ECB's
 * decisions, exact fractions, rounded where a half-year, a payment or the statement ends a stretch.
 */
const ECB_DECISIONS: readonly (readonly [since: string, hundredths: bigint])[] = [
  ['2014-09-10', 5n],
  ['2016-03-16', 0n],
  ['2022-07-27', 50n],
  ['2022-12-21', 250n],
  ['2023-06-21', 400n],
  ['2023-09-20', 450n],
  ['2024-06-12', 425n],
  ['2024-09-18', 365n],
  ['2024-10-23', 340n],
  ['2024-12-18', 315n],
  ['2025-02-05', 290n],
  ['2025-03-12', 265n],
  ['2025-04-23', 240n],
  ['2025-06-11', 215n],
  ['2026-06-17', 240n],
];

function slowRate(law: GoverningLaw, on: Day): bigint {
  const firstOfHalf = on.slice(5) < '07-01' ? `${on.slice(0, 4)}-01-01` : `${on.slice(0, 4)}-07-01`;
  const ecb = ECB_DECISIONS.filter(([since]) => since <= firstOfHalf).at(-1)?.[1] ?? -1n;
  if (law === 'FR') return ecb + 1000n;
  let rate = ecb + 800n;
  while (rate % 50n !== 0n) rate += 1n;
  return rate;
}

interface SlowClaim {
  law: GoverningLaw;
  face: bigint;
  dueOn: Day;
  on: Day;
  movements: readonly ClaimMovement[];
}

function slowTotal(claim: SlowClaim): { total: bigint; accrued: bigint; principal: bigint } {
  const seen = claim.movements.filter((m) => m.on <= claim.on);
  const of = (kind: string, on: (d: Day) => boolean) =>
    seen.filter((m) => m.kind === kind && on(m.on)).reduce((t, m) => t + m.amountMinor, 0n);
  let principal = claim.face - of('creditNote', () => true) - of('payment', (d) => d <= claim.dueOn);
  if (principal < 0n) principal = 0n;
  let fixed = principal > 0n && claim.on > claim.dueOn ? 4000n : 0n;
  let open = 0n;
  let accrued = 0n;
  let stretch = 0n; // in minor units × 10 000 × 365
  for (let today = addDays(claim.dueOn, 1); today <= claim.on; today = addDays(today, 1)) {
    stretch += principal * slowRate(claim.law, today);
    const paid = seen.filter((m) => m.kind === 'payment' && m.on === today).map((m) => m.amountMinor);
    const endsHalf = today.endsWith('-06-30') || today.endsWith('-12-31');
    if (!endsHalf && paid.length === 0 && today !== claim.on) continue;
    const unit = 10_000n * 365n;
    const rounded = stretch / unit + (2n * (stretch % unit) >= unit ? 1n : 0n);
    stretch = 0n;
    open += rounded;
    accrued += rounded;
    for (let left of paid) {
      for (const part of ['interest', 'principal', 'fixed'] as const) {
        const owed = part === 'interest' ? open : part === 'principal' ? principal : fixed;
        const taken = left < owed ? left : owed;
        if (part === 'interest') open -= taken;
        else if (part === 'principal') principal -= taken;
        else fixed -= taken;
        left -= taken;
      }
    }
  }
  return { total: principal + open + fixed, accrued, principal };
}

const FIRST = day('2015-01-01');
const LAST = day('2026-12-30');
const anyDay = fc.integer({ min: 0, max: daysBetween(FIRST, LAST) }).map((n) => addDays(FIRST, n));
const anyClaim = fc
  .record({
    law: fc.constantFrom<GoverningLaw>('FR', 'BE'),
    face: fc.bigInt({ min: 1n, max: 50_000_000n }),
    dueOn: anyDay,
    lateDays: fc.integer({ min: -10, max: 900 }),
    moves: fc.array(
      fc.record({
        kind: fc.constantFrom<ClaimMovement['kind']>('payment', 'payment', 'creditNote'),
        after: fc.integer({ min: -20, max: 700 }),
        thousandths: fc.bigInt({ min: 1n, max: 900n }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ law, face, dueOn, lateDays, moves }): SlowClaim => {
    const on = addDays(dueOn, lateDays);
    const movements = moves.map((m): ClaimMovement => {
      const share = (face * m.thousandths) / 1000n;
      return { kind: m.kind, on: addDays(dueOn, m.after), amountMinor: share > 0n ? share : 1n };
    });
    return { law, face, dueOn, on: on < LAST ? on : LAST, movements };
  });

const statutes = loadStatutes();
const rules = { FR: claimRules(statutes, 'FR.business'), BE: claimRules(statutes, 'BE.business') };

function fast(claim: SlowClaim) {
  const made = statementOfClaim({
    law: claim.law,
    kind: 'business',
    currency: EUR,
    faceMinor: claim.face,
    dueOn: claim.dueOn,
    on: claim.on,
    movements: claim.movements,
    rules: rules[claim.law],
  });
  if (isRefusal(made)) throw new Error(JSON.stringify(made));
  return made;
}

describe('the statement against a slow, independent reading of the law', () => {
  it('500 random claims agree to the cent in total, interest and principal', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const made = fast(claim);
        expect({ total: made.claimTotalMinor, accrued: made.interestAccruedMinor, principal: made.imputedPrincipalMinor }).toEqual(
          slowTotal(claim),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('no figure is ever negative, and debits less credits are the claim less the surplus', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const made = fast(claim);
        const figures = [
          made.openPrincipalMinor,
          made.imputedPrincipalMinor,
          made.interestOpenMinor,
          made.compensationOpenMinor,
          made.claimTotalMinor,
          made.surplusMinor ?? -1n,
          made.dailyInterestMinor,
        ];
        expect(figures.every((figure) => figure >= 0n)).toBe(true);
        expect(made.entries.reduce((total, e) => total + e.amountMinor, 0n)).toBe(made.claimTotalMinor - (made.surplusMinor ?? 0n));
        expect(made.lines.reduce((total, l) => total + l.interestMinor, 0n)).toBe(made.interestAccruedMinor);
        expect(made.lines.at(-1)?.runningTotalMinor ?? 0n).toBe(made.interestAccruedMinor);
      }),
    );
  });

  it('with nothing happening in between, a later day never claims less', () => {
    fc.assert(
      fc.property(anyClaim, fc.integer({ min: 1, max: 60 }), (claim, more) => {
        const on = addDays(claim.on, more);
        if (on > LAST) return;
        const movements = claim.movements.filter((m) => m.on <= claim.on);
        const before = fast({ ...claim, movements });
        expect(fast({ ...claim, movements, on }).claimTotalMinor).toBeGreaterThanOrEqual(before.claimTotalMinor);
      }),
    );
  });

  it('one more payment or credit note never raises the claim', () => {
    fc.assert(
      fc.property(
        anyClaim,
        fc.constantFrom<ClaimMovement['kind']>('payment', 'creditNote'),
        fc.integer({ min: -20, max: 700 }),
        fc.bigInt({ min: 1n, max: 1_000_000n }),
        (claim, kind, after, amountMinor) => {
          const extra: ClaimMovement = { kind, on: addDays(claim.dueOn, after), amountMinor };
          const made = fast({ ...claim, movements: [...claim.movements, extra] });
          expect(made.claimTotalMinor).toBeLessThanOrEqual(fast(claim).claimTotalMinor);
        },
      ),
      { numRuns: 500 },
    );
  });
});
