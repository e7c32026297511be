import {
  type BusinessCalendar,
  checkElectronicLetter,
  type ConsumerReminder,
  type Day,
  day,
  type DebtorKind,
  delayWords,
  electronicLetterDeadlines,
  endOfDelay,
  firstReminderWindow,
  isRefusal,
  type LegalDelay,
  noticeDeadline,
  proceduralEnd,
  type Refusal,
  registeredLetterAvailability,
  reminderFees,
} from '#domain';
import { describe, expect, it } from 'vitest';
import { amountOn, countOn, delayOn, firstReminderRules, percentOn, reminderFeeRules } from './deadline-rules.js';
import { loadStatutes } from './load-statutes.js';
import { electronicLetterRules } from './procedure-rules.js';
import { businessCalendar } from './territory-calendar.js';

const statutes = loadStatutes();
const FR = businessCalendar(statutes, 'FR');
const BE = businessCalendar(statutes, 'BE');

function given<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`Refused: ${JSON.stringify(value)}`);
  return value;
}

describe('notices', () => {
  const period = (key: string): LegalDelay => given(delayOn(statutes, key, day('2026-03-02')));

  it('T5: 8 days from receipt end on a Sunday and the law leaves them there; only courtesy moves them', () => {
    const receivedOn = day('2026-03-07');
    const plain = noticeDeadline({ receivedOn, period: period('fr.business.noticeDays') });
    expect(plain).toMatchObject({ on: '2026-03-15', shownOn: '2026-03-15', nextActFrom: '2026-03-16', article: 'C. civ. 1344' });
    const courteous = noticeDeadline({ receivedOn, period: period('fr.business.noticeDays'), courtesyCalendar: FR });
    expect(courteous).toMatchObject({ on: '2026-03-15', shownOn: '2026-03-16', nextActFrom: '2026-03-17' });
    expect(courteous.how.at(-1)).toContain('courtoisie');
  });

  it('a consumer has 15 days', () => {
    expect(noticeDeadline({ receivedOn: day('2026-03-02'), period: period('fr.consumer.noticeDays') }).on).toBe('2026-03-17');
  });

  it('a registered letter waits 15 days at the post office', () => {
    const availability = period('fr.registeredLetter.availabilityDays');
    expect(registeredLetterAvailability({ presentedOn: day('2026-03-02'), availability })).toMatchObject({
      on: '2026-03-17',
      unclaimedFrom: '2026-03-18',
    });
  });

  it('A33: an electronic registered letter to a consumer without recorded consent is refused and paper proposed', () => {
    const letter = { recipient: 'consumer' as DebtorKind, isProviderQualified: true, sentOn: day('2026-03-02') };
    expect(checkElectronicLetter(letter)).toMatchObject({
      refusal: 'consentMissing',
      facts: { article: 'CPost L100', alternative: 'registeredPost' },
    });
    expect(checkElectronicLetter({ ...letter, consentedOn: day('2026-03-03') })).toMatchObject({ refusal: 'consentMissing' });
    expect(checkElectronicLetter({ ...letter, consentedOn: day('2026-03-02') })).toBeUndefined();
    expect(checkElectronicLetter({ ...letter, recipient: 'coOwners' })).toMatchObject({ refusal: 'consentMissing' });
    expect(checkElectronicLetter({ ...letter, recipient: 'business' })).toBeUndefined();
    expect(checkElectronicLetter({ ...letter, recipient: 'unknown' })).toMatchObject({ refusal: 'kindUnknown' });
    const unqualified = { ...letter, recipient: 'business' as DebtorKind, isProviderQualified: false };
    expect(checkElectronicLetter(unqualified)).toMatchObject({ refusal: 'providerNotQualified' });
  });

  it('A33: noticed on 2 March 2026, it may be accepted until 17 March; its non-claim is proven by 18 March', () => {
    const providerNoticeOn = day('2026-03-02');
    const rules = given(electronicLetterRules(statutes, providerNoticeOn));
    expect(electronicLetterDeadlines({ providerNoticeOn, rules })).toMatchObject({ on: '2026-03-17', nonClaimProofBy: '2026-03-18' });
  });
});

describe('the first reminder of a Belgian consumer', () => {
  const reminder = (sentOn: string, by: 'post' | 'electronic'): ReturnType<typeof firstReminderWindow> =>
    firstReminderWindow({ sentOn: day(sentOn), by, rules: given(firstReminderRules(statutes, day(sentOn))), calendar: BE });

  it('A25, BE-4: posted on Monday 18 September 2023, its 14 days start on Thursday 21; by e-mail on Tuesday 19', () => {
    expect(reminder('2023-09-18', 'post')).toMatchObject({ startsOn: '2023-09-21', lastFreeDay: '2023-10-04', claimFrom: '2023-10-05' });
    expect(reminder('2023-09-18', 'electronic')).toMatchObject({ startsOn: '2023-09-19', claimFrom: '2023-10-03' });
  });

  it('A25, BE-7, T8: holidays and Saturdays delay the start by post, never by e-mail', () => {
    expect(reminder('2026-11-10', 'post')).toMatchObject({ startsOn: '2026-11-16', lastFreeDay: '2026-11-29', claimFrom: '2026-11-30' });
    expect(reminder('2026-12-23', 'post')).toMatchObject({ startsOn: '2026-12-29', claimFrom: '2027-01-12' });
    expect(reminder('2026-12-23', 'electronic')).toMatchObject({ startsOn: '2026-12-24', claimFrom: '2027-01-07' });
    expect(reminder('2026-11-10', 'post').how).toEqual([
      'rappel envoyé par la poste\u202f: 3 jours ouvrables à compter du 10 novembre 2026, ce jour non compté\u202f: 16 novembre 2026',
      '14 jours, celui-ci compris\u202f: dernier jour gratuit le 29 novembre 2026',
    ]);
  });

  it('before 1 September 2023 there was no such rule', () => {
    expect(firstReminderRules(statutes, day('2023-08-31'))).toMatchObject({ refusal: 'statuteUnknown' });
  });
});

