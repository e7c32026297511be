// The rules most often implemented wrongly. Each test fails when its trap is built in: the wrong figure stands beside the right one.
import { describe, expect, it } from 'vitest';
import { isRefusal, statementOfClaim } from '#domain';
import { julian } from './civil-day.js';
import { paid, plainCase } from './plain-case.js';
import { claimInput, productAnswer } from './product-answer.js';
import type { ReferenceAnswer, ReferenceCase } from './reference-case.js';

function answered(...args: Parameters<typeof plainCase>): ReferenceAnswer {
  const answer = productAnswer(plainCase(...args));
  if ('refusal' in answer) throw new Error(answer.refusal);
  return answer;
}

const rates = (answer: ReferenceAnswer) => answer.lines.map((line) => line.rate);
const interests = (answer: ReferenceAnswer) => answer.lines.map((line) => line.interest);

const belgianConsumer = (sent: string, claimFrom: string, more: Partial<ReferenceCase> = {}): Partial<ReferenceCase> => ({
  law: 'BE',
  kind: 'consumer',
  indemnityClause: { kind: 'legalScale' },
  reminder: { sent: julian(sent), by: 'electronic', claimFrom: julian(claimFrom), complete: true },
  ...more,
});

describe('rates', () => {
  it('T1: ten points on the central bank rate of 1 January or 1 July, not on the legal rate (15,07) nor on the rate of the day (13,65)', () => {
    expect(rates(answered(1_000_000n, '2024-01-31', '2024-06-30'))).toEqual(['14.50']);
    expect(rates(answered(1_000_000n, '2024-09-30', '2024-12-31'))).toEqual(['14.25']);
  });

  it('T1: a delay that crosses a half-year has a line for each, one rate for the whole would give 265.54 or so', () => {
    const crossing = answered(1_200_000n, '2026-05-15', '2026-07-20');
    expect([rates(crossing), interests(crossing), crossing.interestAccrued]).toEqual([['12.15', '12.40'], [18_375n, 8153n], 26_528n]);
  });

  it('T3: a silent contract never takes three times the legal rate, even where that is higher (15,21 and 14,76)', () => {
    expect(rates(answered(1_000_000n, '2024-01-31', '2024-09-30'))).toEqual(['14.50', '14.25']);
  });

  it('T3: the quality of the creditor decides the legal rate, not that of the debtor', () => {
    const consumer = { kind: 'consumer', notice: julian('2025-03-03') } satisfies Partial<ReferenceCase>;
    const company = answered(120_000n, '2025-01-31', '2025-09-15', consumer);
    expect([rates(company), company.interestAccrued]).toEqual([['3.71', '2.76'], 2150n]);
    expect(rates(answered(120_000n, '2025-01-31', '2025-09-15', { ...consumer, naturalPerson: true }))).toEqual(['7.21', '6.65']);
  });

  it('T4: Belgian business debtors pay the next half point (11,5 and not 11,15)', () => {
    const belgian = answered(500_000n, '2024-11-30', '2025-08-31', { law: 'BE' });
    expect([rates(belgian), belgian.interestAccrued]).toEqual([['12.50', '11.50', '10.50'], 42_740n]);
  });

  it('T11: the rate of a French public body is frozen at the half-year in which interest began', () => {
    const frozen = answered(2_000_000n, '2026-05-31', '2026-08-31', { kind: 'publicBody' });
    expect([new Set(rates(frozen)), frozen.interestAccrued]).toEqual([new Set(['10.15']), 51_167n]);
  });

  it('T11: interest bears no interest, and neither do the forty euros', () => {
    const threeYears = answered(1_000_000n, '2022-12-31', '2025-12-31');
    expect(new Set(threeYears.lines.map((line) => line.base))).toEqual(new Set([1_000_000n]));
    expect(threeYears.lumpSum).toBe(4000n);
  });

  it('T11: nothing of what a delay costs bears value added tax: the entries are principal, interest and compensation only', () => {
    const made = statementOfClaim(claimInput(plainCase(1_200_000n, '2026-05-15', '2026-07-20')));
    if (isRefusal(made)) throw new Error(made.refusal);
    expect(new Set(made.entries.map((entry) => entry.kind))).toEqual(new Set(['principal', 'interest', 'fixedCompensation']));
    expect(made.claimTotalMinor).toBe(1_200_000n + 26_528n + 4000n);
  });
});

