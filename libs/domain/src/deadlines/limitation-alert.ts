import { type Day, daysBetween } from '../calendar/day.js';

/** `courtRouteNow`: lower rungs are skipped and a court route is proposed at once. `expired`: the claim can be met with limitation. */
export type LimitationAlert = 'none' | 'warn' | 'courtRouteNow' | 'expired';

/** What the days left before limitation ask for. On the last day itself an act is still in time. */
export function limitationAlert(
  limitationOn: Day,
  today: Day,
  thresholds: { readonly warnDays: number; readonly courtRouteDays: number },
): LimitationAlert {
  const left = daysBetween(today, limitationOn);
  if (left < 0) return 'expired';
  if (left < thresholds.courtRouteDays) return 'courtRouteNow';
  return left < thresholds.warnDays ? 'warn' : 'none';
}
