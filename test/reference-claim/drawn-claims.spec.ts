import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { written } from './civil-day.js';
import { compareDrawn, FRESH } from './compare-claims.js';
import { claimWithoutFault } from './drawn-claim.js';
import { keepLedger } from './ledger.js';
import type { ReferenceAnswer, ReferenceCase } from './reference-case.js';

const seed = randomInt(2 ** 31 - 1);

const drawn = fc.sample(claimWithoutFault, { seed: 1, numRuns: 1500 }).map((c) => ({ c, answer: keepLedger(c) }));
const answered = drawn.filter((one): one is { c: ReferenceCase; answer: ReferenceAnswer } => !('refusal' in one.answer));

const isHeld = (c: ReferenceCase) => c.smallEnterprise && c.interestClause !== undefined && c.reminder !== undefined;

/** How many of the drawn claims that are answered show something. */
const count = (shows: (answer: ReferenceAnswer, c: ReferenceCase) => boolean) =>
  answered.filter(({ c, answer }) => shows(answer, c)).length;

describe('drawn claims', () => {
  it(`F5: ${FRESH} fresh ones agree with the ledger kept by hand (seed ${seed})`, { timeout: 60_000 }, () => {
    compareDrawn({ seed, numRuns: FRESH });
  });

  it('reach every regime, with interest and without', () => {
    const regimes = ['FR.business', 'FR.consumer', 'FR.publicBody', 'FR.coOwners', 'BE.business', 'BE.consumer', 'BE.publicBody'];
    for (const regime of regimes) {
      const isOf = (c: ReferenceCase) => `${c.law}.${c.kind}` === regime;
      expect([regime, count((answer, c) => isOf(c) && answer.lines.length > 0) > 20]).toEqual([regime, true]);
      expect([regime, count((answer, c) => isOf(c) && answer.lines.length === 0) > 10]).toEqual([regime, true]);
    }
  });

  it('reach what is rare: many lines, rates unknown, surplus, parts that leave the base, stops, void clauses, held interest', () => {
    expect(count((answer) => answer.lines.length > 8)).toBeGreaterThan(12);
    expect(drawn.filter(({ answer }) => 'refusal' in answer && answer.refusal === 'rateUnknown').length).toBeGreaterThan(50);
    expect(drawn.filter(({ answer }) => 'refusal' in answer && answer.refusal === 'clauseUnfair').length).toBeGreaterThan(8);
    expect(count((answer) => answer.surplus > 0n)).toBeGreaterThan(100);
    expect(count((answer) => answer.payments.some((payment) => payment.interest > 0n && payment.principal === 0n))).toBeGreaterThan(30);
    expect(count((answer) => answer.payments.some((payment) => payment.lumpSum > 0n))).toBeGreaterThan(80);
    expect(count((answer, c) => c.judgment !== undefined && c.judgment <= c.on && answer.lines.length > 0)).toBeGreaterThan(30);
    expect(
      count((answer, c) => isHeld(c) && answer.lines.some((line) => line.firstDay < written(c.reminder?.claimFrom ?? 0))),
    ).toBeGreaterThan(5);
    expect(count((answer, c) => c.indemnityClause !== undefined && answer.lumpSum > 0n)).toBeGreaterThan(20);
    expect(count((_, c) => c.dayCount === 'ACT/366')).toBeGreaterThan(200);
  });
});