describe('who owes what', () => {
  it('T2: a French consumer owes no forty euros ever, and no interest before a notice', () => {
    const silent = answered(120_000n, '2025-01-31', '2026-06-30', { kind: 'consumer' });
    expect([silent.interestAccrued, silent.lumpSum, silent.total]).toEqual([0n, 0n, 120_000n]);
    const served = answered(120_000n, '2025-01-31', '2026-06-30', { kind: 'consumer', notice: julian('2025-03-03') });
    expect([served.lines[0]?.firstDay, served.lumpSum]).toEqual(['2025-03-04', 0n]);
  });

  it('T2: a Belgian consumer owes nothing more on the last of the fourteen days', () => {
    const reminder = belgianConsumer('2026-02-02', '2026-02-17');
    expect(answered(100_000n, '2026-01-15', '2026-02-16', reminder).total).toBe(100_000n);
    expect(answered(100_000n, '2026-01-15', '2026-02-17', reminder).lumpSum).toBe(9000n);
  });

  it('T8: a first reminder that lacks a mandatory mention gives nothing, however long ago it was sent', () => {
    const reminder = { sent: julian('2026-02-02'), by: 'post', claimFrom: julian('2026-02-21'), complete: false } as const;
    const incomplete = answered(100_000n, '2026-01-15', '2026-06-30', belgianConsumer('2026-02-02', '2026-02-21', { reminder }));
    expect([incomplete.lumpSum, incomplete.interestAccrued]).toEqual([0n, 0n]);
  });

  it('T8: the percentage is of the slice (36,50 and not 51,50 for 215 €) and ends at 2 000 €', () => {
    const lump = (face: bigint) => answered(face, '2026-01-15', '2026-03-31', belgianConsumer('2026-02-02', '2026-02-17')).lumpSum;
    expect([21_500n, 60_000n, 3_920_000n, 5_000_000n].map(lump)).toEqual([3650n, 7000n, 200_000n, 200_000n]);
  });
});

describe('days and payments', () => {
  it('T5: the due date does not count, the day of the payment does', () => {
    expect(answered(1_500_000n, '2026-03-31', '2026-04-30').lines).toMatchObject([
      { firstDay: '2026-04-01', lastDay: '2026-04-30', days: 30 },
    ]);
    expect(answered(1_500_000n, '2026-03-31', '2026-03-31').total).toBe(1_500_000n);
    expect(answered(1_500_000n, '2026-03-31', '2026-04-01').lines).toMatchObject([{ days: 1 }]);
    const onTime = answered(1_500_000n, '2026-03-31', '2026-04-30', { movements: [paid('2026-03-31', 1_500_000n)] });
    expect([onTime.interestAccrued, onTime.lumpSum]).toEqual([0n, 0n]);
  });

  it('T5: a due date on a Sunday is not moved', () => {
    const [first] = answered(480_000n, '2025-11-30', '2026-01-31').lines;
    expect(first).toMatchObject({ firstDay: '2025-12-01', days: 31 });
  });

  it('T6: interest goes on from what a part left, not from the first amount, and the part pays interest first', () => {
    const parts = answered(1_000_000n, '2026-01-31', '2026-08-10', { movements: [paid('2026-03-15', 400_000n)] });
    expect(parts.lines.map((line) => line.base)).toEqual([1_000_000n, 614_314n, 614_314n]);
    expect([parts.payments[0], parts.total]).toMatchObject([{ interest: 14_314n, principal: 385_686n }, 648_752n]);
  });

  it('T6: principal first only with an agreement on record', () => {
    const asked = { movements: [paid('2026-03-15', 400_000n)], principalFirst: true };
    expect(answered(1_000_000n, '2026-01-31', '2026-08-10', asked).total).toBe(648_042n);
    expect(productAnswer(plainCase(1_000_000n, '2026-01-31', '2026-08-10', { ...asked, agreement: false }))).toEqual({
      refusal: 'imputationAgreementMissing',
    });
  });

  it('T9: interest ends the day before the judgment, and a debt due after it bears no forty euros', () => {
    const stopped = answered(1_200_000n, '2026-05-15', '2026-09-30', { judgment: julian('2026-06-10') });
    expect([stopped.lines.at(-1)?.lastDay, stopped.lumpSum]).toEqual(['2026-06-09', 4000n]);
    const after = answered(1_200_000n, '2026-06-10', '2026-09-30', { judgment: julian('2026-06-01') });
    expect([after.interestAccrued, after.lumpSum]).toEqual([0n, 0n]);
  });

  it('T6: one compensation for an invoice paid late in three parts', () => {
    const movements = [paid('2026-02-10', 100_000n), paid('2026-02-20', 100_000n), paid('2026-03-10', 100_000n)];
    expect(answered(1_000_000n, '2026-01-31', '2026-03-31', { movements }).lumpSum).toBe(4000n);
  });
});
