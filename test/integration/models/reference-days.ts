/** Days of the reference model: weekdays, and the public holidays of one year; none of the product's calendar. */
const GRACE_WORKING_DAYS = 2;
/** A request for approval can be answered for so many working days. */
const APPROVAL_WORKING_DAYS = 5;
/** Code du travail, art. L3133-1, in the year of the stories: Easter Monday, Labour Day, 8 May, Ascension, Whit Monday, 14 July, 15 August. */
const HOLIDAYS = new Set(['2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25', '2026-07-14', '2026-08-15']);

/** The first day on which a promise may be judged: its own day and two whole working days must be over (I15). Holidays may make it later. */
export function judgedNotBefore(dueOn: string): string {
  return workingDaysAfter(dueOn, GRACE_WORKING_DAYS + 1, new Set());
}

/** The last day on which a request of this day can still be answered. */
export function answerableUntil(askedOn: string): string {
  return workingDaysAfter(askedOn, APPROVAL_WORKING_DAYS, HOLIDAYS);
}

function workingDaysAfter(from: string, count: number, holidays: ReadonlySet<string>): string {
  let day = from;
  for (let left = count; left > 0; ) {
    day = nextDay(day);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.has(day)) left -= 1;
  }
  return day;
}

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
/** Civil days from one ISO day to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
