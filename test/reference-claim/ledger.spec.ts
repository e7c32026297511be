import { describe, expect, it } from 'vitest';
import { civil, halfYear, julian, written } from './civil-day.js';
import { keepLedger } from './ledger.js';
import { paid, plainCase } from './plain-case.js';
import type { ReferenceAnswer, ReferenceCase } from './reference-case.js';

function kept(...args: Parameters<typeof plainCase>): ReferenceAnswer {
  const answer = keepLedger(plainCase(...args));
  if ('refusal' in answer) throw new Error(answer.refusal);
  return answer;
}

const interests = (answer: ReferenceAnswer) => answer.lines.map((line) => line.interest);

// The reference is worth something only when the published and derived examples come out of it first.
describe('the ledger kept by hand gives the worked examples', () => {
  it('FR-1: a clause of 15 % above both floors, thirty days', () => {
    const clause = { interestClause: { kind: 'rate', percent: '15' } } satisfies Partial<ReferenceCase>;
    expect(interests(kept(1_500_000n, '2025-03-31', '2025-04-30', clause))).toEqual([18_493n]);
  });

  it('FR-4, FR-5, FR-11: silent contract, cut at the half-year even between equal rates', () => {
    expect(kept(1_500_000n, '2026-03-31', '2026-04-30').total).toBe(1_518_979n);
    expect(interests(kept(1_200_000n, '2026-05-15', '2026-07-20'))).toEqual([18_375n, 8153n]);
    expect(interests(kept(480_000n, '2025-11-30', '2026-01-31'))).toEqual([4953n, 4953n]);
  });

  it('FR-6: the floor binds a clause only; the leap year may be counted as such', () => {
    const multiple = { interestClause: { kind: 'multipleOfLegalRate', multiple: '3' } } satisfies Partial<ReferenceCase>;
    expect(interests(kept(1_000_000n, '2024-01-31', '2024-09-30'))).toEqual([59_986n, 35_918n]);
    expect(kept(1_000_000n, '2024-01-31', '2024-09-30', { dayCount: 'ACT/366' }).interestAccrued).toBe(95_642n);
    expect(interests(kept(1_000_000n, '2024-01-31', '2024-09-30', multiple))).toEqual([62_924n, 37_203n]);
  });

  it('FR-7: a part on the way, interest first and principal first', () => {
    const movements = [paid('2026-03-15', 400_000n)];
    const first = kept(1_000_000n, '2026-01-31', '2026-08-10', { movements });
    expect([...interests(first), first.principal, first.total]).toEqual([14_314n, 21_881n, 8557n, 614_314n, 648_752n]);
    expect(kept(1_000_000n, '2026-01-31', '2026-08-10', { movements, principalFirst: true }).total).toBe(648_042n);
  });

  it('FR-8 and FR-9: the frozen rate of a public body, the legal rate of a consumer from the notice', () => {
    expect(kept(2_000_000n, '2026-05-31', '2026-08-31', { kind: 'publicBody' }).total).toBe(2_055_167n);
    const consumer = kept(120_000n, '2025-01-31', '2025-09-15', { kind: 'consumer', notice: julian('2025-03-03') });
    expect([...interests(consumer), consumer.lumpSum]).toEqual([1451n, 699n, 0n]);
  });

  it('BE-2 and BE-3: eight points more, up to the half', () => {
    expect(interests(kept(1_200_000n, '2026-05-15', '2026-07-20', { law: 'BE' }))).toEqual([15_879n, 6904n]);
    expect(interests(kept(500_000n, '2024-11-30', '2025-08-31', { law: 'BE' }))).toEqual([5308n, 28_514n, 8918n]);
  });

  it('BE-1 and BE-6: the scale of consumers at its edges', () => {
    const scaled = (face: bigint) =>
      kept(face, '2026-01-31', '2026-03-31', {
        law: 'BE',
        kind: 'consumer',
        indemnityClause: { kind: 'legalScale' },
        reminder: { sent: julian('2026-02-02'), by: 'electronic', claimFrom: julian('2026-02-17'), complete: true },
      }).lumpSum;
    const faces = [1n, 15_000n, 15_001n, 21_500n, 50_000n, 50_001n, 60_000n, 100_000n, 500_000n, 3_920_000n, 5_000_000n];
    expect(faces.map(scaled)).toEqual([2000n, 2000n, 3000n, 3650n, 6500n, 6500n, 7000n, 9000n, 29_000n, 200_000n, 200_000n]);
  });

  it('days are counted without the calendar of the product', () => {
    expect(written(julian('2024-02-28') + 2)).toBe('2024-03-01');
    expect(civil(julian('2000-02-29'))).toEqual({ year: 2000, month: 2, dayOfMonth: 29 });
    expect([halfYear(julian('2026-06-30')), halfYear(julian('2026-07-01'))]).toEqual(['2026-S1', '2026-S2']);
    expect(julian('2000-01-01')).toBe(2_451_545);
  });
});
