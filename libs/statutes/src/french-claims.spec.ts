import { day, type InterestClause } from '#domain';
import { describe, expect, it } from 'vitest';
import { type ClaimStory, claimOf, linesOf, notesOf, statementFor, sumsOf } from './test-claim.js';

const contract = (interest: InterestClause) => ({ contract: { checkedOn: day('2025-01-02'), interest } });

describe('French public buyers', () => {
  const story: ClaimStory = { kind: 'publicBody', face: '20000', dueOn: '2026-05-31', on: '2026-08-31' };

  it('A16, FR-8: 92 days at 10.15 %, the rate of the half-year in which interest began, and 40', () => {
    const made = statementFor(story);
    expect(linesOf(made)).toEqual(['92 × 10.15 = 511.67']);
    expect(sumsOf(made)).toEqual(['511.67', '40.00', '20551.67']);
    expect([made.regime, made.lumpSum?.article]).toEqual(['FR.publicBody', 'CCP D2192-35']);
    expect(notesOf(made)).toEqual(['rateFrozen']);
  });

  it('T11: July does not move the rate to 10.40 %, neither by day nor for tomorrow; a delay begun in July has it', () => {
    const made = statementFor({ ...story, on: '2026-07-01' });
    expect(made.lines.map((line) => line.ratePercent)).toEqual(['10.15']);
    expect([made.dailyInterestMinor, made.dailyUntil, made.dailyRefusal]).toEqual([556n, undefined, undefined]);
    expect(statementFor({ ...story, dueOn: '2026-06-30' }).lines[0]?.ratePercent).toBe('10.40');
  });

  it('A16: the frozen rate is known in 2027 although no rate of 2027 is', () => {
    expect(linesOf(statementFor({ ...story, on: '2027-05-31' }))).toEqual(['365 × 10.15 = 2030.00']);
  });

  it('A16: a waiver is ignored and said to be void', () => {
    const made = statementFor({ ...story, more: { waiver: { interest: true, lumpSum: true } } });
    expect(sumsOf(made)).toEqual(['511.67', '40.00', '20551.67']);
    expect(notesOf(made)).toContain('waiverVoid');
    const business = statementFor({ ...story, kind: 'business', more: { waiver: { interest: true, lumpSum: true } } });
    expect(sumsOf(business)).toEqual(['0.00', '0.00', '20000.00']);
    expect(notesOf(business)).toContain('waiverApplied');
  });
});

