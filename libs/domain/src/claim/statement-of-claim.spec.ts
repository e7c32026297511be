import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, day } from '../calendar/day.js';
import { currency, EUR } from '../money/currency.js';
import { decimal, rational } from '../money/rational.js';
import { isRefusal, refuse } from '../refusal.js';
import type { ClaimInput, ClaimMovement } from './claim-input.js';
import type { ClaimRules, RateOfPeriod } from './claim-rules.js';
import { interestOf } from './interest-lines.js';
import { percentText } from './percent-text.js';
import { principalOnly } from './principal-only.js';
import { statementOfClaim } from './statement-of-claim.js';

const SOURCE = { article: 'art. 1', title: 'Loi' };

/** Calendar years; 2026 at 10 %, 2025 at 20 %, nothing else is known. */
const RULES: ClaimRules = {
  regime: 'FR.business',
  rateFor(on) {
    const percent = new Map([
      ['2025', '20'],
      ['2026', '10'],
    ]).get(on.slice(0, 4));
    if (percent === undefined) return refuse('statuteUnknown', { facts: { key: 'rate', day: on } });
    const year = on.slice(0, 4);
    return {
      ratePercent: decimal(percent),
      printed: percentText(decimal(percent)),
      from: day(`${year}-01-01`),
      until: day(`${year}-12-31`),
      source: SOURCE,
      sources: [SOURCE],
      derivation: 'essai',
    };
  },
  lumpSum: () => ({
    due: { kind: 'fixedCompensation', amountMinor: 4000n, article: 'art. 2', derivation: '40' },
    source: { article: 'art. 2', title: 'Décret' },
  }),
};

const BASE: ClaimInput = {
  law: 'FR',
  kind: 'business',
  currency: EUR,
  faceMinor: 365_000n,
  dueOn: day('2026-01-31'),
  on: day('2026-02-10'),
  movements: [],
  rules: RULES,
};

const paid = (on: string, amountMinor: bigint, more: Partial<ClaimMovement> = {}): ClaimMovement => ({
  kind: 'payment',
  on: day(on),
  amountMinor,
  ...more,
});

function made(more: Partial<ClaimInput>) {
  const statement = statementOfClaim({ ...BASE, ...more });
  if (isRefusal(statement)) throw new Error(JSON.stringify(statement));
  return statement;
}

