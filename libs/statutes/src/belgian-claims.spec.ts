import { type ContractTerms, day, eur, type FirstReminder, type IndemnityClause, type InterestClause } from '#domain';
import { describe, expect, it } from 'vitest';
import { claimRules } from './claim-rules.js';
import { loadStatutes } from './load-statutes.js';
import { type ClaimStory, cents, claimOf, linesOf, notesOf, statementFor, sumsOf } from './test-claim.js';

const rules = claimRules(loadStatutes(), 'BE.consumer');
const SCALE: IndemnityClause = { kind: 'legalScale' };
const percent = (text: string): InterestClause => ({ kind: 'rate', percent: text });
const contract = (terms: Partial<ContractTerms>): ContractTerms => ({ checkedOn: day('2025-01-02'), ...terms });

/** Sent by e-mail on 10 February 2026: free until 24 February, claimed from the 25th. */
const REMINDER: FirstReminder = { sentOn: day('2026-02-10'), by: 'electronic', claimFrom: day('2026-02-25'), isComplete: true };

function consumer(
  story: Partial<ClaimStory> & { terms?: Partial<ContractTerms>; reminder?: FirstReminder | null; isSme?: boolean },
): ClaimStory {
  const { terms, reminder = REMINDER, isSme, ...rest } = story;
  return {
    law: 'BE',
    kind: 'consumer',
    face: '215',
    dueOn: '2026-02-02',
    on: '2026-03-06',
    more: {
      contract: contract(terms ?? { indemnity: SCALE, interest: percent('8') }),
      ...(reminder ? { conduct: { firstReminder: reminder } } : {}),
      creditor: { isSme: isSme === true },
    },
    ...rest,
  };
}

function indemnityOn(amount: string, indemnity: IndemnityClause = SCALE) {
  const remainingMinor = eur(amount).minor;
  return rules.lumpSum({ dueOn: day('2026-01-31'), claimedOn: day('2026-03-02'), remainingMinor, contract: contract({ indemnity }) });
}

describe('the Belgian scale', () => {
  it.each([
    ['0.01', '20.00'],
    ['150', '20.00'],
    ['150.01', '30.00'],
    ['215', '36.50'],
    ['500', '65.00'],
    ['500.01', '65.00'],
    ['600', '70.00'],
    ['1000', '90.00'],
    ['5000', '290.00'],
    ['39200', '2000.00'],
    ['50000', '2000.00'],
  ])('A24, BE-1, BE-6, T8: %s remaining gives %s, slice by slice and never above the ceiling', (amount, expected) => {
    const answer = indemnityOn(amount);
    expect('due' in answer && [cents(answer.due.amountMinor), answer.due.article]).toEqual([expected, 'CDE XIX.4']);
  });

  it('BE-1: says how 36.50 was found', () => {
    const answer = indemnityOn('215');
    expect('due' in answer && answer.due.derivation).toBe(
      '30,00\u00a0€ + 10\u00a0% de 65,00\u00a0€ (part de 215,00\u00a0€ au-delà de 150,00\u00a0€)',
    );
    expect('due' in answer && answer.due.tier).toEqual({
      remainingMinor: 21_500n,
      baseMinor: 3000n,
      plusPercent: '10',
      aboveMinor: 15_000n,
    });
  });

  it('a clause within the scale is used as agreed, one cent above it is void and not reduced', () => {
    const within = indemnityOn('1000', { kind: 'fixed', amountMinor: 9000n });
    expect('due' in within && within.due.amountMinor).toBe(9000n);
    expect(indemnityOn('1000', { kind: 'fixed', amountMinor: 9001n })).toMatchObject({
      note: { code: 'indemnityClauseVoid', facts: { askedMinor: '9001', capMinor: '9000' } },
    });
    expect(indemnityOn('1000', { kind: 'percent', percent: '10' })).toMatchObject({ note: { code: 'indemnityClauseVoid' } });
    const share = indemnityOn('1000', { kind: 'percent', percent: '5', minimumMinor: 6000n });
    expect('due' in share && share.due.amountMinor).toBe(6000n);
  });
});