describe('French consumers and co-owners', () => {
  const story: ClaimStory = {
    kind: 'consumer',
    face: '1200',
    dueOn: '2025-01-31',
    on: '2025-09-15',
    more: { conduct: { noticeServedOn: day('2025-03-03') } },
  };

  it('A17, FR-9: a company claims the low legal rate from the day after the notice, 14.51 + 6.99, and no 40 €', () => {
    const made = statementFor(story);
    expect(linesOf(made)).toEqual(['119 × 3.71 = 14.51', '77 × 2.76 = 6.99']);
    expect(sumsOf(made)).toEqual(['21.50', '0.00', '1221.50']);
    expect(made.lines[0]?.firstDay).toBe('2025-03-04');
    expect(notesOf(made)).toEqual(['interestFromNotice', 'noCompensationOutsideBusiness']);
  });

  it('T3: the high "particuliers" rate belongs to a creditor who is a natural person, never to the consumer’s company creditor', () => {
    const person = statementFor({ ...story, more: { ...story.more, creditor: { isNaturalPerson: true } } });
    expect(linesOf(person)).toEqual(['119 × 7.21 = 28.21', '77 × 6.65 = 16.83']);
    expect(person.lines[0]?.derivation).toContain('créancier particulier');
    expect(statementFor(story).lines[0]?.derivation).toContain('autres cas');
  });

  it('A18, T2: without a notice no interest, no 40 €, no fee, and the reason', () => {
    const made = statementFor({ ...story, more: {} });
    expect([made.lines, made.lumpSum, made.claimTotalMinor, made.dailyInterestMinor]).toEqual([[], undefined, 120_000n, 0n]);
    expect(made.entries.map((entry) => entry.kind)).toEqual(['principal']);
    expect(notesOf(made)).toEqual(['noInterestWithoutNotice', 'noCompensationOutsideBusiness']);
  });

  it('A18: a notice that is served later, or was served before the debt was late, starts nothing', () => {
    for (const servedOn of ['2025-09-16', '2025-01-31', '2024-12-01']) {
      const made = statementFor({ ...story, more: { conduct: { noticeServedOn: day(servedOn) } } });
      expect([made.interestAccruedMinor, notesOf(made)[0]]).toEqual([0n, 'noInterestWithoutNotice']);
    }
  });

  it('A18: what is paid before the notice goes to the principal, afterwards to interest first', () => {
    const before = statementFor({ ...story, paid: [['2025-03-03', '200']] });
    expect(before.lines[0]?.baseMinor).toBe(100_000n);
    const after = statementFor({ ...story, paid: [['2025-03-04', '200']] });
    expect(after.entries.find((entry) => entry.kind === 'payment')?.imputed).toMatchObject({ interestMinor: 12n, principalMinor: 19_988n });
  });

  it('a clause counts from the notice only and is flagged for a person; above what businesses owe it is refused', () => {
    const made = statementFor({ ...story, more: { ...story.more, ...contract({ kind: 'rate', percent: '5' }) } });
    expect(made.lines.map((line) => line.ratePercent)).toEqual(['5.00', '5.00']);
    expect(notesOf(made)).toContain('clauseNeedsReview');
    expect(statementFor({ ...story, more: contract({ kind: 'rate', percent: '5' }) }).interestAccruedMinor).toBe(0n);
    const absurd = claimOf({ ...story, more: { ...story.more, ...contract({ kind: 'rate', percent: '25' }) } });
    expect(absurd).toMatchObject({ refusal: 'clauseUnfair', field: '/contract/interest', facts: { percent: '25.00', most: '13.15' } });
    const highest = statementFor({ ...story, on: '2025-06-30', more: { ...story.more, ...contract({ kind: 'rate', percent: '13.15' }) } });
    expect(highest.lines[0]?.ratePercent).toBe('13.15');
  });

  it('A13: the legal rate of the second half of 2026 is unknown and refused, not carried forward', () => {
    const on2026: ClaimStory = {
      ...story,
      dueOn: '2026-05-31',
      more: { conduct: { noticeServedOn: day('2026-06-10') } },
      on: '2026-06-30',
    };
    expect(linesOf(statementFor(on2026))).toEqual(['20 × 2.62 = 1.72']);
    expect(claimOf({ ...on2026, on: '2026-07-01' })).toMatchObject({ refusal: 'rateUnknown', facts: { firstUnknownDay: '2026-07-01' } });
    const triple = contract({ kind: 'multipleOfLegalRate', multiple: '3' });
    expect(claimOf({ ...on2026, on: '2026-07-01', more: { ...on2026.more, ...triple } })).toMatchObject({ refusal: 'rateUnknown' });
    // A percentage needs no legal rate.
    const five = contract({ kind: 'rate', percent: '5' });
    expect(linesOf(statementFor({ ...on2026, on: '2026-07-01', more: { ...on2026.more, ...five } }))).toEqual([
      '20 × 5.00 = 3.29',
      '1 × 5.00 = 0.16',
    ]);
  });

  it('A19: co-owners are refused until a person confirms them, and then owe legal interest from the notice, never L441-10', () => {
    const owners: ClaimStory = {
      kind: 'coOwners',
      face: '1000',
      dueOn: '2026-01-31',
      on: '2026-03-31',
      more: { conduct: { noticeServedOn: day('2026-03-02') } },
    };
    expect(claimOf({ ...owners, more: { ...owners.more, kindConfirmed: false } })).toMatchObject({ refusal: 'debtorKindUnconfirmed' });
    const made = statementFor(owners);
    expect(linesOf(made)).toEqual(['29 × 2.62 = 2.08']);
    expect([made.compensationMinor, made.sources.map((source) => source.article).includes('C. com. L441-10 II')]).toEqual([0n, false]);
  });

  it('A19: a debtor of unknown kind is refused with what to supply', () => {
    expect(claimOf({ ...story, kind: 'unknown' })).toMatchObject({
      refusal: 'debtorKindUnknown',
      field: '/kind',
      facts: { supply: expect.stringContaining('qualité du débiteur') },
    });
  });
});

