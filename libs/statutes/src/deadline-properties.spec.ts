import {
  type BusinessCalendar,
  type Day,
  type Deadline,
  endOfDelay,
  firstReminderWindow,
  type LegalDelay,
  noticeDeadline,
  orderToPayService,
  proceduralEnd,
  registeredLetterAvailability,
  smallClaimAnswer,
  undisputedDebtDays,
} from '#domain';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { loadStatutes } from './load-statutes.js';
import { businessCalendar } from './territory-calendar.js';

/**
 * Every start day of 2024 to 2027, four territories, delays of 8, 14, 15 and 30 days. The check walks a list of days one by one; it knows
 * neither the arithmetic nor the calendar functions of the calculators, only which days are holidays.
 */
const statutes = loadStatutes();
const COUNTS = [8, 14, 15, 30] as const;
const TERRITORIES = ['FR', 'FR-57', 'FR-974', 'BE'] as const;
const FIRST = Temporal.PlainDate.from('2024-01-01');
const STARTS = 366 + 3 * 365;
const DAYS = Array.from({ length: STARTS + 400 }, (_, index) => FIRST.add({ days: index }).toString() as Day);
const PLACE = new Map(DAYS.map((on, index) => [on, index]));
const delay = (count: number, unit: LegalDelay['unit'] = 'days'): LegalDelay => ({
  count,
  unit,
  source: { article: 'art.', title: 'titre' },
});

const calendars = TERRITORIES.map((territory) => businessCalendar(statutes, territory));

function at(index: number): Day {
  const on = DAYS[index];
  if (on === undefined) throw new RangeError(`Outside the list: ${index}`);
  return on;
}

/** The list begins on a Monday. */
function isWorked(index: number, calendar: BusinessCalendar): boolean {
  return index % 7 < 5 && !calendar.isHoliday(at(index));
}

/** Whole days that lie strictly between the trigger day and the first day of the other side. */
function freeDaysBetween(trigger: Day, next: Day): number {
  let free = 0;
  for (let index = (PLACE.get(trigger) ?? -1) + 1; at(index) < next; index++) free++;
  return free;
}

/** Runs a check over every start day and calendar; what it answers is a violation. */
function violations(check: (start: Day, index: number, calendar: BusinessCalendar) => string | undefined): string[] {
  const found: string[] = [];
  for (const calendar of calendars) {
    for (let index = 0; index < STARTS; index++) {
      const violation = check(at(index), index, calendar);
      if (violation !== undefined) found.push(`${calendar.territory} ${at(index)}: ${violation}`);
    }
  }
  return found.slice(0, 10);
}