describe('Belgian consumers', () => {
  it('sample B13: 215.00 with the scale in its contract is 251.50 on the first day after the free ones', () => {
    const made = statementFor(consumer({ terms: { indemnity: SCALE }, on: '2026-02-25', reminder: REMINDER }));
    expect([made.compensationMinor, made.lumpSum?.kind, made.openPrincipalMinor]).toEqual([3650n, 'indemnity', 21_500n]);
    expect(made.entries.map((entry) => entry.kind)).toEqual(['principal', 'indemnity', 'interest']);
  });

  it('with both clauses: the indemnity once on what remained, interest at the rate agreed from the end of the free days', () => {
    const made = statementFor(consumer({}));
    expect(linesOf(made)).toEqual(['10 × 8.00 = 0.47']);
    expect(sumsOf(made)).toEqual(['0.47', '36.50', '251.97']);
    expect([made.lines[0]?.firstDay, made.freeUntil]).toEqual(['2026-02-25', '2026-02-24']);
    expect(notesOf(made)).toEqual(['interestAfterFreeReminder']);
  });

  it('T2: within the free days nothing is added, whatever the contract says', () => {
    const made = statementFor(consumer({ on: '2026-02-24', isSme: true }));
    expect([made.claimTotalMinor, made.lines, made.lumpSum, notesOf(made)]).toEqual([21_500n, [], undefined, ['freeReminderRunning']]);
    expect([made.dailyFrom, made.dailyInterestMinor]).toEqual(['2026-02-25', 5n]);
  });

  it('A26, sample B14: paid on the last free day, no indemnity, no interest, no cost, for an SME neither', () => {
    for (const isSme of [false, true]) {
      const made = statementFor(consumer({ face: '150.01', paid: [['2026-02-24', '150.01']], isSme }));
      expect([made.claimTotalMinor, made.interestAccruedMinor, made.compensationMinor, made.surplusMinor]).toEqual([0n, 0n, 0n, 0n]);
      expect(notesOf(made)).toEqual(['paidWithinFreeReminder']);
      expect(made.interestFrom).toBeUndefined();
    }
    const dayAfter = statementFor(consumer({ face: '150.01', paid: [['2026-02-25', '150.01']] }));
    expect(dayAfter.compensationMinor).toBe(3000n);
  });

  it('the indemnity is on what remained when the free days ended, not on the face value', () => {
    const made = statementFor(consumer({ face: '1000', paid: [['2026-02-20', '850']] }));
    expect([made.compensationMinor, made.lines[0]?.baseMinor]).toEqual([2000n, 15_000n]);
    const credited = statementFor(consumer({ face: '1000', credited: [['2026-03-05', '850']] }));
    expect(credited.compensationMinor).toBe(2000n);
  });

  it('A27, T8: a reminder that lacks a mention, or none at all, opens nothing', () => {
    const incomplete = statementFor(consumer({ reminder: { ...REMINDER, isComplete: false } }));
    const without = statementFor(consumer({ reminder: null }));
    expect([incomplete.claimTotalMinor, without.claimTotalMinor]).toEqual([21_500n, 21_500n]);
    expect([notesOf(incomplete), notesOf(without)]).toEqual([['firstReminderIncomplete'], ['noCostWithoutReminder']]);
  });

  it('A28: without a clause no lump sum, and the legal rate of 4.50 % only', () => {
    const made = statementFor(consumer({ face: '1000', terms: {}, on: '2026-03-31' }));
    expect(linesOf(made)).toEqual(['35 × 4.50 = 4.32']);
    expect([made.compensationMinor, notesOf(made)]).toEqual([0n, ['interestAfterFreeReminder', 'noIndemnityClause']]);
  });

  it('A28: a clause of 12 % above the cap of 10.5 % is void, 4.50 % remains; at the cap it stands', () => {
    const above = statementFor(consumer({ face: '1000', terms: { interest: percent('12') }, on: '2026-03-31', isSme: true }));
    expect(linesOf(above)).toEqual(['35 × 4.50 = 4.32']);
    expect(above.notes.find((note) => note.code === 'interestClauseVoid')?.facts).toMatchObject({
      clausePercent: '12.00',
      capPercent: '10.50',
    });
    expect(statementFor(consumer({ terms: { interest: percent('10.5') } })).lines[0]?.ratePercent).toBe('10.50');
  });

  it('the cap is looked at anew each half-year: 11 % stands under 11.5 % and falls under 10.5 %', () => {
    const reminder: FirstReminder = { ...REMINDER, sentOn: day('2025-06-02'), claimFrom: day('2025-06-17') };
    const made = statementFor(consumer({ dueOn: '2025-05-15', on: '2025-07-10', terms: { interest: percent('11') }, reminder }));
    expect(made.lines.map((line) => line.ratePercent)).toEqual(['11.00', '4.50']);
  });

  it('A29: a small creditor runs interest from the day after the reminder, others from the end of the free days', () => {
    const story = { face: '1000', terms: { interest: percent('10') }, on: '2026-03-31' };
    const small = statementFor(consumer({ ...story, isSme: true }));
    expect([small.lines[0]?.firstDay, linesOf(small)]).toEqual(['2026-02-11', ['49 × 10.00 = 13.42']]);
    const other = statementFor(consumer(story));
    expect([other.lines[0]?.firstDay, linesOf(other)]).toEqual(['2026-02-25', ['35 × 10.00 = 9.59']]);
  });

  it('A29: an e-mail of 23 December 2026 lets a small creditor count from the 24th, once 7 January has come unpaid', () => {
    const reminder: FirstReminder = { ...REMINDER, sentOn: day('2026-12-23'), claimFrom: day('2027-01-07') };
    const story = { dueOn: '2026-11-30', terms: { interest: percent('8') }, reminder };
    expect(statementFor(consumer({ ...story, on: '2026-12-31', isSme: true })).claimTotalMinor).toBe(21_500n);
    // The rates of 2027 are not known yet: nothing is claimed on the quiet.
    expect(claimOf(consumer({ ...story, on: '2027-01-07', isSme: true }))).toMatchObject({
      refusal: 'rateUnknown',
      facts: { firstUnknownDay: '2027-01-01' },
    });
    expect(claimOf(consumer({ ...story, on: '2027-01-07' }))).toMatchObject({ facts: { firstUnknownDay: '2027-01-07' } });
  });

  it('A29: a small creditor whose clause is void until the New Year counts from 1 January, the first day it holds', () => {
    const reminder: FirstReminder = { ...REMINDER, sentOn: day('2023-12-20'), claimFrom: day('2024-01-05') };
    const story = { face: '1000', dueOn: '2023-11-15', on: '2024-02-29', reminder, isSme: true };
    const made = statementFor(consumer({ ...story, terms: { interest: percent('12.3') } }));
    expect([made.interestFrom, made.lines[0]?.firstDay, linesOf(made)]).toEqual(['2024-01-01', '2024-01-01', ['60 × 12.30 = 20.22']]);
    expect(made.notes[0]).toMatchObject({ code: 'interestSinceClauseValid', facts: { from: '2024-01-01', freeUntil: '2024-01-04' } });
    // Valid on the very first day: from the day after the reminder, as ever; void on every day: from the end of the free days.
    const valid = statementFor(consumer({ ...story, terms: { interest: percent('12') } }));
    expect([valid.interestFrom, notesOf(valid)[0]]).toEqual(['2023-12-21', 'interestSinceReminderSent']);
    const void_ = statementFor(consumer({ ...story, terms: { interest: percent('15') } }));
    expect([void_.interestFrom, notesOf(void_)[0]]).toEqual(['2024-01-05', 'interestAfterFreeReminder']);
  });

  it('lines of the legal rate and of a clause end with the half-year, each rounded on its own', () => {
    const reminder: FirstReminder = { ...REMINDER, sentOn: day('2025-06-02'), claimFrom: day('2025-06-17') };
    const story = { face: '1000', dueOn: '2025-05-15', on: '2025-07-31', reminder };
    const legal = statementFor(consumer({ ...story, terms: {} }));
    expect(legal.lines.map((line) => [line.firstDay, line.lastDay])).toEqual([
      ['2025-06-17', '2025-06-30'],
      ['2025-07-01', '2025-07-31'],
    ]);
    expect(new Set(legal.lines.map((line) => line.ratePercent)).size).toBe(1);
    expect(legal.dailyUntil).toBe('2025-12-31');
    const agreed = statementFor(consumer({ ...story, terms: { interest: percent('8') } }));
    expect(linesOf(agreed)).toEqual(['14 × 8.00 = 3.07', '31 × 8.00 = 6.79']);
  });

  it('A37: an insolvency in the free days leaves the principal alone, and the debt is not said to have been punctual', () => {
    const conduct = { firstReminder: REMINDER, insolvencyOpenedOn: day('2026-02-20') };
    const terms = contract({ indemnity: SCALE, interest: percent('8') });
    const made = statementFor(consumer({ more: { contract: terms, conduct } }));
    expect([made.claimTotalMinor, notesOf(made)]).toEqual([21_500n, ['noInterestInsolvency', 'noCompensationInsolvency']]);
    expect(made.notes.map((note) => note.facts)).toEqual([
      { openedOn: '2026-02-20', from: '2026-02-25' },
      { openedOn: '2026-02-20', claimableFrom: '2026-02-25' },
    ]);
  });

  it('A29: what comes within the free days goes to the principal, and lowers a small creditor’s base from then on', () => {
    const made = statementFor(
      consumer({ face: '1000', terms: { interest: percent('10') }, on: '2026-03-31', isSme: true, paid: [['2026-02-20', '500']] }),
    );
    expect(made.lines.map((line) => [line.days, line.baseMinor])).toEqual([
      [10, 100_000n],
      [39, 50_000n],
    ]);
    expect(made.entries.find((entry) => entry.kind === 'payment')?.imputed?.principalMinor).toBe(50_000n);
  });

  it('a reminder sent before the due date, or whose free days end before they begin, is refused', () => {
    expect(claimOf(consumer({ reminder: { ...REMINDER, sentOn: day('2026-02-02') } }))).toMatchObject({ refusal: 'firstReminderInvalid' });
    expect(claimOf(consumer({ reminder: { ...REMINDER, claimFrom: REMINDER.sentOn } }))).toMatchObject({
      refusal: 'firstReminderInvalid',
      field: '/conduct/firstReminder',
    });
  });
});