describe('what the ledger never does', () => {
  const story: ClaimStory = { face: '10000', dueOn: '2025-01-31', on: '2026-06-30' };

  it('A10, T11: no VAT line, no interest on the 40 €, no interest on interest', () => {
    const made = statementFor(story);
    expect(new Set(made.entries.map((entry) => entry.kind))).toEqual(new Set(['principal', 'interest', 'fixedCompensation']));
    expect(made.lines.every((line) => line.baseMinor === 1_000_000n)).toBe(true);
    expect(made.claimTotalMinor).toBe(1_000_000n + made.interestAccruedMinor + 4000n);
    const settledBut40 = statementFor({ ...story, paid: [['2025-02-10', '10036.03']] });
    expect([settledBut40.imputedPrincipalMinor, settledBut40.interestAccruedMinor, settledBut40.claimTotalMinor]).toEqual([
      0n,
      3603n,
      4000n,
    ]);
  });

  it('T1: ten points are added to the ECB rate of 1 January, not to the legal rate nor to the rate of the day', () => {
    const first = statementFor({ face: '10000', dueOn: '2023-12-31', on: '2024-06-30' }).lines.map((line) => line.ratePercent);
    const second = statementFor({ face: '10000', dueOn: '2024-06-30', on: '2024-12-31' }).lines.map((line) => line.ratePercent);
    expect([first, second]).toEqual([['14.50'], ['14.25']]);
  });

  it('T5: a due date on a Sunday is not moved: the Monday counts', () => {
    const made = statementFor({ face: '3650', dueOn: '2025-11-30', on: '2025-12-01' });
    expect(made.lines.map((line) => [line.firstDay, line.days])).toEqual([['2025-12-01', 1]]);
  });

  it('T6: after a part payment interest is drawn on what is left, and principal first is refused without an agreement', () => {
    const parts = statementFor({ ...story, paid: [['2025-02-10', '4036.03']] });
    expect(parts.lines[1]?.baseMinor).toBe(600_000n);
    expect(claimOf({ ...story, more: { imputation: 'principalFirst' } })).toMatchObject({
      refusal: 'imputationAgreementMissing',
      facts: { article: 'C. civ. 1343-1' },
    });
  });

  it('the debtor may designate the 40 €; otherwise it comes last', () => {
    const payment = { kind: 'payment', on: day('2025-02-10'), amountMinor: 5000n } as const;
    const last = statementFor({ ...story, on: '2025-02-10', more: { movements: [payment] } });
    const designated = statementFor({ ...story, on: '2025-02-10', more: { movements: [{ ...payment, designation: 'lumpSum' }] } });
    expect([last.compensationOpenMinor, designated.compensationOpenMinor]).toEqual([4000n, 0n]);
    expect([last.interestOpenMinor, designated.interestOpenMinor]).toEqual([0n, 2603n]);
    expect(last.imputationRule).toBe('FR.interestFirst@1');
  });

  it('every entry carries the balance after it, and the last one is the claim', () => {
    const made = statementFor({ ...story, paid: [['2025-06-30', '3000']] });
    expect(made.entries[0]?.balanceMinor).toBe(1_000_000n);
    expect(made.entries.at(-1)?.balanceMinor).toBe(made.claimTotalMinor);
  });
});