describe.each(COUNTS)('%i days from every day of four years', (count) => {
  it('a notice never leaves fewer days than it says, with or without courtesy, and its legal day is not moved', () => {
    expect(
      violations((receivedOn, index, courtesyCalendar) => {
        const plain = noticeDeadline({ receivedOn, period: delay(count) });
        const kind = noticeDeadline({ receivedOn, period: delay(count), courtesyCalendar });
        if (freeDaysBetween(receivedOn, plain.nextActFrom) !== count) return `${plain.nextActFrom} is not ${count} days away`;
        if (plain.on !== at(index + count) || kind.on !== plain.on) return `legal day ${plain.on}`;
        if (freeDaysBetween(receivedOn, kind.nextActFrom) < count || kind.shownOn < kind.on) return `courtesy shortened: ${kind.shownOn}`;
        return isWorked(PLACE.get(kind.shownOn) ?? -1, courtesyCalendar) ? undefined : `courtesy ends on ${kind.shownOn}`;
      }),
    ).toEqual([]);
  });

  it('a procedural delay is never shorter, ends on a worked day, and on the first one possible', () => {
    expect(
      violations((start, index, calendar) => {
        const { on, unrolledOn } = proceduralEnd(start, delay(count), calendar);
        if (unrolledOn !== at(index + count) || on < unrolledOn) return `${unrolledOn} then ${on}`;
        const end = PLACE.get(on) ?? -1;
        if (!isWorked(end, calendar)) return `${on} is not worked`;
        for (let between = index + count; between < end; between++) if (isWorked(between, calendar)) return `${at(between)} was worked`;
        return undefined;
      }),
    ).toEqual([]);
  });

  it('the free days of a first reminder are whole, by post and electronically', () => {
    const rules = { wait: delay(count), postStart: delay(3, 'workingDays'), electronicStart: delay(1) };
    expect(
      violations((sentOn, index, calendar) => {
        let start = index;
        for (let worked = 0; worked < 3; ) if (isWorked(++start, calendar)) worked++;
        const post = firstReminderWindow({ sentOn, by: 'post', rules, calendar });
        if (post.startsOn !== at(start) || post.claimFrom !== at(start + count)) return `post ${post.startsOn} ${post.claimFrom}`;
        const mail = firstReminderWindow({ sentOn, by: 'electronic', rules, calendar });
        if (freeDaysBetween(sentOn, mail.claimFrom) !== count) return `electronic ${mail.claimFrom}`;
        return post.lastFreeDay < post.claimFrom && mail.claimFrom <= post.claimFrom ? undefined : `window ${post.lastFreeDay}`;
      }),
    ).toEqual([]);
  });

  it('the debtor’s answer and the letter at the post office have all their days; the Belgian report waits for both', () => {
    expect(
      violations((start, index, calendar) => {
        const answer = smallClaimAnswer({ sentOn: start, answer: delay(count) });
        if (freeDaysBetween(start, answer.silenceRefusesFrom) !== count) return `answer ${answer.silenceRefusesFrom}`;
        const kept = registeredLetterAvailability({ presentedOn: start, availability: delay(count) });
        if (freeDaysBetween(start, kept.unclaimedFrom) !== count) return `letter ${kept.unclaimedFrom}`;
        const { answerUntil, reportFrom } = undisputedDebtDays({
          summonsOn: start,
          rules: { answer: delay(30), wait: delay(count) },
          calendar,
        });
        if (answerUntil.on < at(index + 30)) return `answered ${answerUntil.on}`;
        return reportFrom.on === at((PLACE.get(answerUntil.on) ?? -1) + count) ? undefined : `report ${reportFrom.on}`;
      }),
    ).toEqual([]);
  });

  it('a later start never ends earlier, and a second roll changes nothing', () => {
    const lasts = new Map<string, Day>();
    const later = (name: string, on: Day): boolean => {
      const before = lasts.get(name);
      lasts.set(name, on);
      return before === undefined || before <= on;
    };
    const rules = { wait: delay(count), postStart: delay(3, 'workingDays'), electronicStart: delay(1) };
    expect(
      violations((start, _, calendar) => {
        const ends: [string, Day][] = [
          ['notice', noticeDeadline({ receivedOn: start, period: delay(count), courtesyCalendar: calendar }).shownOn],
          ['procedure', proceduralEnd(start, delay(count), calendar).on],
          ['reminder', firstReminderWindow({ sentOn: start, by: 'post', rules, calendar }).claimFrom],
        ];
        const earlier = ends.find(([name, on]) => !later(`${calendar.territory} ${name}`, on));
        if (earlier) return `${earlier[0]} went back to ${earlier[1]}`;
        const rolled = proceduralEnd(start, delay(count), calendar);
        const again = noticeDeadline({
          receivedOn: at((PLACE.get(rolled.on) ?? -1) - count),
          period: delay(count),
          courtesyCalendar: calendar,
        });
        return again.shownOn === rolled.on ? undefined : `rolled twice: ${again.shownOn}`;
      }),
    ).toEqual([]);
  });
});

describe('months from every day of four years', () => {
  const isLastOfMonth = (index: number): boolean => at(index).slice(0, 7) !== at(index + 1).slice(0, 7);

  it.each([1, 2, 3, 6])('%i months end on the same day number, else on the last day of the right month', (count) => {
    expect(
      violations((start, index) => {
        let months = 0;
        let place = index;
        // Walk to the month that is `count` months on, then to the day number or to the month's end.
        while (months < count) if (at(++place).endsWith('-01')) months++;
        while (at(place).slice(8) !== start.slice(8) && !isLastOfMonth(place)) place++;
        const on = endOfDelay(start, delay(count, 'months'));
        return on === at(place) ? undefined : `${on} instead of ${at(place)}`;
      }),
    ).toEqual([]);
  });

  it('the service of an order never ends before its months and always on a worked day', () => {
    expect(
      violations((orderedOn, _, calendar) => {
        const served: Deadline = orderToPayService({ orderedOn, service: delay(3, 'months'), calendar });
        const unrolled = Temporal.PlainDate.from(orderedOn).add({ months: 3 }).toString();
        return served.on >= unrolled && isWorked(PLACE.get(served.on) ?? -1, calendar) ? undefined : served.on;
      }),
    ).toEqual([]);
  });
});
