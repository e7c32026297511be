import { addDays, type BusinessCalendar, day, instant, openState, simulate } from '#domain';
import { describe, expect, it } from 'vitest';
import { loadPresets } from './load-presets.js';

/** Weekdays of a spring without holidays, so that only the ladder's own days show. */
const WEEKDAYS: BusinessCalendar = { territory: 'weekdays', isHoliday: () => false };

function timeline(policyId: string): string[] {
  const policy = loadPresets().find((preset) => preset.id === policyId);
  if (!policy) throw new Error(`No preset ${policyId}`);
  const today = day('2026-03-02');
  const state = openState({
    caseId: 'A2',
    creditorId: 'A',
    debtorId: 'D',
    currency: 'EUR',
    dueOn: today,
    openedOn: today,
    openPrincipalMinor: 486000n,
    toleranceMinor: 100n,
    thresholdMinor: 2000n,
    policy: { id: policy.id, version: policy.version },
  });
  const input = { state, policy, calendar: WEEKDAYS, zone: 'Europe/Paris', jitterSeconds: 0, now: instant('2026-03-02T07:00:00Z'), today };
  const acts = simulate(input, 120).filter((line) => ['call', 'mail', 'formalNotice', 'referral'].includes(line.kind));
  return acts.map((line) => `${line.stage} D+${[...Array(121).keys()].find((days) => addDays(today, days) === line.on)}`);
}

describe('what each preset does to an invoice due on Monday 2 March that nobody pays', () => {
  it('standard: call, mail, one week, formal, firm, notice at thirty, last call, hand-over at forty-five', () => {
    expect(timeline('standard')).toEqual([
      'courtesyCall D+1',
      'courtesyMail D+2',
      'formalMail D+8',
      'firmMail D+15',
      'formalNotice D+30',
      'lastCall D+42',
      'referral D+45',
    ]);
  });

  it('calm: a week between contacts after the first call and its mail', () => {
    expect(timeline('calm')).toMatchInlineSnapshot(`
      [
        "courtesyCall D+3",
        "courtesyMail D+4",
        "formalMail D+14",
        "firmMail D+21",
        "secondCall D+28",
        "formalNotice D+35",
        "lastCall D+46",
        "referral D+60",
      ]
    `);
  });

  it('persistent: one call and one mail a week up to the notice', () => {
    expect(timeline('persistent')).toMatchInlineSnapshot(`
      [
        "courtesyCall D+1",
        "courtesyMail D+2",
        "secondCall D+8",
        "formalMail D+9",
        "thirdCall D+15",
        "firmMail D+16",
        "fourthCall D+22",
        "formalNotice D+30",
        "lastCall D+42",
        "referral D+45",
      ]
    `);
  });

  it('the four ladders of those who are no businesses, before the law adds what it asks of their dates', () => {
    const ladders = ['consumer-fr', 'consumer-be', 'public-body', 'co-owners'].map((id) => [id, ...timeline(id)].join(' '));
    expect(ladders).toEqual([
      'consumer-fr courtesyCall D+3 courtesyMail D+8 formalMail D+16 formalNotice D+30 lastCall D+49 referral D+60',
      'consumer-be courtesyCall D+3 firstReminder D+8 indemnityMail D+23 formalNotice D+38 lastCall D+57 referral D+65',
      'public-body courtesyCall D+7 courtesyMail D+8 formalMail D+21 formalNotice D+45 lastCall D+64 referral D+77',
      'co-owners courtesyCall D+3 courtesyMail D+8 formalMail D+18 formalNotice D+35 lastCall D+56 referral D+65',
    ]);
  });
});