describe('the statement of a claim', () => {
  it('counts from the day after the due date to the day of the statement: ten days at one euro', () => {
    const [line] = made({}).lines;
    expect(line).toMatchObject({ firstDay: '2026-02-01', lastDay: '2026-02-10', days: 10, interestMinor: 1000n, ratePercent: '10.00' });
  });

  it('half a cent is rounded up, once per line', () => {
    expect(made({ faceMinor: 1825n, on: day('2026-02-01') }).interestAccruedMinor).toBe(1n);
    expect(made({ faceMinor: 1824n, on: day('2026-02-01') }).interestAccruedMinor).toBe(0n);
  });

  it('a payment before the due date lowers the base; one after the statement is not looked at', () => {
    const early = made({ movements: [paid('2026-01-10', 182_500n), paid('2026-02-11', 1n)] });
    expect([early.lines[0]?.baseMinor, early.openPrincipalMinor, early.entries.length]).toEqual([182_500n, 182_500n, 4]);
  });

  it('a period cut at any day differs from the whole by at most one cent', () => {
    const rate = RULES.rateFor(day('2026-01-01'), day('2026-01-01'), {});
    if (isRefusal(rate)) throw new Error(rate.refusal);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        (base, a, b) => {
          const cut = interestOf(base, rate, a, 365) + interestOf(base, rate, b, 365) - interestOf(base, rate, a + b, 365);
          expect(cut >= -1n && cut <= 1n).toBe(true);
        },
      ),
    );
  });

  it('FR-2: 10 000 € over three months is 256 € at 10.25 % and 3 € at 0.12 %, to the euro', () => {
    const at = (percent: string): RateOfPeriod => ({
      ratePercent: decimal(percent),
      printed: percent,
      from: day('2014-01-01'),
      until: day('2014-12-31'),
      source: SOURCE,
      sources: [],
      derivation: 'essai',
    });
    expect([interestOf(1_000_000n, at('10.25'), 91, 365), interestOf(1_000_000n, at('0.12'), 91, 365)]).toEqual([25_555n, 299n]);
  });

  it('movements may come in any order; two payments of one day are both taken', () => {
    const forwards = [paid('2026-02-05', 100_000n), paid('2026-02-05', 50_000n), paid('2026-02-07', 10_000n)];
    expect(made({ movements: [...forwards].reverse() }).claimTotalMinor).toBe(made({ movements: forwards }).claimTotalMinor);
    expect(made({ movements: forwards }).lines.map((line) => line.days)).toEqual([5, 2, 3]);
  });

  it('paying the face value late leaves, as principal, what the interest took; it goes on bearing interest until paid', () => {
    const late = made({ on: day('2026-02-20'), movements: [paid('2026-02-10', 365_000n)] });
    expect([late.openPrincipalMinor, late.imputedPrincipalMinor, late.compensationOpenMinor]).toEqual([0n, 1000n, 4000n]);
    expect(late.lines.map((line) => line.interestMinor)).toEqual([1000n, 3n]);
  });

  it('with the whole claim but the compensation paid, interest stops for good and the compensation stays claimed', () => {
    const settled = made({ on: day('2030-01-01'), movements: [paid('2026-02-10', 366_000n)] });
    expect([settled.claimTotalMinor, settled.compensationOpenMinor, settled.interestOpenMinor]).toEqual([4000n, 4000n, 0n]);
    expect(settled.dailyInterestMinor).toBe(0n);
    expect(settled.dailyRefusal).toBeUndefined();
  });

  it('what comes beyond everything is the debtor’s credit', () => {
    const over = made({ movements: [paid('2026-02-10', 370_500n)] });
    expect([over.claimTotalMinor, over.surplusMinor]).toEqual([0n, 500n]);
  });

  it('entries tell the story by day, what is owed before what is paid, references kept', () => {
    const entries = made({ issuedOn: day('2026-01-01'), movements: [paid('2026-02-10', 1000n, { reference: 'VIR 7' })] }).entries;
    expect(entries.map((e) => `${e.on} ${e.kind} ${e.amountMinor}`)).toEqual([
      '2026-01-01 principal 365000',
      '2026-02-01 fixedCompensation 4000',
      '2026-02-10 interest 1000',
      '2026-02-10 payment -1000',
    ]);
    expect(entries[3]).toMatchObject({ reference: 'VIR 7', imputed: { interestMinor: 1000n, principalMinor: 0n, compensationMinor: 0n } });
  });

  it('sources name the rate and the compensation once each', () => {
    expect(made({ dueOn: day('2025-12-01') }).sources.map((source) => source.article)).toEqual(['art. 1', 'art. 2']);
  });

  it('ACT/366 divides the days of a leap year only by 366', () => {
    const leap: ClaimRules = {
      ...RULES,
      rateFor: () => ({
        ratePercent: rational(10n),
        printed: '10.00',
        from: day('2023-01-01'),
        until: day('2024-12-31'),
        source: SOURCE,
        sources: [SOURCE],
        derivation: 'essai',
      }),
    };
    const statement = made({
      rules: leap,
      dueOn: day('2023-12-21'),
      on: day('2024-01-10'),
      faceMinor: 366_000n * 365n,
      dayCount: 'ACT/366',
    });
    expect(statement.lines.map((line) => [line.days, line.interestMinor])).toEqual([
      [10, 366_000n],
      [10, 365_000n],
    ]);
  });

  it('a day without a rate refuses the whole statement and names the first such day', () => {
    const refused = statementOfClaim({ ...BASE, on: day('2027-03-01') });
    expect(refused).toMatchObject({
      refusal: 'rateUnknown',
      facts: { key: 'rate', day: '2027-01-01', law: 'FR', firstUnknownDay: '2027-01-01', cause: 'statuteUnknown' },
    });
    expect(refused).not.toHaveProperty('lines');
  });

  it('no compensation where it was abolished, and a note that says so; a refusal where it is unknown', () => {
    const abolished: ClaimRules = { ...RULES, lumpSum: () => ({ note: { code: 'noCompensationAbolished', article: 'art. 2' } }) };
    const without = made({ rules: abolished });
    expect(without).toMatchObject({ compensationMinor: 0n, claimTotalMinor: 366_000n });
    expect(without.notes.map((note) => note.code)).toContain('noCompensationAbolished');
    const unknown: ClaimRules = { ...RULES, lumpSum: () => refuse('statuteUnknown') };
    expect(statementOfClaim({ ...BASE, rules: unknown })).toMatchObject({ refusal: 'statuteUnknown' });
  });

  it('a zero or negative amount is refused with its place, another currency has no interest', () => {
    expect(statementOfClaim({ ...BASE, faceMinor: 0n })).toMatchObject({ refusal: 'claimAmountInvalid' });
    expect(statementOfClaim({ ...BASE, movements: [paid('2026-02-01', 5n), paid('2026-02-02', -5n)] })).toMatchObject({
      refusal: 'claimMovementInvalid',
      field: '/movements/1/amountMinor',
    });
    expect(statementOfClaim({ ...BASE, currency: currency('USD') })).toMatchObject({
      refusal: 'currencyNotSupportedForInterest',
      facts: { currency: 'USD' },
    });
  });

  it('rules of another regime, or a rate of another day, are a defect and throw', () => {
    expect(() => statementOfClaim({ ...BASE, law: 'BE' })).toThrow(/Rules of FR\.business for a claim under BE\.business/);
    const wrong: ClaimRules = { ...RULES, rateFor: (_, startedOn, facts) => RULES.rateFor('2025-06-01' as Day, startedOn, facts) };
    expect(() => statementOfClaim({ ...BASE, rules: wrong })).toThrow(RangeError);
  });
});

describe('principal only, for letters that state interest "pour mémoire"', () => {
  it('gives principal and movements for any kind, currency and day', () => {
    const statement = principalOnly({
      ...BASE,
      kind: 'consumer',
      currency: currency('USD'),
      on: day('2031-01-01'),
      movements: [paid('2026-02-10', 100_000n), { kind: 'creditNote', on: day('2026-02-05'), amountMinor: 65_000n }],
    });
    expect(statement).toMatchObject({ openPrincipalMinor: 200_000n, creditNotesMinor: 65_000n, paymentsMinor: 100_000n, currency: 'USD' });
    expect('entries' in statement && statement.entries.map((e) => e.kind)).toEqual(['principal', 'creditNote', 'payment']);
  });

  it('never goes below zero and refuses amounts that cannot be', () => {
    expect(principalOnly({ ...BASE, movements: [paid('2026-02-10', 999_999n)] })).toMatchObject({ openPrincipalMinor: 0n });
    expect(principalOnly({ ...BASE, faceMinor: -1n })).toMatchObject({ refusal: 'claimAmountInvalid' });
  });
});
