import {
  addDays,
  type Day,
  type DebtorKind,
  type DunningPolicy,
  firstReminderWindow,
  type GoverningLaw,
  isRefusal,
  limitationThresholds,
  type PlanConstraints,
} from '#domain';
import { firstReminderRules, valueOn } from '#statutes';
import type { LawBook } from '../law-book.js';

/** The regime of a case as its plan needs it. */
export interface RegimeOfCase {
  readonly law: GoverningLaw;
  readonly kind: DebtorKind;
  readonly limitationOn: Day | null;
  readonly today: Day;
}

/** What the law of a case's regime demands of the dates of its plan. Of a business only the nearness of limitation. */
export function planConstraintsOf(book: LawBook, policy: DunningPolicy, regime: RegimeOfCase): PlanConstraints {
  const { law, kind, limitationOn, today } = regime;
  const isLayperson = kind === 'consumer' || kind === 'coOwners';
  const court = limitationOn ? { courtRouteFrom: addDays(limitationOn, 1 - limitationThresholds(policy).courtRouteDays) } : {};
  if (!isLayperson && kind !== 'publicBody') return court;
  const perWeek = isLayperson ? numberOn(book, 'fr.contact.consumerPerWeek', today) : undefined;
  const least = isLayperson ? (numberOn(book, 'fr.consumer.noticeDays', today) ?? 0) : 0;
  return {
    ...court,
    noticeDays: Math.max(policy.notice.deadlineDays, least),
    ...(perWeek === undefined ? {} : { contactsPerWeek: perWeek }),
    ...(kind === 'consumer' ? callHours(book, today) : {}),
    ...(law === 'BE' && kind === 'consumer' ? { claimFrom: (sentOn, by) => claimFromOf(book, sentOn, by) } : {}),
  };
}

/** First day on which a Belgian consumer may be asked for more than the principal, after a reminder of that day (CDE XIX.2). Throws where the statute is not known. */
export function claimFromOf(book: LawBook, sentOn: Day, by: 'post' | 'electronic'): Day {
  const rules = firstReminderRules(book.statutes, sentOn);
  if (isRefusal(rules)) throw new RangeError(`The free days of a first reminder of ${sentOn} are not known: ${rules.refusal}`);
  return firstReminderWindow({ sentOn, by, rules, calendar: book.calendar('BE') }).claimFrom;
}

/** Mornings and afternoons in which a consumer is called: usage, no statute. */
function callHours(book: LawBook, on: Day): Pick<PlanConstraints, 'callWindows'> {
  const hour = (name: string): string | undefined => {
    const value = numberOn(book, `fr.contact.${name}`, on);
    return value === undefined ? undefined : `${String(value).padStart(2, '0')}:00`;
  };
  const windows = [
    { from: hour('callMorningFrom'), to: hour('callMorningUntil') },
    { from: hour('callAfternoonFrom'), to: hour('callAfternoonUntil') },
  ].flatMap(({ from, to }) => (from && to ? [{ from, to }] : []));
  return windows.length > 0 ? { callWindows: windows } : {};
}

function numberOn(book: LawBook, key: string, on: Day): number | undefined {
  const value = valueOn(book.statutes, key, on);
  return isRefusal(value) ? undefined : Number(value.value);
}