describe('the other debtors of Belgium', () => {
  it('a business clause is cut at the half-year too, and so is what co-owners owe', () => {
    const business = statementFor({
      ...{ law: 'BE', face: '5000', dueOn: '2024-11-30', on: '2025-08-31' },
      more: { contract: contract({ interest: percent('12') }) },
    });
    expect(linesOf(business)).toEqual(['31 × 12.00 = 50.96', '181 × 12.00 = 297.53', '62 × 12.00 = 101.92']);
    expect(business.lines.map((line) => line.lastDay)).toEqual(['2024-12-31', '2025-06-30', '2025-08-31']);
    const owners = statementFor({
      ...{ law: 'BE', kind: 'coOwners', face: '1000', dueOn: '2025-01-31', on: '2025-09-15' },
      more: { conduct: { noticeServedOn: day('2025-03-03') } },
    });
    expect(owners.lines.map((line) => line.lastDay)).toEqual(['2025-06-30', '2025-09-15']);
  });

  it('a small public contract owes what a business owes; any other is refused with what to supply', () => {
    const story: ClaimStory = { law: 'BE', kind: 'publicBody', face: '12000', dueOn: '2026-05-15', on: '2026-07-20' };
    const small = statementFor({ ...story, more: { contract: contract({ procurement: 'small' }) } });
    expect(sumsOf(small)).toEqual(['227.83', '40.00', '12267.83']);
    expect(claimOf(story)).toMatchObject({ refusal: 'procurementUnknown', field: '/contract/procurement' });
    expect(claimOf({ ...story, more: { contract: contract({ procurement: 'general' }) } })).toMatchObject({
      refusal: 'procurementNotCovered',
      facts: { supply: expect.stringContaining('décompte') },
    });
  });

  it('A19: co-owners owe legal interest from the notice, once confirmed, and no clause changes it', () => {
    const story: ClaimStory = {
      law: 'BE',
      kind: 'coOwners',
      face: '1000',
      dueOn: '2026-01-31',
      on: '2026-03-31',
      more: { conduct: { noticeServedOn: day('2026-03-02') }, contract: contract({ interest: percent('9') }) },
    };
    const made = statementFor(story);
    expect([linesOf(made), made.compensationMinor]).toEqual([['29 × 4.50 = 3.58'], 0n]);
    expect(notesOf(made)).toEqual(['interestClauseLeftOut', 'interestFromNotice', 'noCompensationOutsideBusiness']);
    expect(claimOf({ ...story, more: { ...story.more, kindConfirmed: false } })).toMatchObject({ refusal: 'debtorKindUnconfirmed' });
  });

  it('T4: without rounding up to the half point BE-3 would be 414.69; it is 427.40', () => {
    const made = statementFor({ law: 'BE', face: '5000', dueOn: '2024-11-30', on: '2025-08-31' });
    expect(made.interestAccruedMinor).toBe(42_740n);
  });
});