describe('what reminders may cost', () => {
  const rules = given(reminderFeeRules(statutes, day('2026-01-15')));
  const remind = (dueDay: string, sentOn: string, postageMinor = 0n): ConsumerReminder => ({
    dueOn: day(dueDay),
    sentOn: day(sentOn),
    postageMinor,
  });

  it('A30, BE-5: unpaid January, February and April are reminded free, July at 7.50 € and the postage at most', () => {
    const year = ['01', '02', '04', '07'].map((month) => remind(`2026-${month}-01`, `2026-${month}-10`, 185n));
    const fees = reminderFees(year, { isRegularDelivery: true }, rules);
    expect(fees.map((fee) => [fee.isFree, fee.feeMaxMinor])).toEqual([
      [true, 0n],
      [true, 0n],
      [true, 0n],
      [false, 935n],
    ]);
    expect(fees[3]?.article).toBe('CDE XIX.2');
    expect(fees[3]?.how).toContain('plus de 3 échéances');
  });

  it('A30: the count starts again with the calendar year, and the order of arrival does not matter', () => {
    const across = ['2026-10', '2026-11', '2026-12', '2027-01'].map((month) => remind(`${month}-01`, `${month}-10`));
    expect(reminderFees(across.toReversed(), { isRegularDelivery: true }, rules).map((fee) => fee.isFree)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('outside regular deliveries every first reminder is free and a second for the same term is not', () => {
    const many = ['01', '02', '03', '04', '05'].map((month) => remind(`2026-${month}-01`, `2026-${month}-10`));
    expect(reminderFees(many, { isRegularDelivery: false }, rules).every((fee) => fee.isFree)).toBe(true);
    const twice = [remind('2026-01-01', '2026-01-10'), remind('2026-01-01', '2026-02-10')];
    const fees = reminderFees(twice, { isRegularDelivery: false }, rules);
    expect(fees.map((fee) => fee.feeMaxMinor)).toEqual([0n, 750n]);
    expect(fees[1]?.how).toContain('rappel supplémentaire');
  });
});

describe('numbers for calculators', () => {
  it('carry their unit and source, and a key of another kind throws', () => {
    const on: Day = day('2026-03-02');
    expect(delayOn(statutes, 'fr.orderToPay.oppositionMonths', on)).toMatchObject({
      count: 1,
      unit: 'months',
      source: { article: 'CPC 1416' },
    });
    expect(amountOn(statutes, 'fr.smallClaims.ceiling', on)).toMatchObject({ amountMinor: 500_000n });
    expect(percentOn(statutes, 'be.undisputedClaims.accessoriesCapPercent', on)).toMatchObject({ percent: '10' });
    expect(countOn(statutes, 'fr.records.exclusionListEraseHours', on)).toMatchObject({ count: 48 });
    expect(delayOn(statutes, 'fr.nothing', on)).toMatchObject({ refusal: 'statuteUnknown' });
    expect(() => delayOn(statutes, 'fr.smallClaims.ceiling', on)).toThrow('is no delay');
    expect(() => delayOn(statutes, 'fr.records.exclusionListEraseHours', on)).toThrow('is no delay');
    expect(() => amountOn(statutes, 'fr.orderToPay.oppositionMonths', on)).toThrow('is no amount');
  });

  it('a delay that is none throws, working days without a calendar too', () => {
    const source = { article: 'x', title: 'x' };
    for (const count of [0, -1, 1.5, 99_999])
      expect(() => endOfDelay(day('2026-03-02'), { count, unit: 'days', source })).toThrow('Not a delay');
    expect(() => endOfDelay(day('2026-03-02'), { count: 3, unit: 'workingDays', source })).toThrow('calendar of a place');
    expect(delayWords({ count: 1, unit: 'workingDays' })).toBe('1 jour ouvrable');
    expect(delayWords({ count: 3, unit: 'years' })).toBe('3 ans');
  });

  it('months end on the same day number, else on the last day of the month', () => {
    const one: LegalDelay = { count: 1, unit: 'months', source: { article: 'CPC 641', title: 'CPC' } };
    const never: BusinessCalendar = { territory: 'FR', isHoliday: () => false };
    expect(endOfDelay(day('2028-01-31'), one)).toBe('2028-02-29');
    expect(endOfDelay(day('2026-01-31'), one)).toBe('2026-02-28');
    expect(proceduralEnd(day('2026-01-31'), one, never)).toMatchObject({ on: '2026-03-02', unrolledOn: '2026-02-28' });
  });
});
