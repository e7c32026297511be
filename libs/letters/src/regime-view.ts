import { addDays } from '#domain';
import { claimFigures, currencyOf, openTotal } from './claim-figures.js';
import { cleanLine } from './clean-text.js';
import { formatDay, formatMoney, formatPercent, numberInWords } from './format.js';
import type { LetterContent } from './letter-content.js';
import { regimeOf } from './regime.js';

/** The part of a letter's view that depends on the regime: flags for wording, the free first reminder, the plan, the mediator. */
export function regimeView(content: LetterContent): Readonly<Record<string, unknown>> {
  const { law, kind, automatic, noticeFirst, freeReminderFirst } = regimeOf(content);
  const figures = claimFigures(content);
  return {
    law,
    kind,
    business: kind === 'business',
    publicBody: kind === 'publicBody',
    consumer: kind === 'consumer',
    automatic,
    noticeFirst,
    freeReminderFirst,
    // Something beyond the principal is claimed.
    more: figures !== undefined && figures.interestMinor + figures.compensationMinor > 0n,
    firstReminder: firstReminderView(content),
    reminderSent: reminderSentView(content),
    noticeServed: content.conduct?.noticeServedOn === undefined ? null : formatDay(content.conduct.noticeServedOn, content.language),
    plan: planView(content),
    mediator: mediatorLine(content),
  };
}

function firstReminderView(content: LetterContent): object | null {
  const { firstReminder: reminder, language } = content;
  if (reminder === undefined) return null;
  return {
    byPost: reminder.by === 'post',
    claimFrom: formatDay(reminder.claimFromOn, language),
    lastFreeDay: formatDay(addDays(reminder.claimFromOn, -1), language),
    daysWord: numberInWords(reminder.freeDays, language),
    indemnity: reminder.indemnityMinor > 0n ? formatMoney(reminder.indemnityMinor, currencyOf(content), language) : null,
    interest: reminder.interestPercent === undefined ? null : formatPercent(reminder.interestPercent, language),
    description: cleanLine(reminder.description),
  };
}

function reminderSentView(content: LetterContent): object | null {
  const sent = content.conduct?.firstReminder;
  if (sent === undefined) return null;
  return { on: formatDay(sent.sentOn, content.language), lastFreeDay: formatDay(addDays(sent.claimFrom, -1), content.language) };
}

function planView(content: LetterContent): object | null {
  const { plan, language } = content;
  if (plan === undefined) return null;
  const money = (minor: bigint) => formatMoney(minor, currencyOf(content), language);
  const by = plan.by === undefined || cleanLine(plan.by) === cleanLine(content.debtor.legalName) ? '' : cleanLine(plan.by);
  return {
    agreedOn: formatDay(plan.agreedOn, language),
    by: by === '' ? null : by,
    total: money(plan.totalMinor),
    // The whole claim is acknowledged, and it is more than the balance.
    ofClaim: plan.totalMinor !== openTotal(content),
    count: plan.schedule.length,
    countWord: numberInWords(plan.schedule.length, language),
    several: plan.schedule.length > 1,
    interest: plan.interest,
    imputation: plan.imputation,
    accelerationDays: plan.accelerationDays ?? null,
    accelerationWord: plan.accelerationDays === undefined ? null : numberInWords(plan.accelerationDays, language),
    recipientSigns: plan.recipientSigns !== false,
  };
}

function mediatorLine({ creditor }: LetterContent): string | null {
  const { mediator } = creditor;
  if (mediator === undefined) return null;
  const parts = [mediator.name, ...(mediator.addressLines ?? []), mediator.website ?? ''].map(cleanLine).filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}
