/** Days of the reference model: weekdays only, no holidays, none of the product's calendar. */
const GRACE_WORKING_DAYS = 2;

/** The first day on which a promise may be judged: its own day and two whole working days must be over (I15). Holidays may make it later. */
export function judgedNotBefore(dueOn: string): string {
  let day = dueOn;
  for (let left = GRACE_WORKING_DAYS + 1; left > 0; ) {
    day = nextDay(day);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
}

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
/** Civil days from one ISO day to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