describe('insolvency and reversals', () => {
  const story: ClaimStory = { face: '10000', dueOn: '2025-11-30', on: '2026-03-31' };
  const opened = (on: string): Pick<ClaimStory, 'more'> => ({ more: { conduct: { insolvencyOpenedOn: day(on) } } });

  it('A37, T9: interest ends the day before the judgment of 6 January 2026 and the 40 € of an earlier delay stays', () => {
    const made = statementFor({ ...story, ...opened('2026-01-06') });
    expect(linesOf(made)).toEqual(['31 × 12.15 = 103.19', '5 × 12.15 = 16.64']);
    expect(made.lines.at(-1)?.lastDay).toBe('2026-01-05');
    expect(sumsOf(made)).toEqual(['119.83', '40.00', '10159.83']);
    expect([made.interestUntil, made.dailyInterestMinor, notesOf(made)]).toEqual(['2026-01-05', 0n, ['interestEndedByInsolvency']]);
  });

  it('A37, T9: opened before the debtor was late, neither interest nor 40 €, and the statement says so', () => {
    for (const on of ['2025-11-15', '2025-11-30', '2025-12-01']) {
      const made = statementFor({ ...story, ...opened(on) });
      expect(sumsOf(made)).toEqual(['0.00', '0.00', '10000.00']);
      expect(notesOf(made)).toEqual(['noInterestInsolvency', 'noCompensationInsolvency']);
    }
    expect(sumsOf(statementFor({ ...story, ...opened('2025-12-02') }))).toEqual(['3.33', '40.00', '10043.33']);
  });

  it('A37: a judgment after the day of the statement is not looked at', () => {
    expect(statementFor({ ...story, on: '2026-01-31', ...opened('2026-02-06') })).toEqual(statementFor({ ...story, on: '2026-01-31' }));
  });

  it('A37: a judgment before the notice to a consumer, or on the day interest would have begun, means that interest never ran', () => {
    const consumer = { kind: 'consumer', face: '1200', dueOn: '2025-01-31', on: '2025-09-15' } as const;
    for (const openedOn of ['2025-03-01', '2025-03-04']) {
      const conduct = { noticeServedOn: day('2025-03-03'), insolvencyOpenedOn: day(openedOn) };
      const made = statementFor({ ...consumer, more: { conduct } });
      expect(sumsOf(made)).toEqual(['0.00', '0.00', '1200.00']);
      expect(made.interestFrom).toBeUndefined();
      // The debt was late long before: only the kind of debtor keeps the 40 € away.
      expect(notesOf(made)).toEqual(['noInterestInsolvency', 'noCompensationOutsideBusiness']);
      expect(made.notes[0]).toMatchObject({
        article: 'C. com. L622-28',
        facts: { openedOn, servedOn: '2025-03-03', from: '2025-03-04' },
      });
    }
    const dayAfter = { noticeServedOn: day('2025-03-03'), insolvencyOpenedOn: day('2025-03-05') };
    expect(notesOf(statementFor({ ...consumer, more: { conduct: dayAfter } }))).toEqual([
      'interestFromNotice',
      'interestEndedByInsolvency',
      'noCompensationOutsideBusiness',
    ]);
  });

  it('A37: what never ran is not said to end: no notice, or interest waived', () => {
    const silent = statementFor({ ...story, kind: 'consumer', ...opened('2026-01-06') });
    expect(notesOf(silent)).toEqual(['noInterestWithoutNotice', 'noCompensationOutsideBusiness']);
    const waived = statementFor({ ...story, more: { ...opened('2026-01-06').more, waiver: { interest: true } } });
    expect(notesOf(waived)).toEqual(['waiverApplied']);
  });

  it('A37: after the judgment a payment still lowers the claim', () => {
    const made = statementFor({ ...story, ...opened('2026-01-06'), paid: [['2026-02-10', '1000']] });
    expect([made.imputedPrincipalMinor, made.claimTotalMinor]).toEqual([911_983n, 915_983n]);
  });

  it('A40: a payment that was reversed is absent: interest as if it had never come, from the original due date, one 40 €', () => {
    const paid = statementFor({ ...story, paid: [['2025-12-10', '10073.29']] });
    expect(paid.claimTotalMinor).toBe(0n);
    const reversed = statementFor({ ...story, paid: [] });
    expect(reversed.lines[0]).toMatchObject({ firstDay: '2025-12-01', baseMinor: 1_000_000n, days: 31 });
    expect(reversed.entries.filter((entry) => entry.kind === 'fixedCompensation')).toHaveLength(1);
  });
});
